"""Where a survey stands: what is printed, read, waiting, rejected and missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.refusal import Reason
from omr.survey.model import PageStatus, RunKind, SheetStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.survey.model import Assembly, Issued, PageRecord, SheetRecord


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """Counts, and the lists behind them.

    ``printed`` counts serials, ``sheets_read`` the rows of ratings.csv (two papers with one serial
    are two). ``pages`` counts page images by status and reason without its detail, sorted.
    ``missing`` are the serials of which no page was read; ``waiting`` the sheets in review;
    ``rejected_pages`` the page images that were not read. Sheets of test decks are in none of
    these: ``deck_sheets`` counts those printed, ``deck_pages`` the page images of them that were
    read. ``photocopied`` counts the sheets read that are copies of a master without serial.
    """

    printed: int
    sheets_read: int
    accepted: int
    review: int
    rejected: int
    pages: tuple[tuple[PageStatus, str, int], ...]
    missing: tuple[int, ...]
    waiting: tuple[SheetRecord, ...]
    rejected_pages: tuple[PageRecord, ...]
    deck_sheets: int = 0
    deck_pages: int = 0
    photocopied: int = 0


def status_of(assembly: Assembly, issued: Iterable[Issued]) -> StatusCounts:
    """Count an assembly against what was issued."""
    by_status = Counter(sheet.status for sheet in assembly.sheets)
    kinds = {sheet.serial: sheet.kind for sheet in issued}
    serials = [serial for serial, kind in kinds.items() if kind is RunKind.SHEETS]
    read = {sheet.serial for sheet in assembly.sheets}
    counted = [page for page in assembly.pages if page.reason != Reason.TEST_DECK.value]
    return StatusCounts(
        printed=len(serials),
        sheets_read=len(assembly.sheets),
        accepted=by_status[SheetStatus.ACCEPTED],
        review=by_status[SheetStatus.REVIEW],
        rejected=by_status[SheetStatus.REJECTED],
        pages=_page_counts(counted),
        missing=tuple(serial for serial in serials if serial not in read),
        waiting=tuple(s for s in assembly.sheets if s.status is SheetStatus.REVIEW),
        rejected_pages=tuple(p for p in assembly.pages if p.status is PageStatus.REJECTED),
        deck_sheets=sum(kind is RunKind.DECK for kind in kinds.values()),
        deck_pages=len(assembly.pages) - len(counted),
        photocopied=sum(_is_photocopy(sheet) for sheet in assembly.sheets),
    )


def _is_photocopy(sheet: SheetRecord) -> bool:
    """Whether it is a copy of a master: a page of ours that has no serial."""
    return sheet.serial is None and sheet.pages[0].identity is not None


def _page_counts(pages: Iterable[PageRecord]) -> tuple[tuple[PageStatus, str, int], ...]:
    counts = Counter((page.status, _slug(page)) for page in pages)
    return tuple((status, reason, count) for (status, reason), count in sorted(counts.items()))


def _slug(page: PageRecord) -> str:
    return page.reason.partition(":")[0] if page.status is PageStatus.REJECTED else ""
