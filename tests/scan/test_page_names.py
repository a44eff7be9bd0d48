"""Page names: what the exports call a page image."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.scan import PageName

file_names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(file_names, st.integers(1, 100_000))
def test_a_written_name_can_be_read_back(file: str, page: int) -> None:
    assert PageName.parse(str(PageName(file, page))) == PageName(file, page)


@given(st.lists(st.tuples(file_names, st.integers(1, 9)), max_size=5))
def test_a_space_separated_list_of_names_can_be_split(names: list[tuple[str, int]]) -> None:
    written = [str(PageName(file, page)) for file, page in names]
    assert " ".join(written).split() == written


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("quét/Phiếu khảo sát.pdf", "quét/Phiếu%20khảo%20sát.pdf#3"),
        ("100%#1.zip/trang 1.png", "100%25%231.zip/trang%201.png#3"),
        ("a\nb.tif", "a%0Ab.tif#3"),
        ("Đơn+tờ&khác.jpg", "Đơn+tờ&khác.jpg#3"),
    ],
)
def test_only_what_would_break_a_list_is_encoded(file: str, written: str) -> None:
    assert str(PageName(file, 3)) == written


@pytest.mark.parametrize("text", ["", "a.pdf", "a.pdf#", "a.pdf#0", "a.pdf#x", "a.pdf#-1", "a#01"])
def test_what_is_no_page_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a page name"):
        PageName.parse(text)
