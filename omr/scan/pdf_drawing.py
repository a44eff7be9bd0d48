"""Drawing a PDF page that is more than one scanned picture: strips, tiles, vectors, annotations.

pdf2image (poppler) draws where poppler is installed, else pypdfium2: the two differ in the last
grey levels of edges, so the same file gives the same pixels only with the same renderer.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from omr.scan.not_readable import Detail, too_large
from omr.scan.pdf_placement import POINTS_PER_INCH
from omr.scan.pixels import StoredImage, from_pillow, grey_if_grey, our_limits_only

if TYPE_CHECKING:
    from collections.abc import Callable

    import pypdfium2
    from PIL.Image import Image

    from omr.scan.container import Content
    from omr.scan.pixels import Pixels
    from omr.settings import InputLimits

_SIZE_TOLERANCE_PX = 2


def draw_page(
    content: Content,
    page: pypdfium2.PdfPage,
    index: int,
    resolutions: tuple[int, ...],
    limits: InputLimits,
) -> StoredImage:
    """Draw the page, grey if it has no colour, at the first of ``resolutions`` (dpi) that fits."""
    for dpi in resolutions:
        width, height = (round(side * dpi / POINTS_PER_INCH) for side in page.get_size())
        if 0 < width * height <= limits.max_pixels:
            break
    else:
        raise too_large(Detail.PIXELS)
    pixels = _by_poppler(content, index, dpi, limits) if has_poppler() else None
    if pixels is None or not _has_size(pixels, width, height):
        pixels = _by_pdfium(page, dpi)
    return StoredImage(grey_if_grey(pixels), (float(dpi), float(dpi)))


def has_poppler() -> bool:
    """Whether the two programs of poppler that pdf2image runs are on the PATH."""
    return shutil.which("pdftoppm") is not None and shutil.which("pdfinfo") is not None


def _has_size(pixels: Pixels, width: int, height: int) -> bool:
    """Whether the drawing is as large as it must be: poppler gives 1 × 1 px where it fails."""
    drawn_height, drawn_width = pixels.shape[:2]
    off_x, off_y = abs(drawn_width - width), abs(drawn_height - height)
    return bool(off_x <= _SIZE_TOLERANCE_PX and off_y <= _SIZE_TOLERANCE_PX)


def _by_poppler(content: Content, index: int, dpi: int, limits: InputLimits) -> Pixels | None:
    """The page drawn by poppler, or None where poppler does not manage it."""
    import pdf2image  # noqa: PLC0415 - few pages need it
    from pdf2image import exceptions  # noqa: PLC0415 - as above

    drawing: Callable[..., list[Image]] = (
        partial(pdf2image.convert_from_bytes, content)
        if isinstance(content, bytes)
        else partial(pdf2image.convert_from_path, content.absolute())
    )
    try:
        with our_limits_only():
            drawn = drawing(
                dpi=dpi,
                first_page=index + 1,
                last_page=index + 1,
                use_cropbox=True,
                timeout=limits.raster_timeout_s,
            )
    except (
        exceptions.PDFPageCountError,
        exceptions.PDFPopplerTimeoutError,
        exceptions.PDFInfoNotInstalledError,
        OSError,
        ValueError,
    ):
        return None
    return from_pillow(drawn[0]) if drawn else None


def _by_pdfium(page: pypdfium2.PdfPage, dpi: int) -> Pixels:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=False)
    return np.array(np.asarray(bitmap.to_numpy(), np.uint8)[:, :, :3], order="C")
