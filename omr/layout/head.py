"""The head of the page: form number, authority and nation, serial, title, introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.geometry import Box
from omr.layout.drawing import Block, Rule, Slot
from omr.layout.measures import (
    BODY_POINTS,
    INNER_RIGHT,
    LEFT,
    RULE,
    SERIAL_HEIGHT,
    SERIAL_WIDTH,
    TABLE_POINTS,
    TITLE_POINTS,
    WIDTH,
)
from omr.layout.text import (
    Align,
    Run,
    baseline_in,
    emphasised,
    leading,
    set_lines,
    wrap,
    wrap_evenly,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.form.designed import DesignedForm, Heading
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing

AUTHORITY_WIDTH = 64.0
NATION_LEFT = 97.0
RULE_GAP = 0.9
HEADING_BOTTOM = 1.6
SUBTITLE_SPACE = 0.4
MARGIN_LINE_TOP = 13.2
"""Top of the line in the upper margin, between the corner marks."""
SERIAL_LABEL = "Số phiếu:"
SLOT_WIDTH = 118.0


def heading_block(heading: Heading) -> Block:
    """Authority and office on the left, nation and motto on the right, each over its rule."""
    authority = [
        (heading.authority, Style.REGULAR, TABLE_POINTS),
        (heading.office, Style.BOLD, TABLE_POINTS),
    ]
    nation = [
        (heading.nation, Style.BOLD, TABLE_POINTS),
        (heading.motto, Style.BOLD, BODY_POINTS),
    ]
    left, left_bottom, _ = _column(authority, LEFT, AUTHORITY_WIDTH)
    right, right_bottom, motto_width = _column(nation, NATION_LEFT, INNER_RIGHT - NATION_LEFT)
    # The decree: a third to a half of the office's line, and the whole of the motto's.
    rules = (
        _centred_rule(LEFT + AUTHORITY_WIDTH / 2, AUTHORITY_WIDTH * 0.36, left_bottom),
        _centred_rule((NATION_LEFT + INNER_RIGHT) / 2, motto_width, right_bottom),
    )
    height = max(left_bottom, right_bottom) + RULE_GAP + HEADING_BOTTOM
    return Block(height, (*left, *right, *rules), keep_with_next=True)


def form_number_line(form_number: str) -> tuple[Item, ...]:
    """The form's number, right above the heading between the corner marks, as decrees have it."""
    left = LEFT + SLOT_WIDTH
    lines = wrap([Run(form_number, Style.ITALIC)], TABLE_POINTS, INNER_RIGHT - left)
    shift = (SERIAL_HEIGHT - leading(TABLE_POINTS)) / 2
    y = MARGIN_LINE_TOP + shift - leading(TABLE_POINTS) * max(0, len(lines) - 1)
    return set_lines(lines, TABLE_POINTS, left, y, INNER_RIGHT - left, align=Align.RIGHT)


def serial_label(y: float, right: float) -> tuple[Item, ...]:
    """The words before a serial whose box ends at ``right``, in a row that begins at ``y``."""
    lines = wrap([Run(SERIAL_LABEL)], TABLE_POINTS, SERIAL_WIDTH)
    shift = (SERIAL_HEIGHT - leading(TABLE_POINTS)) / 2
    left = right - SERIAL_WIDTH - serial_label_width()
    return set_lines(lines, TABLE_POINTS, left, y + shift, SERIAL_WIDTH)


def serial_label_width() -> float:
    """Width of the words before a serial, with the space after them."""
    return text_width(SERIAL_LABEL + " ", Style.REGULAR, TABLE_POINTS)


def serial_slot(y: float, right: float) -> Slot:
    """Where the serial is printed, in a row that begins at ``y``."""
    box = Box(right - SERIAL_WIDTH, y, SERIAL_WIDTH, SERIAL_HEIGHT)
    return Slot(box, y + baseline_in(SERIAL_HEIGHT, BODY_POINTS), Style.BOLD, BODY_POINTS)


def name_slot(y: float) -> Slot:
    """Where a unit's or a field's name is printed, at the left of a row that begins at ``y``."""
    box = Box(LEFT, y, SLOT_WIDTH, SERIAL_HEIGHT)
    return Slot(box, y + baseline_in(SERIAL_HEIGHT, TABLE_POINTS), Style.REGULAR, TABLE_POINTS)


def opening_blocks(designed: DesignedForm, spacing: Spacing) -> tuple[Block, ...]:
    """Title, subtitle, intro and instruction."""
    title = [Run(designed.title, Style.BOLD)]
    subtitle = [Run(designed.subtitle, Style.BOLD)]
    texts = [emphasised(text) for text in (designed.intro, designed.instruction)]
    blocks = (
        _centred(title, TITLE_POINTS, spacing.paragraph),
        _centred(subtitle, BODY_POINTS, SUBTITLE_SPACE),
        *(_paragraph(runs, spacing) for runs in texts),
    )
    return tuple(block for block in blocks if block.items)


def _centred(runs: Sequence[Run], points: float, space: float) -> Block:
    lines = wrap_evenly(runs, points, WIDTH)
    items = set_lines(lines, points, LEFT, 0, WIDTH, align=Align.CENTRE)
    height = len(lines) * leading(points)
    return Block(height, items, space_before=space, keep_with_next=True)


def _paragraph(runs: Sequence[Run], spacing: Spacing) -> Block:
    points = spacing.text_points
    lines = wrap(runs, points, WIDTH)
    items = set_lines(lines, points, LEFT, 0, WIDTH, align=Align.JUSTIFY)
    height = len(lines) * leading(points)
    return Block(height, items, space_before=spacing.paragraph, keep_with_next=True)


def _column(
    parts: list[tuple[str, Style, float]], x: float, width: float
) -> tuple[list[Item], float, float]:
    """Centred lines; returns the items, the bottom, and the width of the last line."""
    items: list[Item] = []
    y = last_width = 0.0
    for text, style, points in parts:
        lines = wrap_evenly([Run(text, style)], points, width)
        items += set_lines(lines, points, x, y, width, align=Align.CENTRE)
        y += len(lines) * leading(points)
        last_width = lines[-1].width if lines else last_width
    return items, y, last_width


def _centred_rule(centre: float, width: float, bottom: float) -> Rule:
    y = bottom + RULE_GAP
    return Rule(centre - width / 2, y, centre + width / 2, y, RULE)
