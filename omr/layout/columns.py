"""The columns of a scale table: which options stand where, and how wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import FormError
from omr.fonts import Style, text_width
from omr.language import say
from omr.layout.measures import (
    CELL_PADDING,
    LABEL_COLUMN,
    LEFT,
    NARROWEST_TEXT,
    RIGHT,
    TABLE_POINTS,
)
from omr.layout.paragraphs import break_paragraph
from omr.layout.text import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.form.designed import ScaleTable
    from omr.form.model import Option
    from omr.layout.spacing import Spacing
    from omr.layout.text import Line

COLUMN_STEP = 0.5
HEAD_PADDING = 0.33
"""Least white between the longest word of a column's head and the column's edge."""
LEADER_CLEAR = 2.2
"""Least white between words or leaders and the first box."""


@dataclass(frozen=True)
class Columns:
    """Where a table's columns stand: labels, then words, then one for each option."""

    options: tuple[Option, ...]
    width: float
    box: float

    @property
    def left(self) -> float:
        """X where the first option's column begins."""
        return RIGHT - self.width * len(self.options)

    @property
    def words_left(self) -> float:
        """X where the words begin."""
        return LEFT + LABEL_COLUMN + CELL_PADDING

    @property
    def words_right(self) -> float:
        """X where words and leaders end at the latest, clear of the first box."""
        return self.left + max(0.0, (self.width - self.box) / 2 - LEADER_CLEAR)

    def column_left(self, number: int) -> float:
        """X of the left edge of an option's column, from 0."""
        return self.left + number * self.width

    def box_left(self, code: str) -> float:
        """X of the box of the option with this code; KeyError if no column is its own."""
        for number, option in enumerate(self.options):
            if option.code == code:
                return self.column_left(number) + (self.width - self.box) / 2
        raise KeyError(code)


def set_columns(options: tuple[Option, ...], questions: Sequence[str], spacing: Spacing) -> Columns:
    """The widest columns with which the questions take the fewest lines.

    At least as wide as the longest word of their heads. FormError if the questions are left too
    little room.
    """
    least = max(spacing.column, longest_word(options) + 2 * HEAD_PADDING)
    narrow = Columns(options, least, spacing.box)
    if narrow.left - narrow.words_left < NARROWEST_TEXT:
        raise FormError(_too_many_columns(len(options)))
    steps = range(max(0, int((spacing.widest_column - least) / COLUMN_STEP)), 0, -1)
    wider = (Columns(options, least + step * COLUMN_STEP, spacing.box) for step in steps)
    roomy = (one for one in wider if one.left - one.words_left >= NARROWEST_TEXT)
    return min((*roomy, narrow), key=lambda one: _lines(questions, one))


def _lines(questions: Sequence[str], columns: Columns) -> int:
    return sum(len(row_lines(text, columns)) for text in questions)


def row_lines(text: str, columns: Columns) -> tuple[Line, ...]:
    """A question's words as lines of its row."""
    width = columns.words_right - columns.words_left
    return break_paragraph([Run(text)], TABLE_POINTS, width)


def longest_word(options: Sequence[Option]) -> float:
    """Width in mm of the longest word among the heads of these columns."""
    words = (word for option in options for word in option.text.split(" "))
    return max(text_width(word, Style.REGULAR, TABLE_POINTS) for word in words)


def all_options(tables: Sequence[ScaleTable]) -> tuple[Option, ...]:
    """Every option of tables that are set as one, in the order of the widest."""
    return max((table.columns for table in tables), key=len)


def common_options(tables: Sequence[ScaleTable]) -> tuple[Option, ...]:
    """The options that every row of these tables has."""
    rows = [asked.question.options for table in tables for asked in table.questions]
    return tuple(one for one in all_options(tables) if all(one in options for options in rows))


def are_one(one: ScaleTable, other: ScaleTable) -> bool:
    """Whether two neighbours are one table: the same head, one's columns among the other's."""
    fewer, more = sorted((one.columns, other.columns), key=len)
    return one.head == other.head and fewer == tuple(x for x in more if x in fewer)


def _too_many_columns(count: int) -> str:
    return say(
        f"bảng có {count} cột nên không còn đủ chỗ cho câu hỏi; "
        "hãy bớt cột hoặc viết ngắn tên cột.",
        f"the table has {count} columns and leaves too little room for the questions; use fewer "
        "columns or shorter names.",
    )
