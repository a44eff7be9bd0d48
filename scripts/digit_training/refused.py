"""What people leave in digit cells that is no digit, as strokes in units of a digit's height."""

from __future__ import annotations

import math

import numpy as np

from digit_training.hands import Path, arc, formed, smooth, strokes_of

# fmt: off
_LETTERS = {
    "A": (0.8, (((0, 1), (0.5, 0), (0.5, 0), (1, 1)), ((0.2, 0.62), (0.8, 0.62)))),
    "C": (0.7, (arc(0.55, 0.5, 0.5, 0.5, -45, -315, 10),)),
    "E": (0.6, (((1, 0), (0, 0), (0, 0), (0, 1), (0, 1), (1, 1)), ((0, 0.5), (0.8, 0.5)))),
    "F": (0.6, (((1, 0), (0, 0), (0, 0), (0, 1)), ((0, 0.48), (0.8, 0.48)))),
    "H": (0.7, (((0, 0), (0, 1)), ((1, 0), (1, 1)), ((0, 0.5), (1, 0.5)))),
    "K": (0.7, (((0, 0), (0, 1)), ((0.9, 0), (0, 0.55), (0, 0.55), (1, 1)))),
    "L": (0.6, (((0, 0), (0, 1), (0, 1), (1, 1)),)),
    "M": (0.9, (((0, 1), (0.1, 0), (0.1, 0), (0.5, 0.7), (0.5, 0.7), (0.9, 0), (0.9, 0), (1, 1)),)),
    "N": (0.8, (((0, 1), (0, 0), (0, 0), (1, 1), (1, 1), (1, 0)),)),
    "P": (0.6, (((0, 0), (0, 1)), ((0, 0.03), (0.8, 0.05), (0.9, 0.35), (0.5, 0.55), (0, 0.52)))),
    "R": (0.7, (((0, 0), (0, 1)), ((0, 0.03), (0.8, 0.05), (0.85, 0.4), (0, 0.5), (0, 0.5), (1, 1)))),
    "T": (0.8, (((0, 0), (1, 0)), ((0.5, 0), (0.5, 1)))),
    "U": (0.7, (((0, 0), (0, 0.7), (0.5, 1), (1, 0.7), (1, 0)),)),
    "V": (0.8, (((0, 0), (0.5, 1), (0.5, 1), (1, 0)),)),
    "X": (0.8, (((0, 0), (1, 1)), ((1, 0), (0, 1)))),
    "Y": (0.8, (((0, 0), (0.5, 0.5)), ((1, 0), (0.5, 0.5), (0.5, 0.5), (0.4, 1)))),
    "a": (0.7, (((0.8, 0.2), (0.4, 0), (0, 0.5), (0.4, 1), (0.85, 0.6), (0.85, 0), (0.85, 0),
                 (0.85, 0.8), (1.05, 1)),)),
    "d": (0.6, (((0.8, 0.55), (0.4, 0.4), (0, 0.7), (0.4, 1), (0.85, 0.8)), ((0.85, 0), (0.85, 1)))),
    "e": (0.8, (((0.05, 0.5), (0.95, 0.45), (0.6, 0), (0.1, 0.3), (0.2, 0.9), (0.95, 0.9)),)),
    "h": (0.6, (((0, 0), (0, 1)), ((0, 0.65), (0.5, 0.42), (0.9, 0.6), (0.9, 1)))),
    "k": (0.6, (((0, 0), (0, 1)), ((0.8, 0.4), (0, 0.7), (0, 0.7), (0.9, 1)))),
    "m": (1.3, (((0, 1), (0, 0.1), (0, 0.4), (0.3, 0), (0.5, 0.3), (0.5, 1), (0.5, 1), (0.5, 0.4),
                 (0.8, 0), (1, 0.3), (1, 1)),)),
    "n": (0.8, (((0, 0), (0, 1), (0, 1), (0, 0.4), (0.5, 0), (0.95, 0.3), (0.95, 1)),)),
    "r": (0.7, (((0, 0), (0, 1), (0, 1), (0.1, 0.4), (0.9, 0.05)),)),
    "u": (0.8, (((0, 0), (0.05, 0.8), (0.5, 1), (0.9, 0.6), (0.9, 0), (0.9, 0), (0.95, 1)),)),
    "w": (1.1, (((0, 0), (0.25, 1), (0.25, 1), (0.5, 0.2), (0.5, 0.2), (0.75, 1), (0.75, 1), (1, 0)),)),
    "tick": (1.0, (((0, 0.55), (0.3, 1), (0.3, 1), (1, 0)),)),
    "plus": (1.0, (((0, 0.5), (1, 0.5)), ((0.5, 0), (0.5, 1)))),
    "equals": (0.9, (((0, 0.35), (1, 0.35)), ((0, 0.65), (1, 0.65)))),
    "hash": (0.9, (((0.3, 0), (0.2, 1)), ((0.75, 0), (0.65, 1)), ((0, 0.35), (1, 0.3)),
                   ((0, 0.7), (1, 0.65)))),
    "question": (0.6, (((0, 0.2), (0.5, 0), (0.9, 0.2), (0.5, 0.5), (0.5, 0.75)),
                       ((0.48, 0.96), (0.52, 1.0)))),
    "slashes": (0.7, (((0.5, 0), (0, 1)), ((1, 0), (0.5, 1)))),
    "bars": (0.5, (((0, 0), (0, 1)), ((1, 0), (1, 1)))),
    "arch": (0.8, (((0, 1), (0, 0.2), (0.5, 0), (1, 0.2), (1, 1)),)),
    "gamma": (0.7, (((1, 0), (0, 0), (0, 0), (0, 1)),)),
}
"""Letters and signs that are no digit's twin: no O, l, I, Z, S, B, b, g, q, G, D or z."""
# fmt: on


def refused_strokes(rng: np.random.Generator) -> list[Path]:
    """Something that a person would not read as one digit."""
    kinds = (
        _letter,
        _scribble,
        _crossed_out,
        _two_digits,
        _over_written,
        _part,
        _lines,
        _circled,
        _between_one_and_seven,
        _slashed_zero,
    )
    weights = np.array([4, 2, 4, 3, 3, 1.5, 1.2, 1, 1, 0.7])
    return kinds[rng.choice(len(kinds), p=weights / weights.sum())](rng)


def _any(rng: np.random.Generator) -> list[Path]:
    return strokes_of(int(rng.integers(10)), rng)


def _letter(rng):
    names = list(_LETTERS)
    width, shape = _LETTERS[names[rng.integers(len(names))]]
    return formed(shape, width, rng)


def _scribble(rng):
    count = int(rng.integers(6, 15))
    spread = rng.uniform(0.12, 0.35, 2)
    return [smooth(rng.normal(0, 1, (count, 2)) * spread)]


def _zigzag(rng, width, height):
    turns = int(rng.integers(4, 12))
    y = np.linspace(-height / 2, height / 2, turns) + rng.normal(0, 0.03, turns)
    x = np.where(np.arange(turns) % 2, 1, -1) * width / 2 * rng.uniform(0.7, 1.1, turns)
    points = np.column_stack([x, y])
    if rng.random() < 0.5:
        points = points[:, ::-1]
    return smooth(points)


def _crossed_out(rng):
    """A digit with something drawn through it."""
    return [*_any(rng), *struck(rng)]


def struck(rng: np.random.Generator) -> list[Path]:
    """What crosses a digit out: a cross, two bars, a zigzag, two strokes at an angle."""
    how = rng.integers(4)
    span = rng.uniform(0.28, 0.55)
    y = rng.normal(0, 0.12)
    turn = rng.uniform(0, math.pi)
    if how == 0:
        other = turn + rng.uniform(0.9, 2.2)
        return [_line(turn, span * 1.3, rng), _line(other, span * 1.3, rng)]
    if how == 1:
        return [
            smooth([(-span, y + 0.08), (0, y), (span, y - 0.08)]),
            smooth([(-span, y + rng.uniform(0.1, 0.2)), (span, y + 0.1)]),
        ]
    if how == 2:
        return [_zigzag(rng, rng.uniform(0.4, 0.8), rng.uniform(0.4, 0.9))]
    return [
        _line(turn, rng.uniform(0.5, 0.75), rng),
        _line(turn + rng.uniform(0.3, 1.2), rng.uniform(0.5, 0.75), rng),
    ]


def _line(turn, half, rng):
    middle = rng.normal(0, 0.08, 2)
    way = np.array([math.cos(turn), math.sin(turn)]) * half
    return smooth([middle - way, middle + rng.normal(0, 0.02, 2), middle + way])


def _two_digits(rng):
    """Two digits in one cell, side by side."""
    size = rng.uniform(0.6, 0.95)
    apart = rng.uniform(0.18, 0.36)
    left = [stroke * size + (-apart, rng.normal(0, 0.05)) for stroke in _any(rng)]
    return left + [stroke * size + (apart, rng.normal(0, 0.05)) for stroke in _any(rng)]


def can_be_told(first: int, second: int) -> bool:
    """Whether two digits over each other look like neither: 3 under 8 is an 8, 1 is in many."""
    return (
        first != second and 1 not in (first, second) and (frozenset((first, second)) not in _ALIKE)
    )


_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        (0, 6),
        (0, 8),
        (0, 9),
        (3, 8),
        (3, 9),
        (4, 9),
        (5, 6),
        (5, 8),
        (5, 9),
        (6, 8),
        (7, 2),
        (7, 9),
        (8, 9),
        (2, 8),
        (2, 3),
        (4, 7),
    )
)


def _over_written(rng):
    """One digit written over another one."""
    first, second = rng.choice(10, 2, replace=False)
    while not can_be_told(first, second):
        first, second = rng.choice(10, 2, replace=False)
    moved = rng.normal(0, 0.07, 2)
    return [*strokes_of(int(first), rng), *(s + moved for s in strokes_of(int(second), rng))]


def _part(rng):
    """Half of a digit that loses its meaning with the other half."""
    if rng.random() < 0.5:
        digit = int(rng.choice([0, 2, 3, 5]))
        kept = [s[s[:, 1] > rng.uniform(-0.02, 0.1)] for s in strokes_of(digit, rng)]
    else:
        digit = int(rng.choice([0, 3, 5]))
        kept = [s[s[:, 1] < rng.uniform(-0.12, 0.02)] for s in strokes_of(digit, rng)]
    kept = [s for s in kept if len(s) > 2]
    return kept or _scribble(rng)


def _lines(rng):
    """Strokes without a shape: three to five lines anywhere, or one that lies or nearly."""
    if rng.random() < 0.4:
        return [_line(rng.uniform(-0.45, 0.45), rng.uniform(0.25, 0.5), rng)]
    return [
        _line(rng.uniform(0, math.pi), rng.uniform(0.15, 0.5), rng) + rng.normal(0, 0.12, 2)
        for _ in range(rng.integers(3, 6))
    ]


def _circled(rng):
    ring = np.array(arc(0, 0, rng.uniform(0.5, 0.62), rng.uniform(0.55, 0.62), 0, 370, 16))
    return [smooth(ring), *(stroke * 0.7 for stroke in _any(rng))]


def _between_one_and_seven(rng):
    """A stem with a flag or bar at an angle that a 1 and a 7 share."""
    length = rng.uniform(0.34, 0.7)
    fall = math.radians(rng.uniform(13, 26))
    lean = rng.uniform(0, 0.3)
    top = np.array([0.2, -0.5])
    start = top + (-length * math.cos(fall), length * math.sin(fall))
    foot = np.array([0.2 - lean, 0.5])
    return [smooth([start, top, top, foot]) + rng.normal(0, 0.01, 2)]


def _slashed_zero(rng):
    zero = strokes_of(0, rng)
    return [*zero, _line(-math.pi / 3 + rng.normal(0, 0.25), rng.uniform(0.35, 0.65), rng)]
