"""Handwriting that says nothing: words in comment boxes, margins and over the question text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import Act
from omr.accuracy.hand.motion import stroke

if TYPE_CHECKING:
    import numpy as np

    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.hand.writer import Writer
    from omr.geometry import Box

_LETTER_MM = 1.9


def words(
    rng: np.random.Generator, writer: Writer, start: tuple[float, float], width: float, count: int
) -> list[Stroke]:
    """About ``count`` words on a line from ``start`` (mm) that is ``width`` mm long."""
    made: list[Stroke] = []
    x, y = start
    drift = rng.normal(0, 0.02)
    for _ in range(count):
        letters = int(rng.integers(2, 7))
        span = letters * _LETTER_MM
        if x + span > start[0] + width:
            break
        made += _word(rng, writer, (x, y + drift * (x - start[0])), letters)
        x += span + rng.uniform(1.2, 2.6)
    return made


def in_frame(rng: np.random.Generator, writer: Writer, frame: Box) -> list[Stroke]:
    """A comment: one to three lines in the frame of a text question; at times it runs out."""
    lines = int(rng.integers(1, 4))
    made: list[Stroke] = []
    for index in range(lines):
        y = frame.y + (index + 0.75) * frame.h / 3.3 + rng.normal(0, 0.4)
        x = frame.x + rng.uniform(2, 30)
        width = frame.right - x + rng.choice([-4.0, 6.0], p=[0.92, 0.08])
        made += words(rng, writer, (x, y), width, int(rng.integers(2, 12)))
    return made


def scrape(
    rng: np.random.Generator, writer: Writer, start: tuple[float, float], reach: float
) -> Stroke:
    """A slip: the pen touched the paper on its way elsewhere."""
    angle = rng.uniform(0, 2 * math.pi)
    end = (start[0] + reach * math.cos(angle), start[1] + reach * math.sin(angle))
    middle = (
        (start[0] + end[0]) / 2 + rng.normal(0, reach * 0.08),
        (start[1] + end[1]) / 2 + rng.normal(0, reach * 0.08),
    )
    strength = float(rng.uniform(0.3, 1.0))
    return stroke(rng, writer, [start, middle, end], strength=strength, stray=Act.SLIP)


def speck(rng: np.random.Generator, writer: Writer, place: tuple[float, float]) -> Stroke:
    """The tip of a resting pen: a dot of its width, hardly moved."""
    end = (place[0] + rng.uniform(-0.22, 0.22), place[1] + rng.uniform(-0.22, 0.22))
    return stroke(rng, writer, [place, end], strength=float(rng.uniform(0.4, 1.0)), stray=Act.SPECK)


def _word(
    rng: np.random.Generator, writer: Writer, start: tuple[float, float], letters: int
) -> list[Stroke]:
    x, y = start
    knots: list[tuple[float, float]] = []
    for _ in range(letters):
        up = rng.choice([1.5, 3.0, -1.4], p=[0.68, 0.2, 0.12]) * rng.uniform(0.8, 1.2)
        lean = 0.25 + writer.slant
        knots += [
            (x, y),
            (x + 0.3 + lean * max(up, 0) * 0.3, y - up),
            (x + 0.9, y - up * 0.5 + rng.normal(0, 0.2)),
            (x + 1.1, y + rng.normal(0, 0.15)),
        ]
        x += _LETTER_MM * rng.uniform(0.8, 1.1)
    made = [stroke(rng, writer, knots, stray=Act.WRITING_NEAR)]
    for _ in range(int(rng.integers(0, 3))):  # Vietnamese marks above and below the letters
        mx = start[0] + rng.uniform(0.4, 1.0) * letters * _LETTER_MM * 0.8
        my = y - rng.uniform(2.0, 2.9) if happens(rng, 0.8) else y + 0.8
        tip = (mx + rng.uniform(-0.7, 0.7), my - rng.uniform(0.1, 0.7))
        made.append(stroke(rng, writer, [(mx, my), tip], stray=Act.WRITING_NEAR))
    return made
