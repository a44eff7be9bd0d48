"""Pages without serials belong together by their order in the file, or nobody says that they do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey_makers import a_page, digest

from omr.outcome import PageBlank, PageOutcome, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.scan.model import PageName
from omr.survey.scan_order import Row, scanned_file, scanned_rows

NUMBERS = (1, 2)
BLANK, UNREAD, ANOTHER, LOST = "B", "X", "O", "_"


def a_file(marks: str) -> list[PageOutcome]:
    """One outcome per letter: a page's number, a blank side, a refused image, another paper's page,
    or an image that is not on record yet."""
    file: list[PageOutcome] = []
    for position, mark in enumerate(marks, start=1):
        name = PageName("scan.pdf", position)
        if mark == BLANK:
            file.append(PageBlank(name, digest("scan.pdf"), 200.0))
        elif mark == UNREAD:
            file.append(PageRefused(name, digest("scan.pdf"), Refusal(Reason.NO_PAGE_CODE)))
        elif mark == ANOTHER:
            file.append(a_page("scan.pdf", image=position, serial=5))
        elif mark != LOST:
            file.append(a_page("scan.pdf", image=position, serial=None, page=int(mark)))
    return file


def ours(page: PageRead) -> bool:
    return page.identity is None


def rows_in(marks: str) -> list[Row]:
    return scanned_rows(scanned_file(a_file(marks), NUMBERS, ours), is_doubtful=False)


def rows_of(marks: str) -> str:
    """The rows as text: ``12`` certain, ``12?`` not."""
    return " ".join(written(row) for row in rows_in(marks))


def written(row: Row) -> str:
    return "".join(str(page.page) for page in row.images) + ("" if row.is_certain else "?")


@pytest.mark.parametrize(
    ("marks", "rows"),
    [
        ("121212", "12 12 12"),
        ("212121", "21 21 21"),
        ("1B2B1B2B", "12 12"),  # copied on one side, scanned on both
        ("12B12", "12 12"),
        ("12112", "12 1 12"),  # two first pages in a row: one has lost its second
        ("12212", "12 2 12"),
        ("1B12", "1 12"),  # a copy whose back was not copied
        ("121X12", "12 1 12"),  # its second page could not be read
        ("12X212", "12 2 12"),
        ("12X2121X12", "12 2 12 1 12"),  # 2121 between two unread pages is not 21 21
        ("12121X", "12 12 1"),
        ("X1212", "12? 12?"),  # the first page of 2 1 2 1 and the last one lost, or a note
        ("XX1212", "12 12"),  # a cover letter, both its sides
        ("1BB212", "1 2 12"),  # the back of one copy failed, and the front of the next
        ("1B212", "1 2 12"),  # a blank side that no other sheet has
        ("B1B2B1B2", "12 12"),  # copied on one side, face down
        ("2B1B", "21"),
        ("1BXB1B2B", "1 12"),
        ("1BB2", "12?"),
        ("BB21BXB1B2B", "21? 12?"),  # copied on one side: a page failed, and a back is lost
        ("1B2BB2", "12? 2?"),  # blank on either side: not the backs of a stack
        ("12212112", "12 21? 21? 12"),  # two sheets that lay the other way round
        ("111222", "1 1 12? 2 2"),  # all fronts first, then all backs
        ("121122", "12 1 12? 2"),
        ("12O12", "12 12"),
        ("1O2", "1 2"),  # another paper in between
        ("1X2", "1 2"),
        ("121_12", "12 1 12"),  # a reading that was cut off
        ("122112", "12 21? 12"),  # one sheet lay the other way round, or two pages are lost
        ("1", "1"),
        ("2", "2"),
        ("12121", "12? 12? 1?"),  # an odd number: the first page or the last one is alone
        ("21212", "21? 21? 2?"),
        ("12122121", "12? 12? 21? 21?"),  # half of the stack was turned
        ("11", "1 1"),
        ("", ""),
    ],
)
def test_pages_are_paired_where_the_order_says_so(marks: str, rows: str) -> None:
    assert rows_of(marks) == rows


@given(st.text("12BXO_", max_size=14))
def test_every_page_is_in_one_row_and_no_row_has_a_page_twice(marks: str) -> None:
    rows = rows_in(marks)
    places = [page.name.page for row in rows for page in row.images]
    assert sorted(places) == [n for n, mark in enumerate(marks, start=1) if mark in "12"]
    for row in rows:
        numbers = [page.page for page in row.images]
        assert len(set(numbers)) == len(numbers)


@given(st.text("12BXO_", max_size=14))
def test_only_neighbours_are_paired(marks: str) -> None:
    for row in rows_in(marks):
        places = [page.name.page for page in row.images]
        between = marks[min(places) - 1 : max(places)]
        assert set(between) <= {"1", "2", BLANK}


@given(st.integers(1, 12), st.integers(0, 23), st.sampled_from([UNREAD, "", ANOTHER]))
def test_one_fault_in_a_stack_never_mixes_two_respondents(
    sheets: int, place: int, instead: str
) -> None:
    """A page that is lost, unreadable or replaced: certain pairs are those of the paper."""
    marks = list("12" * sheets)
    owners = [sheet for sheet in range(sheets) for _ in NUMBERS]
    place %= len(marks)
    marks[place : place + 1] = [instead] if instead else []
    owners[place : place + 1] = [-1] if instead else []
    for row in rows_in("".join(marks)):
        if row.is_certain:
            assert len({owners[page.name.page - 1] for page in row.images}) == 1
