"""From a cell's ink to a glyph of standard size and slant, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.digits.cells import BAND_IN, BAND_OUT
from omr.digits.model import Fault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.digits.cells import CellInk

    Real = NDArray[np.float32]
    Mask = NDArray[np.bool_]

GLYPH_PX = 24
"""Side of a normalised glyph's picture."""
BODY_PX = 20.0
"""The longer side of the glyph in it."""
# Lengths below are shares of the cell's height (7.5 mm on our own forms).
LEAST_DARKNESS = 0.10
"""Darkness (0 paper, 1 black) from which ink is seen at all."""
LEAST_STRENGTH = 0.22
"""Darkness that the darkest part of a glyph must reach."""
INKED = 0.5
"""What is at least half as dark as this glyph's ink is ink."""
TRACE_DARKNESS, TRACE_NOISES = 0.012, 6.0
"""A trace is darker than its paper, after smoothing, by so much, and by so many times its noise."""
TRACE_SPAN = 0.25
"""Length of a piece of trace that makes an empty cell doubtful."""
SPECK_AREA = 0.0028
"""Area of a piece of dirt at most, in squared heights: a dot 0.45 mm across."""
SPECK_FOUND = 0.0007
"""Area of dirt that does not even make a cell look written in."""
LONGEST_CONTACT = 0.15
"""Ink may meet the outline's band over so much: 1.1 mm, a stroke that crosses it at an angle."""
HIDDEN_WIDTH = 0.018
"""Ink beyond the print's own in the band counts from this width on: 0.13 mm."""
OVERFLOW_AREA = 0.006
"""Ink beyond the outline at most, in squared heights: 0.3 squared mm."""
LEAST_HEIGHT, LEAST_SPAN = 0.24, 0.30
"""A digit is at least so high, and so long on its longer side."""
MOST_FILLED = 0.42
"""Share of the cell's inside that a digit may cover."""
MOST_PIECES = 3
LEAST_SPREAD = 0.6
"""Blur before making a picture smaller, px: less is not worth the time."""
MOST_SHEAR = 0.7


@dataclass(frozen=True)
class Glyph:
    """A digit's picture, (GLYPH_PX, GLYPH_PX) float32, ink 1 on paper 0.

    ``upright`` has its slant taken out and keeps its proportions; ``plain`` keeps the slant and
    is narrowed or widened towards a square.
    """

    upright: Real
    plain: Real


def glyph(cell: CellInk) -> Glyph | Fault | None:
    """The cell's glyph; None if it is empty, a fault if what is there cannot be a whole digit."""
    strength = _strength(cell)
    if strength is None:
        return Fault.FAINT if _has_trace(cell) else None
    soft = np.clip(cell.darkness / strength, 0.0, 1.0)
    ink, pieces = _without_specks(soft > INKED, cell)
    if not (ink & cell.inside).any():
        return Fault.FAINT if _has_trace(cell) else None
    fault = _fault(ink, pieces, strength, cell)
    return fault or normalised(soft, ink & cell.inside)


def normalised(soft: Real, ink: Mask) -> Glyph:
    """The glyph of ``ink`` (h, w), drawn with the greys of ``soft`` (0..1)."""
    near = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    picture = np.where(near, np.clip((soft - 0.2) / 0.6, 0, 1), 0).astype(np.float32)
    y, x = np.nonzero(ink)
    return Glyph(
        upright=_fitted(picture, x, y, shear=_slant(x, y), squared=False),
        plain=_fitted(picture, x, y, shear=0.0, squared=True),
    )


def _strength(cell: CellInk) -> float | None:
    """How dark this cell's ink is where it is dark, or None where there is no ink.

    The blur by one pixel leaves strokes and takes single pixels of noise.
    """
    smooth = cv2.blur(cell.darkness, (3, 3))
    darkness = smooth[cell.inside]
    dark = darkness[darkness > LEAST_DARKNESS]
    if dark.size < SPECK_FOUND * cell.px**2:
        return None
    return max(float(np.percentile(dark, 85)), 2 * LEAST_DARKNESS)


def _has_trace(cell: CellInk) -> bool:
    """Whether a line too faint to be ink runs through the inside: smoothed, it rises over noise."""
    smooth = cv2.blur(cell.darkness, (5, 5))
    paper = smooth[cell.inside]
    middle = float(np.median(paper))
    noise = 1.5 * float(np.median(np.abs(paper - middle)))
    seen = cell.inside & (smooth > middle + max(TRACE_DARKNESS, TRACE_NOISES * noise))
    pieces = cv2.connectedComponentsWithStats(seen.astype(np.uint8), connectivity=8)[2][1:]
    spans = pieces[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    return bool(spans.max(initial=0) >= TRACE_SPAN * cell.px)


def _without_specks(dark: Mask, cell: CellInk) -> tuple[Mask, int]:
    """The ink without dirt, and in how many pieces it is inside; parts that nearly touch are one.

    What is neither a speck nor joined to a stroke stays: a person must see it.
    """
    joined = cv2.dilate(dark.astype(np.uint8), np.ones((3, 3), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    area = np.bincount(labels[dark], minlength=count)
    ink = dark & (area[labels] >= SPECK_AREA * cell.px**2)
    return ink, len(np.unique(labels[ink & cell.inside]))


def _fault(ink: Mask, pieces: int, strength: float, cell: CellInk) -> Fault | None:
    inside = ink & cell.inside
    height, width = (np.ptp(where) + 1 for where in np.nonzero(inside))
    if strength < LEAST_STRENGTH:
        return Fault.FAINT
    if float((ink & cell.outside).sum()) > OVERFLOW_AREA * cell.px**2:
        return Fault.OVERFLOW
    if _contact(cell, strength) > LONGEST_CONTACT * cell.px:
        return Fault.TOUCHING
    if height < LEAST_HEIGHT * cell.px or max(height, width) < LEAST_SPAN * cell.px:
        return Fault.SIZE
    if inside.sum() > MOST_FILLED * cell.inside.sum():
        return Fault.SIZE
    return Fault.PIECES if pieces > MOST_PIECES else None


def _contact(cell: CellInk, strength: float) -> int:
    """Over how many pixels, on one side, more lies in the outline's band than its print.

    What lies there cannot be seen as such. But the darkness summed up across the band is the
    print's all around, wherever in the band the line was scanned and however blurred, and more
    where a stroke crosses it or, worse, hides in it: the bar of a 7 that would be left a 1.
    """
    soft = np.clip(cell.seen / strength, 0.0, 1.0)
    rows, columns = (np.flatnonzero(cell.inside.any(axis=axis)) for axis in (1, 0))
    deep = round((BAND_IN + BAND_OUT) * cell.px)
    top, bottom = rows[0], rows[-1] + 1
    left, right = columns[0], columns[-1] + 1
    sides = (
        soft[top - deep : top, left:right].sum(axis=0),
        soft[bottom : bottom + deep, left:right].sum(axis=0),
        soft[top:bottom, left - deep : left].sum(axis=1),
        soft[top:bottom, right : right + deep].sum(axis=1),
    )
    usual = float(np.median(np.concatenate(sides)))
    return max(
        _longest_run(cv2.blur(side, (1, 3)) > usual + HIDDEN_WIDTH * cell.px) for side in sides
    )


def _longest_run(there: Mask) -> int:
    """The most Trues in a row."""
    ends = np.flatnonzero(np.diff(np.concatenate([[0], there.ravel().astype(np.int8), [0]])))
    return int((ends[1::2] - ends[::2]).max(initial=0))


def _slant(x: NDArray[np.int64], y: NDArray[np.int64]) -> float:
    """How far the ink leans to the right per pixel upwards, from its second moments."""
    across, down = x - x.mean(), y - y.mean()
    lean = -float((across * down).sum()) / max(float((down * down).sum()), 1.0)
    return float(np.clip(lean, -MOST_SHEAR, MOST_SHEAR))


def _fitted(
    picture: Real, x: NDArray[np.int64], y: NDArray[np.int64], *, shear: float, squared: bool
) -> Real:
    """The ink drawn into the standard square around its middle, without the ``shear``."""
    leaned = x + shear * (y - y.mean())
    left, right = float(leaned.min()) - 0.5, float(leaned.max()) + 0.5
    top, bottom = float(y.min()) - 0.5, float(y.max()) + 0.5
    width, height = right - left, bottom - top
    scale_x = scale_y = BODY_PX / max(width, height)
    if squared:
        # Between its own proportions and a square (aspect ratio adaptive normalisation,
        # Liu, Nakashima, Sako, Fujisawa 2003: the square root of the sine).
        ratio = min(width, height) / max(width, height)
        less = BODY_PX * float(np.sqrt(np.sin(np.pi / 2 * ratio)))
        scale_x, scale_y = (
            (less / width, BODY_PX / height) if width < height else (BODY_PX / width, less / height)
        )
    middle = (GLYPH_PX - 1) / 2
    matrix = np.array(
        [
            [scale_x, scale_x * shear, 0.0],
            [0.0, scale_y, middle - scale_y * (top + bottom) / 2],
        ]
    )
    matrix[0, 2] = middle - scale_x * ((left + right) / 2 + shear * y.mean())
    spread = 0.45 / min(scale_x, scale_y)
    if spread > LEAST_SPREAD:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), spread), dtype=np.float32)
    drawn = cv2.warpAffine(picture, matrix, (GLYPH_PX, GLYPH_PX), flags=cv2.INTER_LINEAR)
    return np.asarray(drawn, dtype=np.float32)
