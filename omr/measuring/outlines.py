"""Closed outlines on the page: everything of the size of a target that has an inside.

The *inside* is what is looked for: paper that print encloses. It stays whole where the outline
touches a table's wall or a write-in line, and letters inside a bubble only leave islands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box
from omr.layout.model import Shape
from omr.measuring.ink import DARK, PALE, PPM, InkSums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

MENDED_MM = (0.0, 0.25)
"""Gaps in an outline that are closed before insides are looked for: none, and a 1-bit scan's."""
LEAST_INSIDE_MM = 1.6
"""Shorter side of an inside. Nobody can cross a smaller box, and small letters end below it."""
MOST_INSIDE_MM = (45.0, 22.0)
"""Width and height of the largest table cell that may be meant for a mark."""
SQUARE_EXTENT = 0.93
"""Share of its rectangle that the inside of a box fills; an ellipse fills 0.785, an oval with
straight sides of the usual proportions up to 0.9."""
ROUND_EXTENT = 0.66
"""An inside that fills less is neither box nor oval."""
SOLID = 0.9
"""Share of its convex hull that an inside fills, islands counted as filled."""
STROKE_SPAN = 0.4
"""The outline's thickness is read across this middle part of each side."""
LONGEST_STROKE_MM = 2.0
SAME_SIZE = 0.12
SAME_SIZE_MM = 0.25
"""Targets of one size differ by no more than this share or length."""
SAME_PLACE = 0.6
"""Two insides are one if they share this much of what they cover together."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Something closed. ``inside`` is the enclosed paper's rectangle in mm.

    ``extent`` is the share of it that is enclosed, ``filled`` the share of its middle that is
    print, ``strokes`` the outline's thickness in mm at left, top, right and bottom.
    """

    inside: Box
    extent: float
    filled: float
    strokes: tuple[float, float, float, float]

    @property
    def shape(self) -> Shape:
        """Box or oval."""
        return Shape.BOX if self.extent >= SQUARE_EXTENT else Shape.OVAL

    @property
    def outer(self) -> Box:
        """The rectangle around the printed line."""
        return self._grown(1.0)

    @property
    def box(self) -> Box:
        """The target: along the middle of the printed line."""
        return self._grown(0.5)

    def _grown(self, share: float) -> Box:
        left, top, right, bottom = (share * stroke for stroke in self.strokes)
        inside = self.inside
        return Box(
            inside.x - left, inside.y - top, inside.w + left + right, inside.h + top + bottom
        )


def find_outlines(reflected: NDArray[np.float32]) -> tuple[Outline, ...]:
    """All outlines of a page's reflectance at PPM, each once, from top to bottom."""
    found: list[Outline] = []
    for level in (DARK, PALE):
        ink = (reflected < level).astype(np.uint8)
        sums = InkSums.of(ink)
        for gap in MENDED_MM:
            for outline in _enclosed(_mended(ink, gap), sums):
                if not any(_same(outline.inside, other.inside) for other in found):
                    found.append(outline)
    return tuple(sorted(found, key=lambda outline: (outline.inside.y, outline.inside.x)))


def find_solid(reflected: NDArray[np.float32], sizes: Sequence[Box]) -> tuple[Outline, ...]:
    """Print whose outer edge is like a target's of one of ``sizes``: filled in, or crossed.

    Its ``inside`` is the whole of it, ``strokes`` are zero.
    """
    ink = (reflected < DARK).astype(np.uint8)
    sums = InkSums.of(ink)
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        box = Box(x / PPM, y / PPM, w / PPM, h / PPM)
        if not any(same_size(box, size) for size in sizes):
            continue
        area = cv2.contourArea(contour) + cv2.arcLength(contour, True) / 2
        hull = cv2.convexHull(contour)
        hull_area = cv2.contourArea(hull) + cv2.arcLength(hull, True) / 2
        if area >= max(ROUND_EXTENT * w * h, SOLID * hull_area):
            found.append(Outline(box, area / (w * h), _filled(sums, box), (0.0, 0.0, 0.0, 0.0)))
    return tuple(found)


def same_size(one: Box, other: Box) -> bool:
    """Whether both sides are equal within the tolerance."""
    return all(
        abs(a - b) <= max(SAME_SIZE * max(a, b), SAME_SIZE_MM)
        for a, b in ((one.w, other.w), (one.h, other.h))
    )


def _mended(ink: NDArray[np.uint8], gap_mm: float) -> NDArray[np.uint8]:
    if not gap_mm:
        return ink
    size = 2 * round(gap_mm * PPM / 2) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel), dtype=np.uint8)


def _enclosed(ink: NDArray[np.uint8], sums: InkSums) -> Iterator[Outline]:
    """Outlines of one mask. The contour of a hole runs along the ink around it."""
    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if tree is None:
        return
    for contour, (_, _, _, parent) in zip(contours, tree[0], strict=True):
        if parent < 0:
            continue
        x, y, w, h = cv2.boundingRect(contour)
        inside = Box((x + 1) / PPM, (y + 1) / PPM, (w - 2) / PPM, (h - 2) / PPM)
        if min(inside.w, inside.h) < LEAST_INSIDE_MM:
            continue
        if inside.w > MOST_INSIDE_MM[0] or inside.h > MOST_INSIDE_MM[1]:
            continue
        area = cv2.contourArea(contour) - cv2.arcLength(contour, True) / 2
        hull = cv2.convexHull(contour)
        hull_area = cv2.contourArea(hull) - cv2.arcLength(hull, True) / 2
        extent = area / ((w - 2) * (h - 2))
        if extent < ROUND_EXTENT or area < SOLID * hull_area:
            continue
        yield Outline(inside, min(extent, 1.0), _filled(sums, inside), _strokes(ink, (x, y, w, h)))


def _filled(sums: InkSums, inside: Box) -> float:
    margin = 0.15 * min(inside.w, inside.h)
    return sums.share(inside.grown(-margin))


def _strokes(
    ink: NDArray[np.uint8], rectangle: tuple[int, int, int, int]
) -> tuple[float, float, float, float]:
    """Thickness in mm of the ink around a hole, outwards, the median over the middle of a side."""
    x, y, w, h = rectangle
    reach = round(LONGEST_STROKE_MM * PPM)
    rows = slice(y + round((1 - STROKE_SPAN) / 2 * h), y + round((1 + STROKE_SPAN) / 2 * h) + 1)
    columns = slice(x + round((1 - STROKE_SPAN) / 2 * w), x + round((1 + STROKE_SPAN) / 2 * w) + 1)
    sides = (
        ink[rows, max(x + 1 - reach, 0) : x + 1][:, ::-1],
        ink[max(y + 1 - reach, 0) : y + 1, columns].T[:, ::-1],
        ink[rows, x + w - 1 : x + w - 1 + reach],
        ink[y + h - 1 : y + h - 1 + reach, columns].T,
    )
    left, top, right, bottom = (float(np.median(_run(side))) / PPM for side in sides)
    return left, top, right, bottom


def _run(side: NDArray[np.uint8]) -> NDArray[np.int64]:
    """For each row, how many pixels from its start are ink without a break."""
    ends = np.concatenate([side == 0, np.ones((len(side), 1), bool)], axis=1)
    return np.asarray(np.argmax(ends, axis=1), dtype=np.int64)


def _same(one: Box, other: Box) -> bool:
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    return shared >= SAME_PLACE * (one.w * one.h + other.w * other.h - shared)
