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
from omr.marks.measure import Measurement
from omr.marks.model import State
from omr.marks.thresholds import DEFAULT, MarkThresholds

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
)
SHARE = st.floats(0, 1)


def state(one: Measurement, thresholds: MarkThresholds = DEFAULT) -> State:
    """The state of a target among others of no interest: a page has many."""
    others = [EMPTY] * 4 + [CROSS] * 2
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
        if field.name not in ("target", "found", "agreement")
    },
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


@pytest.mark.parametrize(
    "seen",
    [
        {"foreign": 1.0, "rival": 2.0},
        {"through": 3.0, "abroad": 0.5},
        {"beside": 8.0},
        {"bend": 0.18, "abroad": 0.5},
        {"bend": 0.18, "rival": 1.0},
        {"abroad": 0.6, "sway": 0.9},
        {"edge": 0.2},
    ],
    ids=["body elsewhere", "passes", "letters", "comes in", "shared", "writing", "stain"],
)
def test_what_is_part_of_something_else_is_no_mark(seen: dict[str, float]) -> None:
    assert state(replace(CROSS, **seen)) is State.MARGINAL


def test_a_mark_that_runs_out_stays_a_mark() -> None:
    assert state(replace(CROSS, abroad=0.6, sway=0.25, rival=0.4)) is State.MARKED
    assert state(replace(CROSS, bend=0.18, abroad=0.2)) is State.MARKED


def test_a_filled_target_whose_fill_touches_its_neighbours_is_a_mark() -> None:
    fill = replace(CROSS, ink=0.9, core=1.0, bend=1.2, foreign=1.0, rival=1.8)
    assert state(fill) is State.MARKED
    assert state(replace(fill, abroad=0.6, through=3.0)) is State.MARGINAL


def test_what_only_grazes_a_target_leaves_it_empty() -> None:
    graze = replace(EMPTY, ink=0.03, extent=0.25, longest=0.25, foreign=1.0, rival=4.0)
    assert state(graze) is State.UNMARKED
    assert state(replace(graze, foreign=0.0)) is State.MARGINAL


def test_a_mark_much_paler_than_the_others_of_its_page_waits() -> None:
    (*_, pale) = classify([CROSS] * 8 + [replace(CROSS, strength=0.3)], False).marks
    assert pale.state is State.MARGINAL


def test_where_print_itself_is_pale_no_empty_question_is_believed() -> None:
    assert classify([replace(EMPTY, contrast=0.25)] * 30 + [CROSS], False).unsure_if_empty
    assert not classify([replace(EMPTY, contrast=0.45)] * 30 + [CROSS], False).unsure_if_empty


@pytest.mark.parametrize("beside", [{"own_mm": 0.8}, {"outside": 0.03}, {"ink": 0.008}])
def test_no_answer_is_believed_only_where_nothing_stands_beside_the_boxes(
    beside: dict[str, float],
) -> None:
    touched = replace(EMPTY, **beside)
    page = classify([EMPTY] * 30 + [touched] + [CROSS] * 3, False)
    assert page.unsure_if_empty == {touched.target.question}
    assert page.marks[30].state is State.UNMARKED


def test_traces_on_a_page_without_any_mark_may_be_all_that_is_left() -> None:
    trace = replace(EMPTY, specks=0.003, speck_count=1)
    assert classify([EMPTY] * 30 + [trace] * 2, False).unsure_if_empty
    assert not classify([EMPTY] * 31 + [trace], False).unsure_if_empty


def test_a_long_straight_arm_waits_unless_its_writer_makes_all_marks_so() -> None:
    long = replace(CROSS, abroad=0.4, bend=0.1)
    assert classify([EMPTY] * 30 + [CROSS] * 9 + [long], False).marks[-1].state is State.MARGINAL
    assert classify([EMPTY] * 30 + [long] * 9, False).marks[-1].state is State.MARKED


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
    assert DEFAULT.empty_ink < DEFAULT.stroke_ink
    assert DEFAULT.speck_ink < DEFAULT.dot_ink
    assert DEFAULT.empty_ring < DEFAULT.ring


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
