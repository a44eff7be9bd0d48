"""``ratings.csv``: one row per sheet, one column per question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Kind
from omr.survey.model import SheetStatus
from omr.tables.cells import without_leading_zeros
from omr.tables.columns import SHEET_COLUMNS, SHEET_PAGES, Column, Content, Table
from omr.tables.serials import serial_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from omr.form.model import Form, Question
    from omr.survey.model import Answer, Design, SheetRecord


def ratings_table(designs: Sequence[Design], sheets: Iterable[SheetRecord]) -> Table:
    """Every sheet's answers; the question columns are the union over the forms, in their order."""
    questions = _question_columns(designs)
    by_version = {form.layout.version: form.form for form in designs}
    rows = tuple(_row(sheet, by_version[sheet.form_version], tuple(questions)) for sheet in sheets)
    return Table((*SHEET_COLUMNS, *questions.values(), SHEET_PAGES), rows)


def _question_columns(designs: Sequence[Design]) -> Mapping[str, Column]:
    columns: dict[str, Column] = {}
    for design in designs:
        for question in design.form.questions:
            content = Content.TEXT if question.kind is Kind.TEXT else Content.NUMBER
            columns.setdefault(
                question.id, Column(question.id, question.text, question.text, content)
            )
    return columns


def _row(sheet: SheetRecord, form: Form, questions: Sequence[str]) -> tuple[str, ...]:
    answers = {answer.question: answer for answer in sheet.answers}
    rejected = sheet.status is SheetStatus.REJECTED
    return (
        serial_text(sheet.serial),
        form.id,
        sheet.unit,
        sheet.field,
        sheet.opening,
        sheet.status.value,
        "" if rejected else " ".join(sheet.waiting),
        sheet.reason,
        *(
            _cell(sheet, answers[question], form.question(question)) if question in answers else ""
            for question in questions
        ),
        " ".join(str(page.name) for page in sheet.pages),
    )


def _cell(sheet: SheetRecord, answer: Answer, question: Question) -> str:
    """The answer as it counts: empty while the question, or its whole sheet, waits."""
    if answer.doubts or "*" in sheet.waiting:
        return ""
    return without_leading_zeros(answer.value) if question.kind is Kind.NUMBER else answer.value
