"""Every page code that can be printed reads back byte for byte."""

from __future__ import annotations

import secrets

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from omr.geometry import Box
from omr.identity import PageIdentity, encode_page
from omr.identity.code import CODE_BYTES
from omr.printing.page_code import code_drawing, code_modules

HEX = st.binary(min_size=6, max_size=6).map(bytes.hex)
IDENTITIES = st.builds(PageIdentity, HEX, HEX, st.integers(1, 2**32 - 1), st.integers(1, 255))
QUIET = 4


def read_back(code: bytes) -> bytes:
    """What a reader finds in the symbol, drawn at 4 px a module with its quiet zone."""
    picture = np.where(np.pad(code_modules(code), QUIET), 0, 255).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(np.kron(picture, np.ones((4, 4), np.uint8)))
    assert found.valid
    assert found.ec_level == "M"
    return bytes(found.bytes)


@given(IDENTITIES, st.binary(min_size=32, max_size=32))
def test_a_page_code_is_a_symbol_of_version_3_and_reads_back(
    page: PageIdentity, key: bytes
) -> None:
    code = encode_page(page, key)
    assert code_modules(code).shape == (29, 29)
    assert read_back(code) == code


@pytest.mark.parametrize(
    "code",
    [bytes(CODE_BYTES), b"\xff" * CODE_BYTES, b"0" * CODE_BYTES, b"P1" + b"A" * (CODE_BYTES - 2)],
    ids=["zeros", "ones", "digits", "letters"],
)
def test_bytes_that_look_like_text_or_digits_are_kept_too(code: bytes) -> None:
    assert code_modules(code).shape == (29, 29)
    assert read_back(code) == code


def test_the_drawing_has_every_black_module_once() -> None:
    code = secrets.token_bytes(CODE_BYTES)
    drawn = np.zeros((29, 29), int)
    operators = code_drawing(code, Box(9, 112, 18, 18)).decode()
    _, _, rectangles = operators.partition(" cm ")
    numbers = [int(word) for word in rectangles.split() if word.isdecimal()]
    for x, y, width, height in np.reshape(numbers, (-1, 4)):
        drawn[y : y + height, x : x + width] += 1
    assert np.array_equal(drawn, code_modules(code).astype(int))
