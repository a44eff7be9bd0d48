"""Pens: what a stroke leaves on paper.

Ink is drawn multiplicatively: each stroke lets through a share of the light that the paper below
it reflects, so that two strokes are darker than one and print shines through thin ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from omr.simulate.paper import PaperRaster
    from omr.simulate.strokes import Stroke

_SHIFT = 4
"""Fractional bits of OpenCV's drawing coordinates."""
_OVERDRAWN_PX = 0.6
"""What OpenCV adds to the radius of a filled antialiased circle, as measured."""
_LUMINANCE = (0.299, 0.587, 0.114)
"""Weights of red, green and blue light (ITU-R BT.601)."""
_GRAIN_SIDE = 1024
_GRAIN_MM = 0.09
"""Size of the paper fibres that pencil and ball pens catch on, roughly."""


class PenKind(StrEnum):
    """The pens of this field (domain notes: blue ball pen mostly, also red and pencil)."""

    BALL_BLUE = "ball-blue"
    BALL_BLACK = "ball-black"
    BALL_RED = "ball-red"
    GEL_BLUE = "gel-blue"
    GEL_BLACK = "gel-black"
    PENCIL = "pencil"


@dataclass(frozen=True, slots=True)
class Pen:
    """One pen.

    ``colour``: share of red, green and blue light that a full layer of its ink lets through.
    ``width_mm`` at full pressure. ``opacity`` 0 .. 1 of that layer at full pressure.
    ``grain`` 0 .. 1: how much the paper's roughness shows. ``skips`` 0 .. 1: how often a ball
    fails to turn.
    """

    kind: PenKind
    colour: tuple[float, float, float]
    width_mm: float
    opacity: float
    grain: float
    skips: float


_COLOURS = {
    PenKind.BALL_BLUE: (0.12, 0.16, 0.55),
    PenKind.BALL_BLACK: (0.12, 0.12, 0.14),
    PenKind.BALL_RED: (0.78, 0.10, 0.14),
    PenKind.GEL_BLUE: (0.07, 0.10, 0.50),
    PenKind.GEL_BLACK: (0.05, 0.05, 0.06),
    PenKind.PENCIL: (0.24, 0.24, 0.26),
}
_TINTS = {
    PenKind.BALL_BLACK: (0.95, 1.05),
    PenKind.GEL_BLACK: (0.95, 1.05),
    PenKind.PENCIL: (0.98, 1.02),
}
"""How far the colours of one kind of ink differ, where they differ little."""
_WIDTHS = {
    PenKind.BALL_BLUE: (0.32, 0.55),
    PenKind.BALL_BLACK: (0.32, 0.55),
    PenKind.BALL_RED: (0.32, 0.55),
    PenKind.GEL_BLUE: (0.40, 0.75),
    PenKind.GEL_BLACK: (0.40, 0.90),
    PenKind.PENCIL: (0.38, 0.80),
}

_FLOW = {
    PenKind.BALL_BLUE: (0.25, 0.9),
    PenKind.BALL_BLACK: (0.25, 0.9),
    PenKind.BALL_RED: (0.25, 0.9),
    PenKind.GEL_BLUE: (0.35, 1.0),
    PenKind.GEL_BLACK: (0.35, 1.0),
    PenKind.PENCIL: (0.30, 0.70),
}
"""Share of the full layer that flows at no pressure, and what pressure adds: a pencil follows the
hand to the end, a ball soon lays all it has."""


def make_pen(kind: PenKind, rng: np.random.Generator) -> Pen:
    """One pen of a kind, as they come: no two have the same width, ink or wear."""
    tone = rng.uniform(0.8, 1.25) * rng.uniform(*_TINTS.get(kind, (0.85, 1.18)), 3)
    tint = np.clip(np.asarray(_COLOURS[kind]) * tone, 0.02, 0.9)
    width = float(rng.uniform(*_WIDTHS[kind]))
    if kind is PenKind.PENCIL:
        traits = (rng.uniform(0.86, 1.0), rng.uniform(0.3, 0.65), 0.0)
    elif kind in (PenKind.GEL_BLUE, PenKind.GEL_BLACK):
        traits = (rng.uniform(0.93, 1.0), rng.uniform(0.0, 0.1), rng.uniform(0.0, 0.1))
    else:
        traits = (rng.uniform(0.84, 0.98), rng.uniform(0.1, 0.35), rng.uniform(0.05, 0.5))
    red, green, blue = (float(value) for value in tint)
    opacity, grain, skips = (float(value) for value in traits)
    return Pen(kind, (red, green, blue), width, opacity, grain, skips)


def draw_strokes(
    page: PaperRaster, strokes: Iterable[Stroke], pen: Pen, rng: np.random.Generator
) -> None:
    """Draw the strokes on the page, in place."""
    for stroke in strokes:
        _draw(page, stroke, pen, rng)


def contrast(stroke: Stroke, pen: Pen) -> float:
    """Share of white light that the stroke takes away on the mean, skips aside: 0 .. 1."""
    least, more = _FLOW[pen.kind]
    layer = pen.opacity * np.minimum(least + more * stroke.pressure, 1.0).mean()
    passed = np.dot(pen.colour, _LUMINANCE)
    return float(layer * (1 - pen.grain / 2) * (1 - passed))


def ink_widths(stroke: Stroke, pen: Pen) -> NDArray[np.float64]:
    """(N,) width in mm of the line that the pen leaves along the stroke."""
    return pen.width_mm * (0.62 + 0.38 * stroke.pressure)


def ink_opacity(stroke: Stroke, pen: Pen, rng: np.random.Generator) -> NDArray[np.float64]:
    """(N,) opacity of the ink along the stroke, with the skips of a ball pen."""
    least, more = _FLOW[pen.kind]
    opacity = pen.opacity * np.minimum(least + more * stroke.pressure, 1.0)
    if pen.skips == 0:
        return opacity
    knots = rng.standard_normal(len(opacity) // 4 + 3)
    turning = np.interp(np.arange(len(opacity)) / 4, np.arange(len(knots)), knots)
    stuck = np.clip((turning - 2.2 + pen.skips) * 2.5, 0, 0.9)
    return np.asarray(opacity * (1 - stuck))


def _draw(page: PaperRaster, stroke: Stroke, pen: Pen, rng: np.random.Generator) -> None:
    along_x, along_y = page.scale
    dots = stroke.points * (along_x, along_y) - 0.5
    radii = np.maximum(ink_widths(stroke, pen) * along_x / 2 - _OVERDRAWN_PX, 0.3)
    margin = float(radii.max()) + 3
    left, top = (int(v) for v in np.floor(dots.min(axis=0) - margin).clip(0))
    right, bottom = (int(v) for v in np.ceil(dots.max(axis=0) + margin).clip(0))
    window = page.pixels[top : bottom + 1, left : right + 1]
    if not window.size:
        return
    layer = _layer(window.shape[:2], dots - (left, top), radii, ink_opacity(stroke, pen, rng))
    if pen.grain > 0:
        layer *= _grain_window((layer.shape[0], layer.shape[1]), pen.grain, along_x, rng)
    absorbed = layer[:, :, None] * (1 - np.asarray(pen.colour, np.float32))
    window[:] = np.rint(window * (1 - absorbed)).astype(np.uint8)


def _layer(
    shape: tuple[int, int],
    dots: NDArray[np.float64],
    radii: NDArray[np.float64],
    opacity: NDArray[np.float64],
) -> NDArray[np.float32]:
    """(H, W) opacity of the ink: overlapping dabs of the tip, edges softened by the paper."""
    mask = np.zeros(shape, np.uint8)
    unit = 1 << _SHIFT
    centres = np.rint(dots * unit).astype(int)
    sizes = np.rint(radii * unit).astype(int)
    levels = np.rint(opacity * 255).astype(int)
    for (x, y), size, level in zip(centres.tolist(), sizes.tolist(), levels.tolist(), strict=True):
        cv2.circle(mask, (x, y), size, level, -1, cv2.LINE_AA, _SHIFT)
    soft = cv2.GaussianBlur(mask, (0, 0), 0.7)
    return np.asarray(soft, np.float32) / np.float32(255)


@lru_cache(maxsize=4)
def _grain_tile(px_per_mm: float) -> NDArray[np.float32]:
    """Roughness of paper, 0 .. 1: a fixed texture, entered at a random place for each stroke."""
    rng = np.random.default_rng(20260101)
    noise = rng.standard_normal((_GRAIN_SIDE, _GRAIN_SIDE), dtype=np.float32)
    fibres = cv2.GaussianBlur(noise, (0, 0), max(0.6, _GRAIN_MM * px_per_mm / 2))
    fibres = fibres / fibres.std()
    tile = 1 / (1 + np.exp(-2.2 * fibres))
    return np.asarray(tile, np.float32)


def _grain_window(
    shape: tuple[int, int], grain: float, px_per_mm: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    tile = _grain_tile(px_per_mm)
    top, left = (int(v) for v in rng.integers(0, _GRAIN_SIDE, 2))
    rows = (np.arange(shape[0]) + top) % _GRAIN_SIDE
    columns = (np.arange(shape[1]) + left) % _GRAIN_SIDE
    part = tile[rows[:, None], columns[None, :]]
    return np.asarray(1 - grain * (1 - part), np.float32)
