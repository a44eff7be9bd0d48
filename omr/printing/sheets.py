"""Sheets as a vector PDF, written as a stream: what is the same stored once, the rest forgotten."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.fonts import is_drawable, text_width
from omr.identity import format_serial
from omr.language import say
from omr.layout.drawing import Rule, Text
from omr.layout.measures import DOT_LINE
from omr.printing.overlay import strokes_drawing
from omr.printing.page_code import code_drawing
from omr.printing.pdf_stream import PdfStream
from omr.printing.static_page import PAGE_POINTS, draw_item
from omr.printing.stock import Stock, call_up, static_name
from omr.printing.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from reportlab.pdfgen.canvas import Canvas

    from omr.layout import Typeset
    from omr.layout.drawing import Item, PageDrawing, Slot
    from omr.printing.overlay import Overlay

UNIT_LABEL = "Đơn vị: "
FIELD_LABEL = "Lĩnh vực: "
NAMES_JOINT = " – "
CATALOG = b"/Lang(vi)/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>"
"""Viewers that obey it offer to print at 100 %, and show the title."""


@dataclass(frozen=True, slots=True)
class SheetToPrint:
    """One respondent's paper: its serial, where it goes, and the code bytes of each page.

    Without a serial it is a master for photocopying: dots stand in the serial's place, on which the
    office may number the copies by hand. ``unit`` and ``field`` may be empty; then nothing is
    printed for them. ``codes`` follow the layout's pages; that of a page without a code is passed
    over. ``overlays`` is what stands upon each page of a test sheet; empty for sheets that people
    fill in.
    """

    serial: int | None
    unit: str
    field: str
    codes: tuple[bytes, ...]
    overlays: tuple[Overlay, ...] = ()


def print_sheets(typeset: Typeset, sheets: Iterable[SheetToPrint], out: BinaryIO | Path) -> int:
    """Write the sheets as PDF, in their order, and return the number of pages.

    The same sheets give the same bytes. A file at a path is there when it is complete, or not at
    all. UsageError if a unit's or field's name cannot be printed.
    """
    if isinstance(out, Path):
        with whole_file(out) as stream:
            return print_sheets(typeset, sheets, stream)
    printer = _Printer(typeset, PdfStream(out))
    for sheet in sheets:
        printer.add(sheet)
    return printer.finish()


class _Printer:
    """One print run on its way into a file."""

    def __init__(self, typeset: Typeset, pdf: PdfStream) -> None:
        self._typeset = typeset
        self._pdf = pdf
        self._stock = Stock(typeset)
        self._stored: dict[tuple[int | str, ...], bytes] = {}

    def add(self, sheet: SheetToPrint) -> None:
        """Write the pages of a sheet."""
        pages = zip(self._typeset.pages, self._typeset.layout.pages, sheet.codes, strict=True)
        for number, (drawing, layout, code) in enumerate(pages):
            parts = [call_up(static_name(number))]
            if layout.code is not None:
                parts += [*self._varying(number, drawing, sheet), code_drawing(code, layout.code)]
            if sheet.overlays:
                parts += self._upon(sheet.overlays[number])
            self._pdf.add_page(b"\n".join(parts))

    def _varying(self, number: int, drawing: PageDrawing, sheet: SheetToPrint) -> Iterator[bytes]:
        names = _names(drawing, sheet.unit, sheet.field)
        yield self._once((number, sheet.unit, sheet.field), names)
        if drawing.serial is None:
            return
        if sheet.serial is None:
            yield self._once((number,), (_line_in(drawing.serial),))
        else:
            yield self._stock.spelled(_in_slot(format_serial(sheet.serial), drawing.serial))

    def _upon(self, overlay: Overlay) -> list[bytes]:
        spelled = [self._stock.spelled(text) for text in overlay.texts]
        return [strokes_drawing(overlay.strokes), *spelled]

    def finish(self) -> int:
        """Write what the pages share, and close the file; the number of pages."""
        resources, info = self._stock.join(self._pdf)
        width, height = (f"{points:.4f}".encode() for points in PAGE_POINTS)
        shared = b"/MediaBox[0 0 %b %b]/Resources %b" % (width, height, resources)
        self._pdf.finish(shared, CATALOG, info)
        return self._pdf.pages

    def _once(self, key: tuple[int | str, ...], items: Iterable[Item]) -> bytes:
        """What draws these items of a page, stored when they are first met."""
        if key not in self._stored:
            self._stored[key] = b""
            if drawn := tuple(items):
                name = f"common{len(self._stored)}"
                self._stock.store(name, partial(_draw_all, drawn))
                self._stored[key] = call_up(name)
        return self._stored[key]


def _draw_all(items: Iterable[Item], canvas: Canvas) -> None:
    for item in items:
        draw_item(canvas, item)


def _line_in(slot: Slot) -> Rule:
    """Dots to write on, where the serial would stand."""
    box = slot.box
    return Rule(box.x, slot.baseline, box.right, slot.baseline, DOT_LINE, dotted=True)


def _names(drawing: PageDrawing, unit: str, field: str) -> Iterator[Text]:
    labelled = ((UNIT_LABEL, unit), (FIELD_LABEL, field))
    words = NAMES_JOINT.join(label + name for label, name in labelled if name)
    if drawing.names is not None and words:
        yield _in_slot(words, drawing.names)


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
