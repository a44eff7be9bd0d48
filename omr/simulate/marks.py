"""Marks: the strokes by which a hand marks, corrects or spoils a target."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import Box
from omr.simulate.strokes import Stroke, arc, curve, drawn
from omr.simulate.writers import MarkKind, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Paths = list[NDArray[np.float64]]

_BOTTOM_SPARE_MM = 0.35
"""A fill's rows are at most this much wider apart than the pen's line: gaps show, but few."""


def mark(kind: MarkKind, target: Box, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """The strokes of one mark, placed and sized as this hand does it."""
    aimed = _aimed(kind, target, writer, rng)
    paths = _SHAPES[kind](aimed, writer, rng)
    pressure = float(np.clip(writer.pressure * rng.normal(1, 0.08), 0.2, 1))
    return [drawn(path, pressure, writer.steadiness_mm, rng) for path in paths]


def ring(target: Box, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """A circle around the target: takes a mark back (⊗), or, by some people, chooses it."""
    x, y = target.centre
    reach = rng.uniform(0.62, 0.8)
    radii = (target.w * reach + 0.25, target.h * reach + 0.25)
    start = float(rng.uniform(-2.6, -1.2))
    sweep = float(rng.uniform(6.0, 7.2))
    path = arc((x + rng.normal(0, 0.25), y + rng.normal(0, 0.25)), radii, start, sweep)
    drift = np.linspace(0, 1, len(path))[:, None] * rng.normal(0, 0.35, 2)
    return [drawn(path + drift, writer.pressure, 1.5 * writer.steadiness_mm, rng)]


def solid(target: Box, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """The whole target blackened, twice over: chooses a circled target again."""
    full = target.grown(0.1)
    once = _hatched(full, 0.55 * writer.pen.width_mm, (1.0, 0.25), rng)
    again = _hatched(full, 0.9 * writer.pen.width_mm, (0.25, 1.0), rng)
    pressure = min(1.0, writer.pressure + 0.15)
    return [drawn(path, pressure, writer.steadiness_mm, rng) for path in (once, again)]


def slip(start: tuple[float, float], writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """A slip of the pen from ``start``: a light, quick, curved line."""
    angle = rng.uniform(0, 2 * np.pi)
    length = rng.uniform(3, 9)
    ahead = np.array([np.cos(angle), np.sin(angle)]) * length
    bend = np.array([-ahead[1], ahead[0]]) * rng.normal(0, 0.15)
    first = np.asarray(start)
    path = curve([tuple(first), tuple(first + ahead / 2 + bend), tuple(first + ahead)])
    return [drawn(path, 0.55 * writer.pressure, writer.steadiness_mm, rng)]


def speck(at: tuple[float, float], writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """A touch of the tip: a dot of a pen's width."""
    path = arc(at, (0.06, 0.06), float(rng.uniform(0, 6)), 4.0)
    return [drawn(path, writer.pressure, 0.02, rng)]


def _aimed(kind: MarkKind, target: Box, writer: Writer, rng: np.random.Generator) -> Box:
    """Where the hand sees the target for this mark: moved off and sized by its habit."""
    careful = 0.5 if kind in (MarkKind.FILL, MarkKind.DOT) else 1.0
    across, down = np.asarray(writer.offset_mm) + rng.normal(0, writer.scatter_mm, 2)
    size = writer.size * rng.normal(1, 0.09)
    if kind is MarkKind.FILL:
        size = float(np.clip(size, 0.75, 1.0))
    # A hand does not grow its marks with wide targets: oval or box, it marks about 5 mm.
    width = min(target.w, 1.6 * target.h) * size
    height = min(target.h, 1.6 * target.w) * size
    x, y = target.centre
    x, y = x + careful * across, y + careful * down
    return Box(x - width / 2, y - height / 2, width, height)


def _place(box: Box, writer: Writer, spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spots in units of the box from its centre (-0.5 .. 0.5), in mm, sheared by the slant."""
    x, y = box.centre
    return [(x + (u - writer.slant * v) * box.w, y + v * box.h) for u, v in spots]


def _cross(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    reach = rng.uniform(0.36, 0.52, 8)
    bow = rng.normal(0, 0.06, 4)
    down = [(-reach[0], -reach[1]), (bow[0], bow[1]), (reach[2], reach[3])]
    up = [(reach[4], -reach[5]), (bow[2], bow[3]), (-reach[6], reach[7])]
    return [curve(_place(box, writer, down)), curve(_place(box, writer, up))]


def _tick(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    return [_hook(box, writer, rng, float(rng.uniform(0.34, 0.55)))]


def _large_tick(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    return [_hook(box, writer, rng, float(rng.uniform(0.85, 1.6)))]


def _hook(box: Box, writer: Writer, rng: np.random.Generator, rise: float) -> NDArray[np.float64]:
    """A tick whose long arm ends ``rise`` boxes right of and above the centre."""
    foot = (rng.uniform(-0.18, 0.06), rng.uniform(0.25, 0.46))
    head = (foot[0] - rng.uniform(0.16, 0.34), foot[1] - rng.uniform(0.25, 0.5))
    tip = (rise * rng.uniform(0.85, 1.1), -rise * rng.uniform(0.85, 1.15))
    middle = ((foot[0] + tip[0]) / 2 - 0.05 * rise, (foot[1] + tip[1]) / 2 + 0.03 * rise)
    short = curve(_place(box, writer, [head, foot]))
    return np.vstack([short, curve(_place(box, writer, [foot, middle, tip]))])


def _slash(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    reach = rng.uniform(0.38, 0.6, 4)
    side = 1 if rng.random() < 0.85 else -1  # noqa: PLR2004 - share of rising slashes
    ends = [(side * reach[0], -reach[1]), (rng.normal(0, 0.04), 0.0), (-side * reach[2], reach[3])]
    return [curve(_place(box, writer, ends))]


def _dash(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    left, right = rng.uniform(0.3, 0.5, 2)
    tilt = rng.normal(0, 0.06)
    return [curve(_place(box, writer, [(-left, tilt), (0, rng.normal(0, 0.04)), (right, -tilt)]))]


def _dot(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    radius = max(rng.uniform(0.3, 0.6), 0.6 * writer.pen.width_mm)
    turns = 2 * np.pi * rng.uniform(1.5, 3)
    path = arc(box.centre, (radius, radius), float(rng.uniform(0, 6)), turns)
    inwards = np.linspace(0, 0.8, len(path))[:, None]
    return [path + (np.asarray(box.centre) - path) * inwards]


def _fill(box: Box, writer: Writer, rng: np.random.Generator) -> Paths:
    if rng.random() < 0.35:  # noqa: PLR2004 - share of people who fill in circles
        return [_spiral(box, writer, rng)]
    pitch = writer.pen.width_mm + rng.uniform(-0.12, _BOTTOM_SPARE_MM)
    angle = rng.normal(0.5, 0.4)
    direction = (float(np.cos(angle)), float(-np.sin(angle)))
    return [_hatched(box, pitch, direction, rng)]


def _spiral(box: Box, writer: Writer, rng: np.random.Generator) -> NDArray[np.float64]:
    pitch = writer.pen.width_mm + rng.uniform(-0.05, _BOTTOM_SPARE_MM)
    turns = max(1.5, min(box.w, box.h) / 2 / pitch)
    path = arc(box.centre, (box.w / 2, box.h / 2), float(rng.uniform(0, 6)), 2 * np.pi * turns)
    inwards = np.linspace(0, 0.92, len(path))[:, None]
    return np.asarray(path + (np.asarray(box.centre) - path) * inwards)


def _hatched(
    box: Box, pitch: float, direction: tuple[float, float], rng: np.random.Generator
) -> NDArray[np.float64]:
    """A zigzag over the box's inscribed outline, its lines along ``direction``."""
    along = np.asarray(direction) / np.hypot(*direction)
    across = np.array([-along[1], along[0]])
    half = np.array([box.w, box.h]) / 2
    depth = float(np.abs(across) @ half)
    rows = np.arange(-depth + 0.5 * pitch, depth, max(pitch, 0.12))
    spots: list[tuple[float, float]] = []
    for number, row in enumerate(rows):
        ends = _chord(half, along, across * row)
        if ends is None:
            continue
        reach = np.asarray(ends) + rng.normal(0, 0.15, 2)
        for reached in reach if number % 2 == 0 else reach[::-1]:
            x, y = np.asarray(box.centre) + across * row + along * reached
            spots.append((float(x), float(y)))
    return _joined(spots)


def _joined(spots: list[tuple[float, float]]) -> NDArray[np.float64]:
    return np.vstack([curve([a, b]) for a, b in pairwise(spots)])


def _chord(
    half: NDArray[np.float64], along: NDArray[np.float64], through: NDArray[np.float64]
) -> tuple[float, float] | None:
    """Where the line ``through + t * along`` enters and leaves the box of half sizes ``half``."""
    with np.errstate(divide="ignore"):
        bounds = np.sort(np.array([(-half - through) / along, (half - through) / along]), axis=0)
    enter, leave = float(bounds[0].max()), float(bounds[1].min())
    return (enter, leave) if leave - enter > 0.2 else None  # noqa: PLR2004 - mm, else a corner


_SHAPES: dict[MarkKind, Callable[[Box, Writer, np.random.Generator], Paths]] = {
    MarkKind.TICK: _tick,
    MarkKind.LARGE_TICK: _large_tick,
    MarkKind.CROSS: _cross,
    MarkKind.SLASH: _slash,
    MarkKind.FILL: _fill,
    MarkKind.DASH: _dash,
    MarkKind.DOT: _dot,
}
