"""A cell never runs as a formula, and a number is never spoiled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.tables.cells import is_number, neutralised, number, restored, without_leading_zeros

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+84 912",
        "-x",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =HYPERLINK(1)",
        "＝1+1",
        "-1+cmd|' '!A0",
    ],
)
def test_what_a_spreadsheet_would_run_is_neutralised(cell: str) -> None:
    assert neutralised(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-0.51", "0", "12", "a=b", "5+4", "000123K", "Xã Cẩm Vinh", ""])
def test_what_it_would_not_run_is_left_alone(cell: str) -> None:
    assert neutralised(cell) == cell


@given(TEXT)
def test_no_cell_starts_as_a_formula_unless_it_is_a_number(text: str) -> None:
    cell = neutralised(text)
    assert is_number(cell) or not cell.strip().startswith(("=", "+", "-", "@"))


@given(TEXT)
def test_a_neutralised_cell_comes_back_as_it_was(text: str) -> None:
    assert restored(neutralised(text)) == text or text.startswith("'")


def test_a_name_from_a_damaged_disk_can_still_be_written() -> None:
    assert neutralised("scan\udce9.pdf") == "scan\\udce9.pdf"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(200.04, 1, "200"), (-0.0004, 3, "0"), (0.4375, 4, "0.4375"), (5.0, 4, "5"), (100, 0, "100")],
)
def test_numbers_are_plain_digits(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_no_number_is_an_empty_cell() -> None:
    assert number(None, 3) == ""


@given(st.integers(0, 10**9), st.integers(0, 5))
def test_a_number_question_loses_its_leading_zeros_only(value: int, zeros: int) -> None:
    assert without_leading_zeros("0" * zeros + str(value)) == str(value)
