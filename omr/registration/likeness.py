"""How much two pictures in the same frame look alike, place by place.

A windowed correlation that leaves out what does not count: the targets, where a pen writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.registration.tiles import TILE_PPM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from omr.geometry import Box

FORGIVING_PX = 1.0
"""Blur (sigma) before comparing: a print that lies 0.2 mm off is still the same print."""
PRINTED = 8.0
"""Grey deviation (0..255, RMS) in a window from which on there is print in it."""
BARE = 1.5
"""Grey deviation below which a window of a page is bare paper, whatever noise is in it."""
ENOUGH_COUNTED = 0.2
"""Least share of a window that must count for a judgement."""


def counted_area(
    shape: tuple[int, int], left_out: Iterable[Box], margin_mm: float
) -> NDArray[np.float32]:
    """(H, W) of 1 where the paper counts, 0 in the boxes (mm), grown by ``margin_mm``."""
    counted = np.ones(shape, np.float32)
    for box in left_out:
        area = box.grown(margin_mm).scaled(TILE_PPM)
        top, left = max(int(area.y), 0), max(int(area.x), 0)
        counted[top : max(int(area.bottom) + 1, 0), left : max(int(area.right) + 1, 0)] = 0
    return counted


class Windows:
    """Means over square windows around every pixel, of what counts."""

    def __init__(self, counted: NDArray[np.float32], side_mm: float) -> None:
        """``side_mm`` is the length of a window."""
        self._side = round(side_mm * TILE_PPM) | 1
        self._counted = counted
        self._share = self._window_mean(counted)
        self.enough = self._share >= ENOUGH_COUNTED

    def mean(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mean of a picture over each window."""
        return np.asarray(
            self._window_mean(self._counted * picture) / np.maximum(self._share, 1e-6)
        )

    def spread(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """Standard deviation of a picture over each window."""
        mean = self.mean(picture)
        return np.asarray(np.sqrt(np.maximum(self.mean(picture * picture) - mean * mean, 0)))

    def likeness(
        self, reference: NDArray[np.float32], page: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Correlation (-1..1) in each window; NaN where the reference has no print to judge by."""
        a, b = forgiving(reference), forgiving(page)
        spread_a, spread_b = self.spread(a), self.spread(b)
        common = self.mean(a * b) - self.mean(a) * self.mean(b)
        alike = common / np.maximum(spread_a * spread_b, 1e-3)
        alike[spread_b < BARE] = 0.0
        alike[~self.enough | (spread_a < PRINTED)] = np.nan
        return np.asarray(np.clip(alike, -1.0, 1.0))

    def _window_mean(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        size = (self._side, self._side)
        means = cv2.boxFilter(picture, -1, size, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(means, dtype=np.float32)


def forgiving(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture as darkness (0 is white), blurred by :data:`FORGIVING_PX`.

    Darkness, because the sums of squares of a mostly white page then keep their precision.
    """
    blurred = cv2.GaussianBlur(255.0 - picture, (0, 0), FORGIVING_PX)
    return np.asarray(blurred, dtype=np.float32)
