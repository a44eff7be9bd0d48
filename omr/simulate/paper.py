"""The printed page as the pen and the scanner meet it: an RGB raster that knows its millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import MM_PER_INCH, Size

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

POINTS_PER_INCH = 72.0
COPIER_BLUR_MM = 0.06
"""Spread of light and toner in a copier, as a Gaussian's sigma: about 1 px at 400 dpi."""


@dataclass(frozen=True)
class PaperRaster:
    """One side of a sheet.

    ``pixels`` is (H, W, 3) uint8 RGB, reflectance 0 black to 255 white; ``size`` is what it shows
    in mm. Its resolution should be at least 1.2 times that of the scan to be made of it.
    """

    pixels: NDArray[np.uint8]
    size: Size

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels per mm along x and y."""
        height, width = self.pixels.shape[:2]
        return width / self.size.width, height / self.size.height

    def matrix(self) -> NDArray[np.float64]:
        """The (3, 3) map from paper mm to this raster's pixels."""
        along_x, along_y = self.scale
        return np.array([[along_x, 0, -0.5], [0, along_y, -0.5], [0, 0, 1]], dtype=float)


@dataclass(frozen=True, slots=True)
class Toner:
    """How the printer (or the photocopier of blank forms) put the print on paper.

    ``darkness``: 1 solid black, 0.4 a nearly empty cartridge. ``swell_mm``: how far print grows
    outwards (photocopies of photocopies), up to about 0.15. ``speckle``: share of solid print that
    the toner missed, 0 .. 0.3.
    """

    darkness: float = 1.0
    swell_mm: float = 0.0
    speckle: float = 0.0


def blank_paper(size: Size, px_per_mm: float) -> PaperRaster:
    """Unprinted paper."""
    shape = (round(size.height * px_per_mm), round(size.width * px_per_mm), 3)
    return PaperRaster(np.full(shape, 255, np.uint8), size)


def render_pdf_page(pdf: Path, page: int, px_per_mm: float) -> PaperRaster:
    """Render page ``page`` (from 1) of a PDF; the raster is at most a pixel larger than asked."""
    import pypdfium2  # noqa: PLC0415 - only those who start from a PDF need it

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        width, height = (length * MM_PER_INCH / POINTS_PER_INCH for length in sheet.get_size())
        # Just below the scale asked for: pdfium rounds sizes up, and 210 mm are 595.2756 points.
        scale = px_per_mm * MM_PER_INCH / POINTS_PER_INCH * (1 - 1e-5)
        pixels = sheet.render(scale=scale, rev_byteorder=True).to_numpy()
    finally:
        document.close()
    if pixels.ndim == 2 or pixels.shape[2] == 1:  # noqa: PLR2004 - a grey page
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return PaperRaster(np.ascontiguousarray(pixels[:, :, :3]), Size(width, height))


def print_with(page: PaperRaster, toner: Toner, rng: np.random.Generator) -> PaperRaster:
    """The same page as a worn printer or copier puts it on paper; done before anyone writes."""
    pixels = page.pixels
    if toner.swell_mm > 0:
        radius = toner.swell_mm * page.scale[0]
        pixels = _swollen(pixels, radius)
    if toner.speckle > 0:
        pixels = _speckled(pixels, toner.speckle, page.scale[0], rng)
    if toner.darkness < 1:
        levels = 255 - (255 - np.arange(256)) * toner.darkness
        pixels = np.rint(levels).astype(np.uint8)[pixels]
    return PaperRaster(pixels, page.size)


def photocopy(page: PaperRaster, rng: np.random.Generator) -> PaperRaster:
    """A photocopy of a page, ink and all, in place: colour gone, contrast hard, dust added."""
    grey = cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.5, COPIER_BLUR_MM * page.scale[0]))
    middle, hardness = rng.uniform(140, 185), rng.uniform(0.025, 0.05)
    levels = 255 / (1 + np.exp(-hardness * (np.arange(256) - middle)))
    toned = np.rint(levels).astype(np.uint8)[soft]
    dust = rng.random((page.pixels.shape[0] // 3, page.pixels.shape[1] // 3), dtype=np.float32)
    specks = (dust > rng.uniform(0.0001, 0.001)).astype(np.uint8) * 255
    spread = cv2.resize(specks, toned.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return PaperRaster(np.repeat(cv2.min(toned, spread)[:, :, None], 3, axis=2), page.size)


def _swollen(pixels: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """Print grown by ``radius`` px: a blur whose dark part is kept, so fractions count."""
    grown = int(radius)
    if grown:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * grown + 1, 2 * grown + 1))
        pixels = cv2.erode(pixels, kernel).astype(np.uint8)
    rest = radius - grown
    if rest > 0:
        more = cv2.erode(pixels, np.ones((3, 3), np.uint8))
        pixels = cv2.addWeighted(pixels, 1 - rest, more, rest, 0).astype(np.uint8)
    return pixels


def _speckled(
    pixels: NDArray[np.uint8], share: float, px_per_mm: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """White pinholes of about 0.1 mm in the print, over ``share`` of it."""
    height, width = pixels.shape[:2]
    step = 0.1 * px_per_mm
    coarse = rng.random((int(height / step) + 2, int(width / step) + 2), dtype=np.float32)
    holes = cv2.resize((coarse < share).astype(np.uint8) * 255, (width, height))
    return cv2.max(pixels, cv2.cvtColor(holes, cv2.COLOR_GRAY2RGB)).astype(np.uint8)
