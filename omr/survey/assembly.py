"""From page images to sheets: a pure function of what was recorded, whatever its order.

Numbered pages make a sheet by their serial. If a page of it was read twice, the pen's ink tells
whether that is the same paper (then it counts once) or another one with the same serial (then
both wait for a person, since nobody can know here which is the photocopy). Photocopies of a master
are put together by the order of scanning. Measured pages are a sheet each. Pages of a test deck are
listed and make no sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from omr.identity import format_serial
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.survey.model import Assembly, PageRecord, PageStatus, RunKind
from omr.survey.papers import every_pair, page_order, papers
from omr.survey.photocopies import photocopies
from omr.survey.sheets import measured_sheet, numbered_sheets, photocopied_sheet
from omr.survey.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from omr.outcome import PageOutcome
    from omr.scan.model import PageName
    from omr.survey.model import Decision, Design, Issued, PrintRun, SheetRecord
    from omr.survey.papers import Paper, PaperTests
    from omr.survey.photocopies import Photocopy


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that a survey has on record.

    ``withdrawn`` are (file, SHA-256); ``decisions`` stand oldest first; ``issued`` is by serial,
    ``masters`` are the print runs of sheets without serial by number, ``designs`` by form version.
    """

    outcomes: tuple[PageOutcome, ...]
    withdrawn: frozenset[tuple[str, str]]
    decisions: tuple[Decision, ...]
    issued: Mapping[int, Issued]
    masters: Mapping[int, PrintRun]
    designs: Mapping[str, Design]


def assemble(recorded: Recorded, tests: PaperTests) -> Assembly:
    """Put sheets and page records together.

    ``tests`` compares pages with one serial and page number, and those pages without a serial, of
    one form or master and one page number, that it finds alike.
    """
    ordered = sorted(recorded.outcomes, key=page_order)
    refused = {page_order(page): _why_not(page, recorded) for page in ordered}
    read = [
        page for page in ordered if isinstance(page, PageRead) and refused[page_order(page)] is None
    ]
    pages = [page for page in read if not _is_test(page, recorded)]
    deck = {page_order(page) for page in read if _is_test(page, recorded)}
    verdicts = Verdicts(recorded.decisions)
    sheets: list[SheetRecord] = []
    copies: dict[tuple[PageName, str], PageRead] = {}
    for serial, sides in _numbered(pages, tests):
        issued = recorded.issued[serial]
        sheets += numbered_sheets(sides, issued, recorded.designs[issued.form_version], verdicts)
        copies |= _copies(sides)
    for run, copy in _photocopied(ordered, pages, recorded, tests):
        design = recorded.designs[run.form_version]
        sheets.append(photocopied_sheet(copy, run, design, verdicts))
        copies |= _copies(copy.sides.values())
    for version, sides in _measured(pages, tests):
        design = recorded.designs[version]
        sheets += [measured_sheet(side, design, verdicts) for side in sides]
        copies |= _copies(sides)
    sheets.sort(key=_sheet_order)
    records = [
        PageRecord(page, PageStatus.READ, Reason.TEST_DECK.value)
        if page_order(page) in deck
        else _page_record(page, refused[page_order(page)], copies.get(page_order(page)))
        for page in ordered
    ]
    return Assembly(tuple(sheets), tuple(records))


def _why_not(page: PageOutcome, recorded: Recorded) -> Refusal | None:
    """Why a page image gives nothing to a sheet; None for a page that does, and a blank one."""
    if (page.name.file, page.sha256) in recorded.withdrawn:
        return Refusal(Reason.WITHDRAWN)
    if isinstance(page, PageRead):
        return _not_issued(page, recorded) or _unknown_page(page, recorded)
    return page.refusal if isinstance(page, PageRefused) else None


def _not_issued(page: PageRead, recorded: Recorded) -> Refusal | None:
    if page.identity is None:
        return None
    serial, run = page.identity.serial, page.identity.run or 0
    issued = recorded.masters.get(run) if serial is None else recorded.issued.get(serial)
    if issued is None:
        number = f"run-{run}" if serial is None else format_serial(serial)
        return Refusal(Reason.NOT_ISSUED, number)
    as_issued = issued.form_version == page.form_version
    return None if as_issued else Refusal(Reason.OTHER_FORM, page.form_version[:12])


def _is_test(page: PageRead, recorded: Recorded) -> bool:
    """Whether it is a page of a test deck, which never counts."""
    serial = page.identity.serial if page.identity else None
    return serial is not None and recorded.issued[serial].kind is RunKind.DECK


def _unknown_page(page: PageRead, recorded: Recorded) -> Refusal | None:
    design = recorded.designs.get(page.form_version)
    numbers = [] if design is None else [layout.number for layout in design.layout.pages]
    return None if page.page in numbers else Refusal(Reason.OTHER_FORM, page.form_version[:12])


def _numbered(pages: Sequence[PageRead], tests: PaperTests) -> Iterator[tuple[int, list[Paper]]]:
    """(serial, papers of all its pages), by serial."""

    def serial_of(page: PageRead) -> int:
        return page.identity.serial or 0 if page.identity else 0

    numbered = sorted(filter(serial_of, pages), key=serial_of)
    for serial, group in groupby(numbered, serial_of):
        by_page: dict[int, list[PageRead]] = {}
        for page in group:
            by_page.setdefault(page.page, []).append(page)
        yield (
            serial,
            [
                paper
                for _, images in sorted(by_page.items())
                for paper in papers(images, every_pair(images), tests.same_paper)
            ],
        )


def _photocopied(
    outcomes: Sequence[PageOutcome],
    pages: Sequence[PageRead],
    recorded: Recorded,
    tests: PaperTests,
) -> Iterator[tuple[PrintRun, Photocopy]]:
    """(print run, a copy of its master) for every photocopy."""
    by_run: dict[int, list[PageRead]] = {}
    for page in pages:
        if page.identity is not None and page.identity.run is not None:
            by_run.setdefault(page.identity.run, []).append(page)
    for number, images in sorted(by_run.items()):
        run = recorded.masters[number]
        for copy in photocopies(outcomes, images, recorded.designs[run.form_version], tests):
            yield run, copy


def _measured(pages: Sequence[PageRead], tests: PaperTests) -> Iterator[tuple[str, list[Paper]]]:
    """(form version, its papers) of the pages of measured forms."""
    by_form: dict[tuple[str, int], list[PageRead]] = {}
    for page in pages:
        if page.identity is None:
            by_form.setdefault((page.form_version, page.page), []).append(page)
    for (version, _), images in by_form.items():
        yield version, papers(images, tests.alike(images), tests.same_paper)


def _copies(sides: Iterable[Paper]) -> dict[tuple[PageName, str], PageRead]:
    """The page image that counts instead, by the sort key of each further image of a paper."""
    return {page_order(copy): side.kept for side in sides for copy in side.copies}


def _page_record(
    page: PageOutcome, refusal: Refusal | None, counts_instead: PageRead | None
) -> PageRecord:
    if refusal is not None:
        return PageRecord(page, PageStatus.REJECTED, str(refusal))
    if isinstance(page, PageBlank):
        return PageRecord(page, PageStatus.BLANK)
    if counts_instead is not None:
        return PageRecord(page, PageStatus.DUPLICATE, str(counts_instead.name))
    return PageRecord(page, PageStatus.READ)


def _sheet_order(sheet: SheetRecord) -> tuple[bool, int, tuple[PageName, str]]:
    first = min(page_order(page) for page in sheet.pages)
    return sheet.serial is None, sheet.serial or 0, first
