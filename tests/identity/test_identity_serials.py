"""A serial that was typed or read wrongly is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.identity import format_serial, parse_serial
from omr.identity.serial import ALPHABET, HIGHEST

NUMBERS = st.integers(1, HIGHEST) | st.integers(1, 999_999)


def one_digit_wrong(serial: str) -> list[str]:
    digits, check = serial[:-1], serial[-1]
    return [
        f"{digits[:place]}{wrong}{digits[place + 1 :]}{check}"
        for place, right in enumerate(digits)
        for wrong in "0123456789"
        if wrong != right
    ]


def neighbours_swapped(serial: str) -> list[str]:
    digits, check = serial[:-1], serial[-1]
    return [
        f"{digits[:place]}{digits[place + 1]}{digits[place]}{digits[place + 2 :]}{check}"
        for place in range(len(digits) - 1)
        if digits[place] != digits[place + 1]
    ]


@given(NUMBERS)
def test_a_serial_is_read_back(number: int) -> None:
    assert parse_serial(format_serial(number)) == number


@given(NUMBERS)
def test_every_single_wrong_digit_is_caught(number: int) -> None:
    assert {parse_serial(wrong) for wrong in one_digit_wrong(format_serial(number))} == {None}


@given(NUMBERS)
def test_every_swap_of_neighbouring_digits_is_caught(number: int) -> None:
    assert {parse_serial(wrong) for wrong in neighbours_swapped(format_serial(number))} <= {None}


@given(NUMBERS)
def test_every_wrong_check_character_is_caught(number: int) -> None:
    serial = format_serial(number)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        if letter != serial[-1]:
            assert parse_serial(serial[:-1] + letter) is None


def test_the_first_hundred_serials_hold_every_promise() -> None:
    for number in range(1, 101):
        serial = format_serial(number)
        for wrong in (*one_digit_wrong(serial), *neighbours_swapped(serial)):
            assert parse_serial(wrong) is None, f"{serial} read as {wrong} is not noticed"


def test_serials_look_as_the_contract_prints_them() -> None:
    assert format_serial(123) == "000123K"
    assert parse_serial(" 000.123 k ") == 123


def test_no_serial_looks_like_a_number_to_a_spreadsheet() -> None:
    assert not set(ALPHABET) & set("EIO")
    assert len(set(ALPHABET)) == 23


@pytest.mark.parametrize("number", [0, -1, HIGHEST + 1])
def test_a_number_that_no_code_can_carry_is_no_serial(number: int) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        format_serial(number)


@pytest.mark.parametrize("text", ["", "000123", "K", "12345K", "000000A", "٠٠٠١٢٣K", "9999999999A"])
def test_what_is_no_serial_is_none(text: str) -> None:
    assert parse_serial(text) is None


@given(st.text(max_size=14))
def test_no_text_whatever_breaks_the_reading_of_serials(text: str) -> None:
    number = parse_serial(text)
    assert number is None or 1 <= number <= HIGHEST
