"""Which page images without a serial were scanned as one sheet: told by their order in the file.

Photocopies of a master carry no serial, so nothing on page 2 says to which page 1 it belongs. A
scanner takes the pages of a stack one after the other: 1, 2, 1, 2 …, or 2, 1, 2, 1 … where the
stack lay with its back up. A file is taken to have one order throughout: that in which fewer pages
are lost. Where both orders lose equally many (an odd number of pages, a turned half of the stack),
nothing in that file is certain; and nothing ever is across the end of a file, across another
paper's page, or across an image that could not be read and might have been the missing page.

Blank sides are passed over: they are the backs of sheets that were copied on one side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omr.outcome import PageBlank, PageRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from omr.outcome import PageOutcome


@dataclass(frozen=True, slots=True)
class Row:
    """Page images of one sheet, each another page of the form, in the order of scanning.

    ``is_certain`` says that no other image could belong here, and none of these elsewhere.
    """

    images: tuple[PageRead, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Images of one run that follow each other in a file.

    ``open_before`` and ``open_after``: an image that could not be read stands there, which may be
    one more of them.
    """

    images: tuple[PageRead, ...]
    open_before: bool = False
    open_after: bool = False


def scanned_rows(
    file: Sequence[PageOutcome], numbers: Sequence[int], is_ours: Callable[[PageRead], bool]
) -> list[Row]:
    """The rows of one run's sheets in one file.

    ``file`` are all outcomes of the file, by page; ``numbers`` the form's pages, ascending;
    ``is_ours`` says whether a page that was read counts and belongs to the run.
    """
    stretches = list(_stretches(file, is_ours))
    forward = _lost(stretches, tuple(numbers))
    backward = _lost(stretches, tuple(reversed(numbers)))
    if forward == backward and len(numbers) > 1:
        return [row for stretch in stretches for row in _doubtful_rows(stretch)]
    order = tuple(numbers) if forward <= backward else tuple(reversed(numbers))
    return [row for stretch in stretches for row in _ordered_rows(stretch, order)]


def _stretches(
    file: Sequence[PageOutcome], is_ours: Callable[[PageRead], bool]
) -> Iterator[Stretch]:
    images: list[PageRead] = []
    open_before, position = False, 0
    for outcome in file:
        unread = outcome.name.page > position + 1  # a reading that was cut off
        position = outcome.name.page
        ours = isinstance(outcome, PageRead) and is_ours(outcome)
        if unread or not (ours or isinstance(outcome, PageBlank)):
            is_open = unread or not isinstance(outcome, PageRead)
            if images:
                yield Stretch(tuple(images), open_before, is_open)
            images, open_before = [], is_open
        if ours and isinstance(outcome, PageRead):
            images.append(outcome)
    if images:
        yield Stretch(tuple(images), open_before)


def _groups(stretch: Stretch, order: Sequence[int]) -> list[tuple[PageRead, ...]]:
    """The images of a stretch parted wherever the order of pages begins anew."""
    groups: list[list[PageRead]] = []
    last = len(order)
    for image in stretch.images:
        place = order.index(image.page)
        if place <= last:
            groups.append([])
        groups[-1].append(image)
        last = place
    return [tuple(group) for group in groups]


def _lost(stretches: Iterable[Stretch], order: Sequence[int]) -> int:
    """How many pages are missing if the file is in this order.

    Pages count as not lost where an image stands that could not be read.
    """
    lost = 0
    for stretch in stretches:
        groups = _groups(stretch, order)
        lost += sum(len(order) - len(group) for group in groups)
        if stretch.open_before:
            lost -= order.index(groups[0][0].page)
        if stretch.open_after:
            lost -= len(order) - 1 - order.index(groups[-1][-1].page)
    return lost


def _ordered_rows(stretch: Stretch, order: Sequence[int]) -> Iterator[Row]:
    """Complete groups are certain; what is left between them may belong together."""
    left: list[PageRead] = []
    for group in _groups(stretch, order):
        if len(group) < len(order):
            left += group
            continue
        yield from _rows_of_the_left(left)
        left = []
        yield Row(group, is_certain=True)
    yield from _rows_of_the_left(left)


def _rows_of_the_left(left: Sequence[PageRead]) -> Iterator[Row]:
    """Neighbours that could be one sheet stay together for a person to look at."""
    for row in _doubtful_rows(Stretch(tuple(left))):
        yield replace(row, is_certain=len(row.images) == 1)


def _doubtful_rows(stretch: Stretch) -> Iterator[Row]:
    one_page = len({image.page for image in stretch.images}) == 1  # nothing to pair it with
    images: list[PageRead] = []
    for image in stretch.images:
        if any(image.page == other.page for other in images):
            yield Row(tuple(images), is_certain=one_page)
            images = []
        images.append(image)
    if images:
        yield Row(tuple(images), is_certain=one_page)
