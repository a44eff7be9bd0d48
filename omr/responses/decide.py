"""From the marks of a question to its response: the rules of domain, one by one.

Exactly one clear mark, or none, is an answer. Everything else waits for a person, with the
machine's best guess beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Kind, Question
from omr.marks.model import Mark, State
from omr.responses.model import Doubt, Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LIKELY = (State.MARKED, State.MARGINAL)


def decide(question: Question, marks: Sequence[Mark], faint: bool = False) -> Response:
    """The response that these marks (all of the question's, on one sheet) amount to.

    ``faint`` says that marks may have vanished on this page, so that "no answer" needs a person.
    """
    if question.kind is Kind.TEXT:
        # A comment is kept as a picture; what it says is typed by a person, or by nobody.
        return Response(question.id, ())
    if question.kind is Kind.NUMBER:
        return Response(question.id, (), _doubts_of_number(question, marks, faint))
    by_code = {mark.option: mark for mark in marks}
    marked = tuple(o.code for o in question.options if _is(by_code, o.code, State.MARKED))
    doubts = _doubts(question, marks, marked)
    if faint and not marked and not doubts:
        doubts = (Doubt.FAINT,)
    if not doubts:
        return Response(question.id, marked)
    return Response(question.id, marked or _best_guess(question, by_code), doubts)


def _doubts_of_number(question: Question, marks: Sequence[Mark], faint: bool) -> tuple[Doubt, ...]:
    """Digits are never guessed: only cells that are all there and all empty are an answer."""
    empty = all(mark.state is State.UNMARKED for mark in marks)
    if not empty or len(marks) < max(question.digits, 1):
        return (Doubt.NUMBER,)
    return (Doubt.FAINT,) if faint else ()


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
    return tuple(doubts)


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
