"""Decisions stand beside the machine's reading; the latest holds, and each can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from survey_makers import a_layout, a_page

from omr.errors import UsageError
from omr.responses.model import Doubt
from omr.survey import parse_item, question_item, sheet_item
from omr.survey.model import Answer, Decision, SheetStatus

if TYPE_CHECKING:
    from omr.survey import Survey

PAGE = a_page("a.pdf", answers={"q1": ("1", "5")}, doubts={"q1": (Doubt.DOUBLE,)})
ITEM = question_item(PAGE, "q1")


def decision(value: str, reviewer: str = "Lan") -> Decision:
    return Decision(ITEM, value, reviewer, "2026-03-02T09:00:00+07:00")


@pytest.fixture
def waiting(survey: Survey) -> Survey:
    """A survey with one sheet whose q1 waits."""
    survey.issue(1, "Xã Cẩm Vinh", "", a_layout().version)
    survey.record([PAGE, a_page("a.pdf", image=2, page=2)])
    return survey


def answer(survey: Survey) -> Answer:
    (sheet,) = survey.assembly(lambda one, other: one == other).sheets
    return sheet.answers[0]


def test_a_decision_counts_and_the_reading_stays(waiting: Survey) -> None:
    assert (answer(waiting).value, answer(waiting).doubts) == ("", (Doubt.DOUBLE,))
    assert waiting.decide([decision("5")]) == 1
    decided = answer(waiting)
    assert (decided.value, decided.decided_by, decided.doubts) == ("5", "Lan", ())
    assert decided.machine == "1+5"
    (sheet,) = waiting.assembly(lambda one, other: one == other).sheets
    assert sheet.status is SheetStatus.ACCEPTED


def test_no_answer_is_a_decision_too(waiting: Survey) -> None:
    waiting.decide([decision("")])
    assert (answer(waiting).value, answer(waiting).decided_by) == ("", "Lan")


def test_the_latest_decision_holds(waiting: Survey) -> None:
    waiting.decide([decision("5")])
    waiting.decide([decision("1", "Hùng")])
    assert (answer(waiting).value, answer(waiting).decided_by) == ("1", "Hùng")


def test_taking_back_brings_the_one_before_then_the_doubt(waiting: Survey) -> None:
    waiting.decide([decision("5")])
    waiting.decide([decision("1", "Hùng")])
    assert waiting.undo_decision(ITEM, "Lan").value == "1"
    assert answer(waiting).value == "5"
    waiting.undo_decision(ITEM, "Lan")
    assert answer(waiting).doubts == (Doubt.DOUBLE,)
    with pytest.raises(UsageError, match="No decision stands"):
        waiting.undo_decision(ITEM, "Lan")
    waiting.decide([decision("5")])
    assert answer(waiting).value == "5"


def test_importing_the_same_decisions_again_changes_nothing(waiting: Survey) -> None:
    assert waiting.decide([decision("5")]) == 1
    events = waiting.events()
    assert waiting.decide([decision("5")]) == 0
    assert waiting.events() == events


@pytest.mark.parametrize("reviewer", ["", " ", "machine"])
def test_a_decision_must_say_who_made_it(waiting: Survey, reviewer: str) -> None:
    with pytest.raises(UsageError, match="who made it"):
        waiting.decide([decision("5"), decision("1", reviewer)])
    assert waiting.decisions() == ()


def test_an_item_tells_page_and_question() -> None:
    name = parse_item(ITEM)
    assert name is not None
    assert (name.digest, name.page, name.question) == (PAGE.sha256[:12], 1, "q1")
    whole = parse_item(sheet_item(PAGE))
    assert whole is not None
    assert whole.question == "*"


@pytest.mark.parametrize("text", ["", "q1", "3fa9c01b77e2-0-q1", "3fa9c01b77e2-1-", "xyz-1-q1"])
def test_what_is_no_item_is_not_taken_for_one(text: str) -> None:
    assert parse_item(text) is None
