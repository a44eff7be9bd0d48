"""From marks to a response: the rules a person at the desk would follow, and doubt before error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.form.model import Correction, DoubleMarks, Kind, Option, Question
from omr.marks.model import Mark, State
from omr.responses.decide import decide
from omr.responses.model import Doubt, Unsure

CODES = ("5", "4", "3", "2", "1")
OPTIONS = tuple(Option(code, f"mức {code}", float(code)) for code in CODES)
ROW = Question("q", Kind.SINGLE, "Thái độ", OPTIONS)
THREE = Question("m", Kind.MULTI, "Chọn tối đa 3", OPTIONS, maximum=3)
ANY = Question("m", Kind.MULTI, "Chọn tùy ý", OPTIONS)
COMMENT = Question("z", Kind.TEXT, "Ý kiến")
NUMBER = Question("n", Kind.NUMBER, "Số lần", digits=3)

STATES = {
    ".": State.UNMARKED,
    "x": State.MARKED,
    "?": State.MARGINAL,
    "o": State.CANCELLED,
    "#": State.MARKED,
}
INKS = {".": 0.0, "x": 0.25, "?": 0.02, "o": 0.3, "#": 0.85}
ROWS = st.text(alphabet="".join(STATES), min_size=5, max_size=5)


def marks(question: Question, seen: str) -> list[Mark]:
    """``.`` is an empty target, ``x`` marked, ``?`` marginal, ``o`` circled, ``#`` filled."""
    return [
        Mark(question.id, code, STATES[sign], INKS[sign], 0.9)
        for code, sign in zip(CODES, seen, strict=True)
    ]


@pytest.mark.parametrize("code", CODES)
def test_exactly_one_clear_mark_is_the_answer(code: str) -> None:
    seen = "".join("x" if code == other else "." for other in CODES)
    response = decide(ROW, marks(ROW, seen))
    assert (response.value, response.doubts) == (code, ())


def test_nothing_is_no_answer() -> None:
    response = decide(ROW, marks(ROW, "....."))
    assert (response.value, response.doubts) == ("", ())


@pytest.mark.parametrize(
    ("row", "seen", "value"),
    [
        ("exactly one cross", "..x..", "3"),
        ("exactly one solid box", "..#..", "3"),
        ("a circled cross and a plain one: the plain one", ".x.o.", "4"),
        ("two circled crosses and a plain one", "ox.o.", "4"),
        ("a solid box and a circled cross elsewhere: the solid one", "#..o.", "5"),
        ("nothing", ".....", ""),
    ],
)
def test_the_printed_rule_is_obeyed(row: str, seen: str, value: str) -> None:
    response = decide(ROW, marks(ROW, seen))
    assert (response.value, response.doubts) == (value, ()), row


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        ("a solid box and a plain cross: chosen again, or scribbled out?", "#..x."),
        ("... with a circled one besides", "#o.x."),
        ("two plain marks", "x..x."),
        ("two solid boxes", "#..#."),
        ("a ring around an empty box", "..?.."),
        ("a faint mark", "...?."),
        ("a clear mark, and something at another target", "x..?."),
        ("a clear mark, one circled, and something at a third", "xo.?."),
        # The table of the field says "blank" here; but people circle for emphasis, too.
        ("only a circled cross", "..o.."),
        ("two circled crosses", "o..o."),
    ],
)
@pytest.mark.parametrize("rule", Correction)
def test_what_the_rule_does_not_say_is_for_a_person(row: str, seen: str, rule: Correction) -> None:
    if (seen, rule) == ("#..x.", Correction.FILL):
        return
    assert decide(ROW, marks(ROW, seen), rule).doubts, row


def test_each_form_has_its_own_rule() -> None:
    circled, filled = marks(ROW, ".x.o."), marks(ROW, ".x.#.")
    assert decide(ROW, circled, Correction.CIRCLE).doubts == ()
    assert decide(ROW, circled, Correction.FILL).doubts == (Doubt.CORRECTED,)
    assert decide(ROW, circled, Correction.NONE).doubts == (Doubt.CORRECTED,)
    response = decide(ROW, filled, Correction.FILL)
    assert (response.value, response.doubts) == ("4", ())
    assert Doubt.CORRECTED in decide(ROW, filled, Correction.CIRCLE).doubts
    assert Doubt.CORRECTED in decide(ROW, filled, Correction.NONE).doubts


def test_where_filling_takes_back_a_solid_box_alone_is_no_answer_yet() -> None:
    assert decide(ROW, marks(ROW, "..#.."), Correction.FILL).doubts == (Doubt.CORRECTED,)


def test_the_doubt_says_what_it_is() -> None:
    assert decide(ROW, marks(ROW, "x..x.")).doubts == (Doubt.DOUBLE,)
    assert Doubt.MARGINAL in decide(ROW, marks(ROW, "x..?.")).doubts
    assert Doubt.MARGINAL in decide(ROW, marks(ROW, "..?..")).doubts


def test_the_machines_guess_stands_beside_the_doubt() -> None:
    assert decide(ROW, marks(ROW, "x..x.")).value == "5+2"
    assert decide(ROW, marks(ROW, "..?..")).value == "3"


@given(ROWS)
def test_only_one_clear_mark_or_none_is_decided_without_a_person(seen: str) -> None:
    response = decide(ROW, marks(ROW, seen))
    assert response.question == "q"
    if response.doubts:
        return
    assert "?" not in seen
    plain = [code for code, sign in zip(CODES, seen, strict=True) if sign in "x#"]
    assert list(response.codes) == plain
    assert len(plain) <= 1


@given(ROWS, st.integers(0, 5))
def test_up_to_its_maximum_a_multi_question_takes_marks(seen: str, maximum: int) -> None:
    question = Question("m", Kind.MULTI, "Chọn", OPTIONS, maximum=maximum or None)
    response = decide(question, marks(question, seen))
    plain = [code for code, sign in zip(CODES, seen, strict=True) if sign in "x#"]
    if set(seen) <= {".", "x"}:
        too_many = len(plain) > (maximum or 5)
        assert bool(response.doubts) == too_many
        assert (Doubt.DOUBLE in response.doubts) == too_many
    if not response.doubts:
        assert list(response.codes) == plain


def test_several_marks_are_joined_in_the_forms_order() -> None:
    assert decide(THREE, list(reversed(marks(THREE, "x.x.x")))).value == "5+3+1"
    assert decide(ANY, marks(ANY, "xxxxx")).value == "5+4+3+2+1"


@pytest.mark.parametrize("question", [ROW, THREE, NUMBER])
def test_on_a_faint_page_no_answer_is_not_believed(question: Question) -> None:
    assert decide(question, marks(question, "....."), if_empty=Unsure(Doubt.FAINT)).doubts


def test_writing_beside_a_target_is_offered_as_the_guess() -> None:
    response = decide(ROW, marks(ROW, "....."), if_empty=Unsure(Doubt.WRITING, ("4",)))
    assert (response.value, response.doubts) == ("4", (Doubt.WRITING,))


@pytest.mark.parametrize(
    ("question", "seen", "value"),
    [(ROW, "x..x.", "5+2"), (ROW, "#..#.", "5+2"), (THREE, "xxxx.", "5+4+3+2")],
)
def test_a_form_may_take_double_marks_as_they_stand(
    question: Question, seen: str, value: str
) -> None:
    response = decide(question, marks(question, seen), double=DoubleMarks.VOID)
    assert (response.value, response.doubts) == (value, ())
    assert decide(question, marks(question, seen)).doubts == (Doubt.DOUBLE,)


@given(ROWS)
def test_double_marks_with_any_other_doubt_wait_under_either_rule(seen: str) -> None:
    response = decide(ROW, marks(ROW, seen))
    void = decide(ROW, marks(ROW, seen), double=DoubleMarks.VOID)
    assert void.codes == response.codes
    assert void.doubts == (() if response.doubts == (Doubt.DOUBLE,) else response.doubts)


def test_on_a_faint_page_a_clear_mark_still_is() -> None:
    response = decide(ROW, marks(ROW, ".x..."), if_empty=Unsure(Doubt.FAINT))
    assert (response.value, response.doubts) == ("4", ())


def test_a_target_that_was_not_measured_leaves_a_doubt() -> None:
    assert decide(ROW, marks(ROW, "x....")[:-1]).doubts
    assert decide(ROW, []).doubts
    assert decide(THREE, marks(THREE, "x....")[1:]).doubts


@pytest.mark.parametrize("if_empty", [None, Unsure(Doubt.FAINT)])
def test_a_comment_never_waits_and_is_never_guessed(if_empty: Unsure | None) -> None:
    response = decide(COMMENT, [], if_empty=if_empty)
    assert (response.codes, response.doubts) == ((), ())


def cells(seen: str) -> list[Mark]:
    return [Mark("n", str(place), STATES[sign], 0.1, 0.9) for place, sign in enumerate(seen, 1)]


def test_empty_digit_cells_are_no_answer() -> None:
    response = decide(NUMBER, cells("..."))
    assert (response.codes, response.doubts) == ((), ())


@pytest.mark.parametrize("seen", ["..x", "?..", "xxx", "o.."])
def test_digits_are_never_guessed(seen: str) -> None:
    response = decide(NUMBER, cells(seen))
    assert response.codes == ()
    assert response.doubts == (Doubt.NUMBER,)


def test_cells_that_were_not_measured_leave_a_doubt() -> None:
    assert decide(NUMBER, cells("..")).doubts
