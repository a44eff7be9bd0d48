"""What people say and where their ink falls: the one follows from the other."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omr.accuracy.hand import Act, befallen, draw, fill
from omr.accuracy.hand.answers import Answer
from omr.accuracy.hand.model import Stroke
from omr.accuracy.hand.truth import CLEAR_MM, NEAR_MM, Ink, inside, judge, unless_blank
from omr.accuracy.hand.writer import a_writer
from omr.accuracy.model import Profile, Said
from omr.form.model import Correction, Kind
from omr.geometry import Box
from tests.accuracy.paper_of_rows import PX_PER_MM, blank, form, layout

SEEDS = st.integers(1, 9999)
CORRECTED = {Act.CIRCLE_CORRECTED, Act.CHOSEN_AGAIN, Act.ONLY_CIRCLED, Act.SCRIBBLED_OUT}


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from(list(Correction)))
def test_every_question_is_answered_for_once_in_form_order(seed, correction):
    asked = form(correction)
    sheet = fill(asked, layout(), seed, Profile.OFFICE)
    assert [s.question for s in sheet.said] == [
        q.id for q in asked.questions if q.kind is not Kind.TEXT
    ]
    for said in sheet.said:
        codes = [option.code for option in asked.question(said.question).options]
        assert said.acts
        assert set(said.acts) <= {str(act) for act in Act}
        if codes and said.value is not None:
            assert list(said.value) == [code for code in codes if code in said.value]


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from(list(Correction)))
def test_values_follow_the_printed_rule(seed, correction):
    for said in fill(form(correction), layout(), seed, Profile.OFFICE).said:
        acts = {Act(act) for act in said.acts}
        if acts & {Act.DOUBLE, Act.RING_BOX, Act.RING_LABEL, Act.OVER_MAXIMUM}:
            assert said.value is None
        if said.value is None:
            assert not said.plain
        if acts & CORRECTED:
            assert not said.plain
            if correction is Correction.NONE:
                assert said.value is None
        if Act.SCRIBBLED_OUT in acts and correction is Correction.CIRCLE:
            assert said.value is None
        if acts == {Act.BLANK}:
            assert said.value == ()
            assert said.plain


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_plain_rows_have_their_marks_inside_and_nothing_else_near(seed):
    paper = blank()
    sheet = fill(form(), layout(), seed, Profile.OFFICE)
    drawn = draw(paper, sheet, 1)
    added = (paper.pixels.astype(int) - drawn.pixels).max(axis=2) > 24
    said = {s.question: s for s in sheet.said}
    for target in layout().page(1).targets:
        truth = said.get(target.question)
        if truth is None or not truth.plain or target.question == "age":
            continue
        if target.option in truth.value:
            strokes = [
                s
                for s in sheet.strokes[1]
                if (s.question, s.option) == (target.question, target.option)
            ]
            assert inside(strokes, target.box)[0] >= CLEAR_MM
            assert _window(added, target.box).sum() > 0.2 * PX_PER_MM**2
        else:
            assert not _window(added, target.box.grown(NEAR_MM - 0.3)).any()


@pytest.mark.parametrize(("reach", "value"), [(1.2, ()), (4.6, None)])
def test_a_slip_through_a_blank_rows_box_is_for_a_person(reach, value):
    box = Box(40, 60, 4.6, 4.6)
    across = np.stack([np.linspace(41, 41 + reach, 40), np.full(40, 62.0)], axis=1)
    slip = Stroke(
        across.astype(np.float32),
        np.full(40, 0.3, np.float32),
        np.ones(40, np.float32),
        stray=Act.SLIP,
    )
    writer = a_writer(np.random.default_rng(1), Profile.OFFICE)
    answer = Answer((), (Act.BLANK,), (), (slip,))
    said = judge("q", answer, {"1": box, "2": Box(60, 60, 4.6, 4.6)}, Ink([slip]), writer)
    assert said.value == value
    assert not said.plain


def _window(added, box):
    x, y = int(box.x * PX_PER_MM), int(box.y * PX_PER_MM)
    return added[y : int(box.bottom * PX_PER_MM), x : int(box.right * PX_PER_MM)]


def test_the_same_seed_gives_the_same_sheet_and_ink():
    one, two = (fill(form(), layout(), 7, Profile.OFFICE) for _ in range(2))
    assert one.said == two.said
    assert np.array_equal(draw(blank(), one, 1).pixels, draw(blank(), two, 1).pixels)
    assert fill(form(), layout(), 8, Profile.OFFICE).said != one.said


def test_drawing_leaves_the_printed_page_alone():
    paper = blank()
    before = paper.pixels.copy()
    drawn = draw(paper, fill(form(), layout(), 3, Profile.OFFICE), 1)
    assert np.array_equal(paper.pixels, before)
    assert (drawn.pixels <= before).all()


@pytest.mark.full
def test_every_kind_of_act_is_counted_in_tens_of_thousands_of_questions():
    counts: Counter[str] = Counter()
    plain = total = 0
    for seed in range(1, 700):
        sheet = fill(form(), layout(), seed, Profile.OFFICE)
        counts.update(act for s in sheet.said for act in s.acts)
        plain += sum(s.plain for s in sheet.said)
        total += len(sheet.said)
    afterwards = {Act.DAMAGED, Act.HARDLY_SEEN, Act.VANISHED, Act.BLANK_SHEET}
    rare = {act: counts[act] for act in set(Act) - afterwards if counts[act] < 3}
    assert not rare
    assert 0.85 < plain / total < 0.95


@pytest.mark.parametrize("box", [Box(40, 60, 2, 2), Box(45.3, 60, 0.5, 0.5)])
def test_damage_at_a_row_takes_its_plainness(box):
    sheet = fill(form(), layout(), 1, Profile.OFFICE)
    after = befallen(sheet.said, layout(), {1: [box]})
    changed = [a.question for a, b in zip(after, sheet.said, strict=True) if a != b]
    assert changed == ["q0"]
    assert not after[0].plain
    assert after[0].value == sheet.said[0].value
    assert befallen(sheet.said, layout(), {}) == sheet.said


def test_nothing_is_plain_on_a_sheet_on_which_nothing_was_said():
    """A blank sheet is invalid, and people confirm that it is."""
    blank_row = Said("q1", (), True, ("blank",))
    answered = Said("q2", ("3",), True, ("cross",))
    assert unless_blank([blank_row, answered]) == (blank_row, answered)
    assert [one.plain for one in unless_blank([blank_row, blank_row])] == [False, False]
    assert unless_blank([blank_row])[0].value == ()
