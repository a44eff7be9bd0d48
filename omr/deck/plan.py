"""Which marks go on which sheet: every option of every question, and what tests judgement.

Each question takes a turn through its *cases*: every option plainly marked, and in the turns left
over a blank row, a double mark, a corrected one and a light one. Neighbouring questions are a turn
apart, so that a sheet shows every part of the scales. The number of sheets is the smallest that
gives every case its turn; the same form gives the same deck.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count, cycle, islice
from typing import TYPE_CHECKING

from omr.deck.model import MarkKind, PlannedMark, PlannedSheet
from omr.form.model import Correction, Kind
from omr.survey.model import ExpectedAnswer, Waits
from omr.tables.cells import without_leading_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from omr.form.model import Form, Question

_STYLES = (MarkKind.CROSS, MarkKind.TICK, MarkKind.SLASH, MarkKind.FILL)
"""Plain marks in turn. All of them are an answer on any form that does not fill boxes to cancel."""


class _Case(Enum):
    PLAIN = auto()
    BLANK = auto()
    DOUBLE = auto()
    CORRECTED = auto()
    LIGHT = auto()


@dataclass(frozen=True, slots=True)
class _Turn:
    """One question on one sheet: the case, and the places of the options that it marks."""

    case: _Case
    places: tuple[int, ...] = ()


_Turns = dict[str, list[_Turn]]


def plan_deck(form: Form) -> tuple[PlannedSheet, ...]:
    """The sheets of the form's deck, in order."""
    least = max((_least(question) for question in form.questions), default=1)
    for sheets in count(least):
        turns = _attempt(form, sheets)
        if turns is not None:
            return tuple(_sheets(form, turns, sheets))
    raise AssertionError  # pragma: no cover - more sheets always leave more turns


def _least(question: Question) -> int:
    """Sheets that the question needs by itself."""
    match question.kind:
        case Kind.SINGLE:
            return len(question.options)
        case Kind.MULTI:
            return len(_multi_turns(question))
        case Kind.NUMBER:
            return 2  # digits, and none
        case Kind.TEXT:
            return 1


def _attempt(form: Form, sheets: int) -> _Turns | None:
    """The turns of every question with so many sheets; None if a special case finds no turn."""
    singles = [question for question in form.questions if question.kind is Kind.SINGLE]
    turns: _Turns = {
        question.id: [_Turn(_Case.PLAIN, (place,)) for place in range(len(question.options))]
        for question in singles
    }
    waiting = deque(
        case
        for case in (_Case.DOUBLE, _Case.CORRECTED, _Case.LIGHT, _Case.BLANK)
        if any(_suits(case, question, form.correction) for question in singles)
    )
    further = cycle((_Case.BLANK, _Case.DOUBLE, _Case.CORRECTED))
    for question in _with_room(singles, turns, sheets):
        usable = [case for case in waiting if _suits(case, question, form.correction)]
        if usable:
            waiting.remove(usable[0])
        case = usable[0] if usable else _next_suiting(further, question, form.correction)
        turns[question.id].append(_special(case, len(turns[question.id]), question))
    if waiting:
        return None
    for question in form.questions:
        if question.kind is Kind.MULTI:
            turns[question.id] = list(islice(cycle(_multi_turns(question)), sheets))
    return turns


def _with_room(singles: Sequence[Question], turns: _Turns, sheets: int) -> Iterator[Question]:
    """Each question once for every turn that it has left, all of them in rounds."""
    while room := [question for question in singles if len(turns[question.id]) < sheets]:
        yield from room


def _suits(case: _Case, question: Question, rule: Correction) -> bool:
    if case is _Case.CORRECTED and rule is Correction.NONE:
        return False
    return case in {_Case.BLANK, _Case.LIGHT} or len(question.options) > 1


def _next_suiting(cases: Iterator[_Case], question: Question, rule: Correction) -> _Case:
    return next(case for case in cases if _suits(case, question, rule))


def _special(case: _Case, turn: int, question: Question) -> _Turn:
    options = len(question.options)
    first, second = turn % options, (turn + 1) % options
    match case:
        case _Case.DOUBLE | _Case.CORRECTED:
            return _Turn(case, (first, second))
        case _Case.LIGHT:
            return _Turn(case, (first,))
        case _:
            return _Turn(case)


def _multi_turns(question: Question) -> list[_Turn]:
    """All options in as few groups as tell them apart; none; and one more than is allowed."""
    options = len(question.options)
    most = options if question.maximum is None else question.maximum
    size = max(1, min(most, (options + 1) // 2))
    turns = [
        _Turn(_Case.PLAIN, tuple(range(start, min(start + size, options))))
        for start in range(0, options, size)
    ]
    turns.append(_Turn(_Case.BLANK))
    if most < options:
        turns.append(_Turn(_Case.DOUBLE, tuple(range(most + 1))))
    return turns


def _sheets(form: Form, turns: _Turns, sheets: int) -> Iterator[PlannedSheet]:
    rule = form.correction
    styles = cycle(
        kind for kind in _STYLES if not (rule is Correction.FILL and kind is MarkKind.FILL)
    )
    for sheet in range(sheets):
        marks: list[PlannedMark] = []
        expected: list[ExpectedAnswer] = []
        for place, question in enumerate(form.questions):
            if question.has_targets:
                turn = turns[question.id][(sheet + place) % sheets]
                marks += _marks(question, turn, rule, styles)
                expected.append(_expected(question, turn))
            elif question.kind is Kind.NUMBER:
                digits = _digits(question, sheet) if sheet < sheets - 1 else ""
                marks += _digit_marks(question, digits)
                expected.append(_expected_number(question, digits))
            else:
                if sheet == 0:
                    marks.append(PlannedMark(question.id, "", MarkKind.WRITING))
                expected.append(ExpectedAnswer(question.id, "", Waits.NO))
        yield PlannedSheet(tuple(marks), tuple(expected))


def _marks(
    question: Question, turn: _Turn, rule: Correction, styles: Iterator[MarkKind]
) -> Iterator[PlannedMark]:
    kinds: Iterable[MarkKind]
    if turn.case is _Case.CORRECTED:
        cancelled = MarkKind.CIRCLED if rule is Correction.CIRCLE else MarkKind.FILL
        kinds = (cancelled, MarkKind.CROSS)
    elif turn.case is _Case.LIGHT:
        kinds = (MarkKind.LIGHT,)
    elif turn.case is _Case.PLAIN and question.kind is Kind.SINGLE:
        kinds = (next(styles),)
    else:  # several marks of one row look alike, as one hand makes them
        kinds = (MarkKind.CROSS,) * len(turn.places)
    for place, kind in zip(turn.places, kinds, strict=True):
        yield PlannedMark(question.id, question.options[place].code, kind)


def _expected(question: Question, turn: _Turn) -> ExpectedAnswer:
    places = turn.places[1:] if turn.case is _Case.CORRECTED else turn.places
    value = "+".join(question.options[place].code for place in sorted(places))
    waits = {
        _Case.DOUBLE: Waits.MUST,
        _Case.CORRECTED: Waits.MAY,
        _Case.LIGHT: Waits.MAY,
    }.get(turn.case, Waits.NO)
    return ExpectedAnswer(question.id, value, waits)


def _digits(question: Question, sheet: int) -> str:
    """The sheet's digits; one after the other they run through all ten."""
    start = 1 + sheet * question.digits
    return "".join(str((start + cell) % 10) for cell in range(question.digits))


def _digit_marks(question: Question, digits: str) -> Iterator[PlannedMark]:
    for cell, digit in enumerate(digits, start=1):
        yield PlannedMark(question.id, str(cell), MarkKind.DIGIT, digit)


def _expected_number(question: Question, digits: str) -> ExpectedAnswer:
    if not digits:
        return ExpectedAnswer(question.id, "", Waits.NO)
    return ExpectedAnswer(question.id, without_leading_zeros(digits), Waits.MAY)
