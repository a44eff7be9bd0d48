"""The print-and-scan gauge: a small patch of known print from which every page proves itself.

Grey steps show contrast and exposure, fine lines sharpness, two boxes that nobody is asked to mark
what an empty target looks like on this very page. It stands in the left margin under the page code,
clear of the punched holes (80 mm apart about the middle, ISO 838), of a fold in halves or thirds
and of the pens: at the binding edge nobody is tempted to tick.
"""

from __future__ import annotations

from omr.geometry import Box
from omr.layout.drawing import Fill, Item, Outline
from omr.layout.model import Gauge, GreyStep, LinePattern, Shape

LEFT, TOP = 11.0, 152.0
SIDE = 4.6
"""Side of every part: that of a target, so that the empty boxes are as good as targets."""
PITCH = 5.4
STEPS = (1.0, 0.75, 0.5, 0.25)
COARSE, FINE = 1.0, 0.6
"""Pitch of the lines in mm, black and white alike: 1.0 and 1.7 line pairs per mm. A 150 dpi scan
has 3.5 pixels to the fine ones, a pen stroke is as wide as one of them."""
OUTLINE = 0.25


def gauge() -> Gauge:
    """The gauge at its one place on the page, in mm."""
    return Gauge(
        box=Box(LEFT, TOP, PITCH + SIDE, 4 * PITCH + SIDE),
        steps=tuple(
            GreyStep(_cell(number // 2, number % 2), darkness)
            for number, darkness in enumerate(STEPS)
        ),
        lines=tuple(
            LinePattern(_cell(2 + row, column), pitch, upright=row == 0)
            for row in range(2)
            for column, pitch in enumerate((COARSE, FINE))
        ),
        empties=(_cell(4, 0), _cell(4, 1)),
    )


def gauge_items(printed: Gauge) -> tuple[Item, ...]:
    """What is printed of a gauge."""
    steps = (Fill(step.box, step.darkness) for step in printed.steps)
    lines = (Fill(line, 1.0) for pattern in printed.lines for line in _lines(pattern))
    boxes = (Outline(box, Shape.BOX, OUTLINE) for box in printed.empties)
    return (*steps, *lines, *boxes)


def _cell(row: int, column: int) -> Box:
    return Box(round(LEFT + column * PITCH, 3), round(TOP + row * PITCH, 3), SIDE, SIDE)


def _lines(pattern: LinePattern) -> list[Box]:
    """The black lines, the first at the pattern's edge."""
    box, width = pattern.box, pattern.pitch / 2
    count = int((SIDE + width) / pattern.pitch + 1e-9)
    starts = [number * pattern.pitch for number in range(count)]
    if pattern.upright:
        return [Box(round(box.x + at, 3), box.y, width, box.h) for at in starts]
    return [Box(box.x, round(box.y + at, 3), box.w, width) for at in starts]
