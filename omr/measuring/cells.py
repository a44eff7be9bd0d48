"""Cells of a table that are themselves the place for a mark: no box is printed in them.

A row of such a table has words at its left and, beside them, at least two empty cells of one width;
the same cells stand in the rows below. A strip of empty squares without words is meant for digits,
a single empty column for notes or names: these are left to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.layout.model import Shape
from omr.measuring.choose import EMPTY, THICKEST, Candidate, Doubtful, is_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.measuring.ink import InkSums, Pieces
    from omr.measuring.outlines import Outline

LEAST_MM = 4.0
WIDEST_MM = 26.0
"""Wider cells are for writing in."""
WALL_MM = 1.5
"""Two cells are neighbours if no more than this lies between them."""
EQUAL_MM = 0.8
EQUAL_SHARE = 0.12
WORDS_REACH_MM = 120.0
LEAST_LETTERS = 4
"""So many letters left of a row's cells are words; a row number has fewer."""
FEWEST_COLUMNS = 2
FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells taken as targets, and empty ones that may be."""

    targets: tuple[Candidate, ...]
    doubtful: tuple[Doubtful, ...]


def find_cells(
    outlines: Sequence[Outline], lines: InkSums, letters: Pieces, taken: Sequence[Candidate]
) -> Cells:
    """Mark cells among a page's outlines.

    ``lines`` is the page's ink of any tint, ``taken`` the boxes and ovals that were found before.
    """
    empty = [
        Candidate(outline.box, Shape.BOX, outline.filled)
        for outline in outlines
        if _is_empty_cell(outline, lines)
        and not any(outline.inside.overlaps(one.box) for one in taken)
    ]
    strips = [strip for strip in _strips(empty) if len(strip) >= FEWEST_COLUMNS]
    worded = [strip for strip in strips if _has_words(strip, letters)]
    taken_cells = [
        cell
        for strip in worded
        if sum(_same_columns(strip, other) for other in worded) >= FEWEST_ROWS
        for cell in strip
    ]
    doubtful = [
        Doubtful(cell.box, "empty-cell")
        for strip in strips
        for cell in strip
        if cell not in taken_cells
    ]
    return Cells(tuple(taken_cells), tuple(doubtful))


def _is_empty_cell(outline: Outline, lines: InkSums) -> bool:
    inside = outline.inside
    if outline.shape is not Shape.BOX or min(inside.w, inside.h) < LEAST_MM:
        return False
    if inside.w > WIDEST_MM or outline.filled > EMPTY:
        return False
    if max(outline.strokes) > THICKEST * min(inside.w, inside.h):
        return False
    return is_cell(outline, lines)


def _strips(cells: Sequence[Candidate]) -> list[list[Candidate]]:
    """Neighbouring cells of one width and one row, from left to right."""
    strips: list[list[Candidate]] = []
    for cell in sorted(cells, key=lambda one: (one.box.x, one.box.y)):
        for strip in strips:
            if _follows(strip[-1].box, cell.box):
                strip.append(cell)
                break
        else:
            strips.append([cell])
    return strips


def _follows(one: Box, other: Box) -> bool:
    return (
        abs(other.x - one.right) <= WALL_MM
        and abs(one.y - other.y) <= EQUAL_MM
        and abs(one.bottom - other.bottom) <= EQUAL_MM
        and _equal(one.w, other.w)
    )


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= max(EQUAL_MM, EQUAL_SHARE * max(one, other))


def _has_words(strip: Sequence[Candidate], letters: Pieces) -> bool:
    first = strip[0].box
    left = max(first.x - WORDS_REACH_MM, 0.0)
    return letters.count(Box(left, first.y, first.x - left, first.h)) >= LEAST_LETTERS


def _same_columns(one: Sequence[Candidate], other: Sequence[Candidate]) -> bool:
    return len(one) == len(other) and all(
        abs(a.box.x - b.box.x) <= EQUAL_MM and abs(a.box.right - b.box.right) <= EQUAL_MM
        for a, b in zip(one, other, strict=True)
    )
