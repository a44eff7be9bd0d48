"""Questions one below the other: options beside or under the words, digit cells, frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.fonts import Style
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
    OPTION_PITCH,
    TABLE_POINTS,
    WIDTH,
    WRITING_PITCH,
)
from omr.layout.model import Shape, Target
from omr.layout.text import Align, Run, leading, set_lines, wrap

if TYPE_CHECKING:
    from omr.form.designed import Asked, QuestionList
    from omr.form.model import Option
    from omr.layout.drawing import Item

TITLE_SPACE = 2.0
LIST_SPACE = 1.5
WORDS_TO_OPTIONS = 0.6
OPTION_INDENT = 5.0
SIDE_BY_SIDE = 5.0
MOST_COLUMNS = 6
FRAME_SPACE = 1.2


def question_blocks(section: QuestionList) -> tuple[Block, ...]:
    """The blocks of a list of questions, with its title."""
    title = (title_block(section.title),) if section.title else ()
    blocks = [_question_block(asked) for asked in section.questions]
    return (*title, *blocks)


def title_block(title: str) -> Block:
    """A section's title, never left alone at the foot of a page."""
    lines = wrap([Run(title, Style.BOLD)], BODY_POINTS, WIDTH)
    items = set_lines(lines, BODY_POINTS, LEFT, 0, WIDTH)
    height = len(lines) * leading(BODY_POINTS)
    return Block(height, items, space_before=TITLE_SPACE, keep_with_next=True)


def _question_block(asked: Asked) -> Block:
    match asked.question.kind:
        case Kind.TEXT:
            return _comment(asked)
        case Kind.NUMBER:
            return _digits(asked)
        case _:
            return _one_row(asked) or _words_above(asked)


def _words(asked: Asked) -> str:
    return f"{asked.label}. {asked.question.text}" if asked.label else asked.question.text


def _one_row(asked: Asked) -> Block | None:
    """Words and all options in one row, None where they do not fit."""
    lines = wrap([Run(_words(asked))], TABLE_POINTS, WIDTH)
    widths = [_option_width(option) for option in asked.question.options]
    free = WIDTH - lines[0].width - sum(widths)
    if len(lines) > 1 or free < SIDE_BY_SIDE * len(widths):
        return None
    gap = min(free / len(widths), 2 * SIDE_BY_SIDE)
    y = (OPTION_PITCH - leading(TABLE_POINTS)) / 2
    items: list[Item] = [*set_lines(lines, TABLE_POINTS, LEFT, y, WIDTH)]
    targets: list[Target] = []
    x = LEFT + lines[0].width + gap
    for option, width in zip(asked.question.options, widths, strict=True):
        _place_option(asked, option, x, 0, items, targets)
        x += width + gap
    return Block(OPTION_PITCH, tuple(items), tuple(targets))


def _words_above(asked: Asked) -> Block:
    """Words first, options in a grid under them; a long option takes several cells."""
    lines = wrap([Run(_words(asked))], TABLE_POINTS, WIDTH)
    top = (OPTION_PITCH - leading(TABLE_POINTS)) / 2
    items: list[Item] = [*set_lines(lines, TABLE_POINTS, LEFT, top, WIDTH)]
    targets: list[Target] = []
    y = top + len(lines) * leading(TABLE_POINTS) + WORDS_TO_OPTIONS
    cell, places = _grid(asked.question.options)
    for option, (row, column) in zip(asked.question.options, places, strict=True):
        x = LEFT + OPTION_INDENT + column * cell
        _place_option(asked, option, x, y + row * OPTION_PITCH, items, targets)
    height = y + (places[-1][0] + 1) * OPTION_PITCH
    return Block(height, tuple(items), tuple(targets))


def _grid(options: tuple[Option, ...]) -> tuple[float, list[tuple[int, int]]]:
    """Cell width, and row and column of every option: fewest rows, then widest cells."""
    best: tuple[float, list[tuple[int, int]]] | None = None
    for columns in range(1, MOST_COLUMNS + 1):
        cell = (WIDTH - OPTION_INDENT) / columns
        places: list[tuple[int, int]] = []
        row = column = 0
        for option in options:
            cells = min(columns, -int(-(_option_width(option) + SIDE_BY_SIDE / 2) // cell))
            if column + cells > columns:
                row, column = row + 1, 0
            places.append((row, column))
            column += cells
        if best is None or places[-1][0] < best[1][-1][0]:
            best = cell, places
    assert best is not None  # noqa: S101 - the loop runs at least once
    return best


def _option_width(option: Option) -> float:
    line = wrap([Run(option.text)], TABLE_POINTS, WIDTH - OPTION_INDENT - BOX_SIDE - OPTION_GAP)
    return BOX_SIDE + OPTION_GAP + max(part.width for part in line)


def _place_option(
    asked: Asked, option: Option, x: float, y: float, items: list[Item], targets: list[Target]
) -> None:
    box = Box(x, y + (OPTION_PITCH - BOX_SIDE) / 2, BOX_SIDE, BOX_SIDE)
    words = wrap([Run(option.text)], TABLE_POINTS, WIDTH)
    shift = (OPTION_PITCH - leading(TABLE_POINTS)) / 2
    items.append(Outline(box, Shape.BOX, BOX_LINE))
    items += set_lines(words, TABLE_POINTS, box.right + OPTION_GAP, y + shift, WIDTH)
    targets.append(Target(asked.question.id, option.code, Shape.BOX, box))


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


def _comment(asked: Asked) -> Block:
    """Words, and a frame with dotted lines to write on."""
    lines = wrap([Run(_words(asked))], TABLE_POINTS, WIDTH)
    items: list[Item] = [*set_lines(lines, TABLE_POINTS, LEFT, 0, WIDTH)]
    y = len(lines) * leading(TABLE_POINTS) + FRAME_SPACE
    frame = Box(LEFT, y, WIDTH, asked.lines * WRITING_PITCH)
    items.append(Outline(frame, Shape.BOX, BOX_LINE))
    for number in range(1, asked.lines):
        level = y + number * WRITING_PITCH
        items.append(Rule(LEFT + 3, level, LEFT + WIDTH - 3, level, HAIRLINE, dotted=True))
    target = Target(asked.question.id, "", Shape.BOX, frame)
    return Block(frame.bottom, tuple(items), (target,), space_before=LIST_SPACE)


def date_block(date_line: str) -> Block:
    """The line for the date, in italics at the right."""
    width = INNER_RIGHT - LEFT
    lines = wrap([Run(date_line, Style.ITALIC)], BODY_POINTS, width)
    items = set_lines(lines, BODY_POINTS, LEFT, 0, width, Align.RIGHT)
    return Block(len(lines) * leading(BODY_POINTS), items, space_before=LIST_SPACE, narrow=True)
