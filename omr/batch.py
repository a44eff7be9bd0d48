"""Read a pile of scans into a survey: list, keep, read with workers, record.

Only this process writes. Everything that has come back from a worker is on record before the next
batch is; an interrupted reading loses nothing of that, and reading again goes on where it stopped,
because a page image is known by its content.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from omr.errors import SurveyError
from omr.language import say
from omr.marks.ink_map import same_paper
from omr.outcome import PageBlank, PageOutcome, PageRefused
from omr.quality import drifts_in
from omr.reading import Reader
from omr.refusal import Reason
from omr.registration.designed import OwnPaper
from omr.scan import FileRefusal, PageRef, file_digest, list_files, list_pages
from omr.survey import Survey
from omr.survey.model import PageStatus, RunKind, SheetStatus
from omr.survey.readings import may_be_tried_again
from omr.survey.sheets import PAIRING_UNCERTAIN
from omr.workers import default_jobs, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from omr.gauge.drift import Drift
    from omr.identity import PageIdentity
    from omr.scan import ScanFile
    from omr.survey.model import Assembly, PrintRun

SPARE_BYTES = 100_000_000
"""Room that must be left beside the copies, for the database and what else the office does."""
UNREADABLE = frozenset(
    {Reason.UNREADABLE_FILE, Reason.ENCRYPTED_FILE, Reason.TOO_LARGE, Reason.UNSAFE_NAME}
)


class Progress(Protocol):
    """Told how far a reading has come."""

    def begin(self, pages: int) -> None:
        """So many page images will be read."""

    def page(self, outcome: PageOutcome) -> None:
        """One more is read."""


class Silent:
    """Progress that nobody watches."""

    def begin(self, pages: int) -> None:
        """Nothing."""

    def page(self, outcome: PageOutcome) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What the named scans hold, whether read now or before.

    ``pages`` counts page images, ``already_read`` those that were on record before; ``sheets`` and
    the counts after it count sheets with a page in these scans, be it a duplicate. ``refused``
    lists page images that were not read, with the reason as in ``pages.csv``.
    ``nothing_readable`` is set where not one image could even be decoded. ``drifts`` are changes
    of print or scan within these scans (:mod:`omr.quality`). ``pairing_uncertain`` counts sheets
    without a serial that wait because their pages may be of several respondents.
    """

    pages: int
    blank: int
    already_read: int
    sheets: int
    accepted: int
    review: int
    rejected: int
    pages_rejected: int
    duplicates: int
    seconds: float
    refused: tuple[tuple[str, str], ...]
    nothing_readable: bool
    deck_pages: int = 0
    drifts: tuple[Drift, ...] = ()
    pairing_uncertain: int = 0


def read(
    survey: Survey,
    scans: Sequence[Path],
    *,
    jobs: int | None = None,
    copy: bool = True,
    progress: Progress | None = None,
) -> ReadSummary:
    """Read scans (files or folders) into the survey.

    ``jobs`` is the number of worker processes, all processors if None. With ``copy`` the originals
    are kept in the survey byte for byte; otherwise only their path and SHA-256 are.

    Raises:
        UsageError: a scan does not exist.
        SurveyError: the disk has no room for the copies, or another reading is under way.
    """
    began = time.monotonic()
    watch = progress or Silent()
    with survey.reading([str(scan) for scan in scans]):
        files = [(file, file_digest(file.path)) for scan in scans for file in list_files(scan)]
        if copy:
            _refuse_full_disk(survey, files)
        keep = survey.store_scan if copy else survey.note_scan
        found: list[PageRef | FileRefusal] = []
        for file, digest in files:
            if digest:
                keep(file.path, digest)
            found.extend(list_pages(file, digest))
        known = survey.known_pages()
        news = [item for item in _once(found) if _key(item) not in known]
        watch.begin(len(news))
        survey.record(_watched(_outcomes(survey, news, jobs), watch))
    return _summary(survey, found, len(found) - len(news), time.monotonic() - began)


def _outcomes(
    survey: Survey, items: Iterable[PageRef | FileRefusal], jobs: int | None
) -> Iterator[PageOutcome]:
    refs: list[PageRef] = []
    for item in items:
        if isinstance(item, PageRef):
            refs.append(item)
        else:
            yield PageRefused(item.name, item.sha256, item.refusal)
    workers = min(jobs or default_jobs(), max(1, len(refs)))
    yield from read_pages(refs, partial(open_reader, survey.folder), workers)


def open_reader(folder: Path) -> Reader:
    """What pages of this survey are read against."""
    with Survey.open(folder) as survey:
        forms = survey.forms
        own = tuple(form for form in forms if not form.layout.is_measured)
        measured = tuple(form for form in forms if form.layout.is_measured)
        return Reader(OwnPaper(survey.id, survey.key, own, _issued(survey.runs())), measured)


def _issued(runs: Sequence[PrintRun]) -> Callable[[PageIdentity], bool]:
    def was_issued(page: PageIdentity) -> bool:
        of_form = (run for run in runs if run.form_version.startswith(page.form))
        if page.serial is None:
            return any(run.kind is RunKind.MASTER and run.number == page.run for run in of_form)
        return any(run.first <= page.serial <= run.last for run in of_form)

    return was_issued


def _watched(outcomes: Iterable[PageOutcome], watch: Progress) -> Iterator[PageOutcome]:
    for outcome in outcomes:
        watch.page(outcome)
        yield outcome


def _key(item: PageRef | FileRefusal) -> tuple[str, int]:
    return item.sha256, item.name.page


def _once(items: Iterable[PageRef | FileRefusal]) -> Iterator[PageRef | FileRefusal]:
    """Each content once: the same file may have been named twice.

    A file that cannot be read is listed under each of its names: all empty files are alike.
    """
    seen: set[tuple[str, int, str]] = set()
    for item in items:
        name = "" if isinstance(item, PageRef) else item.name.file
        key = (*_key(item), name)
        if key not in seen or not item.sha256:
            seen.add(key)
            yield item


def _refuse_full_disk(survey: Survey, files: Iterable[tuple[ScanFile, str]]) -> None:
    new = {digest: file for file, digest in files if digest and survey.scan_path(digest) is None}
    needed = sum(file.path.stat().st_size for file in new.values()) + SPARE_BYTES
    free = shutil.disk_usage(survey.folder).free
    if needed > free:
        needed_mb, free_mb = needed // 1_000_000 + 1, free // 1_000_000
        raise SurveyError(
            say(
                f"Đĩa không đủ chỗ để lưu bản quét: cần {needed_mb} MB, còn {free_mb} MB. Chưa đọc "
                "tệp nào. Hãy dọn đĩa, hoặc dùng --no-copy để không lưu bản sao.",
                f"The disk has no room for the scans: {needed_mb} MB needed, {free_mb} MB free. "
                "Nothing was read. Make room, or use --no-copy to keep no copies.",
            )
        )


def _summary(
    survey: Survey, found: Sequence[PageRef | FileRefusal], already: int, seconds: float
) -> ReadSummary:
    assembly: Assembly = survey.assembly(same_paper)
    keys = {_key(item) for item in found}
    named = {item.name for item in found}

    def is_found(page: PageOutcome) -> bool:
        """Content is known under any name; what may be tried again, under its own only."""
        same = (page.sha256, page.name.page) in keys
        return same and (page.name in named or not may_be_tried_again(page))

    pages = [page for page in assembly.pages if is_found(page.outcome)]
    sheets = [
        sheet
        for sheet in assembly.sheets
        if any(is_found(page) for page in (*sheet.pages, *sheet.copies))
    ]
    refused = [page for page in pages if page.status is PageStatus.REJECTED]
    unreadable = [
        page
        for page in refused
        if isinstance(page.outcome, PageRefused) and page.outcome.refusal.reason in UNREADABLE
    ]
    return ReadSummary(
        pages=len(pages),
        blank=sum(isinstance(page.outcome, PageBlank) for page in pages),
        already_read=already,
        sheets=len(sheets),
        accepted=sum(sheet.status is SheetStatus.ACCEPTED for sheet in sheets),
        review=sum(sheet.status is SheetStatus.REVIEW for sheet in sheets),
        rejected=sum(sheet.status is SheetStatus.REJECTED for sheet in sheets),
        pages_rejected=len(refused),
        duplicates=sum(page.status is PageStatus.DUPLICATE for page in pages),
        seconds=round(seconds, 2),
        refused=tuple((str(page.outcome.name), page.reason) for page in refused),
        nothing_readable=len(unreadable) == len(pages),
        deck_pages=sum(page.reason == Reason.TEST_DECK.value for page in pages),
        drifts=drifts_in(pages),
        pairing_uncertain=sum(sheet.reason == PAIRING_UNCERTAIN for sheet in sheets),
    )
