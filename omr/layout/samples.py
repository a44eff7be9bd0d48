"""Drawn samples of the rule for marking: people who do not read the instruction look at these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Correction
from omr.geometry import Box
from omr.layout.drawing import Block, Fill, Outline, Rule
from omr.layout.measures import BOX_LINE, LEFT, OPTION_GAP, TABLE_POINTS, WIDTH
from omr.layout.model import Shape
from omr.layout.text import Run, leading, set_lines, wrap

if TYPE_CHECKING:
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing

RING = 1.5
"""Diameter of a circle around a box, in sides of the box."""
PEN = 0.45
"""Width of a ball pen's line in mm."""
CROSS = 0.82
"""Span of a cross, in sides of its box."""
BETWEEN = 14.0
CHOSEN, CANCELLED, CHOSEN_AGAIN = "chọn ô này", "bỏ chọn", "chọn lại"


def samples_block(correction: Correction, spacing: Spacing) -> Block | None:
    """A line of sample boxes with what they mean; None where no mark can be taken back."""
    samples = _samples(correction)
    if not samples:
        return None
    height = spacing.box * RING
    words = [wrap([Run(text)], TABLE_POINTS, WIDTH) for text, _, _ in samples]
    widths = [spacing.box + 2 * OPTION_GAP + lines[0].width for lines in words]
    x = LEFT + (WIDTH - sum(widths) - BETWEEN * (len(widths) - 1)) / 2
    items: list[Item] = []
    for (_, is_crossed, is_corrected), lines, width in zip(samples, words, widths, strict=True):
        box = Box(x, (height - spacing.box) / 2, spacing.box, spacing.box)
        items += _sample(box, is_crossed=is_crossed, is_corrected=is_corrected)
        top = (height - leading(TABLE_POINTS)) / 2
        items += set_lines(lines, TABLE_POINTS, box.right + 2 * OPTION_GAP, top, WIDTH)
        x += width + BETWEEN
    space = spacing.paragraph / 2
    return Block(height, tuple(items), space_before=space, keep_with_next=True)


def _samples(correction: Correction) -> tuple[tuple[str, bool, bool], ...]:
    """Words, whether the box is crossed, and whether that is corrected (ringed, or filled)."""
    match correction:
        case Correction.CIRCLE:
            return (CHOSEN, True, False), (CANCELLED, True, True), (CHOSEN_AGAIN, False, True)
        case Correction.FILL:
            return (CHOSEN, True, False), (CANCELLED, False, True)
        case Correction.NONE:
            return ()


def _sample(box: Box, *, is_crossed: bool, is_corrected: bool) -> tuple[Item, ...]:
    outline = Outline(box, Shape.BOX, BOX_LINE)
    if not is_crossed:
        return outline, Fill(box, 1.0)
    arm = box.w * CROSS / 2
    x, y = box.centre
    cross = (
        Rule(x - arm, y - arm, x + arm, y + arm, PEN),
        Rule(x - arm, y + arm, x + arm, y - arm, PEN),
    )
    if not is_corrected:
        return outline, *cross
    ring = Outline(box.grown(box.w * (RING - 1) / 2), Shape.OVAL, PEN)
    return outline, *cross, ring
