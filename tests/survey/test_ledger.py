"""Serials: issued once, in one row of numbers, and printed again only on record."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from survey_makers import a_frozen_form, a_layout

from omr.errors import UsageError
from omr.identity.serial import HIGHEST
from omr.survey import Survey
from omr.survey.model import RunKind

if TYPE_CHECKING:
    from pathlib import Path

VERSION = a_layout().version
UNIT = "Xã Cẩm Vinh"


def test_runs_follow_each_other_without_a_gap(survey: Survey) -> None:
    first = survey.issue(3, UNIT, "Hộ tịch", VERSION, "2026-03-02T08:00:00+07:00")
    second = survey.issue(2, "Phường Bắc Sơn", "", VERSION)
    assert (first.number, first.first, first.last) == (1, 1, 3)
    assert (second.number, second.first, second.last) == (2, 4, 5)
    assert [sheet.serial for sheet in survey.issued()] == [1, 2, 3, 4, 5]


def test_a_serial_knows_its_unit_and_field(survey: Survey) -> None:
    survey.issue(3, UNIT, "Hộ tịch", VERSION, "2026-03-02T08:00:00+07:00")
    sheet = survey.find_issued(2)
    assert sheet is not None
    assert (sheet.unit, sheet.field, sheet.run) == (UNIT, "Hộ tịch", 1)
    assert sheet.printed_at == "2026-03-02T08:00:00+07:00"
    assert survey.find_issued(4) is None
    assert survey.find_issued(0) is None


def test_a_master_takes_a_run_and_no_serial(survey: Survey) -> None:
    survey.issue(2, UNIT, "", VERSION)
    run = survey.note_master(UNIT, "Hộ tịch", VERSION, "2026-03-02T08:00:00+07:00")
    after = survey.issue(1, UNIT, "", VERSION)
    assert (run.number, run.kind, run.first, run.last) == (2, RunKind.MASTER, 0, 0)
    assert (run.unit, run.field) == (UNIT, "Hộ tịch")
    assert (after.number, after.first) == (3, 3)
    assert survey.runs()[1] == run
    assert [sheet.serial for sheet in survey.issued()] == [1, 2, 3]
    assert survey.find_issued(0) is None


def test_a_master_is_not_printed_again_as_a_range(survey: Survey) -> None:
    survey.note_master(UNIT, "", VERSION)
    with pytest.raises(UsageError):
        survey.reprint(0, 0)


def test_a_master_names_a_unit_of_the_survey(survey: Survey) -> None:
    with pytest.raises(UsageError, match="Xã Cẩm Vinh, Phường Bắc Sơn"):
        survey.note_master("Xã Cẩm Nhượng", "", VERSION)
    assert survey.runs() == ()


def test_an_unknown_unit_is_refused_by_name(survey: Survey) -> None:
    with pytest.raises(UsageError, match="Xã Cẩm Vinh, Phường Bắc Sơn"):
        survey.issue(1, "Xã Cẩm Nhượng", "", VERSION)
    assert list(survey.issued()) == []


def test_a_unit_typed_in_another_unicode_form_is_the_same(survey: Survey) -> None:
    run = survey.issue(1, unicodedata.normalize("NFD", UNIT), "", VERSION)
    assert run.unit == UNIT


def test_a_survey_without_units_takes_any(tmp_path: Path) -> None:
    with Survey.create(tmp_path / "s", [a_frozen_form()]) as survey:
        assert survey.issue(1, "Xã bất kỳ", "", VERSION).unit == "Xã bất kỳ"


@pytest.mark.parametrize("copies", [0, -1, HIGHEST + 1])
def test_a_number_of_copies_that_cannot_be_is_refused(survey: Survey, copies: int) -> None:
    with pytest.raises(UsageError):
        survey.issue(copies, UNIT, "", VERSION)


def test_an_unknown_form_is_refused(survey: Survey) -> None:
    with pytest.raises(UsageError, match="no form version"):
        survey.issue(1, UNIT, "", "f" * 64)


def test_a_measured_form_is_not_printed(tmp_path: Path) -> None:
    layout = a_layout((("q1",),), measured=True)
    with (
        Survey.create(tmp_path / "s", [a_frozen_form(layout)]) as survey,
        pytest.raises(UsageError, match="measured form cannot be printed"),
    ):
        survey.issue(1, "", "", layout.version)


def test_a_reprint_is_recorded_and_issues_nothing_new(survey: Survey) -> None:
    survey.issue(3, UNIT, "Hộ tịch", VERSION)
    survey.issue(3, "Phường Bắc Sơn", "Đất đai", VERSION)
    again = survey.reprint(2, 4)
    assert [(run.first, run.last, run.unit, run.again) for run in again] == [
        (2, 3, UNIT, 1),
        (4, 4, "Phường Bắc Sơn", 2),
    ]
    assert [run.number for run in survey.runs()] == [1, 2, 3, 4]
    assert [sheet.serial for sheet in survey.issued()] == [1, 2, 3, 4, 5, 6]
    assert survey.find_issued(2) == next(s for s in survey.issued() if s.serial == 2)
    assert survey.reprint(2, 2)[0].again == 1
    assert survey.issue(1, UNIT, "", VERSION).first == 7


@pytest.mark.parametrize(("first", "last"), [(0, 2), (2, 4), (4, 9), (3, 2)])
def test_what_was_never_printed_is_not_printed_again(survey: Survey, first: int, last: int) -> None:
    survey.issue(3, UNIT, "", VERSION)
    with pytest.raises(UsageError):
        survey.reprint(first, last)
    assert len(survey.runs()) == 1


def test_printing_again_before_printing_is_said(survey: Survey) -> None:
    with pytest.raises(UsageError, match="Nothing was printed yet"):
        survey.reprint(1, 1)


def test_two_computers_printing_at_once_never_share_a_serial(survey: Survey) -> None:
    def print_ten(_: int) -> list[tuple[int, int]]:
        with Survey.open(survey.folder) as mine:
            runs = [mine.issue(7, UNIT, "", VERSION) for _ in range(10)]
        return [(run.first, run.last) for run in runs]

    with ThreadPoolExecutor(4) as pool:
        ranges = sorted(chain.from_iterable(pool.map(print_ten, range(4))))
    assert ranges == [(1 + 7 * n, 7 + 7 * n) for n in range(40)]
