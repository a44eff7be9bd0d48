"""Digits as people write them into cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.simulate.strokes import Stroke, curve, drawn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.simulate.writers import Writer

Glyph = tuple[tuple[tuple[float, float], ...], ...]
"""Strokes of a character as waypoints in a unit cell, x to the right, y down."""

_DIGITS: dict[str, tuple[Glyph, ...]] = {
    "0": (
        (((0.55, 0.0), (0.12, 0.25), (0.1, 0.72), (0.5, 1.0), (0.9, 0.7), (0.85, 0.22), (0.5, 0)),),
    ),
    "1": (
        (((0.5, 0.0), (0.5, 0.5), (0.48, 1.0)),),
        (((0.25, 0.25), (0.42, 0.14), (0.55, 0.0)), ((0.55, 0.0), (0.53, 1.0))),
    ),
    "2": (
        (
            ((0.12, 0.25), (0.4, 0.0), (0.82, 0.2), (0.6, 0.58), (0.1, 0.98)),
            ((0.1, 0.98), (0.5, 0.96), (0.9, 0.95)),
        ),
    ),
    "3": (
        (
            ((0.15, 0.1), (0.5, 0.0), (0.8, 0.2), (0.65, 0.42), (0.4, 0.48)),
            ((0.4, 0.48), (0.8, 0.58), (0.82, 0.85), (0.45, 1.0), (0.1, 0.88)),
        ),
    ),
    "4": (
        (
            ((0.45, 0.0), (0.12, 0.6)),
            ((0.12, 0.6), (0.9, 0.58)),
            ((0.68, 0.3), (0.65, 1.0)),
        ),
        (((0.2, 0.0), (0.18, 0.5), (0.85, 0.48)), ((0.78, 0.0), (0.75, 1.0))),
    ),
    "5": (
        (
            ((0.25, 0.02), (0.2, 0.45)),
            ((0.2, 0.45), (0.6, 0.38), (0.85, 0.65), (0.6, 0.97), (0.12, 0.92)),
            ((0.25, 0.02), (0.82, 0.0)),
        ),
    ),
    "6": (
        (
            (
                (0.75, 0.0),
                (0.3, 0.35),
                (0.15, 0.75),
                (0.5, 1.0),
                (0.82, 0.75),
                (0.55, 0.52),
                (0.2, 0.7),
            ),
        ),
    ),
    "7": (
        (((0.1, 0.05), (0.85, 0.03)), ((0.85, 0.03), (0.55, 0.5), (0.38, 1.0))),
        (
            ((0.1, 0.05), (0.85, 0.03)),
            ((0.85, 0.03), (0.55, 0.5), (0.38, 1.0)),
            ((0.3, 0.52), (0.8, 0.48)),
        ),
    ),
    "8": (
        (
            (
                (0.78, 0.15),
                (0.45, 0.0),
                (0.2, 0.22),
                (0.5, 0.48),
                (0.82, 0.75),
                (0.48, 1.0),
                (0.15, 0.75),
                (0.5, 0.46),
                (0.8, 0.2),
                (0.7, 0.06),
            ),
        ),
    ),
    "9": (
        (
            ((0.8, 0.28), (0.5, 0.48), (0.18, 0.28), (0.45, 0.0), (0.8, 0.22)),
            ((0.8, 0.22), (0.78, 0.6), (0.65, 1.0)),
        ),
    ),
}


def digit(value: str, cell: Box, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """One digit in its cell, as this hand writes it."""
    variants = _DIGITS[value]
    glyph = variants[int(rng.integers(len(variants)))]
    height = cell.h * float(np.clip(rng.normal(0.68, 0.06), 0.5, 0.85))
    width = min(cell.w * 0.8, height * float(rng.uniform(0.48, 0.66)))
    x, y = np.asarray(cell.centre) + rng.normal(0, 0.06, 2) * (cell.w, cell.h)
    corner = np.array([x - width / 2, y - height / 2])
    return [
        drawn(
            _traced(waypoints, corner, (width, height), writer, rng),
            writer.pressure,
            writer.steadiness_mm,
            rng,
        )
        for waypoints in glyph
    ]


def _traced(
    waypoints: tuple[tuple[float, float], ...],
    corner: NDArray[np.float64],
    size: tuple[float, float],
    writer: Writer,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """The waypoints in mm, each a little elsewhere every time, leaning with the writer."""
    unit = np.asarray(waypoints) + rng.normal(0, 0.035, (len(waypoints), 2))
    unit[:, 0] += writer.slant * (0.5 - unit[:, 1])
    placed = corner + unit * size
    return curve([(float(px), float(py)) for px, py in placed])
