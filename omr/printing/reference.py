"""The static print as grey pictures: what reading compares a scan with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

from omr.geometry import MM_PER_INCH
from omr.printing.stock import blank_canvas, static_name, store_static_pages
from omr.reference import ReferencePage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.layout import Typeset

PIXELS_PER_MM = 8
POINTS_PER_INCH = 72
ROUNDING = 1e-6


def render_reference(typeset: Typeset) -> tuple[ReferencePage, ...]:
    """Every page's static print, without serial and code, at 8 px/mm."""
    images = render_pdf(static_pdf(typeset), PIXELS_PER_MM)
    return tuple(
        ReferencePage(layout, image, float(PIXELS_PER_MM))
        for layout, image in zip(typeset.layout.pages, images, strict=True)
    )


def static_pdf(typeset: Typeset) -> bytes:
    """A PDF of the static pages alone."""
    buffer = io.BytesIO()
    canvas = blank_canvas(typeset, buffer)
    store_static_pages(canvas, typeset)
    for number in range(len(typeset.pages)):
        canvas.doForm(static_name(number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def render_pdf(pdf: bytes, pixels_per_mm: float) -> list[NDArray[np.uint8]]:
    """Grey pictures (H, W) of the A4 pages of one of our own PDFs, all of the paper's size.

    pdfium rounds the size up to whole pixels and stretches the page onto them; a PDF's page size is
    itself rounded (to 0.0001 pt), which must not cost a whole extra pixel.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        scale = pixels_per_mm * MM_PER_INCH / POINTS_PER_INCH * (1 - ROUNDING)
        return [np.array(page.render(scale=scale, grayscale=True).to_numpy()) for page in document]
    finally:
        document.close()
