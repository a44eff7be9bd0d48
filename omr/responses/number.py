"""From what was read in digit cells to a response: a sure number, no answer, or a person's turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.marks.model import State
from omr.responses.model import Doubt, Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.digits.model import NumberReading
    from omr.form.model import Question
    from omr.marks.model import Mark
    from omr.responses.model import Unsure


def decide_number(
    question: Question,
    marks: Sequence[Mark],
    number: NumberReading | None,
    unsure: Unsure | None = None,
) -> Response:
    """The response to a number question; its code is the number without leading zeros.

    Cells that are all there, and empty to all who look, are no answer. A number is one where every
    digit was read for sure, the marks' states say the same about which cells are empty, and nothing
    on the page (``unsure``: a faint pen, writing beside the cells) speaks against believing it.
    Anything else waits, with the likeliest number as a guess where there is one.
    """
    is_whole = len(marks) >= max(question.digits, 1)
    if is_whole and all(mark.state is State.UNMARKED for mark in marks) and _is_empty(number):
        return Response(question.id, (), () if unsure is None else (unsure.doubt,))
    codes = (str(int(number.digits)),) if number and number.digits else ()
    if number is None or not (is_whole and number.is_sure and _agree(marks, number)):
        return Response(question.id, codes, (Doubt.NUMBER,))
    return Response(question.id, codes, () if unsure is None else (unsure.doubt,))


def _is_empty(number: NumberReading | None) -> bool:
    """Whether the digits' own look at the cells, which sees fainter ink, found none either."""
    return number is None or (not number.runs_on and all(cell.empty for cell in number.cells))


def _agree(marks: Sequence[Mark], number: NumberReading) -> bool:
    """Whether both say the same of each cell: empty, or written in and not taken back."""
    in_order = sorted(marks, key=lambda mark: int(mark.option))
    return len(in_order) == len(number.cells) and all(
        mark.state is not State.CANCELLED and (mark.state is State.UNMARKED) == cell.empty
        for mark, cell in zip(in_order, number.cells, strict=True)
    )
