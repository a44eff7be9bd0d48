"""The marks that people make in boxes, as strokes of one writer's hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import Act
from omr.accuracy.hand.motion import stroke
from omr.geometry import Box

if TYPE_CHECKING:
    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.hand.writer import Writer

Corner = tuple[float, float]


def mark(
    rng: np.random.Generator, writer: Writer, kind: Act, box: Box, *, key: tuple[str, str]
) -> tuple[Stroke, ...]:
    """A mark of this kind in a box, as this writer makes it; ``key`` is question and option."""
    if kind in (Act.FILL, Act.SCRIBBLE):
        return _fill(rng, writer, box, solid=kind is Act.FILL, key=key)
    side = min(box.w, box.h)
    size = side * float(np.clip(writer.size * rng.lognormal(0.0, 0.10), 0.4, 2.4))
    spread = min(writer.spread, side * 0.14)
    x = box.centre[0] + writer.aim[0] + float(rng.normal(0, spread))
    y = box.centre[1] + writer.aim[1] + float(rng.normal(0, spread))
    return within(rng, writer, kind, Box(x - size / 2, y - size / 2, size, size), key=key)


def within(
    rng: np.random.Generator, writer: Writer, kind: Act, place: Box, *, key: tuple[str, str]
) -> tuple[Stroke, ...]:
    """A mark made of lines (no fill) that takes about the square ``place`` (mm)."""
    made = []
    for line, strength, rounded in _LINES[kind](rng, writer, place.w):
        placed = [_turned(point, writer.slant, place.centre) for point in line]
        made.append(
            stroke(
                rng,
                writer,
                placed,
                rounded=rounded,
                strength=strength,
                question=key[0],
                option=key[1],
            )
        )
    return tuple(made)


def ring(
    rng: np.random.Generator,
    writer: Writer,
    centre: Corner,
    radii: tuple[float, float],
    *,
    key: tuple[str, str],
) -> Stroke:
    """A ring drawn round something: one loop that does not quite close, or overlaps itself."""
    start = rng.uniform(-2.4, -0.8)
    sweep = 2 * math.pi * rng.uniform(0.97, 1.12) * rng.choice([-1, 1], p=[0.75, 0.25])
    angles = start + np.linspace(0, 1, 14) * sweep
    growth = 1 + rng.uniform(-0.06, 0.06) * np.linspace(0, 1, 14) + rng.normal(0, 0.02, 14)
    line = [
        (centre[0] + radii[0] * g * math.cos(a), centre[1] + radii[1] * g * math.sin(a))
        for a, g in zip(angles, growth, strict=True)
    ]
    return stroke(rng, writer, line, question=key[0], option=key[1])


def scribble_out(
    rng: np.random.Generator, writer: Writer, box: Box, *, key: tuple[str, str]
) -> tuple[Stroke, ...]:
    """Dense scribbling over a mark that was a mistake."""
    return _fill(rng, writer, box.grown(0.2), solid=True, key=key)


def _turned(point: Corner, angle: float, centre: Corner) -> Corner:
    cos, sin = math.cos(angle), math.sin(angle)
    return centre[0] + point[0] * cos - point[1] * sin, centre[1] + point[0] * sin + point[1] * cos


Lines = list[tuple[list[Corner], float, bool]]


def _jitter(rng: np.random.Generator, size: float) -> float:
    return float(rng.normal(0, 0.07 * size))


def _cross(rng: np.random.Generator, writer: Writer, size: float) -> Lines:
    half = size / 2
    flat = rng.uniform(0.8, 1.1)

    def corner(sx: int, sy: int) -> Corner:
        return sx * half + _jitter(rng, size), sy * half * flat + _jitter(rng, size)

    bend = rng.normal(0, 0.06 * size)
    one = [corner(-1, -1), (bend, -bend), corner(1, 1)]
    two = [corner(1, -1), (-bend / 2, bend / 2), corner(-1, 1)]
    if writer.joined:
        # Without lifting: down to the right, up along the side (paler, faster), down to the left.
        back = [one[-1], (half * rng.uniform(0.9, 1.3), _jitter(rng, size)), two[0]]
        return [(one, 1.0, True), (back, float(rng.uniform(0.15, 0.9)), True), (two, 1.0, True)]
    if happens(rng, 0.35):
        two.reverse()
    return [(one, 1.0, True), (two, float(rng.uniform(0.85, 1.0)), True)]


def _tick(rng: np.random.Generator, writer: Writer, size: float) -> Lines:  # noqa: ARG001
    half = size / 2
    reach = float(rng.choice([1.0, 1.35, 2.1], p=[0.66, 0.27, 0.07]))
    start = (-half * rng.uniform(0.6, 1.0), -half * rng.uniform(-0.3, 0.4))
    foot = (-half * rng.uniform(0.0, 0.35), half * rng.uniform(0.6, 1.0))
    end = (half * rng.uniform(0.8, 1.1) * reach, -half * rng.uniform(0.8, 1.2) * reach)
    between = (
        (foot[0] + end[0]) / 2 + _jitter(rng, size),
        (foot[1] + end[1]) / 2 + abs(_jitter(rng, size)),
    )
    if happens(rng, 0.5):
        return [([start, foot, between, end], 1.0, False)]
    return [([start, (foot[0] - 0.15, foot[1] - 0.1), foot, between, end], 1.0, True)]


def _slash(rng: np.random.Generator, writer: Writer, size: float) -> Lines:  # noqa: ARG001
    half = size / 2 * rng.uniform(0.9, 1.3)
    lean = rng.uniform(0.5, 1.0)
    low = (-half * lean + _jitter(rng, size), half + _jitter(rng, size))
    high = (half * lean + _jitter(rng, size), -half + _jitter(rng, size))
    bend = (_jitter(rng, size), _jitter(rng, size))
    return [([low, bend, high], 1.0, True)]


def _dash(rng: np.random.Generator, writer: Writer, size: float) -> Lines:  # noqa: ARG001
    half = size / 2 * rng.uniform(0.8, 1.15)
    return [
        (
            [(-half, _jitter(rng, size)), (0.0, _jitter(rng, size)), (half, _jitter(rng, size))],
            1.0,
            True,
        )
    ]


def _dot(rng: np.random.Generator, writer: Writer, size: float) -> Lines:
    # The pen is pressed and turned about: a small spiral.
    radius = float(np.clip(rng.uniform(0.09, 0.2) * size, 0.2, 0.8))
    turns = rng.uniform(1.3, 2.6) * (1 + 0.8 * (radius > 2 * writer.pen.width))
    angles = rng.uniform(0, 6) + np.linspace(0, 2 * math.pi * turns, 12)
    radii = radius * np.linspace(1.0, 0.25, 12) * rng.uniform(0.7, 1.2, 12)
    return [
        (
            [
                (float(r * math.cos(a)), float(r * math.sin(a)))
                for a, r in zip(angles, radii, strict=True)
            ],
            1.0,
            True,
        )
    ]


_LINES = {Act.CROSS: _cross, Act.TICK: _tick, Act.SLASH: _slash, Act.DASH: _dash, Act.DOT: _dot}


def _fill(
    rng: np.random.Generator,
    writer: Writer,
    box: Box,
    *,
    solid: bool,
    key: tuple[str, str],
) -> tuple[Stroke, ...]:
    """Zigzag over the box; solid work is narrow, goes round the edge first and may go twice."""
    question, option = key
    made = []
    loose = 0.1 if solid else writer.spread
    centre = (box.centre[0] + rng.normal(0, loose), box.centre[1] + rng.normal(0, loose))
    width = writer.pen.width
    pitch = width * (rng.uniform(0.6, 0.85) if solid else rng.uniform(1.5, 2.6))
    angle = writer.slant + rng.choice([0.0, -0.7, 0.5], p=[0.45, 0.35, 0.2]) + rng.normal(0, 0.08)
    margin = rng.normal(0.15 if solid else 0.45, 0.2)
    half = min(box.w, box.h) / 2 - margin
    if solid:
        edge = box.grown(-max(width * 0.5, 0.2) - abs(rng.normal(0, 0.08)))
        corners = [*edge.corners().tolist(), edge.corners()[0].tolist()]
        moved = [(x + rng.normal(0, 0.1), y + rng.normal(0, 0.1)) for x, y in corners]
        made.append(stroke(rng, writer, moved, rounded=False, question=question, option=option))
    for again in range(2 if solid and happens(rng, 0.25) else 1):
        line = _zigzag(rng, half, pitch, square=solid)
        turn = angle + again * 1.2
        placed = [_turned(point, turn, centre) for point in line]
        made.append(
            stroke(rng, writer, placed, rounded=not solid, question=question, option=option)
        )
    return tuple(made)


def _zigzag(rng: np.random.Generator, half: float, pitch: float, *, square: bool) -> list[Corner]:
    count = max(3, int(2 * half / pitch))
    line: list[Corner] = []
    for index in range(count + 1):
        y = -half + 2 * half * index / count
        reach = half if square else math.sqrt(max(half * half - y * y * 0.75, 0.05))
        side = 1 if index % 2 else -1
        line.append((side * reach * rng.uniform(0.8, 1.08), y + rng.normal(0, 0.12 * pitch)))
    return line
