"""Page images that show the same paper, read more than once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.survey.ink_pattern import ink_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from omr.outcome import PageOutcome, PageRead
    from omr.scan.model import PageName

    SamePaper = Callable[[PageRead, PageRead], bool]
    Pairs = Iterable[tuple[int, int]]
    Alike = Callable[[Sequence[PageRead]], Pairs]
    Inkless = Callable[[PageRead], bool]


@dataclass(frozen=True, slots=True)
class PaperTests:
    """How page images are found to show one paper.

    ``same_paper`` compares two by their ink, whichever comes first. Of many pages without a serial
    ``alike`` gives the pairs worth comparing (by index, the smaller first). ``inkless`` says that
    nobody wrote anything on a page.
    """

    same_paper: SamePaper
    alike: Alike
    inkless: Inkless


@dataclass(frozen=True, slots=True)
class Paper:
    """One side of one paper: the page image that counts, and further images of the same side."""

    kept: PageRead
    copies: tuple[PageRead, ...] = ()

    @property
    def images(self) -> tuple[PageRead, ...]:
        """Every page image of this side, the one that counts first."""
        return (self.kept, *self.copies)


def page_order(page: PageOutcome) -> tuple[PageName, str]:
    """Sort key of page images: their name, then their content where two files share a name."""
    return page.name, page.sha256


def every_pair(pages: Sequence[PageRead]) -> Pairs:
    """All index pairs (i < j): right where few pages claim to be one."""
    return ((i, j) for j in range(len(pages)) for i in range(j))


def papers(pages: Sequence[PageRead], pairs: Pairs, same_paper: SamePaper) -> list[Paper]:
    """Group page images by paper, each group led by its first page by name.

    ``pages`` are in page order; ``pairs`` are the index pairs worth comparing. Whoever is the
    same paper as a second, which is the same as a third, is one with the third: so the groups do
    not depend on the order of comparing, and a pair already joined is not compared again.
    """
    leader = list(range(len(pages)))

    def find(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for first, second in pairs:
        one, other = find(first), find(second)
        if one != other and same_paper(pages[first], pages[second]):
            leader[other] = one
    groups: dict[int, list[PageRead]] = {}
    for index, page in enumerate(pages):
        groups.setdefault(find(index), []).append(page)
    return [Paper(kept, tuple(copies)) for kept, *copies in groups.values()]


def says_nothing(page: PageRead) -> bool:
    """Whether a page was read without an answer or a doubt."""
    return not any(answer.codes or answer.doubts for answer in page.responses)


def both_empty(first: PageRead, second: PageRead, ink: bytes, other_ink: bytes) -> bool:
    """Whether two readings of one numbered page hold neither an answer nor any ink."""
    return (
        first.identity is not None
        and first.identity.serial is not None
        and first.identity == second.identity
        and says_nothing(first)
        and says_nothing(second)
        and not ink_pattern(ink)
        and not ink_pattern(other_ink)
    )


def pair_sides(papers_of_serial: Sequence[Paper]) -> list[dict[int, Paper]]:
    """Papers of one serial as (page number -> side), one entry for each respondent's paper.

    With one paper of each page they belong together. With several nobody can know; those are
    paired that lie nearest to each other in one file, as a scanner takes the sides of a sheet one
    after the other, and the rest in the order of their names.
    """
    by_page: dict[int, list[Paper]] = {}
    for paper in papers_of_serial:
        by_page.setdefault(paper.kept.page, []).append(paper)
    rows: list[dict[int, Paper]] = []
    for number, sides in by_page.items():
        free = list(range(len(rows)))
        left = list(range(len(sides)))
        for _, row, side in sorted(
            (_distance(rows[row], sides[side]), row, side) for row in free for side in left
        ):
            if row in free and side in left:
                rows[row][number] = sides[side]
                free.remove(row)
                left.remove(side)
        rows += [{number: sides[side]} for side in left]
    return rows


def _distance(row: Mapping[int, Paper], side: Paper) -> tuple[bool, int]:
    """How far a side lies from a row's: (not in one file, images between them in that file)."""
    placed = [image for paper in row.values() for image in paper.images]
    return min(
        (False, abs(one.name.page - other.name.page)) if one.sha256 == other.sha256 else (True, 0)
        for one in placed
        for other in side.images
    )
