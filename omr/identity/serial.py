"""Serials: the number of a sheet as people read it, with a check character.

``000123K``: the number in at least six digits, then a letter chosen by the number modulo 23, as
on the Spanish identity card (Real Decreto 1553/2005, art. 11). Because 23 is prime and neither
10 nor 9 is a multiple of it, every single wrong digit and every swap of neighbours is caught.
The alphabet leaves out E (a spreadsheet would read 000123E4 as a number), I and O.
"""

from __future__ import annotations

import re

ALPHABET = "ABCDFGHJKLMNPQRSTUVWXYZ"
HIGHEST = 2**32 - 1
_DIGITS = 6
_SHAPE = re.compile(r"(\d{6,10})([A-Z])")


def format_serial(number: int) -> str:
    """The serial of sheet ``number`` (1 .. 2**32 - 1), as printed."""
    if not 1 <= number <= HIGHEST:
        message = f"a serial number lies between 1 and {HIGHEST}, not {number}"
        raise ValueError(message)
    return f"{number:0{_DIGITS}d}{ALPHABET[number % len(ALPHABET)]}"


def parse_serial(text: str) -> int | None:
    """The number behind a serial, None if it is not one or its check character is wrong.

    Spaces and dots are passed over, and letters may be small: people type and OCR reads them so.
    """
    match = _SHAPE.fullmatch(re.sub(r"[\s.\-]", "", text).upper())
    if match is None:
        return None
    number = int(match.group(1))
    in_range = 1 <= number <= HIGHEST
    return number if in_range and format_serial(number) == match.group(0) else None
