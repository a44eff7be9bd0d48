"""The four markers of a sheet: one printed picture, looked for in each quarter of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.measuring.omrchecker.model import Pair

STEPS = 13
"""Sizes that are tried between the smallest and the largest."""
SMALLEST_PX = 8
"""A marker narrower than this is not told from a letter."""
QUARTERS = ((0, 0), (1, 0), (1, 1), (0, 1))
"""Columns and rows of the quarters, in the order of a frame's corners."""
LIMIT = 1.001
"""No correlation is larger, but for rounding."""
_BLUR = 0.04
"""Blur of picture and marker, in widths of the marker: print and scan never agree on a pixel."""


@dataclass(frozen=True, eq=False)
class FoundMarkers:
    """Centres (4, 2) of the markers in the order of corners, edge coordinates, and likenesses."""

    centres: NDArray[np.float64]
    likeness: tuple[float, ...]


def find_markers(
    gray: NDArray[np.uint8], marker: NDArray[np.uint8], width: float, scales: Pair, tall: float
) -> FoundMarkers:
    """The best place of the marker in each quarter of a grey picture, all four at one size.

    ``width`` times one of ``scales`` is its width in pixels; ``tall`` is how much taller the
    picture shows it than its own picture does (1 if the picture is not stretched).
    """
    best = FoundMarkers(np.zeros((4, 2)), (-1.0,) * 4)
    for scale in np.geomspace(scales[0], scales[1], STEPS if scales[1] > scales[0] else 1):
        wide = width * float(scale)
        size = (round(wide), round(wide * tall * marker.shape[0] / marker.shape[1]))
        if min(size) < SMALLEST_PX or max(size) > min(gray.shape) / 2:
            continue
        found = _at_size(gray, marker, size)
        if sum(found.likeness) > sum(best.likeness):
            best = found
    return best


def _at_size(
    gray: NDArray[np.uint8], marker: NDArray[np.uint8], size: tuple[int, int]
) -> FoundMarkers:
    sigma = max(0.6, _BLUR * size[0])
    sought = cv2.GaussianBlur(cv2.resize(marker, size, interpolation=cv2.INTER_AREA), (0, 0), sigma)
    smooth = cv2.GaussianBlur(gray, (0, 0), sigma)
    half_height, half_width = gray.shape[0] // 2, gray.shape[1] // 2
    centres, likeness = [], []
    for column, row in QUARTERS:
        left, top = column * half_width, row * half_height
        quarter = smooth[top : top + half_height, left : left + half_width]
        # A flat patch has no correlation: OpenCV gives rubbish or infinity there.
        scores = np.nan_to_num(cv2.matchTemplate(quarter, sought, cv2.TM_CCOEFF_NORMED), posinf=0)
        scores[np.abs(scores) > LIMIT] = 0
        y, x = np.unravel_index(int(scores.argmax()), scores.shape)
        likeness.append(float(scores[y, x]))
        part_x, part_y = vertex(scores[y].tolist(), int(x)), vertex(scores[:, x].tolist(), int(y))
        centres.append((left + x + part_x + size[0] / 2, top + y + part_y + size[1] / 2))
    return FoundMarkers(np.array(centres), tuple(likeness))
