"""The outline of printed bubbles, found from the mean picture of many of them.

In the mean of all bubbles of a block the marks and letters of single ones fade, and the outline
stays: its shape, its size, and how far the block lies from where the template has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.layout.model import Shape
from omr.measuring.omrchecker.outline import rim_kernel, rim_scores
from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.measuring.omrchecker.model import Pair
    from omr.measuring.omrchecker.outline import Field

SMALLEST, LARGEST, FACTOR = 0.66, 1.8, 1.1
"""Printed bubbles are sought at these sizes, in sizes of the template's box, and steps between."""
MOST_OBLONG = 2.2
"""Largest ratio of width to height (or of height to width) of a printed bubble."""
REACH = 0.45
"""How far a box may lie from its bubble, in distances to the next one: beyond half a distance
nobody can tell which bubble is meant."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Boxes of a block: ``centres`` (fields, values, 2) and one ``size``, in pixels of a picture.

    ``reach`` is how far along x and y a bubble may lie from its box.
    """

    centres: NDArray[np.float64]
    size: Pair
    reach: Pair

    @staticmethod
    def of(centres: NDArray[np.float64], size: Pair) -> Grid:
        """A grid whose reach follows from its own distances."""
        flat = centres.reshape(-1, 2)
        reach = []
        for axis in (0, 1):
            apart = np.unique(np.round(flat[:, axis], 1))
            gap = float(np.diff(apart).min()) if len(apart) > 1 else np.inf
            reach.append(REACH * min(gap, 2 * size[axis]))
        return Grid(centres, size, (reach[0], reach[1]))


@dataclass(frozen=True, eq=False)
class Rim:
    """The outline of the printed bubbles: shape, size in pixels and score of its mean picture."""

    shape: Shape
    size: Pair
    score: float


def patches(
    plane: NDArray[np.float32], centres: Sequence[NDArray[np.float64]], grid: Grid
) -> NDArray[np.float32]:
    """(N, h, w): the surroundings of all boxes; a box's middle lies on the middle pixel."""
    width, height = (
        2 * int(1.05 * LARGEST * side / 2 + reach + 2) + 1
        for side, reach in zip(grid.size, grid.reach, strict=True)
    )
    points = np.concatenate([block.reshape(-1, 2) for block in centres]) - 0.5
    cut = [cv2.getRectSubPix(plane, (width, height), (float(x), float(y))) for x, y in points]
    return np.asarray(cut, np.float32)


def mean_patch(field: Field, centres: Sequence[NDArray[np.float64]], grid: Grid) -> Field:
    """Mean of the directions around all boxes: what few of them show fades."""
    along_x, along_y = (patches(plane, centres, grid).mean(axis=0) for plane in field)
    return along_x, along_y


def rough_rim(patch: Field, grid: Grid) -> Rim:
    """The outline that a mean patch shows best, of any size and anywhere within reach."""
    count = round(np.log(LARGEST / SMALLEST) / np.log(FACTOR)) + 1
    sizes = _sizes(grid.size, np.geomspace(SMALLEST, LARGEST, count))
    return _best_of(patch, tuple(Shape), sizes, grid.reach)


def finer_rim(patch: Field, rim: Rim) -> Rim:
    """The outline near a known one that a mean patch shows best in its middle."""
    sizes = _sizes(rim.size, FACTOR ** np.linspace(-0.75, 0.75, 7))
    return _best_of(patch, tuple(Shape), sizes, (1.0, 1.0))


def true_size(slopes: Field, centres: Sequence[NDArray[np.float64]], grid: Grid, rim: Rim) -> Pair:
    """Width and height of the outer edge of outlines with their middles on ``centres``.

    Directions point outwards in the whole blurred foot of an edge; the edge itself is where the
    plain gradients are steepest. Their median is taken, since marks are steeper than print.
    """
    along_x, along_y = (np.median(patches(plane, centres, grid), axis=0) for plane in slopes)
    sizes = _sizes(rim.size, np.arange(0.84, 1.081, 0.02))
    return _best_of((along_x, along_y), (rim.shape,), sizes, (1.0, 1.0)).size


def _sizes(size: Pair, factors: NDArray[np.float64]) -> list[Pair]:
    """The size with width and height each multiplied by each of the factors."""
    return [(float(w) * size[0], float(h) * size[1]) for w, h in product(factors, factors)]


def _best_of(patch: Field, shapes: Sequence[Shape], sizes: Sequence[Pair], reach: Pair) -> Rim:
    best = Rim(Shape.OVAL, sizes[0], -1.0)
    for shape, size in product(shapes, sizes):
        if max(size) > MOST_OBLONG * min(size):
            continue
        kernel = rim_kernel(shape, *size)
        scores = rim_scores(_middle_of(patch, kernel, reach), kernel)
        _, score = peak(scores, (scores.shape[1] // 2, scores.shape[0] // 2), reach)
        if score > best.score:
            best = Rim(shape, size, score)
    return best


def _middle_of(patch: Field, kernel: Field, reach: Pair) -> Field:
    """As much of a patch as the kernel covers when its middle moves within reach."""
    height, width = (side // 2 for side in patch[0].shape)
    half_y = min(height, kernel[0].shape[0] // 2 + int(reach[1]) + 2)
    half_x = min(width, kernel[0].shape[1] // 2 + int(reach[0]) + 2)
    rows = slice(height - half_y, height + half_y + 1)
    columns = slice(width - half_x, width + half_x + 1)
    return patch[0][rows, columns], patch[1][rows, columns]


def peak(
    scores: NDArray[np.float32], middle: tuple[int, int], reach: Pair
) -> tuple[NDArray[np.float64], float]:
    """Shift (x, y) from ``middle`` to the highest score within ``reach``, to a part of a pixel."""
    x, y = middle
    rx, ry = max(1, round(reach[0])), max(1, round(reach[1]))
    top, left = max(y - ry, 0), max(x - rx, 0)
    window = scores[top : max(y + ry + 1, 0), left : max(x + rx + 1, 0)]
    if window.size == 0:
        return np.zeros(2), -1.0
    row, column = np.unravel_index(int(window.argmax()), window.shape)
    column_part = vertex(window[row].tolist(), int(column))
    row_part = vertex(window[:, column].tolist(), int(row))
    shift = np.array([left + column + column_part - x, top + row + row_part - y], np.float64)
    return shift, float(window[row, column])
