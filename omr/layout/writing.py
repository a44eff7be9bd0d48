"""Places to write: digit cells, a frame with dotted lines, the line for the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.fonts import Style
from omr.geometry import Box
from omr.layout.drawing import Block, Outline, Rule
from omr.layout.measures import (
    BODY_POINTS,
    BOX_LINE,
    DIGIT_GAP,
    DIGIT_HEIGHT,
    DIGIT_WIDTH,
    DOT_LINE,
    INNER_RIGHT,
    LEFT,
    TABLE_POINTS,
    WIDTH,
)
from omr.layout.model import Shape, Target
from omr.layout.options import OPTION_INDENT, SIDE_BY_SIDE
from omr.layout.text import Align, Run, baseline_in, leading, set_lines, wrap

if TYPE_CHECKING:
    from omr.form.designed import Asked
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing
    from omr.layout.words import Words

WORDS_TO_CELLS = 0.6
CELL_SPACE = 1.3
"""White above and below digit cells."""
WORDS_GAP = 4.0
FRAME_PADDING = 3.0
FRAME_SPACE = 1.6
"""Least white between the words of a frame and its lower edge."""
FRAME_FOOT = 0.6
"""White under a frame."""
LEAST_TO_WRITE = 60.0
"""Where less than this is left behind the words of a frame, writing begins under them."""


def digits_block(asked: Asked, words: Words) -> Block:
    """Words, and one cell for each digit behind them, or under them where they are long."""
    count = asked.question.digits
    cells = count * (DIGIT_WIDTH + DIGIT_GAP)
    row = DIGIT_HEIGHT + 2 * CELL_SPACE
    beside = len(words.lines) == 1 and words.end + SIDE_BY_SIDE + cells <= WIDTH
    x = LEFT + (words.end + SIDE_BY_SIDE if beside else max(OPTION_INDENT, words.x))
    y = (0.0 if beside else words.height + WORDS_TO_CELLS) + CELL_SPACE
    items: list[Item] = [*words.items((row - leading(TABLE_POINTS)) / 2 if beside else 0.0)]
    targets = []
    for number in range(count):
        box = Box(x + number * (DIGIT_WIDTH + DIGIT_GAP), y, DIGIT_WIDTH, DIGIT_HEIGHT)
        items.append(Outline(box, Shape.BOX, BOX_LINE))
        targets.append(Target(asked.question.id, str(number + 1), Shape.BOX, box))
    return Block(y + DIGIT_HEIGHT + CELL_SPACE, tuple(items), tuple(targets))


def comment_block(asked: Asked, spacing: Spacing) -> Block:
    """A frame with dotted lines to write on; its edge is the last line.

    The first line begins behind the words, or under them where they leave too little room.
    """
    inner, pitch = WIDTH - 2 * FRAME_PADDING, spacing.writing_pitch
    text = f"{asked.label}. {asked.question.text}" if asked.label else asked.question.text
    words = wrap([Run(text)], TABLE_POINTS, inner)
    first = pitch - baseline_in(leading(TABLE_POINTS), TABLE_POINTS)
    foot = pitch + (len(words) - 1) * leading(TABLE_POINTS)
    behind = words[-1].width + WORDS_GAP
    shared = inner - behind >= LEAST_TO_WRITE
    levels = [foot + (line if shared else line + 1) * pitch for line in range(asked.lines)]
    frame = Box(LEFT, 0, WIDTH, max(levels[-1], foot + FRAME_SPACE))
    left, right = LEFT + FRAME_PADDING, frame.right - FRAME_PADDING
    starts = [left + behind if level == foot else left for level in levels]
    target = Target(asked.question.id, "", Shape.BOX, frame)
    items: list[Item] = [
        *set_lines(words, TABLE_POINTS, left, first, inner),
        Outline(frame, Shape.BOX, BOX_LINE),
    ]
    items += [
        Rule(start, level, right, level, DOT_LINE, dotted=True)
        for start, level in zip(starts[:-1], levels[:-1], strict=True)
    ]
    height = frame.bottom + FRAME_FOOT
    return Block(height, tuple(items), (target,), space_before=spacing.paragraph)


def date_block(date_line: str, spacing: Spacing) -> Block:
    """The line for the date, in italics at the right."""
    width = INNER_RIGHT - LEFT
    lines = wrap([Run(date_line, Style.ITALIC)], BODY_POINTS, width)
    items = set_lines(lines, BODY_POINTS, LEFT, 0, width, align=Align.RIGHT)
    return Block(
        len(lines) * leading(BODY_POINTS), items, space_before=spacing.paragraph, narrow=True
    )
