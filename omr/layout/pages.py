"""Blocks onto pages: greedy from the top, titles and table heads never parted from their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import FormError
from omr.language import say
from omr.layout.measures import BOTTOM, BOTTOM_NARROW, TOP_NEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.layout.drawing import Block

LOOSEST = 2.2
"""White added before a block at most, in mm, where a page has room to spare."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its top edge's height on the page, in mm."""

    y: float
    block: Block


def paginate(blocks: Sequence[Block], first_top: float) -> list[list[Placed]]:
    """Blocks page by page; the first page's flow begins at ``first_top`` mm.

    FormError if one block (or a chain that must stay together) is higher than a page.
    """
    pages: list[list[Placed]] = [[]]
    y = first_top
    for chain in _chains(blocks):
        placed = _place(chain, y, at_top=not pages[-1])
        if not _fits(placed) and (pages[-1] or len(pages) == 1):
            pages.append([])
            placed = _place(_with_header(chain), TOP_NEXT, at_top=True)
        if not _fits(placed):
            raise FormError(_too_high())
        pages[-1] += placed
        y = placed[-1].y + placed[-1].block.height
    return [_loosened(page) for page in pages]


def _chains(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if not block.keep_with_next:
            yield chain
            chain = []
    if chain:
        yield chain


def _with_header(chain: list[Block]) -> list[Block]:
    header = chain[0].header
    return [header, *chain] if header else chain


def _place(chain: list[Block], y: float, *, at_top: bool) -> list[Placed]:
    placed: list[Placed] = []
    for block in chain:
        y += 0.0 if at_top and not placed else block.space_before
        placed.append(Placed(y, block))
        y += block.height
    return placed


def _fits(placed: list[Placed]) -> bool:
    return all(
        item.y + item.block.height <= (BOTTOM_NARROW if item.block.narrow else BOTTOM)
        for item in placed
    )


def _loosened(page: list[Placed]) -> list[Placed]:
    """The page with its spare room spread over the gaps between blocks."""
    gaps = sum(1 for item in page[1:] if item.block.space_before)
    wide = [item for item in page if not item.block.narrow] or page
    spare = BOTTOM - (wide[-1].y + wide[-1].block.height)
    extra = min(LOOSEST, max(0.0, spare) / gaps) if gaps else 0.0
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
