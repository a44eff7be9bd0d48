"""Files whose order of pages other files make uncertain: a stack that was scanned in parts.

A stack 2, 1, 2, 1 … cut inside its sheets gives files like ``2 | 1 2 1 2 | 1``: the one in the
middle looks like whole sheets of the other order. What gives it away are the pages left alone at
the ends of other files. One such page is enough: with it, both orders lose equally many sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.outcome import PageRead
from omr.survey.scan_order import Other

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from omr.survey.scan_order import Order, ScannedFile, Side

    PaperOf = Callable[[PageRead], int]


@dataclass(frozen=True, slots=True)
class LoneEdge:
    """A side at the start or the end of a file whose sheet may go on in another file.

    ``image`` is None where it could not be read: it may be any page.
    """

    image: PageRead | None
    is_start: bool

    def may_be(self, page: int) -> bool:
        """Whether this page may stand there."""
        return self.image is None or self.image.page == page


def doubtful_files(
    files: Sequence[ScannedFile], paper_of: PaperOf, settled: set[int]
) -> list[bool]:
    """For each file of a run whether lone pages of the others make its order uncertain.

    ``paper_of`` numbers the paper that an image shows; ``settled`` are papers that a whole sheet
    of some file holds, which therefore miss nothing elsewhere.
    """
    lone = [edge for file in files for edge in _lone_edges(file)]
    found: list[bool] = []
    for file in files:
        known = settled | {paper_of(image) for image in file.pages}
        others = [e for e in lone if e.image is None or paper_of(e.image) not in known]
        found.append(_fits_the_other_order(file, others))
    return found


def _lone_edges(file: ScannedFile) -> Iterator[LoneEdge]:
    is_open = len(file.orders) > 1  # else an unread side has its place in this file
    for order in file.orders:
        first, last = file.sides[0], file.sides[-1]
        if _is_alone(first, order[0], is_open):
            yield LoneEdge(first if isinstance(first, PageRead) else None, is_start=True)
        if _is_alone(last, order[-1], is_open):
            yield LoneEdge(last if isinstance(last, PageRead) else None, is_start=False)


def _is_alone(side: Side, whole: int, is_open: bool) -> bool:
    """Whether no whole sheet begins or ends with this side; ``whole`` is the page that does."""
    return side.page != whole if isinstance(side, PageRead) else is_open and side is Other.UNREAD


def _fits_the_other_order(file: ScannedFile, lone: Sequence[LoneEdge]) -> bool:
    """Whether the other order loses no more, once lone pages complete it.

    Each such page counts twice: its sheet is whole with it, and was not without.
    """
    order, *others = file.orders
    if others or len(order) == 1:
        return False
    other: Order = order[::-1]
    first, last = file.sides[0], file.sides[-1]
    before = isinstance(first, PageRead) and first.page != other[0]
    after = isinstance(last, PageRead) and last.page != other[-1]
    completed = (before and any(not edge.is_start and edge.may_be(other[0]) for edge in lone)) + (
        after and any(edge.is_start and edge.may_be(other[-1]) for edge in lone)
    )
    return completed > 0 and file.lost(other) - file.lost(order) <= 2 * completed
