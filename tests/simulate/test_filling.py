"""Somebody fills in a form, and the truth says what they said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from omr.form.model import Kind
from omr.simulate import (
    CAREFUL,
    CARELESS,
    Act,
    MarkKind,
    PaperRaster,
    PenKind,
    fill_form,
    ink_page,
    writer_with,
)

if TYPE_CHECKING:
    from omr.form.model import Form
    from omr.geometry import Box
    from omr.layout.model import Layout
    from omr.simulate import FilledSheet
    from omr.simulate.strokes import Stroke

SHEETS = 40


@pytest.fixture(scope="module")
def careless(form: Form, layout: Layout) -> list[FilledSheet]:
    return [fill_form(form, layout, seed, behaviour=CARELESS) for seed in range(SHEETS)]


def inside(stroke: Stroke, box: Box) -> np.ndarray:
    """Which of a stroke's samples lie in the box."""
    x, y = stroke.points.T
    return (x >= box.x) & (x <= box.right) & (y >= box.y) & (y <= box.bottom)


def touched(sheet: FilledSheet, layout: Layout, question: str) -> set[str]:
    """The options of a question whose targets any ink reaches."""
    return {
        target.option
        for target in layout.page(1).targets
        for inked in sheet.ink[1]
        if target.question == question and inside(inked.stroke, target.box).any()
    }


def test_the_same_seed_gives_the_same_sheet(
    form: Form, layout: Layout, printed: PaperRaster
) -> None:
    one, two, other = (fill_form(form, layout, seed, behaviour=CARELESS) for seed in (5, 5, 6))
    pages = [ink_page(printed, sheet, 1).pixels for sheet in (one, two, other)]
    assert one.answers == two.answers
    assert np.array_equal(pages[0], pages[1])
    assert not np.array_equal(pages[0], pages[2])


def test_filling_leaves_the_blank_page_blank(
    form: Form, layout: Layout, printed: PaperRaster
) -> None:
    before = printed.pixels.copy()
    page = ink_page(printed, fill_form(form, layout, 3), 1)
    assert np.array_equal(printed.pixels, before)
    assert (page.pixels <= before).all()
    assert (page.pixels < before).any()


def test_plain_means_ink_on_the_chosen_targets_and_on_no_others(
    careless: list[FilledSheet], form: Form, layout: Layout
) -> None:
    seen = 0
    for sheet in careless:
        for question in form.questions:
            answer = sheet.answers.get(question.id)
            if answer is None or not answer.plain or question.kind is Kind.NUMBER:
                continue
            chosen = set(answer.value.split("+")) - {""}
            assert touched(sheet, layout, question.id) == chosen
            seen += 1
    assert seen > 5 * SHEETS


def test_plain_questions_keep_within_their_maximum(careless: list[FilledSheet], form: Form) -> None:
    for sheet in careless:
        for question in form.questions:
            answer = sheet.answers.get(question.id)
            if answer is None or not question.has_targets or not answer.plain:
                continue
            limit = 1 if question.kind is Kind.SINGLE else question.maximum or 99
            assert answer.act in (Act.MARKED, Act.BLANK)
            assert len(answer.value.split("+")) <= limit


def test_every_oddity_happens_and_none_is_plain(careless: list[FilledSheet]) -> None:
    acts = [answer for sheet in careless for answer in sheet.answers.values()]
    odd = set(Act) - {Act.MARKED, Act.BLANK, Act.NUMBER}
    assert {answer.act for answer in acts} >= odd
    assert not any(answer.plain for answer in acts if answer.act in odd)


def test_the_truth_of_each_act_follows_the_forms_rule(careless: list[FilledSheet]) -> None:
    for sheet in careless:
        singles = [answer for name, answer in sheet.answers.items() if name.startswith("q")]
        for answer in singles:
            marks = len(answer.value.split("+")) if answer.value else 0
            assert marks == {Act.DOUBLE: 2, Act.BLANK: 0, Act.TAKEN_BACK: 0}.get(answer.act, 1)


def test_ink_from_elsewhere_takes_the_plainness_away(form: Form, layout: Layout) -> None:
    """A page full of slips: what they touch is not plain, and says the same as before."""
    clean = [fill_form(form, layout, seed, behaviour=CAREFUL) for seed in range(10)]
    spoilt = [
        fill_form(form, layout, seed, behaviour=replace(CAREFUL, slips=60)) for seed in range(10)
    ]
    plain = [sum(a.plain for s in sheets for a in s.answers.values()) for sheets in (clean, spoilt)]
    assert plain[1] < 0.8 * plain[0]
    for before, after in zip(clean, spoilt, strict=True):
        values = [{name: a.value for name, a in s.answers.items()} for s in (before, after)]
        assert values[0] == values[1]


def test_careful_people_are_nearly_always_plain(form: Form, layout: Layout) -> None:
    answers = [
        answer
        for seed in range(SHEETS)
        for answer in fill_form(form, layout, seed, behaviour=CAREFUL).answers.values()
    ]
    assert sum(answer.plain for answer in answers) > 0.95 * len(answers)


def test_numbers_are_written_into_their_cells(form: Form, layout: Layout) -> None:
    for seed in range(SHEETS):
        sheet = fill_form(form, layout, seed, behaviour=CAREFUL)
        value = sheet.answers["n"].value
        written = {inked.option for inked in sheet.ink[1] if inked.question == "n"}
        assert len(written) >= len(value)
        if value:
            assert value == str(int(value))
            assert "3" in written


def test_contented_people_choose_high_scores(form: Form, layout: Layout) -> None:
    def mean(contentment: float) -> float:
        habit = replace(CAREFUL, contentment=contentment)
        sheets = [fill_form(form, layout, seed, behaviour=habit) for seed in range(20)]
        return float(
            np.mean([int(s.answers[f"q{n}"].value or 3) for s in sheets for n in range(1, 11)])
        )

    assert mean(1.2) > mean(0.0) + 0.8


def test_text_questions_have_no_truth(careless: list[FilledSheet]) -> None:
    assert all("z" not in sheet.answers for sheet in careless)


def test_a_hand_may_be_chosen(form: Form, layout: Layout) -> None:
    hand = writer_with(PenKind.PENCIL, MarkKind.TICK, np.random.default_rng(1))
    assert fill_form(form, layout, 1, writer=hand).writer is hand


def test_what_is_to_be_said_may_be_given(form: Form, layout: Layout) -> None:
    given = {"q1": "5", "q2": "", "q3": "4+2", "m": "5+1", "n": "42"}
    sheets = [fill_form(form, layout, seed, behaviour=CAREFUL, given=given) for seed in (1, 2)]
    for sheet in sheets:
        assert {name: sheet.answers[name].value for name in given} == given
        assert not sheet.answers["q3"].plain
        assert touched(sheet, layout, "q3") == {"4", "2"}
    inks = [np.vstack([inked.stroke.points for inked in sheet.ink[1]]) for sheet in sheets]
    assert inks[0].shape != inks[1].shape


@pytest.mark.parametrize(
    ("question", "value", "error"),
    [("q1", "9", KeyError), ("n", "1234", ValueError), ("n", "x", ValueError)],
)
def test_what_cannot_be_said_is_refused(
    form: Form, layout: Layout, question: str, value: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        fill_form(form, layout, 1, given={question: value})


def test_a_mark_that_hardly_shows_is_not_plain(form: Form, layout: Layout) -> None:
    firm = writer_with(PenKind.PENCIL, MarkKind.CROSS, np.random.default_rng(1))
    hands = {
        True: replace(firm, pen=replace(firm.pen, opacity=1.0, grain=0.3), pressure=0.9),
        False: replace(firm, pen=replace(firm.pen, opacity=0.6, grain=0.5), pressure=0.4),
    }
    for is_dark, hand in hands.items():
        sheets = [fill_form(form, layout, k, writer=hand, behaviour=CAREFUL) for k in range(5)]
        marked = [a for s in sheets for a in s.answers.values() if a.act is Act.MARKED]
        share = sum(answer.plain for answer in marked) / len(marked)
        assert share > 0.9 if is_dark else share < 0.1
