"""Placement: where every millimetre of the paper falls in the image. This is the known truth.

The order is that of the real thing: the print is scaled on its paper, the paper is turned, laid
askew (or looked at from the side), the device stretches it, shifts it and counts it in pixels;
at last the feed's wobble moves rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import PageTransform, Size, dpi_to_pixels_per_mm
from omr.layout.model import Corner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.simulate.settings import Geometry, LostCorner, Wobble

_ITERATIONS = 12
"""Fixed-point steps of the inverse displacement; each gains a factor of ten at least."""


@dataclass(frozen=True)
class Placement:
    """The map from nominal paper mm (print at 100 %) to image px, and the image's (W, H) in px."""

    transform: PageTransform
    size_px: tuple[int, int]
    wobble: Wobble
    px_per_mm: float

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) image px at which (N, 2) paper mm are seen, wobble included."""
        still = self.transform.to_pixels(points_mm)
        if self.wobble.is_still:
            return still
        seen = still.copy()
        for _ in range(_ITERATIONS):
            seen = still - self.displacement(seen)
        return seen

    def displacement(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) px from where a point is seen to where it would be if nothing wobbled."""
        width = self.size_px[0]
        wave = self.wobble.amplitude_mm * np.sin(
            2 * np.pi * (seen[:, 1] / (self.wobble.period_mm * self.px_per_mm) + self.wobble.phase)
        )
        from_middle = 2 * seen[:, 0] / width - 1
        curl = self.wobble.curl_mm * from_middle**2
        return np.column_stack([wave / 4, wave + curl]) * self.px_per_mm


def place(geometry: Geometry, paper: Size, dpi: float) -> Placement:
    """The placement of a paper of this size."""
    px_per_mm = dpi_to_pixels_per_mm(dpi)
    bed = _bed(geometry, paper)
    chain = (
        _shift(-paper.width / 2, -paper.height / 2),
        _scale(geometry.print_scale, geometry.print_scale),
        _turn(geometry.turn + geometry.skew_deg),
        _tilt(geometry),
        _scale(*geometry.stretch),
        _shift(bed.width / 2 + geometry.shift_mm[0], bed.height / 2 + geometry.shift_mm[1]),
        PageTransform.scale(px_per_mm).matrix,
    )
    matrix = np.eye(3)
    for step in chain:
        matrix = step @ matrix
    size_px = (round(bed.width * px_per_mm), round(bed.height * px_per_mm))
    return Placement(PageTransform(matrix / matrix[2, 2]), size_px, geometry.wobble, px_per_mm)


def paper_outline(geometry: Geometry, paper: Size) -> NDArray[np.float64]:
    """(N, 2) outline of the paper itself in nominal mm: what lies beyond is background.

    Print scaled by less than 1 leaves the paper larger than the nominal page, and a lost corner
    takes a triangle off.
    """
    corners = {
        Corner.TOP_LEFT: np.array([0.0, 0.0]),
        Corner.TOP_RIGHT: np.array([paper.width, 0.0]),
        Corner.BOTTOM_RIGHT: np.array([paper.width, paper.height]),
        Corner.BOTTOM_LEFT: np.array([0.0, paper.height]),
    }
    points: list[NDArray[np.float64]] = []
    for corner, at in corners.items():
        points += _corner_points(corner, at, geometry.lost_corner)
    centre = np.array([paper.width, paper.height]) / 2
    return (np.array(points) - centre) / geometry.print_scale + centre


def _corner_points(
    corner: Corner, at: NDArray[np.float64], lost: LostCorner | None
) -> list[NDArray[np.float64]]:
    """The corner, or the two ends of the tear that took it, going clockwise."""
    if lost is None or lost.corner is not corner:
        return [at]
    to_right = corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT)
    to_bottom = corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)
    across = at + (lost.across_mm if to_right else -lost.across_mm, 0.0)
    down = at + (0.0, lost.down_mm if to_bottom else -lost.down_mm)
    return [down, across] if to_right == to_bottom else [across, down]


def _bed(geometry: Geometry, paper: Size) -> Size:
    """What the image shows, in mm, before any stretch."""
    is_lying = geometry.turn in (90, 270)
    width, height = (paper.height, paper.width) if is_lying else (paper.width, paper.height)
    return Size(width + 2 * geometry.border_mm, height + 2 * geometry.border_mm)


def _shift(x: float, y: float) -> NDArray[np.float64]:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=float)


def _scale(x: float, y: float) -> NDArray[np.float64]:
    return np.diag([x, y, 1.0])


def _turn(degrees: float) -> NDArray[np.float64]:
    """Clockwise as seen on the image, where y points down."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def _tilt(geometry: Geometry) -> NDArray[np.float64]:
    """A pinhole camera above the page's centre, the page turned about its x and y axes."""
    cos_p, sin_p = np.cos(np.radians(geometry.pitch_deg)), np.sin(np.radians(geometry.pitch_deg))
    cos_y, sin_y = np.cos(np.radians(geometry.yaw_deg)), np.sin(np.radians(geometry.yaw_deg))
    far = 1 / geometry.distance_mm
    return np.array(
        [
            [cos_y, 0, 0],
            [sin_p * sin_y, cos_p, 0],
            [-cos_p * sin_y * far, sin_p * far, 1],
        ]
    )
