"""The plan: every option of every form, doubtful cases among them, on as few sheets as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from form_strategies import forms, options
from hypothesis import given
from hypothesis import strategies as st

from omr.deck import plan_deck
from omr.deck.model import MarkKind
from omr.form.model import Correction, Form, Kind, Question
from omr.survey.model import Waits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.deck.model import PlannedMark, PlannedSheet
    from omr.survey.model import ExpectedAnswer

PLAIN = {MarkKind.CROSS, MarkKind.TICK, MarkKind.SLASH, MarkKind.FILL}


def rows(
    form: Form, deck: tuple[PlannedSheet, ...]
) -> Iterator[tuple[Question, tuple[PlannedMark, ...], ExpectedAnswer]]:
    """Every question of every sheet, with its marks and what must be read."""
    for sheet in deck:
        for question, expected in zip(form.questions, sheet.expected, strict=True):
            marks = tuple(mark for mark in sheet.marks if mark.question == question.id)
            yield question, marks, expected


@given(forms())
def test_every_option_of_every_question_must_be_read_somewhere(form: Form) -> None:
    sure = {
        (question.id, code)
        for question, _, expected in rows(form, plan_deck(form))
        if expected.waits is Waits.NO
        for code in expected.value.split("+")
    }
    for question in form.questions:
        for option in question.options:
            assert (question.id, option.code) in sure


@given(forms())
def test_every_question_is_expected_once_on_every_sheet(form: Form) -> None:
    ids = [question.id for question in form.questions]
    for sheet in plan_deck(form):
        assert [answer.question for answer in sheet.expected] == ids
        places = [(mark.question, mark.option) for mark in sheet.marks]
        assert len(set(places)) == len(places)


@given(forms())
def test_what_is_marked_is_what_is_expected(form: Form) -> None:
    for question, marks, expected in rows(form, plan_deck(form)):
        if question.kind is Kind.TEXT:
            assert (expected.value, expected.waits) == ("", Waits.NO)
        elif question.kind is Kind.NUMBER:
            digits = "".join(mark.digit for mark in marks)
            assert expected.value == (str(int(digits)) if digits else "")
            assert expected.waits is (Waits.MAY if digits else Waits.NO)
        else:
            corrected = expected.waits is Waits.MAY and len(marks) > 1
            counting = marks[1:] if corrected else marks
            codes = {mark.option for mark in counting}
            in_order = [option.code for option in question.options if option.code in codes]
            assert expected.value == "+".join(in_order)


@given(forms())
def test_only_what_the_rules_forbid_must_wait(form: Form) -> None:
    for question, marks, expected in rows(form, plan_deck(form)):
        if question.has_targets:
            most = 1 if question.kind is Kind.SINGLE else question.maximum or len(question.options)
            corrected = expected.waits is Waits.MAY
            assert (expected.waits is Waits.MUST) == (len(marks) > most and not corrected)


@given(forms())
def test_the_doubtful_cases_are_among_them(form: Form) -> None:
    seen = list(rows(form, plan_deck(form)))
    singles = [q for q in form.questions if q.kind is Kind.SINGLE]
    of_singles = [(marks, expected) for q, marks, expected in seen if q.kind is Kind.SINGLE]
    kinds = {mark.kind for marks, _ in of_singles for mark in marks}
    if singles:
        assert any(not marks for marks, _ in of_singles)
        assert MarkKind.LIGHT in kinds
    if any(len(question.options) > 1 for question in singles):
        assert any(expected.waits is Waits.MUST for _, expected in of_singles)
        assert (MarkKind.CIRCLED in kinds) == (form.correction is Correction.CIRCLE)
    if form.correction is Correction.FILL:  # a filled box alone would mean "taken back"
        filled = [marks for marks, _ in of_singles if any(m.kind is MarkKind.FILL for m in marks)]
        assert all(len(marks) == 2 for marks in filled)
    for question in form.questions:
        marked = [bool(marks) for q, marks, _ in seen if q is question]
        if question.kind in (Kind.MULTI, Kind.NUMBER):
            assert set(marked) == {True, False}
        if question.kind is Kind.TEXT:
            assert marked[0]
        if question.kind is Kind.MULTI and (question.maximum or 99) < len(question.options):
            assert any(e.waits is Waits.MUST for q, _, e in seen if q is question)


@given(st.lists(st.integers(2, 9), min_size=1, max_size=8), st.sampled_from(Correction))
def test_no_deck_could_be_smaller(counts: list[int], rule: Correction) -> None:
    asked = tuple(
        Question(f"q{n}", Kind.SINGLE, "?", options(count)) for n, count in enumerate(counts)
    )
    special = 3 if rule is Correction.NONE else 4
    sheets = max(counts)
    while sum(sheets - count for count in counts) < special:
        sheets += 1
    assert len(plan_deck(Form("mau", "Phiếu", asked, rule))) == sheets


@given(forms())
def test_the_same_form_has_the_same_deck(form: Form) -> None:
    assert plan_deck(form) == plan_deck(form)


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        (Correction.CIRCLE, PLAIN | {MarkKind.CIRCLED, MarkKind.LIGHT}),
        (Correction.FILL, PLAIN | {MarkKind.LIGHT}),
        (Correction.NONE, PLAIN | {MarkKind.LIGHT}),
    ],
)
def test_every_way_of_marking_occurs(rule: Correction, kinds: set[MarkKind]) -> None:
    form = Form("mau", "Phiếu", (Question("q", Kind.SINGLE, "?", options(5)),), rule)
    assert {mark.kind for sheet in plan_deck(form) for mark in sheet.marks} == kinds


def test_the_digits_run_through_all_ten() -> None:
    asked = (Question("n", Kind.NUMBER, "?", digits=3), Question("q", Kind.SINGLE, "?", options(5)))
    deck = plan_deck(Form("mau", "Phiếu", asked))
    assert {mark.digit for sheet in deck for mark in sheet.marks if mark.digit} == set("0123456789")
