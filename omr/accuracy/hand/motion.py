"""How a hand moves: from the places it aims at to a stroke with speed, pressure and tremor."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import Stroke

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.accuracy.hand.model import Act
    from omr.accuracy.hand.writer import Writer

Points: TypeAlias = NDArray[np.float64]

STEP_MM = 0.22
"""Distance of a stroke's points; pens are 0.24 mm and wider."""


_EIGHTHS = np.arange(8) / 8


def path(corners: Sequence[tuple[float, float]] | Points, *, rounded: bool) -> Points:
    """Points every STEP_MM along a line through ``corners`` (mm), rounded as a curve or not."""
    knots = np.asarray(corners, dtype=np.float64)
    if rounded and len(knots) > 2:  # noqa: PLR2004 - two points are a straight line
        knots = _catmull_rom(knots)
    lengths = np.hypot(*np.diff(knots, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    count = max(2, int(along[-1] / STEP_MM) + 1)
    at = np.arange(count) * (along[-1] / (count - 1))
    return np.stack([np.interp(at, along, knots[:, 0]), np.interp(at, along, knots[:, 1])], axis=1)


def length(points: Points | NDArray[np.float32]) -> float:
    """Length in mm of a line of points."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def stroke(
    rng: np.random.Generator,
    writer: Writer,
    corners: Sequence[tuple[float, float]] | Points,
    *,
    rounded: bool = True,
    strength: float = 1.0,
    question: str = "",
    option: str = "",
    stray: Act | None = None,
) -> Stroke:
    """One movement of this writer's pen through ``corners`` (mm)."""
    points = path(corners, rounded=rounded)
    if happens(rng, writer.hook) and length(points) > 1.5:  # noqa: PLR2004 - mm, room for a hook
        points = np.concatenate([_hook(rng, points), points])
    count = len(points)
    points = points + writer.tremor * _slow_noise(rng, count)[:, None] * _normals(points)
    along = np.arange(count) / (count - 1)
    # The pen lands, runs, and lifts while still moving: the end is thinner than the start.
    ends = np.minimum(1.0, 0.45 + along * count * 0.4)
    ends *= 1.0 - writer.taper * np.clip((along - 0.65) / 0.35, 0.0, 1.0) ** 2
    wave = 1.0 + 0.07 * _slow_noise(rng, count)
    density = (
        writer.pressure * strength * (0.55 + 0.45 * ends) * (1 + 0.08 * _slow_noise(rng, count))
    )
    if writer.pen.skip and happens(rng, 0.5):
        density = density * _failing(rng, count, writer.pen.skip)
    return Stroke(
        points=points.astype(np.float32),
        width=(writer.pen.width * (0.7 + 0.3 * ends) * wave).astype(np.float32),
        density=np.clip(density, 0.0, 1.15).astype(np.float32),
        question=question,
        option=option,
        stray=stray,
    )


def _catmull_rom(knots: Points) -> Points:
    padded = np.concatenate([[2 * knots[0] - knots[1]], knots, [2 * knots[-1] - knots[-2]]])
    a, b, c, d = (padded[i : len(padded) - 3 + i, None] for i in range(4))
    t = _EIGHTHS[None, :, None]
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    return np.asarray(np.concatenate([curve.reshape(-1, 2), knots[-1:]]), np.float64)


def _hook(rng: np.random.Generator, points: Points) -> Points:
    """A little movement before the stroke proper, where the pen touched down too early."""
    ahead = points[min(3, len(points) - 1)] - points[0]
    ahead = ahead / max(float(np.hypot(*ahead)), 1e-6)
    turn = rng.choice([-1, 1]) * rng.uniform(0.6, 1.6)
    cos, sin = np.cos(turn), np.sin(turn)
    back = np.array([ahead[0] * cos - ahead[1] * sin, ahead[0] * sin + ahead[1] * cos])
    size = rng.uniform(0.2, 0.6)
    return np.stack([points[0] + back * size * f for f in (1.0, 0.6, 0.25)])


def _slow_noise(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """(count,) smooth noise of unit amplitude, one swing every millimetre or so."""
    knots = rng.normal(size=max(4, count // 4 + 2))
    at = np.arange(count) * ((len(knots) - 1) / max(count - 1, 1))
    return np.asarray(np.interp(at, np.arange(len(knots)), knots), dtype=np.float64)


def _normals(points: Points) -> Points:
    ahead = np.asarray(np.gradient(points, axis=0), np.float64)
    ahead /= np.maximum(np.hypot(*ahead.T), 1e-6)[:, None]
    return np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)


def _failing(rng: np.random.Generator, count: int, share: float) -> NDArray[np.float64]:
    """(count,) 1 where ink flows; near 0 over stretches that make up about ``share``."""
    flow = np.ones(count)
    start = int(rng.integers(0, count))
    run = max(1, int(count * share * rng.uniform(0.5, 2.0)))
    flow[start : start + run] = rng.uniform(0.05, 0.5)
    return flow
