"""Marks as a ball pen draws them: strokes in mm, slightly uneven, the same every time.

The unevenness comes from a generator seeded with the mark itself, so that no two marks are alike
and yet the same deck always looks the same.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

from omr.deck.digits import DIGITS
from omr.deck.model import MarkKind
from omr.printing import Stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from omr.deck.model import PlannedMark
    from omr.geometry import Box

    Path = list[tuple[float, float]]

PEN_MM = 0.5
PEN_COLOUR = (0.05, 0.07, 0.30)
"""Blue-black: a mono printer makes it nearly solid black, not a loose screen of dots."""
LIGHT_MM = 0.45
LIGHT_COLOUR = (0.42, 0.42, 0.45)
SHAKE_MM = 0.05
"""How far a point strays from the path."""
FILL_PITCH_MM = 0.38
HAND_MM = 5.0
"""Side of the marks: a hand does not grow its marks with wide targets."""
WRITING_LINE_MM = 7.5
LETTER_MM = 2.2


def mark_strokes(mark: PlannedMark, target: Box, seed: str) -> tuple[Stroke, ...]:
    """The strokes of one mark at its target; the same ``seed`` gives the same strokes."""
    hand = Random(f"{seed} {mark.question} {mark.option}")  # noqa: S311 - a hand, not a secret
    if mark.kind is MarkKind.WRITING:
        paths = _writing(target, hand)
    elif mark.kind is MarkKind.DIGIT:
        paths = _digit(mark.digit, target, hand)
    else:
        x, y = target.centre
        x, y = x + hand.uniform(-0.2, 0.2), y + hand.uniform(-0.2, 0.2)
        half = min(target.w, target.h, HAND_MM) / 2
        paths = [
            [(x + half * u, y + half * v) for u, v in path] for path in _SHAPES[mark.kind](hand)
        ]
    light = mark.kind is MarkKind.LIGHT
    width, colour = (LIGHT_MM, LIGHT_COLOUR) if light else (PEN_MM, PEN_COLOUR)
    return tuple(Stroke(_by_hand(path, hand), width, colour) for path in paths)


def _cross(hand: Random) -> Sequence[Path]:
    """Two bowed strokes from corner to corner, in halves of the target."""
    a, b, c, d = (hand.uniform(0.72, 0.92) for _ in range(4))
    return [_bowed((-a, -b), (c, d), hand), _bowed((b, -c), (-d, a), hand)]


def _tick(hand: Random) -> Sequence[Path]:
    foot = (hand.uniform(-0.35, -0.1), hand.uniform(0.65, 0.8))
    short = _bowed((-0.75, hand.uniform(-0.1, 0.1)), foot, hand)
    return [short + _bowed(foot, (0.85, -0.85), hand)[1:]]


def _slash(hand: Random) -> Sequence[Path]:
    a, b = hand.uniform(0.75, 0.92), hand.uniform(0.75, 0.92)
    return [_bowed((a, -b), (-b, a), hand)]


def _fill(hand: Random) -> Sequence[Path]:
    """Close hatching, to and fro, so that hardly any paper shows."""
    rows = math.ceil(HAND_MM / FILL_PITCH_MM)
    path: Path = []
    for row in range(rows + 1):
        v = -0.88 + 1.76 * row / rows
        ends = [(-hand.uniform(0.8, 0.9), v), (hand.uniform(0.8, 0.9), v)]
        path += ends if row % 2 == 0 else ends[::-1]
    return [path]


def _circled(hand: Random) -> Sequence[Path]:
    """A cross, and a closed circle well outside the box."""
    start, radius = hand.uniform(0, 2 * math.pi), hand.uniform(1.36, 1.42)
    turns = 2 * math.pi * 1.06
    ring = [
        (
            radius * math.cos(start + turns * step / 40),
            radius * math.sin(start + turns * step / 40),
        )
        for step in range(41)
    ]
    return [*_cross(hand), ring]


_SHAPES: dict[MarkKind, Callable[[Random], Sequence[Path]]] = {
    MarkKind.CROSS: _cross,
    MarkKind.TICK: _tick,
    MarkKind.SLASH: _slash,
    MarkKind.FILL: _fill,
    MarkKind.LIGHT: _cross,
    MarkKind.CIRCLED: _circled,
}


def _digit(digit: str, cell: Box, hand: Random) -> Sequence[Path]:
    height = 0.68 * cell.h
    width = min(0.6 * height, 0.7 * cell.w)
    x, y = cell.centre
    left, top = x - width / 2 + hand.uniform(-0.2, 0.2), y - height / 2 + hand.uniform(-0.2, 0.2)
    return [[(left + width * u, top + height * v) for u, v in path] for path in DIGITS[digit]]


def _writing(frame: Box, hand: Random) -> Sequence[Path]:
    """Loops along the frame's lines, in words; the first line is left to the printed question."""
    paths: list[Path] = []
    lines = int(frame.h // WRITING_LINE_MM)
    for line in range(min(1, lines - 1), lines) if lines else (0,):
        baseline = frame.y + frame.h * (line + 0.7) / max(1, lines)
        x = frame.x + (3.0 if line else 0.6 * frame.w)
        end = frame.x + frame.w * hand.uniform(0.75, 0.9)
        while x < end:
            word = hand.randint(3, 6)
            paths.append(_loops(x, baseline, word, hand))
            x += LETTER_MM * word + 3.0
    return paths


def _loops(x: float, baseline: float, count: int, hand: Random) -> Path:
    heights = [hand.choice((1.8, 1.8, 3.2)) for _ in range(count)]
    path: Path = []
    for letter, height in enumerate(heights):
        for step in range(8):
            angle = 2 * math.pi * step / 8
            path.append(
                (
                    x + LETTER_MM * (letter + step / 8) - 0.7 * math.sin(angle),
                    baseline - height * (1 - math.cos(angle)) / 2,
                )
            )
    return path


def _bowed(start: tuple[float, float], end: tuple[float, float], hand: Random) -> Path:
    """Nearly straight, from start to end."""
    (x1, y1), (x2, y2) = start, end
    bow = hand.uniform(-0.07, 0.07)
    path = []
    for step in range(9):
        t = step / 8
        sag = 4 * bow * t * (1 - t)
        path.append((x1 + (x2 - x1) * t - (y2 - y1) * sag, y1 + (y2 - y1) * t + (x2 - x1) * sag))
    return path


def _by_hand(path: Path, hand: Random) -> tuple[tuple[float, float], ...]:
    """The path with a little shake, to a hundredth of a millimetre."""
    return tuple(
        (
            round(x + hand.uniform(-SHAKE_MM, SHAKE_MM), 2),
            round(y + hand.uniform(-SHAKE_MM, SHAKE_MM), 2),
        )
        for x, y in path
    )
