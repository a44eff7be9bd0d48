"""The head of the form: authority and nation, title, legal bases, introduction, instruction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.geometry import Box
from omr.layout.drawing import Block, Rule
from omr.layout.furniture import serial_label_width
from omr.layout.measures import (
    BODY_POINTS,
    INNER_RIGHT,
    LEFT,
    PARAGRAPH_INDENT,
    RULE,
    SERIAL_HEIGHT,
    SERIAL_WIDTH,
    TABLE_POINTS,
    TITLE_POINTS,
    WIDTH,
)
from omr.layout.paragraphs import break_paragraph
from omr.layout.samples import samples_block
from omr.layout.text import Align, Run, emphasised, leading, set_lines, wrap_evenly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.form.designed import DesignedForm, Heading
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing

AUTHORITY_WIDTH = 64.0
BODIES = ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "VĂN PHÒNG")
"""Kinds of bodies that official papers set on a line of their own, above the place."""
NATION_LEFT = 97.0
RULE_GAP = 0.9
SERIAL_GAP = 0.6
"""White between the rule under the motto and the row of the serial."""
SERIAL_BOTTOM = 2.0
"""White under the row of the serial: nothing may be taken for a part of it."""
OFFICE_BOTTOM = 1.2
"""White under the rule of the office."""
SUBTITLE_SPACE = 0.4
TITLE_RULE = 0.4
"""Length of the rule under the title block, in parts of its last line."""


def heading_block(heading: Heading) -> tuple[Block, Box]:
    """Authority and office on the left, nation and motto on the right, each over its rule.

    The serial stands under the motto, so that a long name beside it costs little height. Returns
    also the box that the serial is printed in, as drawn: with the block's top at y = 0.
    """
    authority = [
        *_named(heading.authority, Style.REGULAR),
        *_named(heading.office, Style.BOLD),
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
    label = serial_label_width()
    x = NATION_LEFT + (INNER_RIGHT - NATION_LEFT - label - SERIAL_WIDTH) / 2 + label
    serial = Box(x, right_bottom + RULE_GAP + SERIAL_GAP, SERIAL_WIDTH, SERIAL_HEIGHT)
    height = max(left_bottom + RULE_GAP + OFFICE_BOTTOM, serial.bottom + SERIAL_BOTTOM)
    return Block(height, (*left, *right, *rules), keep_with_next=True), serial


def _named(office: str, style: Style) -> list[tuple[str, Style, float]]:
    """An office's name in lines: the kind of body, then the place, where one line is too short."""
    kind = next((kind for kind in BODIES if office.upper().startswith(kind + " ")), "")
    if not kind or text_width(office, style, TABLE_POINTS) <= AUTHORITY_WIDTH:
        return [(office, style, TABLE_POINTS)]
    parts = (office[: len(kind)], office[len(kind) + 1 :])
    return [(part, style, TABLE_POINTS) for part in parts]


def opening_blocks(designed: DesignedForm, spacing: Spacing) -> tuple[Block, ...]:
    """Title block, legal bases, introduction, instruction, and samples where there is room."""
    bases = [(Run(text, Style.ITALIC),) for text in designed.bases]
    texts = [emphasised(text) for text in (designed.intro, designed.instruction) if text]
    samples = samples_block(designed.form.correction, spacing) if _explains(designed) else None
    return (
        _title_block(designed, spacing),
        *(_paragraph(runs, spacing, spacing.paragraph / 2) for runs in bases),
        *(_paragraph(runs, spacing, spacing.paragraph) for runs in texts),
        *((samples,) if samples and spacing.samples else ()),
    )


def _explains(designed: DesignedForm) -> bool:
    """Whether there is anything to mark, and words that say how."""
    return bool(designed.instruction) and any(one.has_targets for one in designed.form.questions)


def _title_block(designed: DesignedForm, spacing: Spacing) -> Block:
    """Name of the paper, what it is about, and the letter it is annexed to, over a short rule."""
    parts = [
        (Run(designed.title, Style.BOLD), TITLE_POINTS),
        (Run(designed.subtitle, Style.BOLD), BODY_POINTS),
        (Run(designed.attachment, Style.ITALIC), BODY_POINTS),
    ]
    items: list[Item] = []
    y = last_width = 0.0
    for run, points in parts:
        if not run.text:
            continue
        y += SUBTITLE_SPACE if items else 0.0
        lines = wrap_evenly([run], points, WIDTH)
        items += set_lines(lines, points, LEFT, y, WIDTH, align=Align.CENTRE)
        y += len(lines) * leading(points)
        last_width = lines[-1].width
    items.append(_centred_rule(LEFT + WIDTH / 2, last_width * TITLE_RULE, y))
    height = y + 2 * RULE_GAP
    return Block(height, tuple(items), space_before=spacing.paragraph, keep_with_next=True)


def _paragraph(runs: Sequence[Run], spacing: Spacing, space: float) -> Block:
    points = spacing.text_points
    lines = break_paragraph(runs, points, WIDTH, indent=PARAGRAPH_INDENT, justified=True)
    items = set_lines(lines, points, LEFT, 0, WIDTH, align=Align.JUSTIFY, indent=PARAGRAPH_INDENT)
    height = len(lines) * leading(points)
    return Block(height, items, space_before=space, keep_with_next=True)


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
