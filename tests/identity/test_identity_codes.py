"""A page code proves its page; nothing near it does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.identity import PageIdentity, decode_page, encode_page, new_key, new_survey_id
from omr.identity.code import CODE_BYTES
from omr.refusal import Reason, Refusal

HEX = st.binary(min_size=6, max_size=6).map(bytes.hex)
NUMBERS, PAGES = st.integers(1, 2**32 - 1), st.integers(1, 255)
NUMBERED = st.builds(PageIdentity, HEX, HEX, NUMBERS, PAGES)
IDENTITIES = NUMBERED | st.builds(PageIdentity, HEX, HEX, st.none(), PAGES, NUMBERS)
KEYS = st.binary(min_size=32, max_size=32)


@given(IDENTITIES, KEYS)
def test_a_code_is_read_back(page: PageIdentity, key: bytes) -> None:
    assert decode_page(encode_page(page, key), page.survey, key) == page


@given(IDENTITIES, KEYS)
def test_every_single_flipped_bit_is_refused(page: PageIdentity, key: bytes) -> None:
    code = encode_page(page, key)
    for bit in range(8 * len(code)):
        damaged = bytearray(code)
        damaged[bit // 8] ^= 1 << bit % 8
        read = decode_page(bytes(damaged), page.survey, key)
        assert isinstance(read, Refusal), f"bit {bit}"


@given(NUMBERED, KEYS)
def test_the_code_of_a_master_is_never_that_of_a_numbered_page(
    page: PageIdentity, key: bytes
) -> None:
    master = PageIdentity(page.survey, page.form, None, page.page, run=page.serial)
    code, unnumbered = encode_page(page, key), encode_page(master, key)
    assert len(code) == len(unnumbered) == CODE_BYTES
    swapped = unnumbered[:2] + code[2:]
    assert decode_page(swapped, page.survey, key) == Refusal(Reason.BAD_MAC)


def test_a_numbered_code_is_what_it_always_was() -> None:
    """Sheets that were printed by older versions are still read."""
    page = PageIdentity("5eed00000001", "b63a08d0d935", 123, 2)
    assert encode_page(page, bytes(32)).hex() == (
        "50315eed00000001b63a08d0d9350000007b02" + "eff5c8aa67986aae73a2d82e"
    )


@pytest.mark.parametrize(("serial", "run"), [(None, None), (7, 3)])
def test_a_page_has_a_serial_or_a_run(serial: int | None, run: int | None) -> None:
    with pytest.raises(ValueError, match="either a serial or a run"):
        encode_page(PageIdentity(new_survey_id(), "ab" * 6, serial, 1, run), new_key())


@given(IDENTITIES, KEYS, KEYS)
def test_another_key_is_a_forgery(page: PageIdentity, key: bytes, other: bytes) -> None:
    if key != other:
        code = encode_page(page, other)
        assert decode_page(code, page.survey, key) == Refusal(Reason.BAD_MAC)


@given(IDENTITIES, KEYS, HEX)
def test_another_survey_is_said_by_its_id(page: PageIdentity, key: bytes, survey: str) -> None:
    if survey != page.survey:
        read = decode_page(encode_page(page, key), survey, key)
        assert read == Refusal(Reason.OTHER_SURVEY, page.survey)


@given(st.binary(max_size=60), KEYS)
def test_any_other_bytes_are_no_page_code_of_ours(code: bytes, key: bytes) -> None:
    assert isinstance(decode_page(code, "0" * 12, key), Refusal)


@given(IDENTITIES, KEYS, st.integers(0, CODE_BYTES - 1))
def test_a_cut_code_is_refused(page: PageIdentity, key: bytes, length: int) -> None:
    read = decode_page(encode_page(page, key)[:length], page.survey, key)
    assert isinstance(read, Refusal)
    assert read.reason is Reason.NO_PAGE_CODE


def test_codes_of_a_full_version_digest_carry_its_first_twelve_digits() -> None:
    key = new_key()
    page = PageIdentity(new_survey_id(), "ab" * 32, 7, 2)
    read = decode_page(encode_page(page, key), page.survey, key)
    assert read == PageIdentity(page.survey, "ab" * 6, 7, 2)


def test_keys_and_ids_never_repeat() -> None:
    assert len({new_key() for _ in range(50)}) == len({new_survey_id() for _ in range(50)}) == 50
    assert {len(new_key()), len(new_survey_id())} == {32, 12}
