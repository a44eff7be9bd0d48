"""One cell as text: numbers in plain digits, and nothing that a spreadsheet would run."""

from __future__ import annotations

import re

_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
"""First characters that a spreadsheet takes for a formula (OWASP, CSV injection)."""
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
"""A number that survives a spreadsheet unchanged: no leading zero, at most 15 whole digits."""


def is_number(text: str) -> bool:
    """Whether the cell is a number in plain digits (``-1.5``, but not ``007`` or ``1e3``)."""
    return _PLAIN_NUMBER.fullmatch(text) is not None


def neutralised(text: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it as a formula.

    A negative number is left alone. Characters that UTF-8 cannot carry (names of files from a
    damaged disk) are written as escapes.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if is_number(text):
        return text
    start = text.lstrip()[:1]
    runs = start in _FORMULA_STARTS if start else False
    return f"'{text}" if runs or text[:1] in ("\t", "\r", "\n") else text


def restored(text: str) -> str:
    """What :func:`neutralised` was given, for cells that come back from a spreadsheet."""
    if text.startswith("'") and neutralised(text[1:]) == text:
        return text[1:]
    return text


def number(value: float | None, decimals: int = 0) -> str:
    """``value`` rounded to at most ``decimals`` places, without trailing zeros; empty for None."""
    if value is None:
        return ""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def without_leading_zeros(digits: str) -> str:
    """The digits of a number question as the exports have them: ``007`` becomes ``7``."""
    return digits.lstrip("0") or "0" if digits.isdecimal() else digits
