"""Questions as rows of a table, the options of a scale as its columns.

Rules lead the eye along a row and dotted leaders from the end of the words to the first box; there
are no verticals and no grey: a laser prints grey as dots, which a 1-bit scan or a photocopy turns
into specks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.fonts import Style
from omr.geometry import Box
from omr.layout.columns import (
    all_options,
    common_options,
    longest_word,
    row_lines,
    set_columns,
)
from omr.layout.drawing import Block, Outline, Rule
from omr.layout.leaders import leader
from omr.layout.measures import (
    BOX_LINE,
    CELL_PADDING,
    HAIRLINE,
    LABEL_COLUMN,
    LEFT,
    RIGHT,
    TABLE_POINTS,
    TABLE_RULE,
    WIDTH,
)
from omr.layout.model import Shape, Target
from omr.layout.text import Align, Run, leading, set_lines, wrap, wrap_evenly, wrap_from_end
from omr.layout.together import kept_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.form.designed import Asked, ScaleTable
    from omr.layout.columns import Columns
    from omr.layout.drawing import Item
    from omr.layout.spacing import Spacing

HEADER_PADDING = 0.7
TITLE_PADDING = 0.3
HEAD_TITLE = "TT"


def table_blocks(tables: Sequence[ScaleTable], spacing: Spacing) -> tuple[Block, ...]:
    """Header, titles and rows of neighbouring tables that are set as one (``are_one``).

    Columns that only some rows use are shown on the pages where such rows stand.
    """
    common, every = common_options(tables), all_options(tables)
    questions = [asked.question.text for table in tables for asked in table.questions]
    full = _table(tables, set_columns(every, questions, spacing), spacing)
    if common in ((), every):
        return full
    plain = _table(tables, set_columns(common, questions, spacing), spacing)
    return tuple(_either(one, other) for one, other in zip(plain, full, strict=True))


def _either(plain: Block, full: Block) -> Block:
    """A block that is drawn as its page demands."""
    header = plain.header and replace(plain.header, full=full.header)
    return replace(
        plain, full=full, header=header, needs_full=len(full.targets) > len(plain.targets)
    )


def _table(tables: Sequence[ScaleTable], columns: Columns, spacing: Spacing) -> tuple[Block, ...]:
    header = _header(tables[0].head, columns, spacing)
    blocks = [header]
    for table in tables:
        rows = [_row(asked, columns, spacing) for asked in table.questions]
        if table.title:
            rows.insert(0, _title_row(table.title, spacing))
        blocks += [replace(row, header=header) for row in kept_together(rows)]
    blocks[1] = replace(blocks[1], opens=False)
    blocks[-1] = _closed(blocks[-1])
    return tuple(blocks)


def _header(head: str, columns: Columns, spacing: Spacing) -> Block:
    """Names of the columns, parted by hairlines."""
    points = TABLE_POINTS
    head_width = columns.left - columns.words_left - CELL_PADDING
    words = [
        (wrap([Run(HEAD_TITLE, Style.BOLD)], points, LABEL_COLUMN), LEFT, LABEL_COLUMN),
        (wrap_evenly([Run(head, Style.BOLD)], points, head_width), columns.words_left, head_width),
    ]
    names = []
    for number, option in enumerate(columns.options):
        inner = max(columns.width - 2 * CELL_PADDING, longest_word([option]))
        lines = wrap_from_end(Run(option.text), points, inner)
        names.append((lines, columns.column_left(number) + (columns.width - inner) / 2, inner))
    most = max(len(lines) for lines, _, _ in (*words, *names))
    height = most * leading(points) + 2 * HEADER_PADDING
    items: list[Item] = [Rule(LEFT, 0, RIGHT, 0, TABLE_RULE)]
    for lines, x, width in (*words, *names):
        y = (height - len(lines) * leading(points)) / 2
        items += set_lines(lines, points, x, y, width, align=Align.CENTRE)
    for number in range(len(columns.options)):
        x = columns.column_left(number)
        items.append(Rule(x, 0, x, height, HAIRLINE))
    items.append(Rule(LEFT, height, RIGHT, height, TABLE_RULE))
    return Block(
        height + TABLE_RULE / 2,
        tuple(items),
        space_before=spacing.paragraph,
        keep_with_next=True,
        opens=True,
    )


def _title_row(title: str, spacing: Spacing) -> Block:
    lines = wrap([Run(title, Style.BOLD)], TABLE_POINTS, WIDTH - 2 * CELL_PADDING)
    padding = spacing.row_padding + TITLE_PADDING
    height = len(lines) * leading(TABLE_POINTS) + 2 * padding
    items = set_lines(lines, TABLE_POINTS, LEFT + CELL_PADDING, padding, WIDTH)
    return Block(height, (*items, _underline(height)), keep_with_next=True, opens=True)


def _row(asked: Asked, columns: Columns, spacing: Spacing) -> Block:
    points = TABLE_POINTS
    lines = row_lines(asked.question.text, columns)
    label = wrap([Run(asked.label)], points, LABEL_COLUMN)
    height = max(spacing.row_height, len(lines) * leading(points) + 2 * spacing.row_padding)
    y = (height - len(lines) * leading(points)) / 2
    label_y = (height - leading(points)) / 2
    words = set_lines(lines, points, columns.words_left, y, WIDTH)
    end = columns.words_left + lines[-1].width
    items: list[Item] = [
        *set_lines(label, points, LEFT, label_y, LABEL_COLUMN, align=Align.CENTRE),
        *words,
        *leader(end, columns.words_right, words[-1].baseline),
    ]
    targets = []
    for option in asked.question.options:
        if option not in columns.options:
            continue
        x = columns.box_left(option.code)
        box = Box(x, (height - spacing.box) / 2, spacing.box, spacing.box)
        items.append(Outline(box, Shape.BOX, BOX_LINE))
        targets.append(Target(asked.question.id, option.code, Shape.BOX, box))
    return Block(height, (*items, _underline(height)), tuple(targets))


def _underline(y: float) -> Rule:
    return Rule(LEFT, y, RIGHT, y, HAIRLINE)


def _closed(row: Block) -> Block:
    """The last row, over the rule that ends the table."""
    y = row.height + (TABLE_RULE - HAIRLINE) / 2
    items = (*row.items[:-1], Rule(LEFT, y, RIGHT, y, TABLE_RULE))
    return replace(row, items=items, height=y + TABLE_RULE / 2)
