"""Where the places of a sheet come to lie on an image: print, feeding or curl, lens, pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_STRIP = 64


class Bend(Protocol):
    """How far places on the device's plane lie from where a flat, steady sheet would have them."""

    def __call__(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) mm of displacement at (N, 2) mm; smooth, with slopes below one half."""
        ...


@dataclass(frozen=True, eq=False)
class Feed:
    """Errors of a paper feed: the sheet runs too fast or slow, drifts sideways and turns a little.

    Tables over the running coordinate ``at`` (mm): ``along`` and ``across`` displacement (mm), and
    ``turn`` (radians), a rotation about ``middle`` (mm across).
    """

    at: NDArray[np.float64]
    along: NDArray[np.float64]
    across: NDArray[np.float64]
    turn: NDArray[np.float64]
    middle: float

    def __call__(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) mm of displacement at (N, 2) mm."""
        run = places[:, 1]
        turned = np.interp(run, self.at, self.turn) * (places[:, 0] - self.middle)
        along = np.interp(run, self.at, self.along) + turned
        return np.stack([np.interp(run, self.at, self.across), along], axis=1)


@dataclass(frozen=True, eq=False)
class Curl:
    """A sheet that does not lie flat, seen by a camera ``distance`` mm above ``foot`` (mm).

    Its height (mm) over the table is a curve over the coordinate along ``direction``; a point at
    height z is seen where its ray meets the table, z / (distance - z) further from the foot, and
    the paper's own length shortens what lies along the curve.
    """

    direction: tuple[float, float]
    at: NDArray[np.float64]
    height: NDArray[np.float64]
    shortening: NDArray[np.float64]
    foot: tuple[float, float]
    distance: float

    def __call__(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) mm of displacement at (N, 2) mm."""
        along = places @ np.asarray(self.direction)
        height = np.interp(along, self.at, self.height)
        short = np.interp(along, self.at, self.shortening)
        flat = places - short[:, None] * np.asarray(self.direction)
        ray = (flat - np.asarray(self.foot)) * (height / (self.distance - height))[:, None]
        return np.asarray(flat - places + ray, np.float64)


class Flat:
    """A sheet that lies flat and still."""

    def __call__(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """No displacement."""
        return np.zeros_like(places)


@dataclass(frozen=True, eq=False)
class Geometry:
    """Print (mm as designed) to the sheet, to the device's plane (mm), bend, to the image (px).

    ``printed`` and ``place`` are affine, ``lens`` is a projective (3, 3) matrix. The sheet has its
    own millimetres: a print at 97 % makes no smaller sheet.
    """

    printed: NDArray[np.float64]
    place: NDArray[np.float64]
    bend: Bend
    lens: NDArray[np.float64]

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) px where (N, 2) mm of the print are seen."""
        return self.locate_sheet(project(self.printed, np.asarray(points_mm, dtype=np.float64)))

    def locate_sheet(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) px where (N, 2) mm of the sheet itself are seen."""
        plane = project(self.place, points_mm)
        return project(self.lens, plane + self.bend(plane))

    def on_print(self, sheet_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) mm of the print at (N, 2) mm of the sheet."""
        return project(np.asarray(np.linalg.inv(self.printed)), sheet_mm)

    def to_paper(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) mm of the print that (N, 2) px show."""
        seen = project(np.asarray(np.linalg.inv(self.lens)), pixels)
        plane = seen
        for _ in range(12):  # the bend is a contraction: every round leaves less than half
            nearer = seen - self.bend(plane)
            moved = float(np.abs(nearer - plane).max())
            plane = nearer
            if moved < 1e-3:  # noqa: PLR2004 - mm
                break
        return project(np.asarray(np.linalg.inv(self.place @ self.printed)), plane)

    def resolution(self, point_mm: tuple[float, float]) -> float:
        """Pixels per mm about a point, the geometric mean of both directions."""
        x, y = point_mm
        origin, right, down = self.locate(np.array([(x, y), (x + 1, y), (x, y + 1)]))
        across, along = right - origin, down - origin
        return float(np.sqrt(abs(across[0] * along[1] - across[1] * along[0])))


def project(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, 2) points through a (3, 3) projective matrix."""
    x, y = points[:, 0], points[:, 1]
    (xx, xy, x0), (yx, yy, y0), (wx, wy, w0) = matrix
    w = wx * x + wy * y + w0
    return np.stack([(xx * x + xy * y + x0) / w, (yx * x + yy * y + y0) / w], axis=1)


def turning(angle: float, scale: float, about: tuple[float, float]) -> NDArray[np.float64]:
    """(3, 3) rotation by ``angle`` (radians) and scaling about a point that stays."""
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    x, y = about
    return np.array(
        [[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1]]
    )


def moving(dx: float, dy: float) -> NDArray[np.float64]:
    """(3, 3) shift."""
    return np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1]], dtype=float)


def scaling(factor: float) -> NDArray[np.float64]:
    """(3, 3) scaling about the origin."""
    return np.diag([factor, factor, 1.0])


def taken(
    paper: NDArray[np.uint8],
    px_per_mm: float,
    geometry: Geometry,
    size: tuple[int, int],
    step: tuple[int, int],
) -> NDArray[np.uint8]:
    """What an image (width, height) shows of a raster of paper; white beyond the raster.

    Places are computed every ``step`` (x, y) pixels and linear between; raster pixel (0, 0) covers
    paper from 0 mm, so that its centre lies half a pixel in. Work goes on in strips of rows, whose
    maps stay in the processor's cache.
    """
    (width, height), (step_x, step_y) = size, step
    columns = (np.arange(-1, -(-width // step_x) + 1) + 0.5) * step_x - 0.5
    rows = (np.arange(-1, -(-height // step_y) + 1) + 0.5) * step_y - 0.5
    nodes = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    source = (geometry.to_paper(nodes) * px_per_mm - 0.5).astype(np.float32)
    grid = source.reshape(len(rows), len(columns), 2)
    across, down = (np.ascontiguousarray(grid[..., axis]) for axis in (0, 1))
    image = np.empty((height, width, *paper.shape[2:]), np.uint8)
    strip = _STRIP // step_y
    for first in range(0, len(rows) - 2, strip):
        count = min(strip, len(rows) - 2 - first)
        full = (len(columns) * step_x, (count + 2) * step_y)
        part = image[first * step_y : (first + count) * step_y]
        inner = (slice(step_y, step_y + len(part)), slice(step_x, step_x + width))
        map_x, map_y = (
            cv2.resize(axis[first : first + count + 2], full)[inner] for axis in (across, down)
        )
        cv2.remap(paper, map_x, map_y, cv2.INTER_LINEAR, part, cv2.BORDER_CONSTANT, (255,) * 3)
    return image
