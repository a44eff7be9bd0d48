"""Blocks onto pages: as few as can be, evenly filled, titles and heads never parted from rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from omr.errors import FormError
from omr.language import say
from omr.layout.measures import BOTTOM, BOTTOM_NARROW, TOP_NEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.layout.drawing import Block

LOOSEST = 2.2
"""White added before a block at most, in mm, where a page has room to spare."""
WITHIN_SECTION = 100.0
"""A page break inside a section is as bad as so many mm left empty."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its top edge's height on the page, in mm."""

    y: float
    block: Block


Chain = tuple["Block", ...]
"""Blocks that must stand on one page."""


def paginate(blocks: Sequence[Block], first_top: float) -> list[list[Placed]]:
    """Blocks page by page; the first page's flow begins at ``first_top`` mm.

    FormError if one block (or a chain that must stay together) is higher than a page.
    """
    chains = _chains(blocks)
    starts = _even_starts(chains, first_top, len(_greedy_starts(chains, first_top)))
    ends = (*starts[1:], len(chains))
    pages = [
        _page(chains[start:end], _top(number, first_top), number)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return [_loosened(page) for page in pages]


def count_pages(blocks: Sequence[Block], first_top: float) -> int:
    """How many pages the blocks take; FormError as :func:`paginate`."""
    return len(_greedy_starts(_chains(blocks), first_top))


def _chains(blocks: Sequence[Block]) -> list[Chain]:
    chains: list[Chain] = []
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if not block.keep_with_next:
            chains.append(tuple(chain))
            chain = []
    return [*chains, tuple(chain)] if chain else chains


def _top(page: int, first_top: float) -> float:
    return TOP_NEXT if page else first_top


def _greedy_starts(chains: Sequence[Chain], first_top: float) -> list[int]:
    """The first chain of every page, if each is filled before the next begins."""
    starts = [0]
    for number in range(len(chains)):
        page = len(starts) - 1
        if _fits(_page(chains[starts[-1] : number + 1], _top(page, first_top), page)):
            continue
        # Where even the first chain does not fit under the heading, the first page stays empty.
        starts.append(number)
        if not _fits(_page(chains[number : number + 1], TOP_NEXT, page + 1)):
            raise FormError(_too_high())
    return starts


def _even_starts(chains: Sequence[Chain], first_top: float, pages: int) -> tuple[int, ...]:
    """The first chain of every page, if all are filled as evenly as can be."""

    @cache
    def best(start: int, page: int) -> tuple[float, tuple[int, ...]]:
        last = page == pages - 1
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        # Only the first page may stay empty: where the heading leaves too little room.
        for end in (len(chains),) if last else range(start + min(page, 1), len(chains)):
            placed = _page(chains[start:end], _top(page, first_top), page)
            if not _fits(placed):
                break
            rest, starts = (0.0, ()) if last else best(end, page + 1)
            cost = _spare(placed) ** 2 + rest + _cost_of_break(chains, start)
            found = min(found, (cost, (start, *starts)))
        return found

    return best(0, 0)[1]


def _cost_of_break(chains: Sequence[Chain], start: int) -> float:
    """A page should begin with a section."""
    return 0.0 if not start or chains[start][0].opens else WITHIN_SECTION**2


def _page(chains: Sequence[Chain], top: float, page: int) -> list[Placed]:
    """The blocks of these chains at their places, a table's head above rows that lack it."""
    blocks = [block for chain in chains for block in chain]
    if page and blocks and blocks[0].header:
        blocks.insert(0, blocks[0].header)
    if any(block.needs_full for block in blocks):
        blocks = [block.full or block for block in blocks]
    placed: list[Placed] = []
    y = top
    for block in blocks:
        y += block.space_before if placed else 0.0
        placed.append(Placed(y, block))
        y += block.height
    return placed


def _fits(placed: Sequence[Placed]) -> bool:
    return all(
        item.y + item.block.height <= (BOTTOM_NARROW if item.block.narrow else BOTTOM)
        for item in placed
    )


def _spare(placed: Sequence[Placed]) -> float:
    """White below the last block, in mm."""
    wide = [item for item in placed if not item.block.narrow] or placed
    return BOTTOM - (wide[-1].y + wide[-1].block.height) if wide else BOTTOM - TOP_NEXT


def _loosened(page: Sequence[Placed]) -> list[Placed]:
    """The page with its spare room spread over the gaps between blocks."""
    gaps = sum(1 for item in page[1:] if item.block.space_before)
    extra = min(LOOSEST, max(0.0, _spare(page)) / gaps) if gaps else 0.0
    loosened, shift = [], 0.0
    for number, item in enumerate(page):
        shift += extra if number and item.block.space_before else 0.0
        loosened.append(Placed(item.y + shift, item.block))
    return loosened


def _too_high() -> str:
    return say(
        "một phần của mẫu phiếu dài hơn cả trang giấy nên không in được; "
        "hãy rút ngắn lời dẫn, câu hỏi hoặc số dòng ghi ý kiến.",
        "a part of the form is higher than a page and cannot be printed; "
        "shorten the introduction, the question or the lines to write on.",
    )
