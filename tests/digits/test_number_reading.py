"""A number is only as sure as its digits, and only where its cells leave no question open."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.digits.model import LEAST_CONFIDENCE, LEAST_OF_DIGIT, CellReading, Fault, NumberReading

EMPTY = CellReading("", 0.0, empty=True)
SURE = LEAST_OF_DIGIT + (1 - LEAST_OF_DIGIT) / 2


def number(cells: str, sure: float = SURE) -> NumberReading:
    """``.`` is an empty cell, ``?`` one that was not read."""
    readings = {".": EMPTY, "?": CellReading("", 0.0, fault=Fault.SIZE)}
    return NumberReading(tuple(readings.get(cell, CellReading(cell, sure)) for cell in cells))


@pytest.mark.parametrize("cells", ["7", "42", "042", ".42", "..2", "100", "000"])
def test_a_number_that_ends_in_the_last_cell_is_sure(cells: str) -> None:
    assert number(cells).is_sure
    assert number(cells).digits == cells.lstrip(".")


@pytest.mark.parametrize("cells", ["4.", "4.2", ".4.", "5..", "...", "?", "4?", "?4", "?.", ".?"])
def test_gaps_and_cells_that_were_not_read_are_for_a_person(cells: str) -> None:
    assert not number(cells).is_sure
    assert number(cells).confidence == 0.0


@pytest.mark.parametrize(
    ("cells", "guess"), [("4.", "4"), ("4.2", "42"), ("4?", ""), ("...", ""), ("?", "")]
)
def test_the_guess_is_given_only_where_every_written_cell_has_one(cells: str, guess: str) -> None:
    assert number(cells).digits == guess


def test_a_number_that_runs_on_behind_its_cells_is_for_a_person() -> None:
    cells = number("42").cells
    assert NumberReading(cells).is_sure
    assert not NumberReading(cells, runs_on=True).is_sure


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12), st.integers(0, 3))
def test_confidence_is_the_product_and_empty_cells_before_it_change_nothing(
    sure: list[float], before: int
) -> None:
    cells = (*[EMPTY] * before, *(CellReading("3", one) for one in sure))
    reading = NumberReading(cells)
    assert reading.confidence == pytest.approx(math.prod(sure))
    believed = math.prod(sure) >= LEAST_CONFIDENCE and min(sure) >= LEAST_OF_DIGIT
    assert reading.is_sure == believed


def test_many_digits_that_are_each_just_sure_enough_are_not_sure_together() -> None:
    assert number("1" * 5, LEAST_OF_DIGIT).is_sure
    assert not number("1" * 6, LEAST_OF_DIGIT).is_sure
