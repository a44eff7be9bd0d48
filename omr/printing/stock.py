"""What the pages of a run share, drawn once by reportlab: static pages, names, fonts.

reportlab keeps a document in memory until it is saved. So it draws only what is stored once, and
spells text in its fonts; the pages are written by :mod:`omr.printing.pdf_stream` and call the
stock up by name. When all pages are written the stock is saved, and its objects join the file.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pikepdf
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import xObjectName
from reportlab.pdfgen.canvas import Canvas

from omr.fonts import Style
from omr.printing.static_page import PAGE_POINTS, draw_static, register_fonts, up

if TYPE_CHECKING:
    from collections.abc import Callable

    from omr.layout import Typeset
    from omr.layout.drawing import Text
    from omr.printing.pdf_stream import PdfStream


class Stock:
    """The stored drawings of one typeset form, and the fonts of its pages."""

    def __init__(self, typeset: Typeset) -> None:
        """Draw the static pages."""
        self._saved = io.BytesIO()
        self._canvas = blank_canvas(typeset, self._saved)
        store_static_pages(self._canvas, typeset)
        self._names = [static_name(number) for number in range(len(typeset.pages))]

    def store(self, name: str, draw: Callable[[Canvas], None]) -> None:
        """Store what ``draw`` draws on a page, for :func:`call_up`."""
        self._canvas.beginForm(name)
        draw(self._canvas)
        self._canvas.endForm()
        self._names.append(name)

    def spelled(self, text: Text) -> bytes:
        """The operators that show a text in the fonts of the stock."""
        run = self._canvas.beginText(text.x * mm, up(text.baseline))
        run.setFont(text.style.value, text.points)
        run.textOut(text.text)
        return str(run.getCode()).encode("latin-1")

    def join(self, stream: PdfStream) -> tuple[bytes, bytes]:
        """Write everything into the file; resources and document information, to refer to."""
        for name in self._names:
            self._canvas.doForm(name)
        self._canvas.showPage()
        self._canvas.save()
        with pikepdf.open(self._saved) as pdf:
            copy = _Copy(stream)
            resources = copy.written(pdf.pages[0].obj.Resources)
            return resources, copy.written(pdf.trailer.Info)


def call_up(name: str) -> bytes:
    """The operators that draw what is stored under a name."""
    return b"/%b Do" % xObjectName(name).encode()


def static_name(number: int) -> str:
    """Name of a stored static page, by its position from 0."""
    return f"page{number + 1}"


def blank_canvas(typeset: Typeset, out: io.BytesIO) -> Canvas:
    """A canvas that writes deterministic A4 pages with the form's title and language."""
    register_fonts()
    canvas = Canvas(
        out,
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
    """Store each page's static print once, under its :func:`static_name`."""
    for number, (drawing, layout) in enumerate(
        zip(typeset.pages, typeset.layout.pages, strict=True)
    ):
        canvas.beginForm(static_name(number))
        draw_static(canvas, drawing, layout)
        canvas.endForm()


class _Copy:
    """Copies objects of a PDF, and all that they name, into a stream under new numbers."""

    def __init__(self, stream: PdfStream) -> None:
        self._stream = stream
        self._numbers: dict[tuple[int, int], int] = {}

    def written(self, thing: pikepdf.Object) -> bytes:
        """A reference to the object, which is written first; a direct object as it is."""
        if not thing.is_indirect:
            return self._spelled(thing)
        if thing.objgen not in self._numbers:
            number = self._numbers[thing.objgen] = self._stream.reserve()
            self._stream.put(number, self._spelled(thing))
        return b"%d 0 R" % self._numbers[thing.objgen]

    def _spelled(self, thing: pikepdf.Object) -> bytes:
        if isinstance(thing, pikepdf.Stream):
            return b"%b\nstream\n%b\nendstream" % (self._entries(thing), thing.read_raw_bytes())
        if isinstance(thing, pikepdf.Dictionary):
            return self._entries(thing)
        if isinstance(thing, pikepdf.Array):
            return b"[%b]" % b" ".join(self._of(item) for item in thing.as_list())
        return bytes(thing.unparse())

    def _entries(self, thing: pikepdf.Object) -> bytes:
        pairs = (f"{key} ".encode() + self._of(value) for key, value in sorted(thing.items()))
        return b"<<%b>>" % b"".join(pairs)

    def _of(self, value: pikepdf.Object | int | Decimal | None) -> bytes:
        """A value inside a container: an object of pikepdf, or of Python where that has one."""
        if isinstance(value, pikepdf.Object):
            return self.written(value)
        match value:
            case None:
                return b"null"
            case bool():
                return b"true" if value else b"false"
            case _:  # int or Decimal, neither to be written with an exponent
                return f"{value:f}".encode() if isinstance(value, Decimal) else b"%d" % value
