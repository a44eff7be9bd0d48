"""Which papers count: the same one once, two with one serial neither, half a sheet not yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from printed import GREY, T1, T3

from omr import pipeline
from omr.batch import read
from omr.simulate import MarkKind, PenKind, writer_with
from omr.simulate.files import write_image
from omr.simulate.settings import Geometry
from omr.survey.model import SheetStatus

if TYPE_CHECKING:
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.simulate import FilledSheet
    from omr.survey import Survey

SAID = {f"q{number}": str(5 - number % 4) for number in range(1, 11)}
ANOTHER_SCAN = replace(GREY, dpi=300.0, geometry=Geometry(turn=180, skew_deg=-1.3, shift_mm=(2, 1)))


@pytest.fixture
def survey(printed: PrintedSurvey, tmp_path: Path) -> Survey:
    return printed.copy(tmp_path / "survey")


def one_hand(printed: PrintedSurvey, seed: int) -> FilledSheet:
    """The same person saying the same on paper after paper."""
    hand = writer_with(PenKind.BALL_BLUE, MarkKind.CROSS, np.random.default_rng(1))
    return printed.filled(T1, seed, SAID, replace(hand, constancy=1.0))


def waiting(survey: Survey) -> list[tuple[int | None, str, str]]:
    return [(s.serial, s.status.value, s.reason) for s in pipeline.assemble(survey).sheets]


def test_the_same_paper_scanned_twice_counts_once(
    printed: PrintedSurvey, survey: Survey, tmp_path: Path
) -> None:
    sheet = one_hand(printed, 1)
    write_image(tmp_path / "a.jpg", printed.image(T1, 5, sheet, seed=1))
    write_image(tmp_path / "b.jpg", printed.image(T1, 5, sheet, ANOTHER_SCAN, seed=2))
    summary = read(survey, [tmp_path / "a.jpg", tmp_path / "b.jpg"], jobs=1)
    assert (summary.sheets, summary.duplicates) == (1, 1)
    assert [(serial, reason) for serial, _, reason in waiting(survey)] == [(5, "")]
    assert read(survey, [tmp_path / "b.jpg"], jobs=1).sheets == 1, "a copy is of a sheet too"


def test_two_papers_with_one_serial_both_wait(
    printed: PrintedSurvey, survey: Survey, tmp_path: Path
) -> None:
    """A blank sheet was photocopied: equal answers, one serial, two people's papers."""
    for name, seed in (("a.jpg", 1), ("b.jpg", 2)):
        write_image(tmp_path / name, printed.image(T1, 5, one_hand(printed, seed), seed=seed))
    summary = read(survey, [tmp_path / "a.jpg", tmp_path / "b.jpg"], jobs=1)
    assert (summary.sheets, summary.duplicates, summary.review) == (2, 0, 2)
    assert waiting(survey) == [(5, "review", "duplicate-serial")] * 2
    for sheet in pipeline.assemble(survey).sheets:
        assert sheet.waiting == ("*",)
        assert {answer.value for answer in sheet.answers if answer.question != "z"} == {""}


def test_a_sheet_waits_for_its_second_page_and_is_complete_when_it_comes(
    printed: PrintedSurvey, survey: Survey, tmp_path: Path
) -> None:
    sheet = printed.filled(T3, 9)
    for page in (1, 2):
        image = printed.image(T3, 10, sheet, page=page, seed=page)
        write_image(tmp_path / f"mat-{page}.jpg", image)
    summary = read(survey, [tmp_path / "mat-1.jpg"], jobs=1)
    assert (summary.sheets, summary.review) == (1, 1)
    assert waiting(survey) == [(10, "review", "missing-page:2")]
    read(survey, [tmp_path / "mat-2.jpg"], jobs=1)
    (complete,) = pipeline.assemble(survey).sheets
    assert (complete.serial, complete.reason) == (10, "")
    truth = sheet.answers
    wrong = [
        answer.question
        for answer in complete.decided
        if answer.question in truth and answer.value != truth[answer.question].value
    ]
    assert wrong == []
    assert complete.status is SheetStatus.ACCEPTED or complete.waiting


def test_the_second_page_alone_waits_for_the_first(
    printed: PrintedSurvey, survey: Survey, tmp_path: Path
) -> None:
    write_image(tmp_path / "mat-2.jpg", printed.image(T3, 11, printed.filled(T3, 8), page=2))
    read(survey, [tmp_path / "mat-2.jpg"], jobs=1)
    assert waiting(survey) == [(11, "review", "missing-page:1")]
