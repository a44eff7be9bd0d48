"""Digits as a hand writes them: strokes in a cell that is 1 wide and 1 high, y down."""

from __future__ import annotations

import math

Glyph = tuple[tuple[tuple[float, float], ...], ...]


def _arc(  # noqa: PLR0917 - the numbers of one ellipse
    x: float, y: float, across: float, down: float, start: float, end: float
) -> tuple[tuple[float, float], ...]:
    """Part of an ellipse; angles in degrees, 0 to the right, clockwise as seen on paper."""
    steps = max(6, int(abs(end - start) / 22))
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return tuple((x + across * math.cos(angle), y + down * math.sin(angle)) for angle in angles)


DIGITS: dict[str, Glyph] = {
    "0": (_arc(0.5, 0.5, 0.42, 0.5, -80, 290),),
    "1": (((0.2, 0.25), (0.55, 0.0), (0.55, 0.5), (0.53, 1.0)),),
    "2": (
        (
            *_arc(0.48, 0.27, 0.38, 0.27, 190, 370),
            (0.75, 0.52),
            (0.08, 0.99),
            (0.5, 0.97),
            (0.92, 0.98),
        ),
    ),
    "3": ((*_arc(0.45, 0.25, 0.38, 0.25, 205, 440), *_arc(0.45, 0.73, 0.42, 0.27, -80, 160)),),
    "4": (((0.5, 0.0), (0.06, 0.64), (0.5, 0.63), (0.94, 0.62)), ((0.7, 0.32), (0.68, 1.0))),
    "5": (
        ((0.25, 0.02), (0.2, 0.45), *_arc(0.44, 0.68, 0.42, 0.31, 225, 500)),
        ((0.25, 0.02), (0.86, 0.0)),
    ),
    "6": (((0.78, 0.02), (0.4, 0.25), (0.16, 0.6), *_arc(0.5, 0.72, 0.36, 0.28, 180, 530)),),
    "7": (((0.08, 0.04), (0.9, 0.02), (0.6, 0.5), (0.4, 1.0)), ((0.32, 0.52), (0.82, 0.48))),
    "8": ((*_arc(0.5, 0.25, 0.34, 0.25, 90, -270), *_arc(0.5, 0.75, 0.42, 0.25, -90, 270)),),
    "9": ((*_arc(0.48, 0.28, 0.36, 0.28, 20, -340), (0.8, 0.6), (0.66, 1.0)),),
}
