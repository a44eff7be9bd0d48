"""Widths and characters of Tinos, read from the vendored TrueType files.

The same numbers decide where lines break (layout) and how far the pen moves (the PDF), because
reportlab reads both from the same tables. Kerning is not used.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFile

MM_PER_POINT = 25.4 / 72


class Style(StrEnum):
    """The four cuts of the font; the value is the file's stem and the name inside the PDF."""

    REGULAR = "Tinos-Regular"
    BOLD = "Tinos-Bold"
    ITALIC = "Tinos-Italic"
    BOLD_ITALIC = "Tinos-BoldItalic"


def font_path(style: Style) -> Path:
    """The TrueType file of a cut."""
    return Path(__file__).with_name(f"{style.value}.ttf")


@cache
def _face(style: Style) -> TTFontFile:
    from reportlab.pdfbase.ttfonts import TTFontFile  # noqa: PLC0415 - reading needs no fonts

    return TTFontFile(str(font_path(style)))


@cache
def _advance(style: Style, character: str) -> float:
    """Advance width of one character in thousandths of the font size."""
    face = _face(style)
    return float(face.charWidths.get(ord(character), face.defaultWidth))


def text_width(text: str, style: Style, points: float) -> float:
    """Width in mm of a line of text set in ``points``."""
    return sum(_advance(style, character) for character in text) / 1000 * points * MM_PER_POINT


@cache
def is_drawable(character: str) -> bool:
    """Whether all four cuts have a visible glyph (or a space) for this character.

    Control and format characters are not drawable: they would be invisible on paper.
    """
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return False
    return all(ord(character) in _face(style).charToGlyph for style in Style)
