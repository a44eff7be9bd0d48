"""Strokes: the path of a pen's tip on paper, in mm, with the pressure along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STEP_MM = 0.12
"""Distance between samples of a path: well under the thinnest pen's width."""
TREMOR_WAVE_MM = 1.3
"""Length over which a hand's deviation changes its direction."""
TAPER_MM = 0.7
"""Length over which the pressure rises when the pen lands and falls when it leaves."""


@dataclass(frozen=True)
class Stroke:
    """One movement with the pen down: (N, 2) points in mm and (N,) pressures 0 .. 1."""

    points: NDArray[np.float64]
    pressure: NDArray[np.float64]

    def length(self) -> float:
        """Length of the path in mm."""
        return float(self.steps().sum())

    def steps(self) -> NDArray[np.float64]:
        """(N,) mm from the sample before to each sample, 0 for the first."""
        moves = np.diff(self.points, axis=0, prepend=self.points[:1])
        return np.asarray(np.linalg.norm(moves, axis=1))


def curve(waypoints: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """(N, 2) a smooth path (Catmull-Rom) through the waypoints, sampled every ``STEP_MM``."""
    knots = np.asarray(waypoints, dtype=float)
    padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    pieces = [_span(padded[i : i + 4]) for i in range(len(knots) - 1)]
    return np.vstack([*pieces, knots[-1:]])


def arc(
    centre: tuple[float, float], radii: tuple[float, float], start: float, sweep: float
) -> NDArray[np.float64]:
    """(N, 2) part of an ellipse; ``start`` and ``sweep`` in radians, clockwise on paper."""
    count = max(8, int(abs(sweep) * max(radii) / STEP_MM))
    angle = start + np.linspace(0, sweep, count)
    return np.column_stack(
        [centre[0] + radii[0] * np.cos(angle), centre[1] + radii[1] * np.sin(angle)]
    )


def drawn(
    path: NDArray[np.float64], pressure: float, tremor_mm: float, rng: np.random.Generator
) -> Stroke:
    """The path as a hand follows it: trembling, pressing unevenly, tapering at both ends.

    ``pressure`` 0 .. 1 is the mean; ``tremor_mm`` the standard deviation off the path.
    """
    steps = np.linalg.norm(np.diff(path, axis=0, prepend=path[:1]), axis=1)
    along = np.cumsum(steps)
    wander = np.column_stack([_wave(along, rng), _wave(along, rng)]) * tremor_mm
    end = np.minimum(along, along[-1] - along) / TAPER_MM
    taper = np.clip(0.55 + 0.45 * end, 0.0, 1.0)
    uneven = 1 + 0.10 * _wave(along / 3, rng)
    return Stroke(path + wander, np.clip(pressure * taper * uneven, 0.02, 1.0))


def _span(four: NDArray[np.float64]) -> NDArray[np.float64]:
    before, start, end, after = four
    count = max(2, int(np.linalg.norm(end - start) / STEP_MM) + 1)
    t = np.linspace(0, 1, count, endpoint=False)[:, None]
    return np.asarray(
        0.5
        * (
            2 * start
            + (end - before) * t
            + (2 * before - 5 * start + 4 * end - after) * t**2
            + (3 * start - before - 3 * end + after) * t**3
        )
    )


def _wave(along: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """(N,) smooth unit noise along a path whose arc length in mm is ``along``."""
    knots = int(along[-1] / TREMOR_WAVE_MM) + 3
    values = rng.standard_normal(knots)
    return np.interp(along / TREMOR_WAVE_MM, np.arange(knots), values)
