"""Read the numbers in a page's digit cells: cut out, normalised, recognised twice, weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.digits.cells import cut_cells
from omr.digits.confidence import judged
from omr.digits.glyph import Glyph, glyph
from omr.digits.model import CellReading, Fault, NumberReading
from omr.digits.network import NO_DIGIT, Recogniser, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from omr.digits.cells import CellInk
    from omr.registration.model import Placement, RegisteredPage


def read_numbers(page: RegisteredPage, questions: Iterable[str]) -> Mapping[str, NumberReading]:
    """The numbers written into the cells of these number questions of the page."""
    wanted = set(questions)
    cells: dict[str, list[Placement]] = {}
    for placement in page.placements:
        if placement.target.question in wanted:
            cells.setdefault(placement.target.question, []).append(placement)
    numbers = {question: _number(page, placed) for question, placed in cells.items()}
    if any(cell.fault is Fault.FAINT for number in numbers.values() for cell in number.cells):
        # One pen wrote the page: where some of its digits hardly show, others may not show at all.
        return {question: _nothing_empty(number) for question, number in numbers.items()}
    return numbers


def _nothing_empty(number: NumberReading) -> NumberReading:
    faint = CellReading("", 0.0, fault=Fault.FAINT)
    return replace(number, cells=tuple(faint if c.empty else c for c in number.cells))


def _number(page: RegisteredPage, cells: Sequence[Placement]) -> NumberReading:
    in_order = sorted(cells, key=lambda cell: int(cell.target.option))
    *inks, behind = cut_cells(page, in_order)
    readings = read_cells(inks)
    for place, cell in enumerate(in_order):
        if not cell.found:
            readings[place] = CellReading("", 0.0, fault=Fault.UNPLACED)
    return NumberReading(tuple(readings), runs_on=glyph(behind) is not None)


def read_cells(cells: Sequence[CellInk], recogniser: Recogniser | None = None) -> list[CellReading]:
    """What stands in each cell."""
    glyphs = [glyph(cell) for cell in cells]
    whole = [one for one in glyphs if isinstance(one, Glyph)]
    named = iter(read_glyphs(whole, recogniser or shipped()))
    return [
        next(named)
        if isinstance(one, Glyph)
        else CellReading("", 0.0, empty=one is None, fault=one)
        for one in glyphs
    ]


def read_glyphs(glyphs: Sequence[Glyph], recogniser: Recogniser) -> list[CellReading]:
    """The likeliest digit of each glyph, and how sure it is."""
    if not glyphs:
        return []
    one, other = recogniser.scores(glyphs)
    digits, sureness = judged(one, other, recogniser.calibration)
    return [
        CellReading(str(digit) if digit != NO_DIGIT else "", float(sure))
        for digit, sure in zip(digits, sureness, strict=True)
    ]
