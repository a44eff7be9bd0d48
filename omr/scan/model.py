"""What comes out of a scanner's file: page images, each with its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import cv2

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from omr.refusal import Refusal

_ENCODED_IN_NAMES = re.compile(r"[\s#%\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, order=True)
class ScanFile:
    """A file to read: where it lies, and its ``name`` relative to the SCAN argument, with ``/``.

    ``name`` can always be written as UTF-8; ``path`` may hold bytes of another encoding.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True, order=True)
class PageName:
    """Name of a page image: ``file`` relative to the SCAN argument, ``page`` from 1."""

    file: str
    page: int

    def __str__(self) -> str:
        """``file#page`` with space, ``#`` and ``%`` percent-encoded, as the exports have it.

        Other white space and control characters are encoded too (their UTF-8 bytes), so that a
        space-separated list of names can be split again.
        """
        encoded = _ENCODED_IN_NAMES.sub(lambda found: quote(found[0], safe=""), self.file)
        return f"{encoded}#{self.page}"

    @classmethod
    def parse(cls, text: str) -> PageName:
        """The name that ``str`` wrote as ``text``. Raises ValueError if it wrote no such text."""
        file, hash_sign, page = text.rpartition("#")
        if not hash_sign or not re.fullmatch("[1-9][0-9]*", page):
            message = f"not a page name (file#page, page from 1): {text!r}"
            raise ValueError(message)
        return cls(unquote(file, errors="strict"), int(page))


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where one page image lies: small and picklable, it is what a worker gets.

    ``path`` is the file on disk, ``member`` the name inside a ZIP (else empty), ``index`` the page
    inside the file or member, from 0. ``sha256`` is the hexadecimal digest of the file's bytes
    (of the member's bytes, for a ZIP).
    """

    name: PageName
    path: Path
    sha256: str
    index: int
    member: str = ""


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A file (or ZIP member) of which no page can be reached, with its reason."""

    name: PageName
    sha256: str
    refusal: Refusal


@dataclass(frozen=True, eq=False)
class ScannedPage:
    """One page image as the scanner gave it. Two are equal only if they are one.

    ``image`` is uint8, (H, W) grey or (H, W, 3) BGR; a 1-bit scan is grey with only 0 and 255 and
    has ``bilevel`` set. ``dpi`` is what the file says, None where it says nothing: a hint only.
    """

    name: PageName
    sha256: str
    image: NDArray[np.uint8]
    dpi: float | None
    bilevel: bool

    def gray(self) -> NDArray[np.uint8]:
        """The image as (H, W) grey, converted once."""
        return self._gray

    @cached_property
    def _gray(self) -> NDArray[np.uint8]:
        if self.image.ndim == 2:  # noqa: PLR2004 - grey already
            return self.image
        return cv2.cvtColor(self.image, cv2.COLOR_BGR2GRAY)  # type: ignore[return-value]
