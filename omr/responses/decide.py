"""From the marks of a question to its response: the rules of domain, one by one.

Exactly one clear mark, or none, is an answer. Everything else waits for a person, with the
machine's best guess beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Kind, Question
from omr.marks.model import Mark, State
from omr.marks.thresholds import DEFAULT
from omr.responses.model import Doubt, Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LIKELY = (State.MARKED, State.MARGINAL)


def decide(question: Question, marks: Sequence[Mark], if_empty: Doubt | None = None) -> Response:
    """The response that these marks (all of the question's, on one sheet) amount to.

    ``if_empty`` is the doubt about "no answer", where the page gives reason for one: marks may have
    vanished, or stand beside the targets.
    """
    if question.kind is Kind.TEXT:
        # A comment is kept as a picture; what it says is typed by a person, or by nobody.
        return Response(question.id, ())
    if question.kind is Kind.NUMBER:
        return Response(question.id, (), _doubts_of_number(question, marks, if_empty))
    by_code = {mark.option: mark for mark in marks}
    marked = tuple(o.code for o in question.options if _is(by_code, o.code, State.MARKED))
    doubts = _doubts(question, marks, marked)
    if if_empty is not None and not marked and not doubts:
        doubts = (if_empty,)
    if not doubts:
        return Response(question.id, marked)
    return Response(question.id, marked or _best_guess(question, by_code), doubts)


def _doubts_of_number(
    question: Question, marks: Sequence[Mark], if_empty: Doubt | None
) -> tuple[Doubt, ...]:
    """Digits are never guessed: only cells that are all there and all empty are an answer."""
    empty = all(mark.state is State.UNMARKED for mark in marks)
    if not empty or len(marks) < max(question.digits, 1):
        return (Doubt.NUMBER,)
    return () if if_empty is None else (if_empty,)


def _doubts(
    question: Question, marks: Sequence[Mark], marked: tuple[str, ...]
) -> tuple[Doubt, ...]:
    states = {mark.state for mark in marks}
    doubts = []
    if State.MARGINAL in states or len(marks) < len(question.options):
        doubts.append(Doubt.MARGINAL)
    if State.CANCELLED in states:
        doubts.append(Doubt.CORRECTED)
    if len(marked) > _most(question):
        doubts.append(Doubt.DOUBLE)
    elif _scribbled_out(marks):
        doubts.append(Doubt.CORRECTED)
    return tuple(doubts)


def _scribbled_out(marks: Sequence[Mark]) -> bool:
    """A solid box beside plain marks: chosen again, or scribbled out? Only a person can tell."""
    inks = [mark.ink for mark in marks if mark.state is State.MARKED]
    return bool(inks) and max(inks) >= DEFAULT.solid_ink > 2 * min(inks)


def _most(question: Question) -> int:
    if question.kind is Kind.SINGLE:
        return 1
    return question.maximum if question.maximum is not None else len(question.options)


def _best_guess(question: Question, by_code: Mapping[str, Mark]) -> tuple[str, ...]:
    likely = [o.code for o in question.options if o.code in by_code]
    likely = [code for code in likely if by_code[code].state in _LIKELY]
    return tuple(sorted(likely, key=lambda code: -by_code[code].ink)[:1])


def _is(by_code: Mapping[str, Mark], code: str, state: State) -> bool:
    return code in by_code and by_code[code].state is state
