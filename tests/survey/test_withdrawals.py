"""A file can be taken out and put back, always on record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from survey_makers import a_layout, a_page, digest

from omr.errors import UsageError
from omr.survey.model import PageStatus

if TYPE_CHECKING:
    from omr.survey import Survey
    from omr.survey.model import Assembly


@pytest.fixture
def filled(survey: Survey) -> Survey:
    """A survey with a sheet in a.pdf, and another in b.zip, a member for each page."""
    survey.issue(9, "Xã Cẩm Vinh", "", a_layout().version)
    survey.record([a_page("a.pdf", image=number, page=number) for number in (1, 2)])
    survey.record([a_page(f"b.zip/{number}.tif", page=number, serial=2) for number in (1, 2)])
    return survey


def assembled(survey: Survey) -> Assembly:
    return survey.assembly(lambda one, other: one == other)


def serials(survey: Survey) -> list[int | None]:
    return [sheet.serial for sheet in assembled(survey).sheets]


def test_a_withdrawn_file_makes_no_sheet_but_stays_listed(filled: Survey) -> None:
    filled.withdraw("a.pdf", "Lan")
    assert serials(filled) == [2]
    assert [
        (str(page.outcome.name), page.status, page.reason) for page in assembled(filled).pages[:2]
    ] == [(f"a.pdf#{number}", PageStatus.REJECTED, "withdrawn") for number in (1, 2)]
    assert filled.events()[-1].who == "Lan"


def test_undoing_puts_everything_back(filled: Survey) -> None:
    before = assembled(filled)
    filled.withdraw("a.pdf")
    filled.undo_withdraw("a.pdf")
    assert assembled(filled) == before
    assert [event.what for event in filled.events()[-2:]] == ["withdraw", "undo-withdraw"]
    assert filled.withdrawn() == frozenset()


def test_a_zip_is_withdrawn_with_all_its_members(filled: Survey) -> None:
    assert len(filled.withdraw("b.zip")) == 2
    assert serials(filled) == [1]


def test_one_member_of_a_zip_may_go_alone(filled: Survey) -> None:
    filled.withdraw("b.zip/2.tif")
    assert assembled(filled).sheets[1].reason == "missing-page:2"


@pytest.mark.parametrize("name", ["./a.pdf", "D:\\quet\\a.pdf", "/media/usb/a.pdf"])
def test_a_path_means_the_file_of_that_name(filled: Survey, name: str) -> None:
    assert [file.file for file in filled.withdraw(name)] == ["a.pdf"]


def test_a_digest_or_its_start_means_its_file(filled: Survey) -> None:
    assert [file.file for file in filled.withdraw(digest("a.pdf")[:12])] == ["a.pdf"]


def test_two_files_of_one_name_are_told_apart_by_digest(filled: Survey) -> None:
    filled.record([replace(a_page("a.pdf", serial=3), sha256=digest("other"))])
    with pytest.raises(UsageError, match=digest("other")[:12]):
        filled.withdraw("a.pdf")
    filled.withdraw(digest("other"))
    assert serials(filled) == [1, 2]


def test_an_unknown_file_is_said(filled: Survey) -> None:
    with pytest.raises(UsageError, match="No file called c"):
        filled.withdraw("c.pdf")


def test_withdrawing_twice_is_said(filled: Survey) -> None:
    filled.withdraw("a.pdf")
    with pytest.raises(UsageError, match="withdrawn already"):
        filled.withdraw("a.pdf")
    filled.undo_withdraw("a.pdf")
    with pytest.raises(UsageError, match="not withdrawn"):
        filled.undo_withdraw("a.pdf")


def test_reading_a_withdrawn_file_again_does_not_bring_it_back(filled: Survey) -> None:
    filled.withdraw("a.pdf")
    assert filled.record([a_page("a.pdf", image=number, page=number) for number in (1, 2)]) == 0
    assert serials(filled) == [2]
