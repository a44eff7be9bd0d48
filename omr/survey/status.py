"""Where a survey stands: what is printed, read, waiting, rejected and missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.survey.model import PageStatus, SheetStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.survey.model import Assembly, Issued, PageRecord, SheetRecord


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """Counts, and the lists behind them.

    ``printed`` counts serials, ``sheets_read`` the rows of ratings.csv (two papers with one serial
    are two). ``pages`` counts page images by status and reason without its detail, sorted.
    ``missing`` are the serials of which no page was read; ``waiting`` the sheets in review;
    ``rejected_pages`` the page images that were not read.
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


def status_of(assembly: Assembly, issued: Iterable[Issued]) -> StatusCounts:
    """Count an assembly against what was issued."""
    by_status = Counter(sheet.status for sheet in assembly.sheets)
    serials = [sheet.serial for sheet in issued]
    read = {sheet.serial for sheet in assembly.sheets}
    return StatusCounts(
        printed=len(serials),
        sheets_read=len(assembly.sheets),
        accepted=by_status[SheetStatus.ACCEPTED],
        review=by_status[SheetStatus.REVIEW],
        rejected=by_status[SheetStatus.REJECTED],
        pages=_page_counts(assembly.pages),
        missing=tuple(serial for serial in serials if serial not in read),
        waiting=tuple(s for s in assembly.sheets if s.status is SheetStatus.REVIEW),
        rejected_pages=tuple(p for p in assembly.pages if p.status is PageStatus.REJECTED),
    )


def _page_counts(pages: Iterable[PageRecord]) -> tuple[tuple[PageStatus, str, int], ...]:
    counts = Counter((page.status, _slug(page)) for page in pages)
    return tuple((status, reason, count) for (status, reason), count in sorted(counts.items()))


def _slug(page: PageRecord) -> str:
    return page.reason.partition(":")[0] if page.status is PageStatus.REJECTED else ""
