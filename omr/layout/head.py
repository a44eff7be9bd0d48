"""The head of the first page: authority and nation, form number and serial, title, intro."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.fonts import Style
from omr.geometry import Box
from omr.layout.drawing import Block, Rule, Slot
from omr.layout.measures import (
    BODY_POINTS,
    INNER_RIGHT,
    LEFT,
    RIGHT,
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
    from omr.form.designed import DesignedForm, Heading
    from omr.layout.drawing import Item

AUTHORITY_WIDTH = 64.0
NATION_LEFT = 97.0
RULE_GAP = 0.9
HEADING_BOTTOM = 2.6
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


def number_block(form_number: str) -> Block:
    """Form number at the right, and the label of the serial under it."""
    row = SERIAL_HEIGHT
    items: list[Item] = []
    if form_number:
        lines = wrap([Run(form_number, Style.ITALIC)], TABLE_POINTS, WIDTH - SLOT_WIDTH)
        items += set_lines(lines[:1], TABLE_POINTS, LEFT, 0, WIDTH, Align.RIGHT)
    items += serial_label(row, RIGHT)
    return Block(2 * row, tuple(items), keep_with_next=True)


def serial_label(y: float, right: float) -> tuple[Item, ...]:
    """The words before a serial whose box ends at ``right``, in a row that begins at ``y``."""
    lines = wrap([Run(SERIAL_LABEL)], TABLE_POINTS, SERIAL_WIDTH)
    shift = (SERIAL_HEIGHT - leading(TABLE_POINTS)) / 2
    end = right - SERIAL_WIDTH
    return set_lines(
        lines, TABLE_POINTS, end - SERIAL_WIDTH, y + shift, SERIAL_WIDTH - 1, Align.RIGHT
    )


def serial_slot(y: float, right: float) -> Slot:
    """Where the serial is printed, in a row that begins at ``y``."""
    box = Box(right - SERIAL_WIDTH, y, SERIAL_WIDTH, SERIAL_HEIGHT)
    return Slot(box, y + baseline_in(SERIAL_HEIGHT, BODY_POINTS), Style.BOLD, BODY_POINTS)


def name_slot(y: float) -> Slot:
    """Where a unit's or a field's name is printed, at the left of a row that begins at ``y``."""
    box = Box(LEFT, y, SLOT_WIDTH, SERIAL_HEIGHT)
    return Slot(box, y + baseline_in(SERIAL_HEIGHT, TABLE_POINTS), Style.REGULAR, TABLE_POINTS)


def opening_blocks(designed: DesignedForm) -> tuple[Block, ...]:
    """Title, subtitle, intro and instruction."""
    blocks = [_paragraph([Run(designed.title, Style.BOLD)], TITLE_POINTS, Align.CENTRE, 0.5)]
    if designed.subtitle:
        subtitle = [Run(designed.subtitle, Style.BOLD)]
        blocks.append(_paragraph(subtitle, BODY_POINTS, Align.CENTRE, 0.3))
    for text in (designed.intro, designed.instruction):
        if text:
            blocks.append(_paragraph(emphasised(text), BODY_POINTS, Align.JUSTIFY, 1.6))
    return tuple(blocks)


def _paragraph(
    runs: list[Run] | tuple[Run, ...], points: float, align: Align, space: float
) -> Block:
    break_lines = wrap_evenly if align is Align.CENTRE else wrap
    lines = break_lines(runs, points, WIDTH)
    items = set_lines(lines, points, LEFT, 0, WIDTH, align)
    return Block(len(lines) * leading(points), items, space_before=space, keep_with_next=True)


def _column(
    parts: list[tuple[str, Style, float]], x: float, width: float
) -> tuple[list[Item], float, float]:
    """Centred lines; returns the items, the bottom, and the width of the last line."""
    items: list[Item] = []
    y = last_width = 0.0
    for text, style, points in parts:
        lines = wrap([Run(text, style)], points, width)
        items += set_lines(lines, points, x, y, width, Align.CENTRE)
        y += len(lines) * leading(points)
        last_width = lines[-1].width if lines else last_width
    return items, y, last_width


def _centred_rule(centre: float, width: float, bottom: float) -> Rule:
    y = bottom + RULE_GAP
    return Rule(centre - width / 2, y, centre + width / 2, y, RULE)
