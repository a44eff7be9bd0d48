"""Script: lines that look like handwriting and say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.simulate.strokes import Stroke, arc, curve, drawn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.simulate.writers import Writer

    Spot = tuple[float, float]

_LETTERS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0.1, 0.9), (0.25, 0.1), (0.35, 0.8), (0.6, 0.95), (0.7, 0.1), (0.95, 0.15)),
    ((0.15, 0.4), (0.65, 0.75), (0.45, 1.0), (0.15, 0.5), (0.45, 0.0), (0.95, 0.2)),
    ((0.75, 0.85), (0.35, 0.95), (0.15, 0.4), (0.45, 0.0), (0.75, 0.85), (0.75, 0.1), (1.0, 0.2)),
    ((0.15, 0.9), (0.2, 0.15), (0.5, 0.0), (0.7, 0.9), (0.72, 0.1), (1.0, 0.2)),
    ((0.35, 1.3), (0.55, 2.0), (0.3, 1.9), (0.25, 0.1), (0.5, 0.9), (0.7, 0.1), (1, 0.2)),
    ((0.3, 0.6), (0.35, 1.9), (0.3, 0.2), (0.55, 0.0), (0.95, 0.25)),
    ((0.7, 0.9), (0.3, 0.95), (0.2, 0.3), (0.7, 0.8), (0.65, -0.8), (0.25, -0.6), (0.95, 0.25)),
    ((0.2, 0.7), (0.3, 1.0), (0.35, 0.05), (0.6, 0.1), (0.95, 0.3)),
    ((0.8, 0.8), (0.45, 1.0), (0.2, 0.5), (0.45, 0.0), (0.95, 0.2)),
)  # fmt: skip
"""Small letters in outline: roughly n e a u h t g r c; x to the right in cells, y *up* from the
base line, 1 the height of a small letter."""
_WORD_LETTERS = (2, 7)
_ACCENT_SHARE = 0.3
"""Share of letters with a sign above or below, as in Vietnamese."""
_NARROW = 0.85
"""Width of a letter in heights of a small one."""


def script(area: Box, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """One line of illegible words within ``area``, whose height is the line's."""
    strokes: list[Stroke] = []
    base = area.y + 0.68 * area.h
    size = 0.3 * area.h * float(rng.uniform(0.8, 1.15))
    step = _NARROW * size
    x = area.x
    while True:
        count = int(rng.integers(*_WORD_LETTERS))
        if x + count * step > area.right:
            return strokes
        strokes += _word((x, base + rng.normal(0, 0.05 * size)), size, count, writer, rng)
        x += count * step + size * float(rng.uniform(0.6, 1.1))


def _word(
    start: Spot, size: float, count: int, writer: Writer, rng: np.random.Generator
) -> list[Stroke]:
    """Letters joined in one stroke, with signs over and under them."""
    joined: list[Spot] = []
    signs: list[NDArray[np.float64]] = []
    for number in range(count):
        shape = np.asarray(_LETTERS[int(rng.integers(len(_LETTERS)))])
        shape = shape + rng.normal(0, 0.06, shape.shape)
        x = start[0] + (number + shape[:, 0]) * _NARROW * size + writer.slant * size * shape[:, 1]
        y = start[1] - size * shape[:, 1]
        joined += [(float(px), float(py)) for px, py in zip(x, y, strict=True)]
        if rng.random() < _ACCENT_SHARE:
            signs.append(_sign((float(x.mean()), float(y.min())), size, rng))
    paths = [curve(joined), *signs]
    return [drawn(path, 0.85 * writer.pressure, writer.steadiness_mm, rng) for path in paths]


def _sign(over: Spot, size: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """An acute, a grave, or a dot below the letter whose top is at ``over``."""
    x, y = over
    half = 0.25 * size
    acute = [(x - half, y - 0.2 * size), (x + half, y - 0.65 * size)]
    grave = [(x - half, y - 0.65 * size), (x + half, y - 0.2 * size)]
    below = arc((x, y + 1.5 * size), (0.08, 0.08), 0.0, 5.0)
    return (curve(acute), curve(grave), below)[int(rng.integers(3))]
