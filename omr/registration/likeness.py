"""How much two pictures in the same frame look alike, place by place.

A windowed correlation of the strokes of the print. It leaves out what does not tell one form from
another: targets, where a pen writes, and long rules, which all tables have alike.
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

FINE_PX = 1.0
"""Blur (sigma) that takes away what is finer than strokes: print 0.2 mm off is still the same."""
BROAD_PX = 4.0
"""Blur (sigma) of what is broader than strokes: shading of a photograph, and the grey that a line
of small print makes whatever it says. Only the difference of the two is compared."""
PRINTED = 5.0
"""Deviation of the strokes (grey levels, RMS) in a window from which on there is print in it."""
BARE = 0.4
"""Deviation below which a window of a page is bare paper, whatever noise is in it."""
RULE_MM = 12.0
"""A straight dark run of this length is a rule or a frame, never a letter."""
RULE_DARKNESS = 15.0
"""Least darkness (grey levels) of the strokes of a rule, which may be thin and faint."""
RULE_MARGIN_MM = 0.8
"""So much on both sides of a rule is left out with it: as far as its blur reaches."""
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


def long_rules(picture: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(H, W) of where a picture has long straight rules, upright or level, with their margin."""
    dark = (strokes(picture) > RULE_DARKNESS).astype(np.uint8)
    length, margin = round(RULE_MM * TILE_PPM), round(2 * RULE_MARGIN_MM * TILE_PPM) | 1
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((margin, margin), np.uint8)) > 0)


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
        a, b = strokes(reference), strokes(page)
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


def strokes(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is as broad as a stroke of print, dark is positive: a difference of two Gaussians."""
    dark = 255.0 - picture
    fine, broad = cv2.GaussianBlur(dark, (0, 0), FINE_PX), cv2.GaussianBlur(dark, (0, 0), BROAD_PX)
    return np.asarray(fine - broad, dtype=np.float32)
