"""Which page images without a serial were scanned as one sheet: told by their order in the file.

Photocopies of a master carry no serial, so nothing on page 2 says to which page 1 it belongs. A
scanner takes the pages of a stack one after the other: 1, 2, 1, 2 …, or 2, 1, 2, 1 … where the
stack lay with its back up. A file is taken to have one order throughout: that in which fewer sides
are lost. An image that could not be read, and a blank one, is a side like any other: of this sheet
or of another. So a single side that was lost or scanned twice makes both orders lose equally many,
or stands alone, and nothing certain is wrong; whatever number of sides could not be read. Two lost
sides can hide each other: the back of one sheet and the front of the next (two sheets drawn in at
once), or the first and the last of a file. No order shows that; a count of the papers does.

Nothing is ever certain across the end of a file, an unread image or another paper's page. Blank
sides are passed over only where each paper of the file has one, on the same side: copied on one
side, scanned on both. Where many sides are blank in another way, nothing in the file is certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from omr.outcome import PageBlank, PageRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from omr.outcome import PageOutcome

    Order = tuple[int, ...]


class Other(Enum):
    """A side in a file that is none of the pages to be paired."""

    UNREAD = "unread"  # may be one of them: refused, not on record yet, or empty
    FOREIGN = "foreign"  # another paper's page


Side = PageRead | Other


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


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """The sides of one file as they matter to one run; ``numbers`` are the form's pages, ascending.

    Blank backs of papers copied on one side are left out. ``is_irregular``: they do not lie as the
    backs of a whole stack do, so that a side is lost or failed and no order is certain.
    """

    sides: tuple[Side, ...]
    numbers: Order
    is_irregular: bool = False

    @property
    def pages(self) -> tuple[PageRead, ...]:
        """The images of the run."""
        return tuple(side for side in self.sides if isinstance(side, PageRead))

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders in which fewest sides are lost: one, or both, and then nothing is certain."""
        both = dict.fromkeys((self.numbers, self.numbers[::-1]))
        if self.is_irregular:
            return tuple(both)
        fewest = min(map(self.lost, both))
        return tuple(order for order in both if self.lost(order) == fewest)

    def lost(self, order: Order) -> int:
        """How many sides are missing if the file is in this order."""
        return lost_sides(self.sides, order)


def scanned_file(
    file: Sequence[PageOutcome], numbers: Sequence[int], is_ours: Callable[[PageRead], bool]
) -> ScannedFile:
    """One file, as it matters to one run.

    ``file`` are all outcomes of the file, by page; ``numbers`` the form's pages, ascending;
    ``is_ours`` says whether a page that was read counts and belongs to the run.
    """
    at = {outcome.name.page: outcome for outcome in file}
    ours = {n for n, page in at.items() if isinstance(page, PageRead) and is_ours(page)}
    blank = {n for n, page in at.items() if isinstance(page, PageBlank)}
    end = max(at, default=0)
    has_backs = len(blank) * 2 > len(ours)  # more than sides that failed
    positions = set(range(1, end + 1)) - (blank if has_backs else set())
    sides = (_side(at.get(position), position in ours) for position in sorted(positions))
    is_irregular = has_backs and not _are_backs(blank, ours, end)
    return ScannedFile(tuple(sides), tuple(numbers), is_irregular)


def _side(outcome: PageOutcome | None, is_ours: bool) -> Side:
    if not isinstance(outcome, PageRead):
        return Other.UNREAD
    return outcome if is_ours else Other.FOREIGN


def _are_backs(blank: set[int], ours: set[int], images: int) -> bool:
    """Whether blank images are the backs of papers copied on one side and scanned on both.

    Then images (1, 2), (3, 4) … are a paper each, and the empty side is the same throughout. A
    back that could not be copied, or a lost side, breaks that rule.
    """
    one_side = len({position % 2 for position in blank}) == 1
    backs = {position + 1 if position % 2 else position - 1 for position in ours}
    return one_side and not backs & ours and images % 2 == 0


def lost_sides(sides: Sequence[Side], order: Order) -> int:
    """The fewest sides that are missing if sheets with this order of pages were scanned.

    An unread side stands for any page; beside another paper's page it may be that paper's too.
    """
    length = len(order)
    lost = {0: 0}  # by the place in the sheet where the next side is expected
    for index, side in enumerate(sides):
        if side is Other.FOREIGN:
            lost = {0: min(count + -place % length for place, count in lost.items())}
        elif isinstance(side, PageRead):
            found = order.index(side.page)
            fewest = min(count + (found - place) % length for place, count in lost.items())
            lost = {(found + 1) % length: fewest}
        else:
            after = {(place + 1) % length: count for place, count in lost.items()}
            if 0 in lost and Other.FOREIGN in sides[max(index - 1, 0) : index + 2]:
                after[0] = min(lost[0], after.get(0, lost[0]))
            lost = after
    return min(count + -place % length for place, count in lost.items())


def scanned_rows(file: ScannedFile, is_doubtful: bool) -> list[Row]:
    """The rows of one file. ``is_doubtful``: other files make its order of pages uncertain."""
    stretches = list(_stretches(file.sides))
    order, *others = file.orders
    if others or is_doubtful:
        return [row for stretch in stretches for row in _doubtful_rows(stretch)]
    return [row for stretch in stretches for row in _ordered_rows(stretch, order)]


def _stretches(sides: Sequence[Side]) -> Iterator[Stretch]:
    images: list[PageRead] = []
    open_before = False
    for side in sides:
        if isinstance(side, PageRead):
            images.append(side)
            continue
        is_open = side is Other.UNREAD
        if images:
            yield Stretch(tuple(images), open_before, is_open)
        images, open_before = [], is_open
    if images:
        yield Stretch(tuple(images), open_before)


def _groups(stretch: Stretch, order: Order) -> list[tuple[PageRead, ...]]:
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


def _ordered_rows(stretch: Stretch, order: Order) -> Iterator[Row]:
    """Complete groups are certain; what is left between them may belong together."""
    groups = _groups(stretch, order)
    moved = {*_turned(stretch, groups, order), *_fronts_before_backs(groups, order)}
    left: list[PageRead] = []
    for place, group in enumerate(groups):
        if len(group) < len(order) or place in moved:
            left += group
            continue
        yield from _rows_of_the_left(left)
        left = []
        yield Row(group, is_certain=True)
    yield from _rows_of_the_left(left)


def _turned(stretch: Stretch, groups: Sequence[Sequence[PageRead]], order: Order) -> range:
    """The groups that may be sheets lying the other way round in the stack.

    Such a part begins like a sheet whose first side is lost, and ends like one that lost its last.
    """
    no_first = [n for n, group in enumerate(groups) if group[0].page != order[0]]
    no_last = [n for n, group in enumerate(groups) if group[-1].page != order[-1]]
    if stretch.open_before:
        no_first = [n for n in no_first if n > 0]
    if stretch.open_after:
        no_last = [n for n in no_last if n < len(groups) - 1]
    return range(no_first[0], no_last[-1] + 1) if no_first and no_last else range(0)


def _fronts_before_backs(groups: Sequence[Sequence[PageRead]], order: Order) -> Iterator[int]:
    """The groups 1, 2 in 1, 1, 2, 2: papers scanned on one side first, then on the other."""
    for place in range(1, len(groups) - 1):
        before, after = groups[place - 1], groups[place + 1]
        if before[-1].page != order[-1] and after[0].page != order[0]:
            yield place


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
