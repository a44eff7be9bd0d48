"""Handwritten digits as strokes, with the habits of Vietnamese hands.

Shapes stand in a unit cell: x 0 left to 1 right, y 0 top to 1 bottom. Several shapes of a digit
are several habits: 1 with and without flag or foot, 4 open and closed, 7 with and without bar,
9 with a straight or a curled tail. A writer keeps one of each.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from omr.accuracy.hand.motion import stroke

if TYPE_CHECKING:
    import numpy as np

    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.hand.writer import Writer
    from omr.geometry import Box

Line = list[tuple[float, float]]


def _loop(
    centre: tuple[float, float], radii: tuple[float, float], start: float, sweep: float, n: int = 12
) -> Line:
    """Part of an ellipse; angles in turns, 0 to the right, a quarter downwards."""
    return [
        (
            centre[0] + radii[0] * math.cos(2 * math.pi * (start + sweep * i / (n - 1))),
            centre[1] + radii[1] * math.sin(2 * math.pi * (start + sweep * i / (n - 1))),
        )
        for i in range(n)
    ]


# digit -> habits -> lines (points, whether rounded)
SHAPES: dict[str, tuple[tuple[tuple[Line, bool], ...], ...]] = {
    "0": (
        ((_loop((0.5, 0.5), (0.36, 0.48), -0.25, -1.03, 14), True),),
        ((_loop((0.5, 0.5), (0.30, 0.48), -0.18, -1.08, 14), True),),
        ((_loop((0.5, 0.5), (0.42, 0.42), -0.3, 1.02, 14), True),),
    ),
    "1": (
        (([(0.5, 0.0), (0.5, 1.0)], False),),
        (([(0.25, 0.28), (0.55, 0.0), (0.53, 1.0)], False),),
        (([(0.25, 0.28), (0.52, 0.02), (0.52, 0.98)], False), ([(0.22, 1.0), (0.8, 1.0)], False)),
    ),
    "2": (
        (
            (
                [(0.14, 0.26), (0.3, 0.03), (0.62, 0.0), (0.82, 0.22), (0.7, 0.5), (0.12, 0.98)],
                True,
            ),
            ([(0.12, 0.98), (0.88, 0.97)], False),
        ),
        (
            (
                [
                    *[(0.12, 0.24), (0.34, 0.02), (0.66, 0.04), (0.8, 0.26), (0.62, 0.58)],
                    *[(0.22, 0.92), (0.12, 0.84), (0.3, 0.78), (0.55, 0.92), (0.92, 0.94)],
                ],
                True,
            ),
        ),
    ),
    "3": (
        (
            (
                [
                    *[(0.16, 0.12), (0.48, 0.0), (0.78, 0.18), (0.66, 0.4), (0.4, 0.47)],
                    *[(0.72, 0.55), (0.84, 0.78), (0.52, 1.0), (0.12, 0.88)],
                ],
                True,
            ),
        ),
        (
            ([(0.16, 0.02), (0.8, 0.02), (0.42, 0.42)], False),
            ([(0.42, 0.42), (0.74, 0.48), (0.84, 0.74), (0.55, 1.0), (0.12, 0.9)], True),
        ),
    ),
    "4": (
        (([(0.28, 0.0), (0.1, 0.6), (0.92, 0.58)], False), ([(0.66, 0.3), (0.62, 1.0)], False)),
        (([(0.64, 1.0), (0.66, 0.0), (0.08, 0.66), (0.95, 0.66)], False),),
        (([(0.2, 0.02), (0.18, 0.5), (0.8, 0.5)], False), ([(0.78, 0.0), (0.74, 1.0)], False)),
    ),
    "5": (
        (
            ([(0.82, 0.02), (0.26, 0.04), (0.22, 0.42)], False),
            ([(0.22, 0.42), (0.6, 0.36), (0.86, 0.64), (0.6, 0.97), (0.12, 0.92)], True),
        ),
        (
            (
                [
                    *[(0.3, 0.04), (0.24, 0.44), (0.56, 0.38), (0.84, 0.62)],
                    *[(0.66, 0.94), (0.3, 1.0), (0.12, 0.88)],
                ],
                True,
            ),
            ([(0.3, 0.04), (0.86, 0.02)], False),
        ),
    ),
    "6": (
        (
            (
                [
                    *[(0.7, 0.0), (0.34, 0.26), (0.16, 0.66), (0.36, 0.98), (0.72, 0.92)],
                    *[(0.82, 0.68), (0.58, 0.52), (0.28, 0.6), (0.2, 0.76)],
                ],
                True,
            ),
        ),
        (
            (
                [
                    *[(0.62, 0.02), (0.24, 0.4), (0.18, 0.78), (0.46, 1.0), (0.8, 0.82)],
                    *[(0.66, 0.6), (0.34, 0.62), (0.2, 0.8)],
                ],
                True,
            ),
        ),
    ),
    "7": (
        (([(0.1, 0.05), (0.86, 0.04), (0.4, 1.0)], False),),
        (
            ([(0.1, 0.05), (0.86, 0.04), (0.42, 1.0)], False),
            ([(0.3, 0.52), (0.82, 0.5)], False),
        ),
        (
            ([(0.12, 0.2), (0.12, 0.03), (0.86, 0.04), (0.48, 0.5), (0.4, 1.0)], False),
            ([(0.26, 0.54), (0.78, 0.5)], False),
        ),
    ),
    "8": (
        (
            (
                [
                    *[(0.76, 0.14), (0.46, 0.0), (0.22, 0.2), (0.5, 0.46), (0.82, 0.76)],
                    *[(0.5, 1.0), (0.18, 0.78), (0.46, 0.5), (0.76, 0.24), (0.74, 0.1)],
                ],
                True,
            ),
        ),
        (
            (_loop((0.5, 0.24), (0.26, 0.24), 0.25, -1.02), True),
            (_loop((0.5, 0.74), (0.33, 0.26), -0.25, 1.02), True),
        ),
    ),
    "9": (
        (
            (_loop((0.46, 0.28), (0.30, 0.27), -0.1, -0.98), True),
            ([(0.76, 0.12), (0.76, 0.5), (0.7, 1.0)], True),
        ),
        (
            (
                [
                    *[(0.78, 0.2), (0.5, 0.0), (0.2, 0.18), (0.28, 0.48), (0.6, 0.48)],
                    *[(0.8, 0.16), (0.8, 0.62), (0.6, 0.98), (0.2, 0.92)],
                ],
                True,
            ),
        ),
    ),
}


def habits(rng: np.random.Generator) -> dict[str, int]:
    """Which shape of each digit this person writes."""
    return {digit: int(rng.integers(len(shapes))) for digit, shapes in SHAPES.items()}


def digit(
    rng: np.random.Generator,
    writer: Writer,
    value: str,
    habit: int,
    box: Box,
    *,
    key: tuple[str, str],
) -> tuple[Stroke, ...]:
    """The digit ``value`` written to fill ``box`` (mm)."""
    shear = -0.12 + writer.slant * 0.6 + rng.normal(0, 0.05)
    wobble = 0.022
    made = []
    question, option = key
    # One deformation for the whole digit: its parts stay together.
    stretch = rng.normal(1.0, 0.05, 2)
    for line, rounded in SHAPES[value][habit]:
        placed = []
        for ux, uy in line:
            px = 0.5 + (ux - 0.5) * stretch[0] + rng.normal(0, wobble)
            py = 0.5 + (uy - 0.5) * stretch[1] + rng.normal(0, wobble)
            placed.append((box.x + px * box.w + shear * (py - 0.5) * box.h, box.y + py * box.h))
        made.append(stroke(rng, writer, placed, rounded=rounded, question=question, option=option))
    return tuple(made)
