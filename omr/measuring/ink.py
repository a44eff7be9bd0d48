"""What is print on a blank page: masks at one fixed resolution, and questions about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.geometry import Box

PPM = 10.0
"""Pixels per mm of all masks: 254 dpi, between the 200 and 300 at which offices scan."""
PAPER_MM = 3.0
"""The lightest within this reach is the paper: wider than a stroke of print, narrower than a
shaded row or heading."""
PAPER_LEAST = 0.5
"""Paper is never darker than this share of the page's: what is, is a solid area of print."""
DARK, PALE = 0.55, 0.82
"""From the page's black (0) to its paper (1): black print, and print of any tint; a hairline that a
coarse scan has blurred is no darker than a tint."""
BLACK_PERCENTILE = 0.5
PALEST_BLACK = 0.6
"""Print covers more of any form than this share; where its darkest is paler, it is not black."""
PAGE_PAPER_PERCENTILE = 90.0
CROSSES = 0.9
"""A line of print covers so much of the width that it crosses."""
LETTER_HEIGHTS = (0.5, 1.8)
"""Letters of one word are between these shares of each other's height."""
LETTER_MM = (1.1, 9.0, 28.0)
"""Least and greatest height, greatest width of letters and of letters that have run together."""
TOUCH_MM = 0.4
LETTER_OVERLAP = 0.6
"""And share so much of it."""


def at_working_scale(picture: NDArray[np.uint8], pixels_per_mm: float) -> NDArray[np.uint8]:
    """The picture at PPM."""
    factor = PPM / pixels_per_mm
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    return np.asarray(cv2.resize(picture, size, interpolation=way), dtype=np.uint8)


def reflectance(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(H, W): 1 the paper around, 0 the page's own black; shading as wide as a heading vanishes."""
    kernel = np.ones((round(PAPER_MM * PPM),) * 2, np.uint8)
    paper = cv2.GaussianBlur(cv2.dilate(picture, kernel), (0, 0), PAPER_MM * PPM / 3)
    page = float(np.percentile(picture, PAGE_PAPER_PERCENTILE))
    least = max(PAPER_LEAST * page, 1.0)
    share = picture / np.maximum(paper.astype(np.float32), np.float32(least))
    black = min(float(np.percentile(share, BLACK_PERCENTILE)), PALEST_BLACK)
    return np.asarray((share - black) / (1 - black), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class InkSums:
    """How much of any upright rectangle is ink, answered from sums made once. Boxes in mm."""

    sums: NDArray[np.int32]

    @staticmethod
    def of(mask: NDArray[np.uint8]) -> InkSums:
        """From a mask at PPM, nonzero where there is ink."""
        return InkSums(np.asarray(cv2.integral((mask > 0).astype(np.uint8)), dtype=np.int32))

    def area_mm2(self, box: Box) -> float:
        """Square mm of ink within the box; what lies off the page is paper."""
        x0, x1 = self._clipped(box.x, 1), self._clipped(box.right, 1)
        y0, y1 = self._clipped(box.y, 0), self._clipped(box.bottom, 0)
        s = self.sums
        return float(s[y1, x1] - s[y0, x1] - s[y1, x0] + s[y0, x0]) / PPM**2

    def share(self, box: Box) -> float:
        """Share of the box that is ink, 0 .. 1."""
        return self.area_mm2(box) / max(box.w * box.h, 1e-6)

    def level_lines(self, area: Box) -> list[float]:
        """Y in mm of every line of print that crosses an area from side to side, from the top."""
        x0, x1 = self._clipped(area.x, 1), self._clipped(area.right, 1)
        y0, y1 = self._clipped(area.y, 0), self._clipped(area.bottom, 0)
        rows = self.sums[y0 : y1 + 1, x1] - self.sums[y0 : y1 + 1, x0]
        crossed = np.diff(rows) >= CROSSES * max(x1 - x0, 1)
        begins = np.flatnonzero(crossed & ~np.concatenate([[False], crossed[:-1]]))
        return [float(y0 + row) / PPM for row in begins]

    def _clipped(self, mm: float, axis: int) -> int:
        last: int = self.sums.shape[axis] - 1
        return min(max(round(mm * PPM), 0), last)


@dataclass(frozen=True, eq=False)
class Pieces:
    """The connected pieces of ink: (N, 4) rectangles x, y, w, h in mm."""

    rectangles: NDArray[np.float64]

    @staticmethod
    def of(mask: NDArray[np.uint8]) -> Pieces:
        """From a mask at PPM, nonzero where there is ink."""
        _, _, stats, _ = cv2.connectedComponentsWithStats((mask > 0).astype(np.uint8))
        return Pieces(stats[1:, :4].astype(np.float64) / PPM)

    def letters(self, targets: Sequence[Box]) -> Pieces:
        """Those that have the size of letters or joined letters and belong to no target."""
        x, y, w, h = self.rectangles.T
        kept = (h >= LETTER_MM[0]) & (h <= LETTER_MM[1]) & (w <= LETTER_MM[2])
        for box in targets:
            middle_x, middle_y = x + w / 2, y + h / 2
            kept &= ~(
                (middle_x > box.x - TOUCH_MM)
                & (middle_x < box.right + TOUCH_MM)
                & (middle_y > box.y - TOUCH_MM)
                & (middle_y < box.bottom + TOUCH_MM)
            )
        return Pieces(self.rectangles[kept])

    def within(self, box: Box) -> NDArray[np.float64]:
        """(N, 4) those whose middle lies in the box."""
        x, y, w, h = self.rectangles.T
        middle_x, middle_y = x + w / 2, y + h / 2
        held = (middle_x > box.x) & (middle_x < box.right)
        held &= (middle_y > box.y) & (middle_y < box.bottom)
        return np.asarray(self.rectangles[held], dtype=np.float64)

    def count(self, box: Box) -> int:
        """How many have their middle in the box."""
        return len(self.within(box))

    def before(self, box: Box, gap_mm: float) -> bool:
        """Whether a piece of about the box's height stands left of it, so near."""
        x, _, w, _ = self.rectangles.T
        return self._joined(box, box.x - (x + w), gap_mm)

    def after(self, box: Box, gap_mm: float) -> bool:
        """Whether one stands right of it, so near."""
        return self._joined(box, self.rectangles[:, 0] - box.right, gap_mm)

    def _joined(self, box: Box, apart: NDArray[np.float64], gap_mm: float) -> bool:
        _, y, _, h = self.rectangles.T
        shared = np.minimum(y + h, box.bottom) - np.maximum(y, box.y)
        like = (h >= LETTER_HEIGHTS[0] * box.h) & (h <= LETTER_HEIGHTS[1] * box.h)
        near = (apart > -gap_mm / 2) & (apart <= gap_mm)
        return bool((like & near & (shared >= LETTER_OVERLAP * np.minimum(h, box.h))).any())
