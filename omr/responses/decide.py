"""From the marks of a question to its response: the rules of domain, one by one.

Exactly one clear mark, or none, is an answer. A mark taken back as the form's printed rule says is
none. Everything else waits for a person, with the machine's best guess beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Correction, DoubleMarks, Kind, Question
from omr.marks.mark_thresholds import DEFAULT
from omr.marks.model import Mark, State
from omr.responses.model import Doubt, Response, Unsure
from omr.responses.number import decide_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.digits.model import NumberReading

_LIKELY = (State.MARKED, State.MARGINAL)


def decide(  # noqa: PLR0917 - the question, its marks, and all that bears on them
    question: Question,
    marks: Sequence[Mark],
    correction: Correction = Correction.CIRCLE,
    double: DoubleMarks = DoubleMarks.PERSON,
    if_empty: Unsure | None = None,
    number: NumberReading | None = None,
) -> Response:
    """The response that these marks (all of the question's, on one sheet) amount to.

    ``correction`` is the form's rule for taking a mark back, ``double`` its rule for more clear
    marks than the question allows. ``if_empty`` is the doubt about "no answer", where the page
    gives reason for one: marks may have vanished, or stand beside the targets. ``number`` is what
    was read in the cells of a number question.
    """
    if question.kind is Kind.TEXT:
        # A comment is kept as a picture; what it says is typed by a person, or by nobody.
        return Response(question.id, ())
    if question.kind is Kind.NUMBER:
        return decide_number(question, marks, number, if_empty)
    by_code = {mark.option: mark for mark in marks}
    marked = _standing(question, by_code, correction)
    doubts = _doubts(question, marks, marked, correction)
    if doubts == (Doubt.DOUBLE,) and double is DoubleMarks.VOID:
        doubts = ()
    if if_empty is not None and not marked and not doubts:
        return Response(question.id, if_empty.guess, (if_empty.doubt,))
    if not doubts:
        return Response(question.id, marked)
    return Response(question.id, marked or _best_guess(question, by_code), doubts)


def _standing(
    question: Question, by_code: Mapping[str, Mark], correction: Correction
) -> tuple[str, ...]:
    """The marked options in form order, without those that the form's rule takes back."""
    marked = [o.code for o in question.options if _is(by_code, o.code, State.MARKED)]
    if correction is Correction.FILL:
        marked = [code for code in marked if by_code[code].ink < DEFAULT.solid_ink]
    return tuple(marked)


def _doubts(
    question: Question,
    marks: Sequence[Mark],
    marked: tuple[str, ...],
    correction: Correction,
) -> tuple[Doubt, ...]:
    doubts = []
    if any(mark.state is State.MARGINAL for mark in marks) or len(marks) < len(question.options):
        doubts.append(Doubt.MARGINAL)
    if len(marked) > question.most:
        doubts.append(Doubt.DOUBLE)
    if not _corrected_by_rule(question, marks, marked, correction):
        doubts.append(Doubt.CORRECTED)
    return tuple(doubts)


def _corrected_by_rule(
    question: Question, marks: Sequence[Mark], marked: tuple[str, ...], correction: Correction
) -> bool:
    """Whether all that looks like a correction was made as the form says, and leaves an answer.

    A mark taken back with nothing in its place is for a person: circles are drawn for emphasis, and
    many people fill boxes to choose them. So is a solid box beside plain marks, where the rule does
    not say whether it was chosen again or scribbled out.
    """
    circled = [mark for mark in marks if mark.state is State.CANCELLED]
    there = [mark.ink for mark in marks if mark.state is State.MARKED]
    filled = [ink for ink in there if ink >= DEFAULT.solid_ink]
    is_mixed = bool(filled) and min(there) < DEFAULT.unlike * max(filled)
    match correction:
        case Correction.CIRCLE:
            is_clear = question.most == 1 or not filled
            return not is_mixed and (not circled or (bool(marked) and is_clear))
        case Correction.FILL:
            return not circled and (not filled or (is_mixed and bool(marked)))
        case Correction.NONE:
            return not is_mixed and not circled


def _best_guess(question: Question, by_code: Mapping[str, Mark]) -> tuple[str, ...]:
    likely = [o.code for o in question.options if o.code in by_code]
    likely = [code for code in likely if by_code[code].state in _LIKELY]
    return tuple(sorted(likely, key=lambda code: -by_code[code].ink)[:1])


def _is(by_code: Mapping[str, Mark], code: str, state: State) -> bool:
    return code in by_code and by_code[code].state is state
