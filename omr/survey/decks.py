"""Test decks on record: their serials, and the answers that were printed on them.

What was printed is kept, so that a later version of this program is held against the paper and not
against what it would print itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.survey import ledger
from omr.survey.model import ExpectedAnswer, Waits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.survey.database import Database
    from omr.survey.model import PrintRun


def issue(
    database: Database, run: PrintRun, sheets: Sequence[Sequence[ExpectedAnswer]]
) -> PrintRun:
    """Issue a serial for each sheet and record its answers, all of it or nothing.

    ``run`` says form, unit, field and time; its number and serials are given here.
    """
    with database.transaction():
        issued = ledger.issue_next(database, run)
        for serial, answers in enumerate(sheets, start=issued.first):
            for position, answer in enumerate(answers):
                database.insert(
                    "INSERT INTO deck_answer VALUES (?, ?, ?, ?, ?)",
                    (serial, position, answer.question, answer.value, answer.waits.value),
                )
    return issued


def expected(database: Database, first: int, last: int) -> Mapping[int, tuple[ExpectedAnswer, ...]]:
    """The answers printed on the deck sheets among these serials, in form order."""
    rows = database.rows(
        "SELECT serial, question, value, waits FROM deck_answer WHERE serial BETWEEN ? AND ? "
        "ORDER BY serial, position",
        (first, last),
    )
    found: dict[int, tuple[ExpectedAnswer, ...]] = {}
    for serial, question, value, waits in rows:
        answer = ExpectedAnswer(question, value, Waits(waits))
        found[serial] = (*found.get(serial, ()), answer)
    return found
