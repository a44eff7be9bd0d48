"""From whatever a file stores to what the reader takes: uint8 grey or BGR, square pixels."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from omr.geometry import MM_PER_INCH
from omr.scan.not_readable import Detail, check_pixels, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from omr.settings import InputLimits

    Pixels = NDArray[np.uint8]

_SQUARE_ENOUGH = 1.1
"""Ratio of the two resolutions up to which pixels count as square: printers and feeders stretch a
page by a percent or two, which registration measures; a fax is stretched by two (204 × 98 dpi)."""
_COLOUR_MODES = ("RGB", "RGBX", "CMYK", "YCbCr", "LAB", "HSV")
_ALPHA_MODES = ("LA", "La", "PA", "RGBA", "RGBa")
_WIDE_MODES = ("I;16", "I;16L", "I;16B", "I;16N", "I")


@dataclass(frozen=True)
class StoredImage:
    """A decoded picture: uint8 (H, W) grey or (H, W, 3) BGR, and the file's (x, y) dpi if any."""

    pixels: Pixels
    dpi: tuple[float, float] | None

    @property
    def bilevel(self) -> bool:
        """Whether there is only black and white: a 1-bit scan, in whatever mode it was saved."""
        if self.pixels.ndim != 2:  # noqa: PLR2004 - colour
            return False
        probe = self.pixels[::61, ::67]
        return _only_black_and_white(probe) and _only_black_and_white(self.pixels)


def _only_black_and_white(pixels: Pixels) -> bool:
    middle = cv2.inRange(np.ascontiguousarray(pixels), np.array(1), np.array(254))
    return cv2.countNonZero(middle) == 0


@contextmanager
def our_limits_only() -> Iterator[None]:
    """Pillow without its own limit and warnings: sizes are checked here, metadata is a hint."""
    theirs = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = theirs


def believable(dpi: tuple[float, float] | None, pixels: Pixels, limits: InputLimits) -> bool:
    """Whether a resolution lies in the settings' range and gives a page of possible size."""
    if dpi is None:
        return False
    height, width = pixels.shape[:2]
    paper_mm = max(width / dpi[0], height / dpi[1]) * MM_PER_INCH if min(dpi) > 0 else 0.0
    in_range = all(limits.min_dpi <= value <= limits.max_dpi for value in dpi)
    return in_range and paper_mm <= limits.max_paper_mm


def squared(stored: StoredImage, limits: InputLimits) -> tuple[Pixels, float | None]:
    """The picture with square pixels, and its one resolution (None if it is not believed).

    Pixels that differ by more than 10 % in the two directions are resampled up to the finer of
    the two resolutions; 1-bit pictures stay 1-bit.
    """
    if stored.dpi is None or not believable(stored.dpi, stored.pixels, limits):
        return stored.pixels, None
    fine, coarse = max(stored.dpi), min(stored.dpi)
    if fine / coarse <= _SQUARE_ENOUGH:
        return stored.pixels, round((fine * coarse) ** 0.5, 2)
    height, width = stored.pixels.shape[:2]
    size = round(width * fine / stored.dpi[0]), round(height * fine / stored.dpi[1])
    check_pixels(*size, limits.max_pixels)
    how = cv2.INTER_NEAREST_EXACT if stored.bilevel else cv2.INTER_LINEAR
    return _uint8(cv2.resize(stored.pixels, size, interpolation=how)), round(fine, 2)


def from_pillow(image: Image.Image) -> Pixels:
    """Decode a Pillow image to grey or BGR; transparency is laid on white, 16 bits cut to 8."""
    if image.mode in _ALPHA_MODES or "transparency" in image.info:
        return _on_white(image.convert("RGBA"))
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    if image.mode == "P":
        return grey_if_grey(_bgr(image.convert("RGB")))
    if image.mode in _COLOUR_MODES:
        return _bgr(image.convert("RGB"))
    if image.mode in _WIDE_MODES:
        return _from_wide(image)
    raise unreadable(Detail.PIXEL_FORMAT)


def grey_if_grey(pixels: Pixels) -> Pixels:
    """A BGR picture without any colour as grey, any other as it is."""
    blue, green, red = cv2.split(pixels)
    return _uint8(blue) if np.array_equal(blue, green) and np.array_equal(blue, red) else pixels


def oriented(
    stored: StoredImage, columns: tuple[float, float], rows: tuple[float, float]
) -> StoredImage:
    """The picture as it is shown: its columns run along ``columns``, its rows along ``rows``.

    Both are directions on the shown page (x to the right, y down), each along one axis.
    """
    pixels, dpi = stored.pixels, stored.dpi
    if abs(columns[0]) < abs(columns[1]):
        pixels = _uint8(cv2.transpose(pixels))
        dpi = (dpi[1], dpi[0]) if dpi else None
        columns, rows = rows, columns
    flips = {(True, False): 1, (False, True): 0, (True, True): -1}
    flip = flips.get((columns[0] < 0, rows[1] < 0))
    return StoredImage(pixels if flip is None else _uint8(cv2.flip(pixels, flip)), dpi)


def _bgr(image: Image.Image) -> Pixels:
    return _uint8(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR))


def _on_white(image: Image.Image) -> Pixels:
    white = Image.new("RGBA", image.size, "white")
    return grey_if_grey(_bgr(Image.alpha_composite(white, image).convert("RGB")))


def _from_wide(image: Image.Image) -> Pixels:
    """16-bit grey (or 12 bits in 16, or 32) to its 8 highest bits; TIFF's min-is-white turned."""
    tags = getattr(image, "tag_v2", {})
    bits = int(np.max(tags.get(258, 16)))
    values = np.clip(np.asarray(image).astype(np.int64), 0, (1 << bits) - 1) >> (bits - 8)
    grey = values.astype(np.uint8)
    min_is_white = tags.get(262, 1) == 0
    return 255 - grey if min_is_white else grey


def _uint8(array: object) -> Pixels:
    """What OpenCV returned, under its real type (its own annotations are wider)."""
    return np.asarray(array, dtype=np.uint8)
