"""Points, boxes and the one door between paper and image.

Paper is measured in millimetres from the page's top-left corner, x to the right and y down.
Images are measured in pixels; pixel (0, 0) is the *centre* of the top-left pixel, as OpenCV has it.
A measured form has no millimetres of its own: its paper is taken to be 210 mm wide, whatever it
really was, so that every later stage speaks one unit. Only :class:`PageTransform` converts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MM_PER_INCH = 25.4
NOMINAL_WIDTH_MM = 210.0
"""Width that a measured form's reference picture is taken to have on paper."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height, in the unit of the context (mm on paper, px on images)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle: top-left corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """X of the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Y of the bottom edge."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return self.x + self.w / 2, self.y + self.h / 2

    def grown(self, by: float) -> Box:
        """The box with every side moved outwards by ``by`` (inwards if negative)."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def scaled(self, factor: float) -> Box:
        """The box in another unit: every number multiplied by ``factor``."""
        return Box(self.x * factor, self.y * factor, self.w * factor, self.h * factor)

    def overlaps(self, other: Box) -> bool:
        """Whether the interiors share a point."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def corners(self) -> NDArray[np.float64]:
        """(4, 2): top-left, top-right, bottom-right, bottom-left."""
        return np.array(
            [
                (self.x, self.y),
                (self.right, self.y),
                (self.right, self.bottom),
                (self.x, self.bottom),
            ]
        )


@dataclass(frozen=True)
class PageTransform:
    """A projective map from paper (mm) to image (px).

    ``matrix`` is the (3, 3) homography, scaled so that its last element is 1.
    """

    matrix: NDArray[np.float64]

    def to_pixels(self, paper: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map (N, 2) points in mm to (N, 2) points in px."""
        return _project(self.matrix, paper)

    def to_paper(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map (N, 2) points in px to (N, 2) points in mm."""
        return _project(np.asarray(np.linalg.inv(self.matrix), dtype=np.float64), pixels)

    def pixels_per_mm(self, paper: NDArray[np.float64]) -> tuple[float, float]:
        """Local scale along paper x and paper y at one (2,) point, in px per mm."""
        probe = np.array([paper, paper + (1.0, 0.0), paper + (0.0, 1.0)])
        origin, along_x, along_y = self.to_pixels(probe)
        return float(np.linalg.norm(along_x - origin)), float(np.linalg.norm(along_y - origin))

    def then(self, image_change: NDArray[np.float64]) -> PageTransform:
        """The same page after the image itself was changed by a (3, 3) pixel homography."""
        product = image_change @ self.matrix
        return PageTransform(product / product[2, 2])

    @staticmethod
    def scale(pixels_per_mm: float) -> PageTransform:
        """Paper rendered upright at a plain resolution, mm 0 at the image's edge."""
        return PageTransform(
            np.array([[pixels_per_mm, 0, -0.5], [0, pixels_per_mm, -0.5], [0, 0, 1]], dtype=float)
        )


def dpi_to_pixels_per_mm(dpi: float) -> float:
    """Resolution in px per mm of a resolution in dots per inch."""
    return dpi / MM_PER_INCH


def _project(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    # Written out: reading maps millions of points a page, and a thin matrix product with its copies
    # takes three times as long, far more where BLAS spreads it over busy cores.
    x, y = points[:, 0], points[:, 1]
    (xx, xy, x0), (yx, yy, y0), (wx, wy, w0) = matrix
    w = wx * x + wy * y + w0
    return np.stack([(xx * x + xy * y + x0) / w, (yx * x + yy * y + y0) / w], axis=-1)
