"""Writing the table of what waits, without losing what somebody wrote into an older one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say
from omr.review.decisions import parse_decisions
from omr.review.items import decidable, waiting_items
from omr.review.writer import REVIEW_FILE, write_review

if TYPE_CHECKING:
    from pathlib import Path

    from omr.survey import Survey
    from omr.survey.model import Assembly


@dataclass(frozen=True, slots=True)
class Written:
    """How many items wait, and where table and page lie."""

    items: int
    table: Path
    page: Path


def write_waiting(survey: Survey, assembly: Assembly, out: Path) -> Written:
    """Write review.csv, the pictures and the page into ``out``.

    Raises:
        UsageError: the folder cannot be written to, or its review.csv holds decisions that were
            not imported yet.
    """
    _refuse_losing_decisions(survey, assembly, out / REVIEW_FILE)
    items = waiting_items(tuple(survey.designs.values()), assembly.sheets, survey.crops)
    table, page = write_review(items, out)
    return Written(len(items), table, page)


def _refuse_losing_decisions(survey: Survey, assembly: Assembly, table: Path) -> None:
    """Hours of a person's work may stand in an older table: it must be imported first."""
    if not table.exists():
        return
    known = decidable(tuple(survey.designs.values()), assembly.pages)
    standing = {(decision.item, decision.value) for decision in survey.decisions()}
    try:
        written = parse_decisions(table.read_bytes(), known, decided_at="", reviewer="?")
        lost = any((decision.item, decision.value) not in standing for decision in written)
    except UsageError:
        lost = True
    if lost:
        raise UsageError(
            say(
                f"{table} có quyết định chưa nhập, ghi đè sẽ mất. Hãy nhập trước: omr review "
                f"{survey.folder} --import {table}; hoặc chọn thư mục khác bằng -o.",
                f"{table} holds decisions that were not imported; they would be lost. First: omr "
                f"review {survey.folder} --import {table}; or choose another folder with -o.",
            )
        )
