"""Questions as rows of a table, the options of a scale as its columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omr.errors import FormError
from omr.fonts import Style, text_width
from omr.geometry import Box
from omr.language import say
from omr.layout.drawing import Block, Outline, Rule
from omr.layout.measures import (
    BOX_LINE,
    BOX_SIDE,
    CELL_PADDING,
    HAIRLINE,
    LABEL_COLUMN,
    LEFT,
    NARROWEST_COLUMN,
    NARROWEST_TEXT,
    RIGHT,
    TABLE_POINTS,
    WIDEST_COLUMN,
    WIDTH,
)
from omr.layout.model import Shape, Target
from omr.layout.text import Align, Run, leading, set_lines, wrap, wrap_evenly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.form.designed import Asked, ScaleTable
    from omr.form.model import Option
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing

HEADER_PADDING = 0.4
HEAD_TITLE = "TT"
LEAST_PADDING = 0.33


@dataclass(frozen=True)
class Columns:
    """Where the columns of a table stand: ``labels`` then words, then one for each option."""

    label_right: float
    text_right: float
    width: float
    count: int

    @property
    def verticals(self) -> tuple[float, ...]:
        """X of every vertical rule."""
        steps = (self.text_right + i * self.width for i in range(self.count + 1))
        return (LEFT, self.label_right, *steps)

    def left(self, number: int) -> float:
        """X of the left edge of an option's column, from 0."""
        return self.text_right + number * self.width


def table_blocks(
    table: ScaleTable, before: ScaleTable | None, spacing: Spacing
) -> tuple[Block, ...]:
    """Header, title row and rows. The header is left out where the table ``before`` has it."""
    columns = _columns(table.columns, spacing.columns)
    header = _header(table, columns, spacing)
    continues = before is not None and (before.columns, before.head) == (table.columns, table.head)
    blocks = [] if continues else [header]
    if table.title:
        blocks.append(replace(_title_row(table.title, spacing), header=header))
    blocks += [replace(_row(asked, columns, spacing), header=header) for asked in table.questions]
    return tuple(blocks)


def _columns(options: tuple[Option, ...], together: float) -> Columns:
    """Columns as wide as the longest word of their heads needs, 12.5 to 16 mm where possible."""
    width = min(WIDEST_COLUMN, together / len(options))
    width = max(width, NARROWEST_COLUMN, _longest_word(options) + 2 * LEAST_PADDING)
    text_right = RIGHT - width * len(options)
    label_right = LEFT + LABEL_COLUMN
    if text_right - label_right < NARROWEST_TEXT:
        raise FormError(_too_many_columns(len(options)))
    return Columns(label_right, text_right, width, len(options))


def _longest_word(options: Sequence[Option]) -> float:
    words = (word for option in options for word in option.text.split(" "))
    return max(text_width(word, Style.REGULAR, TABLE_POINTS) for word in words)


def _header(table: ScaleTable, columns: Columns, spacing: Spacing) -> Block:
    points = TABLE_POINTS
    head_width = columns.text_right - columns.label_right - 2 * CELL_PADDING
    cells = [
        (wrap([Run(HEAD_TITLE, Style.BOLD)], points, LABEL_COLUMN), LEFT, LABEL_COLUMN),
        (
            wrap_evenly([Run(table.head, Style.BOLD)], points, head_width),
            columns.label_right + CELL_PADDING,
            head_width,
        ),
    ]
    for number, option in enumerate(table.columns):
        inner = max(columns.width - 2 * CELL_PADDING, _longest_word([option]))
        lines = wrap([Run(option.text)], points, inner)
        cells.append((lines, columns.left(number) + (columns.width - inner) / 2, inner))
    height = max(len(lines) for lines, _, _ in cells) * leading(points) + 2 * HEADER_PADDING
    items: list[Item] = [Rule(LEFT, 0, RIGHT, 0, HAIRLINE)]
    for lines, x, width in cells:
        y = (height - len(lines) * leading(points)) / 2
        items += set_lines(lines, points, x, y, width, align=Align.CENTRE)
    items += _grid_lines(columns.verticals, height)
    return Block(height, tuple(items), space_before=spacing.paragraph, keep_with_next=True)


def _title_row(title: str, spacing: Spacing) -> Block:
    lines = wrap([Run(title, Style.BOLD)], TABLE_POINTS, WIDTH - 2 * CELL_PADDING)
    height = len(lines) * leading(TABLE_POINTS) + 2 * spacing.row_padding
    items = set_lines(lines, TABLE_POINTS, LEFT + CELL_PADDING, spacing.row_padding, WIDTH)
    return Block(height, (*items, *_grid_lines((LEFT, RIGHT), height)), keep_with_next=True)


def _row(asked: Asked, columns: Columns, spacing: Spacing) -> Block:
    points = TABLE_POINTS
    text_width_mm = columns.text_right - columns.label_right - 2 * CELL_PADDING
    lines = wrap([Run(asked.question.text)], points, text_width_mm)
    label = wrap([Run(asked.label)], points, LABEL_COLUMN)
    height = max(spacing.row_height, len(lines) * leading(points) + 2 * spacing.row_padding)
    y = (height - len(lines) * leading(points)) / 2
    label_y = (height - leading(points)) / 2
    items: list[Item] = [
        *set_lines(label, points, LEFT, label_y, LABEL_COLUMN, align=Align.CENTRE),
        *set_lines(lines, points, columns.label_right + CELL_PADDING, y, text_width_mm),
    ]
    targets = []
    for number, option in enumerate(asked.question.options):
        x = columns.left(number) + (columns.width - BOX_SIDE) / 2
        box = Box(x, (height - BOX_SIDE) / 2, BOX_SIDE, BOX_SIDE)
        items.append(Outline(box, Shape.BOX, BOX_LINE))
        targets.append(Target(asked.question.id, option.code, Shape.BOX, box))
    items += _grid_lines(columns.verticals, height)
    return Block(height, tuple(items), tuple(targets))


def _grid_lines(verticals: tuple[float, ...], height: float) -> list[Item]:
    """The rules around one row: verticals and the one under it."""
    lines: list[Item] = [Rule(x, 0, x, height, HAIRLINE) for x in verticals]
    return [*lines, Rule(verticals[0], height, verticals[-1], height, HAIRLINE)]


def _too_many_columns(count: int) -> str:
    return say(
        f"bảng có {count} cột nên không còn đủ chỗ cho câu hỏi; "
        "hãy bớt cột hoặc viết ngắn tên cột.",
        f"the table has {count} columns and leaves too little room for the questions; use fewer "
        "columns or shorter names.",
    )
