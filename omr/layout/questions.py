"""Questions one below the other: options beside or under the words, digit cells, frames."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.form.model import Kind
from omr.geometry import Box
from omr.layout.drawing import Block, Outline, Rule
from omr.layout.measures import (
    BODY_POINTS,
    BOX_LINE,
    BOX_SIDE,
    DIGIT_GAP,
    DIGIT_HEIGHT,
    DIGIT_WIDTH,
    HAIRLINE,
    INNER_RIGHT,
    LEFT,
    OPTION_GAP,
    TABLE_POINTS,
    WIDTH,
)
from omr.layout.model import Shape, Target
from omr.layout.options import OPTION_INDENT, SIDE_BY_SIDE, arrange
from omr.layout.text import Align, Run, baseline_in, leading, set_lines, wrap

if TYPE_CHECKING:
    from omr.form.designed import Asked, QuestionList
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing

WORDS_TO_OPTIONS = 0.6
FEW_WORDS = 40.0
WORDS_GAP = 4.0
FRAME_PADDING = 3.0
FRAME_SPACE = 1.6
"""Least white between the words of a frame and its lower edge."""
LEAST_TO_WRITE = 60.0
"""Where less than this is left behind the words of a frame, writing begins under them."""


def question_blocks(section: QuestionList, spacing: Spacing) -> tuple[Block, ...]:
    """The blocks of a list of questions, with its title."""
    title = (title_block(section.title, spacing),) if section.title else ()
    lead = _common_lead(section)
    blocks = [_question_block(asked, lead, spacing) for asked in section.questions]
    blocks[0] = replace(blocks[0], space_before=0.0 if title else spacing.paragraph)
    return (*title, *blocks)


def title_block(title: str, spacing: Spacing) -> Block:
    """A section's title, never left alone at the foot of a page."""
    lines = wrap([Run(title, Style.BOLD)], BODY_POINTS, WIDTH)
    items = set_lines(lines, BODY_POINTS, LEFT, 0, WIDTH)
    height = len(lines) * leading(BODY_POINTS)
    return Block(height, items, space_before=spacing.paragraph, keep_with_next=True)


def _common_lead(section: QuestionList) -> float:
    """Where the options of all questions with few words begin, so that they stand in line."""
    widths = (_words_width(asked) for asked in section.questions if asked.question.has_targets)
    return max((width for width in widths if width <= FEW_WORDS), default=0.0) + WORDS_GAP


def _words_width(asked: Asked) -> float:
    return text_width(_words(asked), Style.REGULAR, TABLE_POINTS)


def _words(asked: Asked) -> str:
    return f"{asked.label}. {asked.question.text}" if asked.label else asked.question.text


def _question_block(asked: Asked, lead: float, spacing: Spacing) -> Block:
    match asked.question.kind:
        case Kind.TEXT:
            return _comment(asked, spacing)
        case Kind.NUMBER:
            return _digits(asked)
        case _:
            return _marked(asked, lead, spacing.option_pitch)


def _marked(asked: Asked, lead: float, pitch: float) -> Block:
    """Words with their options beside them or in rows below."""
    words = _words_width(asked)
    found = arrange(asked.question.options, words, (lead, words + WORDS_GAP))
    lines = wrap([Run(_words(asked))], TABLE_POINTS, WIDTH)
    top = (pitch - leading(TABLE_POINTS)) / 2
    y = 0.0 if found.beside else top + len(lines) * leading(TABLE_POINTS) + WORDS_TO_OPTIONS
    items: list[Item] = [*set_lines(lines, TABLE_POINTS, LEFT, top, WIDTH)]
    targets: list[Target] = []
    for option, place in zip(asked.question.options, found.places, strict=True):
        row = y + place.row * pitch
        box = Box(
            LEFT + found.indent + place.x,
            row + (pitch - BOX_SIDE) / 2,
            BOX_SIDE,
            BOX_SIDE,
        )
        line = wrap([Run(option.text)], TABLE_POINTS, WIDTH)
        items.append(Outline(box, Shape.BOX, BOX_LINE))
        items += set_lines(line, TABLE_POINTS, box.right + OPTION_GAP, row + top, WIDTH)
        targets.append(Target(asked.question.id, option.code, Shape.BOX, box))
    return Block(y + found.rows * pitch, tuple(items), tuple(targets))


def _digits(asked: Asked) -> Block:
    """Words, and one cell for each digit behind them, or under them where they are long."""
    count = asked.question.digits
    cells = count * (DIGIT_WIDTH + DIGIT_GAP)
    lines = wrap([Run(_words(asked))], TABLE_POINTS, WIDTH)
    beside = len(lines) == 1 and lines[0].width + SIDE_BY_SIDE + cells <= WIDTH
    row = DIGIT_HEIGHT + 2
    words_top = (row - leading(TABLE_POINTS)) / 2 if beside else 0.0
    items: list[Item] = [*set_lines(lines, TABLE_POINTS, LEFT, words_top, WIDTH)]
    x = LEFT + (lines[0].width + SIDE_BY_SIDE if beside else OPTION_INDENT)
    y = (0.0 if beside else len(lines) * leading(TABLE_POINTS) + WORDS_TO_OPTIONS) + 1
    targets = []
    for number in range(count):
        box = Box(x + number * (DIGIT_WIDTH + DIGIT_GAP), y, DIGIT_WIDTH, DIGIT_HEIGHT)
        items.append(Outline(box, Shape.BOX, BOX_LINE))
        targets.append(Target(asked.question.id, str(number + 1), Shape.BOX, box))
    return Block(y + DIGIT_HEIGHT + 1, tuple(items), tuple(targets))


def _comment(asked: Asked, spacing: Spacing) -> Block:
    """A frame with dotted lines to write on; its edge is the last line.

    The first line begins behind the words, or under them where they leave too little room.
    """
    inner, pitch = WIDTH - 2 * FRAME_PADDING, spacing.writing_pitch
    words = wrap([Run(_words(asked))], TABLE_POINTS, inner)
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
        Rule(start, level, right, level, HAIRLINE, dotted=True)
        for start, level in zip(starts[:-1], levels[:-1], strict=True)
    ]
    return Block(frame.bottom, tuple(items), (target,), space_before=spacing.paragraph)


def date_block(date_line: str, spacing: Spacing) -> Block:
    """The line for the date, in italics at the right."""
    width = INNER_RIGHT - LEFT
    lines = wrap([Run(date_line, Style.ITALIC)], BODY_POINTS, width)
    items = set_lines(lines, BODY_POINTS, LEFT, 0, width, align=Align.RIGHT)
    return Block(
        len(lines) * leading(BODY_POINTS), items, space_before=spacing.paragraph, narrow=True
    )
