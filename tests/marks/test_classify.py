"""Two-sided rules: between nothing and a mark lies doubt, and no little more ink skips it."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.geometry import Box
from omr.layout.model import Shape, Target
from omr.marks.classify import classify
from omr.marks.mark_thresholds import DEFAULT, MarkThresholds
from omr.marks.measure import Measurement
from omr.marks.model import State

TARGET = Target("q1", "5", Shape.BOX, Box(100, 100, 5, 5))
EMPTY = Measurement(TARGET, agreement=0.9, contrast=0.9, outline=0.4)
CROSS = replace(
    EMPTY,
    ink=0.25,
    core=0.3,
    extent=0.95,
    longest=0.95,
    breadth=0.9,
    strength=0.8,
    bend=0.6,
    edge=0.85,
    stroke_mm=9.0,
    touch=0.6,
    near=0.7,
    crook=1.1,
    off=0.1,
    reach=5.0,
    turn=1.0,
    own_mm=9.0,
)
SHARE = st.floats(0, 1)


def elsewhere(one: Measurement, question: str = "other") -> Measurement:
    """The same in another question."""
    return replace(one, target=replace(TARGET, question=question))


def state(one: Measurement, thresholds: MarkThresholds = DEFAULT) -> State:
    """The state of a target among others of no interest: a page has many."""
    others = [elsewhere(EMPTY)] * 4 + [elsewhere(CROSS)] * 2
    return classify([one, *others], False, thresholds).marks[0].state


def test_plain_cases_are_plain() -> None:
    assert state(EMPTY) is State.UNMARKED
    assert state(CROSS) is State.MARKED
    assert state(replace(CROSS, ink=0.9, core=1.0, extent=1.0)) is State.MARKED


def test_a_circled_cross_is_cancelled_and_a_circled_blank_is_doubtful() -> None:
    assert state(replace(CROSS, ring=0.95)) is State.CANCELLED
    assert state(replace(EMPTY, ring=0.95, outside=0.2)) is State.MARGINAL


def test_a_circled_box_that_is_filled_is_chosen_again() -> None:
    filled = replace(CROSS, ink=0.97, core=1.0, extent=1.0, strength=1.0, ring=0.95)
    assert state(filled) is State.MARKED


def test_where_the_print_is_not_what_it_should_be_nothing_is_read() -> None:
    lost = replace(EMPTY, found=False, agreement=-0.2)
    assert state(lost) is State.MARGINAL
    assert state(replace(CROSS, found=False, agreement=-0.2)) is State.MARGINAL


def test_an_outline_is_traced_only_beside_outlines_drawn_like_it() -> None:
    """Cells of a table have hairlines around them; small boxes on the same page have not."""
    cell = replace(EMPTY, target=replace(TARGET, box=Box(10, 10, 18, 10)), outline=0.05)
    traced = replace(EMPTY, outline=0.8)
    marks = classify([traced, *[EMPTY] * 6, *[cell] * 12], False).marks
    assert [mark.state for mark in marks] == [State.MARGINAL, *[State.UNMARKED] * 18]


@given(st.floats(0.05, 1.0), st.floats(0.0, 1.0), st.floats(0.3, 1.0))
def test_growing_ink_goes_from_nothing_through_doubt_to_a_mark(
    extent: float, share_of_core: float, strength: float
) -> None:
    """Whatever a stroke is like: no step of two thousandths jumps from unmarked to marked."""
    drawn = replace(CROSS, extent=extent, strength=strength)
    states = [
        state(replace(drawn, ink=ink, core=share_of_core * ink))
        for ink in (step / 500 for step in range(50))
    ]
    order = [State.UNMARKED, State.MARGINAL, State.MARKED]
    places = [order.index(seen) for seen in states]
    assert places == sorted(places)
    assert all(after - before <= 1 for before, after in itertools.pairwise(places))


MEASUREMENTS = st.builds(
    Measurement,
    target=st.just(TARGET),
    found=st.booleans(),
    agreement=st.floats(-1, 1),
    **{
        field.name: SHARE
        for field in fields(Measurement)
        if field.name not in ("target", "found", "agreement", "guest_at")
    },
    guest_at=st.integers(-1, 6),
)


@given(MEASUREMENTS)
def test_much_ink_is_never_called_empty(one: Measurement) -> None:
    seen = state(one)
    if one.ink > 0.1:
        assert seen is not State.UNMARKED


@given(MEASUREMENTS)
def test_what_is_empty_stays_empty_when_everything_is_wiped_away(one: Measurement) -> None:
    if state(one) is State.UNMARKED:
        assert state(replace(EMPTY, found=one.found, agreement=one.agreement)) is State.UNMARKED


@given(SHARE, SHARE, SHARE)
def test_ink_and_confidence_stay_within_0_and_1(ink: float, extent: float, ring: float) -> None:
    one = replace(EMPTY, ink=ink, core=ink, extent=extent, strength=0.7, ring=ring)
    (mark,) = classify([one], False).marks
    assert 0 <= mark.ink <= 1
    assert 0 <= mark.confidence <= 1
    assert (mark.question, mark.option) == ("q1", "5")


@pytest.mark.parametrize("bilevel", [False, True])
def test_only_a_one_bit_page_without_any_mark_is_not_believed(bilevel: bool) -> None:
    assert bool(classify([EMPTY] * 30, bilevel).unsure_if_empty) == bilevel
    assert not classify([EMPTY] * 30 + [CROSS], bilevel).unsure_if_empty


def test_a_pen_that_leaves_only_traces_makes_the_page_faint() -> None:
    broken = replace(EMPTY, specks=0.02, speck_count=4)
    assert classify([EMPTY] * 30 + [broken] * 10, False).unsure_if_empty
    assert not classify([EMPTY] * 30 + [broken] + [CROSS] * 12, False).unsure_if_empty


def test_a_pale_fill_is_not_called_empty() -> None:
    (*_, pale) = classify([EMPTY] * 30 + [replace(EMPTY, tone=0.09)], False).marks
    assert pale.state is State.MARGINAL


def test_a_traced_outline_is_not_called_empty() -> None:
    (*_, traced) = classify([EMPTY] * 30 + [replace(EMPTY, outline=0.8)], False).marks
    assert traced.state is State.MARGINAL


LINE = replace(CROSS, bend=0.15, crook=0.16, turn=0.2, core=0.15, stroke_mm=5.0)


@pytest.mark.parametrize(
    "seen",
    [
        {"bend": 0.15, "foreign": 1.0, "rival": 2.0},
        {"through": 6.0, "abroad": 0.5},
        {"beside": 8.0},
        {"off": 2.4, "crook": 0.5, "bend": 0.2, "turn": 0.2},
        {"bend": 0.18, "crook": 0.2, "rival": 1.0},
        {"off": 1.2, "abroad": 0.6, "sway": 0.9, "away": 4.0},
        {"abroad": 0.7},
        {"edge": 0.2},
    ],
    ids=["elsewhere", "passes", "letters", "off", "shared", "writing", "long", "stain"],
)
def test_what_is_part_of_something_else_is_no_mark(seen: dict[str, float]) -> None:
    assert state(replace(CROSS, **seen)) is State.MARGINAL


def test_a_mark_that_runs_out_stays_a_mark() -> None:
    assert state(replace(CROSS, abroad=0.6, sway=0.25, rival=0.4)) is State.MARKED
    assert state(replace(CROSS, bend=0.18, abroad=0.2)) is State.MARKED


def test_a_cross_that_touches_its_neighbours_keeps_its_own_middle() -> None:
    assert state(replace(CROSS, rival=1.2, foreign=1.0, away=4.0)) is State.MARKED


def test_a_slash_is_a_mark_where_its_middle_is_here_and_a_slip_is_not() -> None:
    assert state(LINE) is State.MARKED
    assert state(replace(LINE, off=1.9)) is State.MARGINAL
    assert state(replace(LINE, away=3.0, off=0.8)) is State.MARGINAL
    assert state(replace(LINE, reach=1.9, off=0.9)) is State.MARGINAL


def test_a_line_paler_than_its_writers_marks_waits_where_a_cross_would_not() -> None:
    marks = [elsewhere(CROSS, str(number)) for number in range(6)]
    for one, seen in ((LINE, State.MARGINAL), (CROSS, State.MARKED)):
        pale = replace(one, strength=0.55)
        assert classify([*marks, pale], False).marks[-1].state is seen


def test_a_line_beside_a_cross_in_one_question_waits() -> None:
    """A slip into another box of an answered question is no second answer."""
    first, second = classify([CROSS, replace(LINE, off=0.9)], False).marks
    assert (first.state, second.state) == (State.MARKED, State.MARGINAL)


def test_a_filled_target_whose_fill_touches_its_neighbours_is_a_mark() -> None:
    fill = replace(CROSS, ink=0.9, core=1.0, bend=1.2, foreign=1.0, rival=1.8)
    assert state(fill) is State.MARKED
    assert state(replace(fill, abroad=0.7)) is State.MARGINAL


TICK_BESIDE = replace(
    EMPTY, touch=0.3, ink=0.03, extent=0.3, strength=0.8, edge=0.9, crook=0.9, off=1.5, own_mm=6.0
)
"""The corner of a large tick, whose arm lies outside."""


def test_a_tick_mostly_off_its_box_is_an_answer_if_it_is_all_there_is() -> None:
    others = [replace(EMPTY, target=replace(TARGET, option=code)) for code in "4321"]
    for beside, seen in ((EMPTY, State.MARKED), (replace(EMPTY, touch=0.02), State.MARGINAL)):
        spoilt = replace(beside, target=others[0].target)
        assert classify([TICK_BESIDE, spoilt, *others[1:]], False).marks[0].state is seen


def test_a_mark_between_two_questions_is_nobodys() -> None:
    """If the other question has no answer, the mark may have been meant for it."""
    off = replace(CROSS, off=1.4)
    empty = elsewhere(replace(EMPTY, guest_mm=1.0, guest_at=0))
    page = classify([off, empty], False)
    assert page.marks[0].state is State.MARGINAL
    assert page.unsure_if_empty == {"other"}
    answered = classify([off, empty, elsewhere(CROSS)], False)
    assert answered.marks[0].state is State.MARKED


CLEAR = [elsewhere(CROSS, f"other {number}") for number in range(6)]
"""Six clear marks of one hand: enough to tell what is usual."""


def test_pale_places_beside_a_clear_mark_are_no_second_answer() -> None:
    fold = replace(EMPTY, trace=0.2, tone=0.06)
    assert classify([*CLEAR, CROSS, fold], False).marks[-1].state is State.UNMARKED
    page = [fold, elsewhere(CROSS), *[elsewhere(EMPTY)] * 30]
    assert classify(page, False).marks[0].state is State.MARGINAL


@pytest.mark.parametrize("outline", [{"crook": 1.3, "off": 0.2}, {"crook": 0.03, "off": 2.1}])
def test_an_outline_that_came_out_darker_is_no_second_answer(outline: dict[str, float]) -> None:
    worn = replace(EMPTY, touch=0.1, **outline)
    assert classify([*CLEAR, CROSS, worn], False).marks[-1].state is State.UNMARKED
    drawn = replace(worn, ink=0.02, extent=0.4, crook=0.3, reach=2.0)
    assert classify([*CLEAR, CROSS, drawn], False).marks[-1].state is State.MARGINAL


def test_a_grain_of_dust_beside_a_clear_mark_is_no_second_answer() -> None:
    grain = replace(EMPTY, touch=0.05, ink=0.02, extent=0.15, reach=0.4, strength=0.6)
    assert classify([*CLEAR, CROSS, grain], False).marks[-1].state is State.UNMARKED
    dot = replace(grain, ink=0.06, extent=0.28, reach=1.1)
    assert classify([*CLEAR, CROSS, dot], False).marks[-1].state is State.MARGINAL


def test_the_arms_of_a_cross_are_no_circle() -> None:
    arms = replace(CROSS, ring=0.7, outside=0.1, gap=0.2, arc=0.3)
    assert state(arms) is State.MARKED
    assert state(replace(arms, gap=0.1)) is State.MARGINAL
    assert state(replace(arms, arc=0.5)) is State.MARGINAL


def test_what_only_grazes_a_target_leaves_it_empty() -> None:
    graze = replace(EMPTY, touch=0.1, ink=0.03, extent=0.25, longest=0.25, foreign=1.0, rival=4.0)
    assert state(graze) is State.UNMARKED
    assert state(replace(graze, foreign=0.0)) is State.MARGINAL


def test_a_mark_much_paler_than_the_others_of_its_page_waits() -> None:
    (*_, pale) = classify([CROSS] * 8 + [replace(CROSS, strength=0.3)], False).marks
    assert pale.state is State.MARGINAL


def test_where_print_itself_is_pale_no_empty_question_is_believed() -> None:
    assert classify([replace(EMPTY, contrast=0.15)] * 30 + [CROSS], False).unsure_if_empty
    assert not classify([replace(EMPTY, contrast=0.45)] * 30 + [CROSS], False).unsure_if_empty


@pytest.mark.parametrize(
    "beside",
    [
        {"own_mm": 1.0},
        {"ink": 0.008},
        {"touch": 0.01, "reach": 2.0},
        {"near": 0.05},
        {"loose_mm": 2.0},
        {"on_label_mm": 5.0},
    ],
)
def test_no_answer_is_believed_only_where_nothing_stands_beside_the_boxes(
    beside: dict[str, float],
) -> None:
    touched = elsewhere(replace(EMPTY, **beside), "touched")
    page = classify([EMPTY] * 30 + [touched] + [elsewhere(CROSS)] * 3, False)
    assert page.unsure_if_empty == {touched.target.question}
    assert page.marks[30].state is State.UNMARKED


def test_traces_on_a_page_without_any_mark_may_be_all_that_is_left() -> None:
    trace = replace(EMPTY, specks=0.003, speck_count=1)
    assert classify([EMPTY] * 30 + [trace] * 2, False).unsure_if_empty
    assert not classify([EMPTY] * 31 + [trace], False).unsure_if_empty


def test_a_line_off_its_box_waits_unless_its_writer_makes_all_marks_so() -> None:
    beside = replace(LINE, off=1.4, away=2.2)
    crosses = [elsewhere(CROSS, str(number)) for number in range(9)]
    alike = [elsewhere(beside, str(number)) for number in range(9)]
    assert classify([*crosses, beside], False).marks[-1].state is State.MARGINAL
    assert classify([*alike, beside], False).marks[-1].state is State.MARKED


def test_a_dark_full_box_is_no_stain_however_soft_its_edges() -> None:
    full = replace(CROSS, ink=0.99, core=1.0, edge=0.1, strength=0.95)
    assert classify([EMPTY] * 30 + [full], False).marks[-1].state is State.MARKED
    pale = replace(full, strength=0.5)
    assert classify([EMPTY] * 30 + [pale], False).marks[-1].state is State.MARGINAL


def test_a_single_speck_makes_an_empty_question_of_a_1_bit_scan_doubtful() -> None:
    specked = replace(EMPTY, specks=0.006, speck_count=1)
    assert classify([EMPTY] * 30 + [specked, CROSS], True).unsure_if_empty
    assert not classify([EMPTY] * 30 + [specked, CROSS], False).unsure_if_empty


def test_marks_come_in_the_order_of_the_targets() -> None:
    targets = [replace(TARGET, option=code) for code in "54321"]
    measured = [replace(CROSS if t.option == "3" else EMPTY, target=t) for t in targets]
    marks = classify(measured, False).marks
    assert [mark.option for mark in marks] == list("54321")
    assert [mark.option for mark in marks if mark.state is State.MARKED] == ["3"]


def test_a_page_without_targets_has_no_marks() -> None:
    assert classify([], True).marks == ()


def test_thresholds_leave_room_for_doubt() -> None:
    assert DEFAULT.blank_touch < DEFAULT.empty_touch < DEFAULT.off_touch
    assert DEFAULT.empty_ink < DEFAULT.stroke_ink
    assert DEFAULT.open_ring < DEFAULT.ring < DEFAULT.full_ring < DEFAULT.sure_ring


def test_on_a_page_whose_pen_is_nearly_gone_specks_may_be_a_mark() -> None:
    """A 1-bit scan keeps crumbs of a faint pencil: one box with a mark is then not the answer."""
    crumbs = replace(EMPTY, specks=0.008, speck_count=4)
    broken = replace(EMPTY, specks=0.02, speck_count=7)
    faint_page = [CROSS, crumbs, broken, broken]
    marks = classify(faint_page, bilevel=True).marks
    assert [mark.state for mark in marks[:2]] == [State.MARKED, State.MARGINAL]
    sound_page = [CROSS, crumbs, CROSS, CROSS]
    marks = classify(sound_page, bilevel=True).marks
    assert [mark.state for mark in marks[:2]] == [State.MARKED, State.UNMARKED]


def test_dust_in_two_corners_reaches_far_but_is_no_stroke() -> None:
    dust = replace(EMPTY, ink=0.032, core=0.03, extent=0.76, longest=0.14, breadth=0.14)
    assert state(replace(dust, strength=0.55)) is not State.MARKED


@pytest.mark.parametrize(
    "drawn",
    [
        {"outside": 0.3},
        {"through": 2.0},
        {"gap": 0.12},
        {"breadth": 0.45},
        {"ring": 0.82},
        {"ink": 0.7},
    ],
    ids=["stamp", "struck-out", "loop", "dot-in-a-ring", "open-arc", "thick-pen"],
)
def test_only_a_cross_in_one_plain_circle_is_taken_back(drawn: dict[str, float]) -> None:
    circled = replace(CROSS, ring=0.95, outside=0.15)
    assert state(circled) is State.CANCELLED
    assert state(replace(circled, **drawn)) is State.MARGINAL
