"""PDF files: a scanner's page gives up its embedded picture as it is, any other page is drawn.

pdfium tells what lies on a page and where (:mod:`omr.scan.pdf_placement`), pikepdf hands out the
picture's stream (:mod:`omr.scan.pdf_picture`), poppler draws
the rest (:mod:`omr.scan.pdf_drawing`).
pdfium is not safe for threads: one process, one page at a time.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2

from omr.refusal import Reason, Refusal
from omr.scan.container import Container, Content
from omr.scan.not_readable import (
    Detail,
    NotReadableError,
    check_pixels,
    too_large,
    unreadable,
)
from omr.scan.pdf_drawing import draw_page
from omr.scan.pdf_picture import check_picture, decode_picture
from omr.scan.pdf_placement import Placement, finest_dpi, picture_sizes, sole_picture
from omr.scan.pdf_resources import drawn_pictures
from omr.scan.pixels import oriented

if TYPE_CHECKING:
    from omr.scan.pixels import StoredImage
    from omr.settings import InputLimits

for _library in ("pikepdf", "pypdfium2"):
    # What they say about damaged files is said by our refusals, not on the screen.
    logging.getLogger(_library).addHandler(logging.NullHandler())

_PREFERRED_ABOVE_DPI = 225.0
"""Strips scanned below this are drawn at 200 dpi, finer ones and vectors at 300."""


class PdfFile(Container):
    """An open PDF. One that asks for a password is refused; an owner's password alone opens."""

    complete = True

    def __init__(self, content: Content, limits: InputLimits) -> None:
        """Open the file with pdfium; pikepdf follows when a page is loaded."""
        self._content = content
        self._limits = limits
        self._pikepdf: pikepdf.Pdf | None = None
        self._pdfium = _opened(content, limits)
        self.pages = tuple(range(len(self._pdfium)))

    def load(self, index: int) -> StoredImage:
        """The page's embedded picture, or the page drawn."""
        page = self._pdfium[index]
        try:
            placement = sole_picture(page)
            names = drawn_pictures(self._structure().pages[index])
            for width, height in picture_sizes(page):
                check_pixels(width, height, self._limits.max_pixels)
            if placement is not None and len(names) == 1 and not _is_masked(names[0]):
                return self._extracted(names[0], placement)
            for picture in names:
                check_picture(picture, self._limits)
            return draw_page(self._content, page, index, self._resolutions(page), self._limits)
        finally:
            page.close()

    def _extracted(self, picture: pikepdf.Object, placement: Placement) -> StoredImage:
        stored = decode_picture(picture, placement, self._limits)
        return oriented(stored, placement.columns, placement.rows)

    def _resolutions(self, page: pypdfium2.PdfPage) -> tuple[int, ...]:
        """Resolutions to draw at, in order of preference: near that of the strips, if there are."""
        preferred = self._limits.raster_dpi
        return preferred[::-1] if 0 < finest_dpi(page) < _PREFERRED_ABOVE_DPI else preferred

    def _structure(self) -> pikepdf.Pdf:
        if self._pikepdf is None:
            content = self._content
            self._pikepdf = pikepdf.open(
                io.BytesIO(content) if isinstance(content, bytes) else content
            )
        return self._pikepdf

    def close(self) -> None:
        """Close the file in both libraries."""
        self._pdfium.close()
        if self._pikepdf is not None:
            self._pikepdf.close()


def _opened(content: Content, limits: InputLimits) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _why_not(content) from error
    if len(document) > limits.max_members:
        document.close()
        raise too_large(Detail.PAGES)
    return document


def _why_not(content: Content) -> NotReadableError:
    """What is wrong with a PDF that pdfium does not open (its own error code may be an old one)."""
    try:
        with pikepdf.open(io.BytesIO(content) if isinstance(content, bytes) else content) as pdf:
            return unreadable(Detail.DAMAGED if len(pdf.pages) else Detail.NO_PAGES)
    except pikepdf.PasswordError:
        return NotReadableError(Refusal(Reason.ENCRYPTED_FILE))
    except pikepdf.PdfError:
        return unreadable(Detail.DAMAGED)


def _is_masked(picture: pikepdf.Object) -> bool:
    """Whether the picture's pixels alone are not what is seen: transparency, or a stencil."""
    stencil = bool(picture.get("/ImageMask", False))
    return stencil or any(key in picture for key in ("/SMask", "/Mask", "/SMaskInData"))
