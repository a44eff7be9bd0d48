"""Lines that no pen drew: folds of the paper, dirt on the scanner's glass.

They are straight, run along the page's edges (give or take the skew), and cross everything. A
line counts as a streak where it runs through the whole picture of a target and its surroundings,
about a centimetre, in one narrow band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.thresholds import STREAK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


def streak_bands(ink: Mask, printed: Mask) -> Mask:
    """(h, w): the bands in which streaks run through, upright or level, with their ragged edges.

    Where print hides the paper, a streak is neither seen nor missed.
    """
    upright = _upright_streaks(ink, printed)
    level = _upright_streaks(ink.T, printed.T).T
    return upright | level


def _upright_streaks(ink: Mask, printed: Mask) -> Mask:
    found = np.zeros_like(ink)
    height, width = ink.shape
    # Most targets end here: a streak leaves ink in most rows, whatever print hides of it.
    if ink.any(axis=1).mean() < STREAK.least_rows:
        return found
    steepest = round(STREAK.slope * height)
    for lean in range(-steepest, steepest + 1, 2):
        shear = np.array([[1, lean / height, -lean / 2], [0, 1, 0]], dtype=np.float64)
        straight = _sheared(ink, shear)
        hidden = _sheared(printed, shear)
        band = np.ones((1, STREAK.width_px), dtype=np.uint8)
        in_band = cv2.dilate(straight, band) > 0
        seen = hidden == 0
        rows = np.maximum(seen.sum(axis=0), 1)
        share = (in_band & seen).sum(axis=0) / rows
        for column in np.flatnonzero((share >= STREAK.share) & (rows >= height / 2)):
            found |= _band(int(column), lean, height, width)
    return found


def _sheared(mask: Mask, shear: NDArray[np.float64]) -> NDArray[np.uint8]:
    size = (mask.shape[1], mask.shape[0])
    sheared = cv2.warpAffine(mask.astype(np.uint8), shear, size, flags=cv2.INTER_NEAREST)
    return np.asarray(sheared, dtype=np.uint8)


def _band(column: int, lean: int, height: int, width: int) -> Mask:
    """The strip around a leaning line that is at ``column`` when straightened."""
    y, x = np.ogrid[:height, :width]
    # x_straight = x + lean * y / height - lean / 2
    off = np.abs(x + lean * y / height - lean / 2 - column)
    return np.asarray(off <= STREAK.width_px / 2 + STREAK.edge_px, dtype=np.bool_)
