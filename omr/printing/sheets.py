"""Sheets as a vector PDF: each static page stored once, and per sheet only what differs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import segno
from reportlab.pdfgen.canvas import Canvas

from omr.errors import UsageError
from omr.fonts import Style, is_drawable, text_width
from omr.identity import format_serial
from omr.language import say
from omr.layout.drawing import Text
from omr.printing.static_page import (
    PAGE_POINTS,
    draw_static,
    draw_symbol,
    draw_text,
    register_fonts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.layout import Typeset
    from omr.layout.drawing import PageDrawing, Slot

QR_VERSION = 3
UNIT_LABEL = "Đơn vị: "
FIELD_LABEL = "Lĩnh vực: "


@dataclass(frozen=True, slots=True)
class SheetToPrint:
    """One respondent's paper: its serial, where it goes, and the code bytes of each page.

    ``unit`` and ``field`` may be empty; then nothing is printed for them.
    """

    serial: int
    unit: str
    field: str
    codes: tuple[bytes, ...]


def print_sheets(typeset: Typeset, sheets: Iterable[SheetToPrint], out: BinaryIO | Path) -> int:
    """Write the sheets as PDF, in their order, and return the number of pages.

    The same sheets give the same bytes. UsageError if a unit's or field's name cannot be printed.
    """
    canvas = blank_canvas(typeset, out)
    store_static_pages(canvas, typeset)
    pages = 0
    for sheet in sheets:
        for number, drawing in enumerate(typeset.pages):
            canvas.doForm(static_name(number))
            code_box = typeset.layout.pages[number].code
            if code_box is not None:
                draw_symbol(canvas, code_modules(sheet.codes[number]), code_box)
            for text in _varying_texts(sheet, drawing):
                draw_text(canvas, text)
            canvas.showPage()
            pages += 1
    canvas.save()
    return pages


def blank_canvas(typeset: Typeset, out: BinaryIO | Path) -> Canvas:
    """A canvas that writes deterministic A4 pages with the form's title and language."""
    register_fonts()
    target = str(out) if isinstance(out, Path) else out
    canvas = Canvas(
        target,
        pagesize=PAGE_POINTS,
        invariant=1,
        pageCompression=1,
        lang="vi",
        initialFontName=Style.REGULAR.value,  # type: ignore[arg-type]  # the stubs say float
    )
    canvas.setTitle(typeset.form.title)
    canvas.setAuthor(typeset.author)
    canvas.setSubject(f"{typeset.form.id} {typeset.layout.version[:12]}")
    return canvas


def store_static_pages(canvas: Canvas, typeset: Typeset) -> None:
    """Store each page's static print once, for :func:`static_name` to call up."""
    for number, (drawing, layout) in enumerate(
        zip(typeset.pages, typeset.layout.pages, strict=True)
    ):
        canvas.beginForm(static_name(number))
        draw_static(canvas, drawing, layout)
        canvas.endForm()


def static_name(number: int) -> str:
    """Name of a stored static page, by its position from 0."""
    return f"page{number + 1}"


def code_modules(code: bytes) -> tuple[tuple[bool, ...], ...]:
    """The QR symbol (version 3, level M, 29 modules) of a page code; True is black."""
    symbol = segno.make_qr(code, version=QR_VERSION, error="m", mode="byte", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)


def _varying_texts(sheet: SheetToPrint, drawing: PageDrawing) -> list[Text]:
    texts = [_in_slot(format_serial(sheet.serial), drawing.serial)]
    if drawing.unit is not None and sheet.unit:
        texts.append(_in_slot(UNIT_LABEL + sheet.unit, drawing.unit))
    if drawing.field is not None and sheet.field:
        texts.append(_in_slot(FIELD_LABEL + sheet.field, drawing.field))
    return texts


def _in_slot(words: str, slot: Slot) -> Text:
    words = unicodedata.normalize("NFC", words)
    undrawable = [character for character in words if not is_drawable(character)]
    if undrawable:
        raise UsageError(_no_glyph(words, undrawable[0]))
    if text_width(words, slot.style, slot.points) > slot.box.w:
        raise UsageError(_too_long(words, slot.box.w))
    return Text(slot.box.x, slot.baseline, words, slot.style, slot.points)


def _no_glyph(words: str, character: str) -> str:
    code = f"U+{ord(character):04X}"
    return say(
        f"Không in được “{words}”: phông chữ không có ký tự {code}; hãy sửa tên rồi in lại.",
        f"'{words}' cannot be printed: the font lacks the character {code}; "
        "change the name and print again.",
    )


def _too_long(words: str, width: float) -> str:
    return say(
        f"Không in được “{words}”: dài hơn chỗ dành cho nó ({width:.0f} mm); hãy viết gọn tên lại.",
        f"'{words}' cannot be printed: it is longer than its place ({width:.0f} mm); "
        "use a shorter name.",
    )
