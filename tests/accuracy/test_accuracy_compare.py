"""What the exported tables mean for a sheet, case by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr.accuracy.compare import Tables, count_marks, count_sheet, judge_sheet
from omr.accuracy.model import Said
from omr.accuracy.records import Verdict
from omr.form.model import Form, Kind, Option, Question
from omr.geometry import Box, Size
from omr.identity import format_serial
from omr.layout.model import Layout, PageLayout, Shape, Target
from omr.survey.model import Design

if TYPE_CHECKING:
    from omr.accuracy.compare import Row

OPTIONS = tuple(Option(code, code) for code in "abc")
FORM = Form(
    id="f",
    title="F",
    questions=(
        Question("q", Kind.SINGLE, "?", OPTIONS),
        Question("n", Kind.NUMBER, "?", digits=3),
        Question("z", Kind.TEXT, "?"),
    ),
)
BOX = Box(10, 10, 5, 5)
PAGES = (
    PageLayout(1, tuple(Target("q", code, Shape.BOX, BOX) for code in "abc")),
    PageLayout(2, (Target("n", "1", Shape.BOX, BOX), Target("z", "", Shape.BOX, BOX))),
)
DESIGN = Design(FORM, Layout("f", "v", Size(210, 297), PAGES))
SERIAL = format_serial(7)
FILES = ("007-1.jpg", "007-2.jpg")
READ = {"status": "read", "reason": "", "serial": SERIAL}
PAGE_ROWS = {FILES[0]: [{**READ, "page": "1"}], FILES[1]: [{**READ, "page": "2"}]}
SAID = (
    Said("q", ("b",), True, ("cross",)),
    Said("n", ("042",), True, ("digits",)),
    Said("z", (), True, ()),
)


def rating(**cells: str) -> Row:
    return {"serial": SERIAL, "review": "", "reason": "", "q": "b", "n": "42", "z": "", **cells}


def tables(row: Row | None = None, **more: object) -> Tables:
    ratings = {} if row is None else {SERIAL: row}
    return Tables(**{"ratings": ratings, "waiting": {}, "marks": {}, "pages": PAGE_ROWS} | more)  # type: ignore[arg-type]


def verdicts(table: Tables, said: tuple[Said, ...] = SAID) -> list[Verdict]:
    return [one.verdict for one in judge_sheet(table, DESIGN, 7, FILES, said).questions]


def test_right_values_are_right_and_comments_are_not_asked() -> None:
    assert verdicts(tables(rating())) == [Verdict.RIGHT, Verdict.RIGHT]


@pytest.mark.parametrize("cells", [{"q": "a"}, {"q": ""}, {"q": "a+b"}])
def test_any_other_accepted_value_is_a_silent_error(cells: dict[str, str]) -> None:
    assert verdicts(tables(rating(**cells))) == [Verdict.SILENT, Verdict.RIGHT]


def test_a_wrong_accepted_number_is_a_silent_error() -> None:
    assert verdicts(tables(rating(n="47")))[1] is Verdict.SILENT


@pytest.mark.parametrize("cell", ["", "a", "b"])
def test_where_a_person_must_decide_whatever_is_accepted_is_wrong(cell: str) -> None:
    said = (Said("q", None, False, ("double",)), *SAID[1:])
    assert verdicts(tables(rating(q=cell)), said)[0] is Verdict.SILENT


def test_a_waiting_question_is_in_review() -> None:
    asked = {(SERIAL, "q"): {"machine": "b", "reason": "marginal"}}
    table = tables(rating(q="", review="q"), waiting=asked)
    judged = judge_sheet(table, DESIGN, 7, FILES, SAID).questions[0]
    assert (judged.verdict, judged.read, judged.doubts) == (Verdict.REVIEW, "b", "marginal")
    counts = count_sheet(FORM, judge_sheet(table, DESIGN, 7, FILES, SAID), "pen")
    assert (counts["plain"], counts["plain_review"], counts["number"]) == (1, 1, 1)
    assert counts["position/3/2/review"] == counts["act/cross/plain_review"] == 1


def test_a_sheet_that_waits_for_a_refused_page_is_no_review() -> None:
    pages = {**PAGE_ROWS, FILES[1]: [{"status": "rejected", "reason": "no-page-code:x"}]}
    row = rating(q="", n="", review="*", reason="missing-page:2")
    judged = judge_sheet(tables(row, pages=pages), DESIGN, 7, FILES, SAID)
    assert [one.verdict for one in judged.questions] == [Verdict.REFUSED, Verdict.REFUSED]
    assert not judged.lost
    assert count_sheet(FORM, judged, "")["page/no-page-code"] == 1


def test_a_sheet_that_waits_for_another_reason_is_in_review() -> None:
    row = rating(q="", n="", review="*", reason="duplicate-serial")
    assert verdicts(tables(row)) == [Verdict.REVIEW, Verdict.REVIEW]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"status": "blank", "reason": ""}],
        [{"status": "duplicate", "reason": ""}],
        [{"status": "rejected", "reason": "internal-error:oh"}],
        [{**READ, "serial": format_serial(8), "page": "1"}],
        [{**READ, "page": "2"}],
    ],
)
def test_a_page_without_a_reason_to_act_on_is_a_lost_sheet(rows: list[Row]) -> None:
    judged = judge_sheet(tables(None, pages={**PAGE_ROWS, FILES[0]: rows}), DESIGN, 7, FILES, SAID)
    assert judged.lost
    assert {one.verdict for one in judged.questions} == {Verdict.LOST}


def test_a_sheet_refused_with_reasons_is_not_lost() -> None:
    refused = [{"status": "rejected", "reason": "no-marks-found"}]
    judged = judge_sheet(tables(None, pages=dict.fromkeys(FILES, refused)), DESIGN, 7, FILES, SAID)
    assert not judged.lost
    assert {one.verdict for one in judged.questions} == {Verdict.REFUSED}


def test_confidence_is_held_against_the_state() -> None:
    def row(option: str, state: str, confidence: str) -> Row:
        return {"question": "q", "option": option, "state": state, "confidence": confidence}

    marks = [
        row("a", "marked", "0.9950"),
        row("b", "marked", "1.0000"),
        row("c", "cancelled", "0.9999"),
        {"question": "n", "option": "1", "state": "marked", "confidence": "1"},
    ]
    counts = count_marks(FORM, marks, SAID)
    assert counts["confidence/0.99/all"] == 1
    assert counts["confidence/0.99/right"] == 0
    assert counts["confidence/0.9999/right"] == counts["confidence/0.9999/all"] == 2
    assert counts["marks"] == 3
    marginal = count_marks(FORM, [row("b", "marginal", "0.2")], SAID)
    assert marginal == {"marks": 1, "marks_marginal": 1}
