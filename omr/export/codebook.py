"""The codebook: what the question ids and option codes of a survey mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.tables.cells import number
from omr.tables.columns import (
    CODEBOOK_COLUMNS,
    FILE_COLUMNS,
    MARK_COLUMNS,
    PAGE_COLUMNS,
    REVIEW_COLUMNS,
    SHEET_COLUMNS,
    SHEET_PAGES,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.form.model import Question
    from omr.survey.model import Design

_SCORE_DECIMALS = 4


def codebook_table(designs: Sequence[Design]) -> Table:
    """A row per option of every question; a question without options has one row."""
    rows = tuple(
        (form.form.id, form.layout.version, *row)
        for form in designs
        for question in form.form.questions
        for row in _question_rows(question)
    )
    return Table(CODEBOOK_COLUMNS, rows)


def columns_table() -> Table:
    """What the columns of the exported files hold, in both languages."""
    files = {
        "ratings.csv": (*SHEET_COLUMNS, SHEET_PAGES),
        "marks.csv": MARK_COLUMNS,
        "pages.csv": PAGE_COLUMNS,
        "review.csv": REVIEW_COLUMNS,
        "codebook.csv": CODEBOOK_COLUMNS,
    }
    rows = tuple(
        (file, column.name, column.vietnamese, column.english)
        for file, columns in files.items()
        for column in columns
    )
    return Table(FILE_COLUMNS, rows)


def _question_rows(question: Question) -> Iterator[tuple[str, ...]]:
    head = (question.id, question.kind.value, question.factor, question.text)
    if not question.options:
        yield (*head, "", "", "")
    for option in question.options:
        yield (*head, option.code, option.text, number(option.score, _SCORE_DECIMALS))
