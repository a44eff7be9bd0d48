"""Test decks on record: kept as they were printed, read, and counted nowhere."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from survey_makers import a_layout, a_page

from omr.errors import UsageError
from omr.export.exporter import export_survey
from omr.identity import format_serial
from omr.review.items import decidable
from omr.survey import Survey, status_of
from omr.survey.model import ExpectedAnswer, PageStatus, RunKind, Waits
from omr.tally import tally

if TYPE_CHECKING:
    from pathlib import Path

    from omr.survey.model import Assembly

FIRST = (
    ExpectedAnswer("q1", "5", Waits.NO),
    ExpectedAnswer("q2", "a+b", Waits.MUST),
    ExpectedAnswer("tuoi", "37", Waits.MAY),
    ExpectedAnswer("y_kien", "", Waits.NO),
)
SECOND = tuple(ExpectedAnswer(answer.question, "", Waits.NO) for answer in FIRST)


def assembled(survey: Survey) -> Assembly:
    return survey.assembly(lambda one, other: one == other)


def read_whole(survey: Survey, serial: int) -> None:
    survey.record(a_page(f"{serial}.pdf", image=n, page=n, serial=serial) for n in (1, 2))


@pytest.fixture
def mixed(survey: Survey) -> Survey:
    """Serials 1 and 4 are people's sheets, 2 and 3 a deck; 1, 2 and half of 3 are read."""
    version = a_layout().version
    survey.issue(1, "Xã Cẩm Vinh", "", version)
    survey.issue_deck([FIRST, SECOND], "Xã Cẩm Vinh", "", version)
    survey.issue(1, "Xã Cẩm Vinh", "", version)
    read_whole(survey, 1)
    read_whole(survey, 2)
    survey.record([a_page("3.pdf", serial=3)])
    return survey


def test_a_deck_takes_its_serials_from_the_one_sequence(mixed: Survey) -> None:
    spans = [(run.kind, run.first, run.last) for run in mixed.runs()]
    sheets, deck = RunKind.SHEETS, RunKind.DECK
    assert spans == [(sheets, 1, 1), (deck, 2, 3), (sheets, 4, 4)]


def test_what_was_printed_is_kept_in_the_folder(mixed: Survey, tmp_path: Path) -> None:
    mixed.close()
    shutil.copytree(mixed.folder, tmp_path / "copy")
    with Survey.open(tmp_path / "copy") as copy:
        assert copy.expected_answers(copy.runs()[1]) == {2: FIRST, 3: SECOND}
        assert copy.expected_answers(copy.runs()[0]) == {}


def test_a_deck_that_cannot_be_issued_leaves_nothing(survey: Survey) -> None:
    with pytest.raises(UsageError):
        survey.issue_deck([FIRST], "Xã Lạ", "", a_layout().version)
    with pytest.raises(UsageError):
        survey.issue_deck([FIRST], "", "", "0" * 64)
    assert survey.runs() == ()


def test_deck_pages_are_listed_and_make_no_sheet(mixed: Survey) -> None:
    assembly = assembled(mixed)
    assert [sheet.serial for sheet in assembly.sheets] == [1]
    listed = [(str(p.outcome.name), p.status, p.reason) for p in assembly.pages]
    read = PageStatus.READ
    assert listed == [
        ("1.pdf#1", read, ""),
        ("1.pdf#2", read, ""),
        ("2.pdf#1", read, "test-deck"),
        ("2.pdf#2", read, "test-deck"),
        ("3.pdf#1", read, "test-deck"),
    ]


def test_the_same_deck_page_twice_is_no_doubt(mixed: Survey) -> None:
    mixed.record([a_page("again.pdf", serial=2, ink=b"another pen")])
    assembly = assembled(mixed)
    assert [sheet.serial for sheet in assembly.sheets] == [1]
    assert {p.reason for p in assembly.pages if p.outcome.name.file == "again.pdf"} == {"test-deck"}


def test_status_counts_people_and_names_decks_apart(mixed: Survey) -> None:
    counts = status_of(assembled(mixed), mixed.issued())
    assert (counts.printed, counts.sheets_read, counts.review) == (2, 1, 0)
    assert counts.missing == (4,)
    assert counts.pages == (("read", "", 2),)
    assert (counts.deck_sheets, counts.deck_pages) == (2, 3)


def test_a_withdrawn_deck_page_is_withdrawn(mixed: Survey) -> None:
    mixed.withdraw("3.pdf")
    (record,) = [p for p in assembled(mixed).pages if p.outcome.name.file == "3.pdf"]
    assert (record.status, record.reason) == (PageStatus.REJECTED, "withdrawn")


def test_nothing_of_a_deck_is_exported_but_its_pages(mixed: Survey, tmp_path: Path) -> None:
    designs = tuple(mixed.designs.values())
    export_survey(designs, assembled(mixed), tmp_path)
    lines = {
        name: (tmp_path / f"{name}.csv").read_text("utf-8-sig") for name in ("ratings", "marks")
    }
    assert {line.split(",")[0] for line in lines["ratings"].splitlines()[1:]} == {format_serial(1)}
    assert "2.pdf" not in lines["marks"]
    assert (tmp_path / "pages.csv").read_text("utf-8-sig").count("test-deck") == 3


def test_nothing_of_a_deck_is_counted_or_decided(mixed: Survey) -> None:
    assembly, designs = assembled(mixed), tuple(mixed.designs.values())
    (whole,) = tally(designs, assembly.sheets)
    assert whole.sheets == 1
    assert len(decidable(designs, assembly.pages)) == len(
        decidable(designs, [p for p in assembly.pages if p.outcome.name.file == "1.pdf"])
    )
