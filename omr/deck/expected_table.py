"""The expected ratings: the columns of ``ratings.csv``, filled with what was marked.

A question that must wait is named in ``review`` and its cell is empty, as in the export. One that
may wait is named with a question mark, and its cell holds the right value.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.export.ratings import ratings_table
from omr.responses.model import Doubt
from omr.survey.model import MACHINE, Answer, SheetRecord, SheetStatus, Waits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.survey.model import Design, ExpectedAnswer, PrintRun
    from omr.tables.columns import Table

MAY_WAIT = "?"
"""Follows the id of a question that may wait."""
_REVIEW = "review"


def expected_table(
    designs: Sequence[Design], run: PrintRun, expected: Mapping[int, Sequence[ExpectedAnswer]]
) -> Table:
    """A row for each sheet of the deck, by serial; ``designs`` are all forms of the survey."""
    sheets = [_sheet(serial, answers, run) for serial, answers in sorted(expected.items())]
    table = ratings_table(designs, sheets)
    place = table.header.index(_REVIEW)
    rows = (
        (*row[:place], _waiting(answers), *row[place + 1 :])
        for row, (_, answers) in zip(table.rows, sorted(expected.items()), strict=True)
    )
    return replace(table, rows=tuple(rows))


def _waiting(answers: Sequence[ExpectedAnswer]) -> str:
    named = {Waits.MUST: "{}", Waits.MAY: f"{{}}{MAY_WAIT}"}
    return " ".join(
        named[answer.waits].format(answer.question) for answer in answers if answer.waits in named
    )


def _sheet(serial: int, answers: Sequence[ExpectedAnswer], run: PrintRun) -> SheetRecord:
    waits = any(answer.waits is Waits.MUST for answer in answers)
    return SheetRecord(
        serial=serial,
        form_version=run.form_version,
        unit=run.unit,
        field=run.field,
        opening="",
        status=SheetStatus.REVIEW if waits else SheetStatus.ACCEPTED,
        reason="",
        answers=tuple(_answer(answer) for answer in answers),
        pages=(),
    )


def _answer(expected: ExpectedAnswer) -> Answer:
    must = expected.waits is Waits.MUST
    value = "" if must else expected.value
    doubts = (Doubt.DOUBLE,) if must else ()
    return Answer(expected.question, value, MACHINE, expected.value, doubts, page="", item="")
