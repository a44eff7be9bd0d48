"""The words on a blank page, read by Tesseract where it is installed.

Measuring works without it: questions and options then have ids and codes, and no words.
"""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import MM_PER_INCH, Box
from omr.measuring.ink import PALE, PPM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEAST_CONFIDENCE = 40.0
"""Of Tesseract's 0 .. 100; what it is less sure of is mostly drawing."""
RULE_MM = (30.0, 12.0)
"""Longer (or higher) pieces of print are lines and frames, and are taken away before reading."""
SPARSE, BLOCK = 11, 6
"""Tesseract's ways of reading: words anywhere on the page, and one block of lines."""
ENLARGED = 2
"""A small block is read better at twice its size."""
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its rectangle in mm."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class WordReader:
    """Tesseract with the languages that it has; ``languages`` empty: nothing can be read.

    ``missing`` are languages that were asked for and are not installed.
    """

    languages: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @staticmethod
    def installed(wanted: str) -> WordReader:
        """A reader of ``wanted`` (codes joined with ``+``), as far as this computer has them."""
        asked = tuple(dict.fromkeys(code for code in wanted.split("+") if code))
        if shutil.which("tesseract") is None:
            return WordReader((), asked)
        import pytesseract  # noqa: PLC0415 - only where Tesseract is

        known = set(pytesseract.get_languages())
        have = tuple(code for code in asked if code in known)
        return WordReader(have, tuple(code for code in asked if code not in known))

    def words(self, picture: NDArray[np.uint8]) -> tuple[Word, ...]:
        """The words anywhere on a picture at PPM, from which targets and lines were erased."""
        if not self.languages:
            return ()
        import pytesseract  # noqa: PLC0415 - as above

        table = pytesseract.image_to_data(
            picture,
            lang="+".join(self.languages),
            config=_config(SPARSE, PPM),
            output_type=pytesseract.Output.DICT,
            timeout=SECONDS,
        )
        places = zip(table["left"], table["top"], table["width"], table["height"], strict=True)
        return tuple(
            Word(cleaned, Box(x / PPM, y / PPM, w / PPM, h / PPM))
            for text, sure, (x, y, w, h) in zip(table["text"], table["conf"], places, strict=True)
            if float(sure) >= LEAST_CONFIDENCE and (cleaned := _printable(text))
        )

    def block(self, picture: NDArray[np.uint8], area: Box) -> str:
        """The words of one small area in mm, such as the head of a column."""
        y, x = max(round(area.y * PPM), 0), max(round(area.x * PPM), 0)
        patch = picture[y : round(area.bottom * PPM), x : round(area.right * PPM)]
        if not self.languages or min(patch.shape) < PPM:
            return ""
        import pytesseract  # noqa: PLC0415 - as above

        large = cv2.resize(patch, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
        framed = np.pad(large, round(2 * PPM * ENLARGED), constant_values=255)
        text = pytesseract.image_to_string(
            framed,
            lang="+".join(self.languages),
            config=_config(BLOCK, PPM * ENLARGED),
            timeout=SECONDS,
        )
        return " ".join(word for piece in text.split() if (word := _printable(piece)))


def only_words(
    picture: NDArray[np.uint8], reflected: NDArray[np.float32], targets: Sequence[Box]
) -> NDArray[np.uint8]:
    """The picture at PPM without targets, lines and frames: what is left to be read."""
    cleared = picture.copy()
    for box in targets:
        left, top = (max(round(mm * PPM), 0) for mm in (box.x - 0.4, box.y - 0.4))
        right, bottom = (round(mm * PPM) + 1 for mm in (box.right + 0.4, box.bottom + 0.4))
        cleared[top:bottom, left:right] = 255
    ink = (reflected < PALE).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    rules = (stats[:, 2] > RULE_MM[0] * PPM) | (stats[:, 3] > RULE_MM[1] * PPM)
    rules[0] = False
    cleared[rules[labels]] = 255
    return cleared


def _config(way: int, pixels_per_mm: float) -> str:
    return f"--psm {way} --dpi {round(pixels_per_mm * MM_PER_INCH)}"


def _printable(text: str) -> str:
    """The word composed (NFC); empty if it has neither letter nor digit."""
    word = unicodedata.normalize("NFC", text).strip(" |_~=—")
    return word if any(character.isalnum() for character in word) else ""
