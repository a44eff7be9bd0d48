"""Sheets of photocopied masters: pages without a serial, put together by the order of scanning.

A paper that was scanned several times stands in several rows (:mod:`omr.survey.scan_order`), which
then speak of one sheet. Two copies on which nobody wrote are two sheets: nothing tells them from
one, and two papers must not become one. What the certain rows do not settle waits for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from omr.survey.papers import Paper, page_order, pair_sides, papers
from omr.survey.scan_order import scanned_file, scanned_rows
from omr.survey.split_stacks import doubtful_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from omr.outcome import PageOutcome, PageRead
    from omr.scan.model import PageName
    from omr.survey.model import Design
    from omr.survey.papers import Inkless, PaperTests
    from omr.survey.scan_order import Row

    Sides = Mapping[int, Paper]


@dataclass(frozen=True, slots=True)
class Photocopy:
    """The sides of one copy of a master, and whether they surely belong to one sheet."""

    sides: Sides
    is_certain: bool


def photocopies(
    outcomes: Sequence[PageOutcome], pages: Sequence[PageRead], design: Design, tests: PaperTests
) -> Iterator[Photocopy]:
    """The copies of one master.

    ``outcomes`` are all page images in page order, ``pages`` those that show this master.
    """
    numbers = [page.number for page in design.layout.pages if page.targets or page.code]
    found = [
        paper
        for number in numbers
        for images in [[page for page in pages if page.page == number]]
        for paper in papers(images, tests.alike(images), tests.same_paper)
    ]
    number_of = {
        page_order(image): number for number, paper in enumerate(found) for image in paper.images
    }
    settled: list[list[int]] = []
    doubtful: list[tuple[list[int], bool]] = []
    for row in _rows(outcomes, number_of, numbers):
        ids = [number_of[page_order(image)] for image in row.images]
        if row.is_certain and len(ids) == len(numbers):
            settled.append(ids)
        else:
            doubtful.append((ids, row.is_certain))
    placed: set[int] = set()
    for component in _joined(settled):
        placed.update(component)
        yield from _sheets_of([found[number] for number in component], tests.inkless)
    for ids, is_certain in doubtful:
        free = [number for number in ids if number not in placed]
        placed.update(free)
        if free:
            sides = {found[number].kept.page: found[number] for number in free}
            yield Photocopy(sides, is_certain)


def _rows(
    outcomes: Iterable[PageOutcome],
    ours: dict[tuple[PageName, str], int],
    numbers: Sequence[int],
) -> Iterator[Row]:
    def file_of(page: PageOutcome) -> tuple[str, str]:
        return page.name.file, page.sha256

    files = [
        scanned_file(list(group), numbers, lambda page: page_order(page) in ours)
        for _, group in groupby(sorted(outcomes, key=lambda p: (*file_of(p), p.name.page)), file_of)
    ]
    files = [file for file in files if file.pages]
    settled = {
        ours[page_order(image)]
        for file in files
        for row in scanned_rows(file, is_doubtful=False)
        if row.is_certain and len(row.images) == len(numbers)
        for image in row.images
    }
    doubtful = doubtful_files(files, lambda image: ours[page_order(image)], settled)
    for file, is_doubtful in zip(files, doubtful, strict=True):
        yield from scanned_rows(file, is_doubtful)


def _joined(rows: Iterable[Sequence[int]]) -> list[list[int]]:
    """Rows that share a number, as one list each, in the order of their first row."""
    of: dict[int, list[int]] = {}
    for first, *others in rows:
        joined = of.setdefault(first, [first])
        for other in others:
            theirs = of.get(other, [other])
            if theirs is not joined:
                joined += theirs
                of.update(dict.fromkeys(theirs, joined))
    return list({id(joined): joined for joined in of.values()}.values())


def _sheets_of(component: Sequence[Paper], inkless: Inkless) -> Iterator[Photocopy]:
    """One sheet, if its certain rows have one paper of each page; else rows for a person."""
    by_page: dict[int, list[Paper]] = {}
    for paper in component:
        by_page.setdefault(paper.kept.page, []).append(paper)
    sides = {number: _one(found, inkless) for number, found in by_page.items()}
    whole = {number: side for number, side in sides.items() if side is not None}
    if len(whole) == len(sides):
        yield Photocopy(whole, is_certain=True)
    else:
        yield from (Photocopy(row, is_certain=False) for row in pair_sides(component))


def _one(found: Sequence[Paper], inkless: Inkless) -> Paper | None:
    """These papers of one page as one: empty images of it, where its other page is one paper."""
    images = sorted((image for paper in found for image in paper.images), key=page_order)
    if len(found) > 1 and not all(inkless(image) for image in images):
        return None
    return Paper(images[0], tuple(images[1:]))
