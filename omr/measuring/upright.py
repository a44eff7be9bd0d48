"""A scan of blank paper set straight, with its scale in millimetres.

A flatbed or feeder turns the paper by a degree or so. Lines of print are searched for the angle at
which they lie level: then the sums of ink along the picture's rows are most uneven. The
straightened picture is what is measured *and* what is written as the reference, so that its boxes
fit it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import dpi_to_pixels_per_mm

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAPERS_MM = ((210.0, 297.0), (215.9, 279.4), (215.9, 355.6))
"""A4, letter, legal: what a page of unknown resolution is taken for, by its proportions."""
BELIEVED_WIDTHS_MM = (95.0, 460.0)
"""Shortest and longest side of paper for which the file's resolution is believed (A6 to A3)."""
SKEW_LIMIT_DEG = 6.0
LEAST_SKEW_DEG = 0.05
"""A smaller turn moves the ends of a line of A4 by less than 0.2 mm and is left alone."""
SKEW_PPM = 4.0
"""Resolution of the search: a line of print is 8 to 16 px high."""
SOFT_PX = 1.2
"""Blur along the columns, so that sums moved by half a pixel are as sharp as those not moved."""
COARSE_DEG = 0.25
FINE_DEG = 0.02
WHITE = 255


@dataclass(frozen=True, eq=False)
class Upright:
    """The straightened page.

    ``picture`` is uint8 (H, W) grey; ``matrix`` the (3, 3) map from the scan's pixels to its own;
    ``pixels_per_mm`` its resolution on paper, as the file says it or as the paper's proportions
    suggest it (good to a few percent).
    """

    picture: NDArray[np.uint8]
    matrix: NDArray[np.float64]
    pixels_per_mm: float


def set_upright(picture: NDArray[np.uint8], dpi: float | None) -> Upright:
    """Straighten a grey scan; ``dpi`` is what its file says, None where it says nothing."""
    pixels_per_mm = page_scale((picture.shape[1], picture.shape[0]), dpi)
    skew = find_skew(picture, pixels_per_mm)
    if abs(skew) < LEAST_SKEW_DEG:
        return Upright(picture, np.eye(3), pixels_per_mm)
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), skew, 1.0)
    turned = cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(WHITE,)
    )
    matrix = np.vstack([turn, (0.0, 0.0, 1.0)])
    return Upright(np.asarray(turned, dtype=np.uint8), matrix, pixels_per_mm)


def page_scale(size_px: tuple[int, int], dpi: float | None) -> float:
    """Pixels per mm of a page of this width and height."""
    short, long = sorted(size_px)
    if dpi is not None:
        scale = dpi_to_pixels_per_mm(dpi)
        if BELIEVED_WIDTHS_MM[0] <= short / scale and long / scale <= BELIEVED_WIDTHS_MM[1]:
            return scale
    paper = min(PAPERS_MM, key=lambda mm: abs(math.log(mm[1] / mm[0] * short / long)))
    return math.sqrt(short * long / (paper[0] * paper[1]))


def find_skew(picture: NDArray[np.uint8], pixels_per_mm: float) -> float:
    """Degrees by which the picture must be turned counter-clockwise for its lines to lie level."""
    factor = SKEW_PPM / pixels_per_mm
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = (WHITE - small).astype(np.float32)
    ink[ink < np.float32(0.25 * WHITE)] = 0  # shading and the scanner's grey are no print
    ink = np.asarray(cv2.GaussianBlur(ink, (1, 9), sigmaX=1.0, sigmaY=SOFT_PX), dtype=np.float32)
    coarse = np.arange(-SKEW_LIMIT_DEG, SKEW_LIMIT_DEG + COARSE_DEG / 2, COARSE_DEG)
    best = float(coarse[np.argmax([_levelness(ink, angle) for angle in coarse])])
    fine = np.arange(best - COARSE_DEG, best + COARSE_DEG + FINE_DEG / 2, FINE_DEG)
    scores = np.array([_levelness(ink, angle) for angle in fine])
    return float(fine[int(np.argmax(scores))])


def _levelness(ink: NDArray[np.float32], angle_deg: float) -> float:
    """How uneven the sums of ink along the rows are when the page is turned by this angle.

    Turning by a small angle is shearing: column x moves by x tan(angle). The sums are taken column
    strip by column strip, which is exact to a fraction of a row and a hundred times faster.
    """
    height, width = ink.shape
    strips = max(width // 8, 1)
    slope = math.tan(math.radians(angle_deg))
    sums = np.zeros(height)
    for strip in np.array_split(np.arange(width), strips):
        profile = ink[:, strip[0] : strip[-1] + 1].sum(axis=1)
        shift = slope * (strip.mean() - width / 2)
        sums += np.interp(np.arange(height) + shift, np.arange(height), profile, 0, 0)
    return float(np.sum(np.diff(sums) ** 2))
