"""``marks.csv``: one row per target of every page that belongs to a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.survey.model import MACHINE
from omr.tables.cells import number
from omr.tables.columns import MARK_COLUMNS, Table
from omr.tables.serials import serial_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omr.survey.model import SheetRecord

_DECIMALS = 4
"""Places of ink and confidence: well below what a scan can tell apart."""


def marks_table(sheets: Iterable[SheetRecord]) -> Table:
    """What the pen left at every target: sheet by sheet, page by page, in the layout's order."""
    return Table(MARK_COLUMNS, (row for sheet in sheets for row in _rows(sheet)))


def _rows(sheet: SheetRecord) -> Iterator[tuple[str, ...]]:
    deciders = {answer.question: answer.decided_by for answer in sheet.answers}
    for page in sheet.pages:
        for mark in page.marks:
            yield (
                serial_text(sheet.serial),
                page.name.file,
                str(page.name),
                str(page.page),
                mark.question,
                mark.option,
                mark.state.value,
                number(mark.ink, _DECIMALS),
                number(mark.confidence, _DECIMALS),
                deciders.get(mark.question, MACHINE),
            )
