"""The product's verbs, as another program calls them."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest
from printed import COPIES, GREY, T1, T3, UNIT, page_of

import omr
from omr import pipeline
from omr.batch import open_reader
from omr.errors import FormError, UsageError
from omr.form import find_form
from omr.outcome import PageRead
from omr.simulate import render_pdf_page, scan
from omr.simulate.files import write_image

if TYPE_CHECKING:
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.survey import Survey


@pytest.fixture
def survey(printed: PrintedSurvey, tmp_path: Path) -> Survey:
    return printed.copy(tmp_path / "survey")


def pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)


def test_each_sheet_is_exactly_its_pages(printed: PrintedSurvey) -> None:
    root = printed.folder.parent
    assert pages(root / f"{T1}.pdf") == COPIES
    assert pages(root / f"{T3}.pdf") == 2 * COPIES


def test_a_run_continues_where_the_last_one_ended(survey: Survey, tmp_path: Path) -> None:
    run = pipeline.print_sheets(survey, 2, UNIT, "", tmp_path / "more.pdf", T1)
    assert (run.first, run.last) == (2 * COPIES + 1, 2 * COPIES + 2)
    assert pages(tmp_path / "more.pdf") == 2


def test_where_there_are_two_forms_one_must_be_chosen(survey: Survey, tmp_path: Path) -> None:
    for form in (None, "t9-khong-co"):
        with pytest.raises(UsageError, match=T1):
            pipeline.print_sheets(survey, 1, UNIT, "", tmp_path / "x.pdf", form)
    assert len(survey.runs()) == 2


def test_printing_again_gives_the_same_paper_and_is_on_record(
    printed: PrintedSurvey, survey: Survey, tmp_path: Path
) -> None:
    (run,) = pipeline.print_again(survey, 3, 4, tmp_path / "again.pdf")
    assert (run.first, run.last, run.again) == (3, 4, 1)
    assert len(list(survey.issued())) == 2 * COPIES
    first = render_pdf_page(printed.folder.parent / f"{T1}.pdf", 3, 6.0)
    again = render_pdf_page(tmp_path / "again.pdf", 1, 6.0)
    assert (first.pixels == again.pixels).all()


def test_serials_of_two_forms_are_not_printed_again_together(
    survey: Survey, tmp_path: Path
) -> None:
    with pytest.raises(UsageError):
        pipeline.print_again(survey, COPIES, COPIES + 1, tmp_path / "again.pdf")
    assert len(survey.runs()) == 2


@pytest.mark.parametrize("field", ["rất dài " * 40, "chữ \U00012000"])
def test_a_name_that_cannot_be_printed_issues_nothing(
    survey: Survey, tmp_path: Path, field: str
) -> None:
    """A serial that is on record but on no paper would be missing for ever."""
    with pytest.raises(UsageError):
        pipeline.print_sheets(survey, 3, UNIT, field, tmp_path / "x.pdf", T1)
    assert len(survey.runs()) == 2


def test_a_sheet_printed_after_the_reader_was_made_is_read_by_the_next(
    survey: Survey, tmp_path: Path
) -> None:
    run = pipeline.print_sheets(survey, 1, UNIT, "", tmp_path / "more.pdf", T1)
    page = page_of(scan(render_pdf_page(tmp_path / "more.pdf", 1, 10.0), GREY, 1))
    outcome = open_reader(survey.folder).read_page(page)
    assert isinstance(outcome, PageRead)
    assert outcome.identity is not None
    assert outcome.identity.serial == run.first


def test_the_verbs_make_a_whole_survey(
    printed: PrintedSurvey, survey: Survey, tmp_path: Path
) -> None:
    """Read, review, decide, export, tally: each takes what the one before left in the survey."""
    doubtful = printed.filled(T1, 1, {"q1": "5+4", "q2": "3"})
    write_image(tmp_path / "scan.jpg", printed.image(T1, 1, doubtful))
    assert omr.read(survey, [tmp_path / "scan.jpg"], jobs=1).review == 1
    written = omr.review_out(survey, tmp_path / "review")
    table = tmp_path / "review" / "review.csv"
    with table.open(encoding="utf-8-sig", newline="") as stream:
        items = {row["question"]: row for row in csv.DictReader(stream)}
    assert written.items == len(items)
    assert items["q1"]["machine"] == "5+4"
    table.write_text(f"item,decision\n{items['q1']['item']},5\n", encoding="utf-8")
    taken = omr.review_in(survey, table, "Lan")
    assert (taken.new, taken.known) == (1, 0)
    paths = omr.export_results(survey, tmp_path / "out")
    with paths[0].open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["q1"], row["q2"]) == ("5", "3")
    (group,) = omr.tally_results(survey)
    assert group.overall.scored >= 2


def test_layout_describes_a_form_and_a_survey_alike(survey: Survey) -> None:
    described = pipeline.describe_layout(survey.folder)
    assert isinstance(described, list)
    assert described[0] == pipeline.describe_layout(find_form(T1))
    assert [one["form"] for one in described] == [T1, T3]


def test_a_broken_form_does_not(tmp_path: Path) -> None:
    broken = tmp_path / "t1.yaml"
    shutil.copy(find_form(T1), broken)
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text.replace("scale: S5", "scale: S55", 1), encoding="utf-8")
    assert broken.read_text(encoding="utf-8") != text
    with pytest.raises(FormError):
        pipeline.check(broken)
