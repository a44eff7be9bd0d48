"""What is accepted of a number question, and what waits."""

from __future__ import annotations

import pytest

from omr.digits.model import CellReading, NumberReading
from omr.form.model import Kind, Question
from omr.marks.model import Mark, State
from omr.responses.decide import decide
from omr.responses.model import Doubt, Response, Unsure

NUMBER = Question("n", Kind.NUMBER, "Số lần", digits=3)
STATES = {".": State.UNMARKED, "/": State.MARKED, "?": State.MARGINAL, "o": State.CANCELLED}


def marks(seen: str) -> list[Mark]:
    return [Mark("n", str(i), STATES[each], 0.2, 0.99) for i, each in enumerate(seen, start=1)]


def reading(cells: str, sure: float = 0.9999) -> NumberReading:
    return NumberReading(
        tuple(
            CellReading("", 0.0, empty=True) if cell == "." else CellReading(cell, sure)
            for cell in cells
        )
    )


@pytest.mark.parametrize(
    ("cells", "states", "value"),
    [("123", "///", "123"), (".42", ".//", "42"), ("..7", "..?", "7"), ("007", "///", "7"),
     ("000", "///", "0")],
)  # fmt: skip
def test_sure_digits_are_an_answer_without_leading_zeros(
    cells: str, states: str, value: str
) -> None:
    assert decide(NUMBER, marks(states), number=reading(cells)) == Response("n", (value,))


@pytest.mark.parametrize(
    ("cells", "states"),
    [
        ("1.3", "/./"),  # a gap
        ("12.", "//."),  # 12 or 120?
        (".12", "///"),  # a mark where no digit was seen
        ("123", ".//"),  # a digit where no mark was seen
        ("123", "/o/"),  # ringed
        ("12", "///"),  # a cell was not read at all
        ("123", "//"),  # a cell was not measured at all
    ],
)
def test_whatever_does_not_agree_waits(cells: str, states: str) -> None:
    response = decide(NUMBER, marks(states), number=reading(cells))
    assert response.doubts == (Doubt.NUMBER,)


def test_an_unsure_number_waits_with_its_guess() -> None:
    response = decide(NUMBER, marks(".//"), number=reading(".42", sure=0.98))
    assert response == Response("n", ("42",), (Doubt.NUMBER,))


def test_without_any_reading_it_waits_without_a_guess() -> None:
    assert decide(NUMBER, marks(".//")) == Response("n", (), (Doubt.NUMBER,))


def test_a_number_beside_which_somebody_wrote_waits_for_that() -> None:
    unsure = Unsure(Doubt.WRITING, ("1",))
    response = decide(NUMBER, marks(".//"), number=reading(".42"), if_empty=unsure)
    assert response == Response("n", ("42",), (Doubt.WRITING,))


@pytest.mark.parametrize("number", [None, reading("...")])
def test_empty_cells_are_no_answer(number: NumberReading | None) -> None:
    assert decide(NUMBER, marks("..."), number=number) == Response("n", ())
    faint = Unsure(Doubt.FAINT)
    response = decide(NUMBER, marks("..."), if_empty=faint, number=number)
    assert response == Response("n", (), (Doubt.FAINT,))


def test_empty_cells_behind_which_something_stands_wait() -> None:
    behind = NumberReading(reading("...").cells, runs_on=True)
    assert decide(NUMBER, marks("..."), number=behind).doubts == (Doubt.NUMBER,)


def test_cells_too_faint_for_marks_in_which_digits_are_seen_wait() -> None:
    response = decide(NUMBER, marks("..."), number=reading(".42"))
    assert response == Response("n", ("42",), (Doubt.NUMBER,))
