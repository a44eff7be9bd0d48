"""Readings: recorded once, exactly as they were, whatever interrupts or repeats them."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from outcome_strategies import outcomes, pages_read
from survey_makers import a_page, digest

from omr.errors import SurveyError
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.scan.model import PageName
from omr.survey import Survey
from omr.survey.outcome_code import decode_outcome, encode_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.outcome import PageOutcome

_fresh = count()


@given(outcomes)
def test_an_outcome_comes_back_exactly(outcome: PageOutcome) -> None:
    pictures = {"ink": outcome.ink, "crops": outcome.crops} if isinstance(outcome, PageRead) else {}
    back = decode_outcome(encode_outcome(outcome), outcome.name, outcome.sha256, **pictures)
    assert back == outcome


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=pages_read)
def test_a_page_comes_back_from_the_disk_with_its_pictures(survey: Survey, page: PageRead) -> None:
    page = replace(page, sha256=digest(str(next(_fresh))))
    assert survey.record([page]) == 1
    with Survey.open(survey.folder) as again:
        listed = [one for one in again.outcomes() if one.sha256 == page.sha256]
        assert listed == [replace(page, ink=b"", crops=())]
        assert again.with_pictures(listed[0]) == page
        assert again.crops(listed[0]) == page.crops


def test_reading_the_same_again_changes_nothing(survey: Survey) -> None:
    pages = [a_page("a.pdf", image=number, serial=number) for number in range(1, 200)]
    assert survey.record(pages) == 199
    assert survey.record(pages) == 0
    assert len(list(survey.outcomes())) == 199


def test_the_same_content_under_another_name_is_nothing_new(survey: Survey) -> None:
    page = a_page("a.pdf")
    survey.record([page])
    copy = replace(page, name=PageName("copy of a.pdf", 1))
    assert survey.is_read(copy.name, copy.sha256)
    assert survey.record([copy]) == 0
    assert [one.name for one in survey.outcomes()] == [page.name]


def test_another_page_of_the_same_file_is_new(survey: Survey) -> None:
    survey.record([a_page("a.pdf", image=1)])
    assert not survey.is_read(PageName("a.pdf", 2), digest("a.pdf"))
    assert survey.known_pages() == {(digest("a.pdf"), 1)}


def test_an_interrupted_reading_keeps_what_it_had_and_goes_on(survey: Survey) -> None:
    pages = [a_page("a.pdf", image=number, serial=number) for number in range(1, 151)]

    def interrupted() -> Iterator[PageOutcome]:
        yield from pages[:100]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), survey.reading(["a.pdf"]):
        survey.record(interrupted())
    with Survey.open(survey.folder) as again:
        known = again.known_pages()
        assert len(known) == 100
        rest = [page for page in pages if (page.sha256, page.name.page) not in known]
        assert again.record(rest) == 50


def refused(file: str, content: str, reason: Reason) -> PageRefused:
    return PageRefused(PageName(file, 1), digest(content), Refusal(reason))


def test_every_unreadable_file_is_listed_under_its_own_name(survey: Survey) -> None:
    empty = [refused(name, "", Reason.UNREADABLE_FILE) for name in ("a.tif", "b.tif")]
    unsafe = [
        PageRefused(PageName(f"x.zip/{name}", 1), "", Refusal(Reason.UNSAFE_NAME))
        for name in ("../a", "../b")
    ]
    assert survey.record([*empty, *unsafe]) == 4
    assert survey.record([*empty, *unsafe]) == 0
    assert len(list(survey.outcomes())) == 4


def test_an_unreadable_file_may_be_tried_again(survey: Survey) -> None:
    """What failed for want of a program that was installed since is not lost for ever."""
    survey.record([refused("a.heic", "a.heic", Reason.UNREADABLE_FILE)])
    assert not survey.is_read(PageName("a.heic", 1), digest("a.heic"))
    page = a_page("a.heic")
    assert survey.record([page]) == 1
    assert [type(one) for one in survey.outcomes()] == [PageRead]


def test_a_page_on_which_the_program_failed_may_be_tried_again(survey: Survey) -> None:
    failed = PageRefused(PageName("a.pdf", 2), digest("a.pdf"), Refusal(Reason.INTERNAL_ERROR))
    survey.record([a_page("a.pdf", image=1), failed])
    assert len(list(survey.outcomes())) == 2
    assert not survey.is_read(failed.name, failed.sha256)
    survey.record([a_page("a.pdf", image=2, page=2)])
    assert [type(one) for one in survey.outcomes()] == [PageRead, PageRead]


def test_a_refused_page_image_is_not_tried_again(survey: Survey) -> None:
    page = refused("a.pdf", "a.pdf", Reason.BAD_MAC)
    survey.record([page])
    assert survey.is_read(page.name, page.sha256)
    assert survey.record([replace(page, refusal=Refusal(Reason.NO_PAGE_CODE))]) == 0
    assert list(survey.outcomes()) == [page]


def test_a_blank_side_is_recorded(survey: Survey) -> None:
    blank = PageBlank(PageName("a.pdf", 2), digest("a.pdf"), 200.0)
    survey.record([blank])
    assert list(survey.outcomes()) == [blank]


def test_a_batch_is_recorded_whole_or_not_at_all(survey: Survey) -> None:
    good, bad = a_page("a.pdf"), replace(a_page("b.pdf"), ink="no bytes", sha256=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        survey.record([good, bad])
    assert list(survey.outcomes()) == []


def test_begin_and_end_of_a_reading_stand_in_the_log(survey: Survey) -> None:
    with survey.reading(["a.pdf"]):
        survey.record([a_page("a.pdf")])
    begun, done = survey.events()[-2:]
    assert (begun.what, begun.details["sources"]) == ("read-begun", ["a.pdf"])
    assert (done.what, done.details["new_pages"]) == ("read-done", 1)


def test_two_readings_at_once_are_refused(survey: Survey) -> None:
    with (
        Survey.open(survey.folder) as other,
        survey.reading(["a.pdf"]),
        pytest.raises(SurveyError, match="Another omr read"),
        other.reading(),
    ):
        pytest.fail("both were let in")
    with Survey.open(survey.folder) as other, other.reading():
        pass
