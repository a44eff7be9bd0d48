"""The smooth bend of paper that a homography cannot follow: curl, uneven feeding, lens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NODE_MM = 10.0
"""Distance of the grid's nodes: paper bends over several centimetres, not within one."""
REACH_MM = 18.0
"""How far (sigma of a Gaussian) a measured tile speaks for its surroundings."""
ROUNDS = 4
"""Rounds of re-weighting: enough for the weights to settle."""
OUTLIER_FLOOR_MM = 0.15
"""No tile is an outlier below this deviation, however well the others agree."""
RIDGE = 0.3
"""Weight, in tiles, of the belief that there is no bend where nothing was measured."""


@dataclass(frozen=True)
class Warp:
    """Shifts on a grid over the paper: node (row, column) lies at NODE_MM x (column, row) mm.

    ``shifts`` is (rows, columns, 2) in mm, x and y: what is printed at ``p`` lies where the page
    transform puts ``p + shift(p)``.
    """

    shifts: NDArray[np.float64]

    def at(self, paper: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shifts (N, 2) in mm at (N, 2) points on paper; bilinear, constant beyond the edge."""
        rows, columns = self.shifts.shape[:2]
        place = np.clip(paper / NODE_MM, 0, (columns - 1.0, rows - 1.0))
        low = np.minimum(place.astype(int), (columns - 2, rows - 2))
        fx, fy = (place - low).T[:, :, None]
        x, y = low.T
        top = self.shifts[y, x] * (1 - fx) + self.shifts[y, x + 1] * fx
        bottom = self.shifts[y + 1, x] * (1 - fx) + self.shifts[y + 1, x + 1] * fx
        return np.asarray(top * (1 - fy) + bottom * fy)

    def dense(self, shape: tuple[int, int], pixels_per_mm: float) -> NDArray[np.float32]:
        """Shifts (H, W, 2) in mm for every pixel of an upright picture of the paper."""
        height, width = shape
        ys = ((np.arange(height) + 0.5) / pixels_per_mm / NODE_MM).astype(np.float32)
        xs = ((np.arange(width) + 0.5) / pixels_per_mm / NODE_MM).astype(np.float32)
        columns, rows = np.meshgrid(xs, ys)
        grid = self.shifts.astype(np.float32)
        shifts = cv2.remap(grid, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(shifts, dtype=np.float32)

    @staticmethod
    def none(size_mm: tuple[float, float]) -> Warp:
        """Flat paper."""
        return Warp(np.zeros((*_grid_shape(size_mm), 2)))


def fit_warp(
    points: NDArray[np.float64], shifts: NDArray[np.float64], size_mm: tuple[float, float]
) -> tuple[Warp, NDArray[np.float64]]:
    """Smooth shifts through (N, 2) measured ones at (N, 2) points, and each one's deviation (mm).

    A plane is fitted around every node, near tiles weighing more and outliers less (Geman-McClure
    weights on the deviation from the smooth field).
    """
    rows, columns = _grid_shape(size_mm)
    nodes = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1) * NODE_MM
    away = nodes.reshape(-1, 1, 2) - points[None]
    near = np.exp(-0.5 * (away**2).sum(axis=2) / REACH_MM**2)
    trust = np.ones(len(points))
    deviation = np.zeros(len(points))
    warp = Warp.none(size_mm)
    for _ in range(ROUNDS):
        warp = Warp(_local_planes(near * trust, away, shifts).reshape(rows, columns, 2))
        deviation = np.linalg.norm(shifts - warp.at(points), axis=1)
        scale = max(OUTLIER_FLOOR_MM, 3 * float(np.median(deviation)))
        trust = 1 / (1 + (deviation / scale) ** 2) ** 2
    return warp, deviation


def _local_planes(
    weights: NDArray[np.float64], away: NDArray[np.float64], shifts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Value at each node of the weighted plane through the shifts around it; (nodes, 2)."""
    terms = np.concatenate([np.ones((*away.shape[:2], 1)), -away / REACH_MM], axis=2)
    weighted = terms * weights[:, :, None]
    normal = np.swapaxes(weighted, 1, 2) @ terms + RIDGE * np.diag([1.0, 4.0, 4.0])
    right = np.swapaxes(weighted, 1, 2) @ shifts
    return np.asarray(np.linalg.solve(normal, right)[:, 0, :])


def _grid_shape(size_mm: tuple[float, float]) -> tuple[int, int]:
    """Rows and columns of nodes that cover the paper."""
    width, height = size_mm
    return int(np.ceil(height / NODE_MM)) + 1, int(np.ceil(width / NODE_MM)) + 1
