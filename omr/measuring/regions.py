"""Panels of the page: areas of paper that printed lines part from each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box
from omr.measuring.ink import PALE, PPM

if TYPE_CHECKING:
    from numpy.typing import NDArray

BESIDE_MM = 0.5
"""A target's panel is the paper so far outside its outline."""
BROKEN_MM = 0.3
"""Gaps in a line that do not join the panels on its sides."""


@dataclass(frozen=True, eq=False)
class Regions:
    """(H, W) number of each pixel's panel at PPM, 0 on print; and each panel's rectangle in mm."""

    labels: NDArray[np.int32]
    rectangles: NDArray[np.float64]

    @staticmethod
    def of(reflected: NDArray[np.float32]) -> Regions:
        """The panels of a page's reflectance at PPM."""
        ink = (reflected < PALE).astype(np.uint8)
        size = 2 * round(BROKEN_MM * PPM / 2) + 1
        whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
        paper = (whole == 0).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
        return Regions(np.asarray(labels, dtype=np.int32), stats[:, :4].astype(np.float64) / PPM)

    def around(self, box: Box) -> int:
        """The panel in which a target stands; 0 where print is all around it."""
        outside = box.grown(BESIDE_MM)
        across = np.linspace(outside.x, outside.right, 9)
        down = np.linspace(outside.y, outside.bottom, 9)
        points = [(x, y) for x in across for y in (outside.y, outside.bottom)]
        points += [(x, y) for y in down for x in (outside.x, outside.right)]
        height, width = self.labels.shape
        seen = Counter(
            int(
                self.labels[
                    min(max(int(y * PPM), 0), height - 1), min(max(int(x * PPM), 0), width - 1)
                ]
            )
            for x, y in points
        )
        seen.pop(0, None)
        return seen.most_common(1)[0][0] if seen else 0

    def panel(self, box: Box) -> Box:
        """The rectangle of the panel in which a target stands; a table's cell is its own."""
        panel = self.rectangle(self.around(box))
        x, y = box.centre
        return panel if panel.x < x < panel.right and panel.y < y < panel.bottom else box

    def rectangle(self, panel: int) -> Box:
        """The panel's rectangle; the whole page for panel 0."""
        if not panel:
            height, width = self.labels.shape
            return Box(0.0, 0.0, width / PPM, height / PPM)
        return Box(*(float(number) for number in self.rectangles[panel]))
