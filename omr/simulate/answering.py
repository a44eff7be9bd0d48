"""Answering: what a person means to say, and the act by which it gets onto paper.

The truth of a question is what a person who looks at the paper would say, by the form's own rule
for corrections: a circled cross is taken back, a blackened circled box is chosen again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from omr.form.model import Kind

if TYPE_CHECKING:
    from omr.form.model import Question


class Act(StrEnum):
    """What happened at one question."""

    MARKED = "marked"
    """One clear mark (several in a multi question)."""
    BLANK = "blank"
    DOUBLE = "double"
    """Two options of a single question, or more than the maximum of a multi question."""
    CORRECTED = "corrected"
    """A mark circled, another option marked: the other counts."""
    CHOSEN_AGAIN = "chosen-again"
    """One blackened box, and a circled mark elsewhere: the black box counts."""
    TAKEN_BACK = "taken-back"
    """Only a circled mark: no answer."""
    SCRIBBLED_OUT = "scribbled-out"
    """A mark blackened to take it back, another option marked: the other is meant, but the form's
    rule says nothing of it."""
    RING_ONLY = "ring-only"
    """An empty box circled and nothing else: that option, says a person; plain it is not."""
    FAINT = "faint"
    """A mark hardly pressed."""
    NUMBER = "number"
    """Digits written into cells."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How often people do what the form did not ask for, each a share of the questions.

    ``slips`` and ``specks`` are expected numbers per page; ``comments`` and ``margin_notes``
    shares of the sheets. ``contentment``: how much likelier each step up the scores is, as a power
    of two; 0 answers evenly.
    """

    blank: float = 0.03
    double: float = 0.006
    corrected: float = 0.012
    chosen_again: float = 0.004
    taken_back: float = 0.002
    scribbled_out: float = 0.002
    ring_only: float = 0.003
    faint: float = 0.004
    slips: float = 0.10
    specks: float = 0.25
    comments: float = 0.35
    margin_notes: float = 0.04
    contentment: float = 0.0

    def oddities(self) -> dict[Act, float]:
        """The share of each act other than a plain mark in a single-choice question."""
        return {
            Act.BLANK: self.blank,
            Act.DOUBLE: self.double,
            Act.CORRECTED: self.corrected,
            Act.CHOSEN_AGAIN: self.chosen_again,
            Act.TAKEN_BACK: self.taken_back,
            Act.SCRIBBLED_OUT: self.scribbled_out,
            Act.RING_ONLY: self.ring_only,
            Act.FAINT: self.faint,
        }


ORDINARY = Behaviour()
"""People at a desk, by our guess."""
CAREFUL = Behaviour(
    double=0, corrected=0, chosen_again=0, taken_back=0, scribbled_out=0, ring_only=0, faint=0,
    slips=0, specks=0, margin_notes=0,
)  # fmt: skip
"""Only clear marks and blanks."""
CARELESS = Behaviour(
    blank=0.05, double=0.03, corrected=0.05, chosen_again=0.02, taken_back=0.01, scribbled_out=0.01,
    ring_only=0.015, faint=0.02, slips=0.8, specks=2.0, comments=0.6, margin_notes=0.25,
)  # fmt: skip
"""Every page has something that needs a second look."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One question's act.

    ``chosen``: the codes that count, in the form's order (for a number its digits as written,
    one per cell, a space for an empty cell); ``withdrawn``: codes marked and circled.
    """

    act: Act
    chosen: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The cell of ``ratings.csv`` that a person would write."""
        if self.act is Act.NUMBER:
            return "".join(self.chosen).strip().lstrip("0") or "0"
        return "+".join(self.chosen)

    @property
    def is_regular(self) -> bool:
        """Whether the act itself leaves no question: a clear mark, a number, or nothing."""
        return self.act in (Act.MARKED, Act.BLANK, Act.NUMBER)


def intend(question: Question, behaviour: Behaviour, rng: np.random.Generator) -> Intent:
    """What somebody does at this question. Text questions have no intent: KeyError for them."""
    return {Kind.SINGLE: _single, Kind.MULTI: _multi, Kind.NUMBER: _number}[question.kind](
        question, behaviour, rng
    )


def intent_of(question: Question, value: str) -> Intent:
    """The ordinary act that says ``value``, written as in ``ratings.csv``; empty for no answer.

    KeyError for a code that the question does not have; ValueError for a number too long.
    """
    if not value:
        return Intent(Act.BLANK)
    if question.kind is Kind.NUMBER:
        if not value.isdecimal() or len(value) > question.digits:
            message = f"question {question.id} has {question.digits} digit cells, not {value!r}"
            raise ValueError(message)
        return Intent(Act.NUMBER, tuple(value.rjust(question.digits)))
    picked = {question.option(code).code for code in value.split("+")}
    most = 1 if question.kind is Kind.SINGLE else question.maximum or len(question.options)
    act = Act.MARKED if len(picked) <= most else Act.DOUBLE
    return Intent(act, _in_order(picked, [option.code for option in question.options]))


def _single(question: Question, behaviour: Behaviour, rng: np.random.Generator) -> Intent:
    codes = [option.code for option in question.options]
    first, second = _two(question, behaviour.contentment, rng)
    act = _act(behaviour, rng)
    if act is Act.BLANK:
        return Intent(act)
    if act is Act.DOUBLE:
        return Intent(act, _in_order({first, second}, codes))
    if act in (Act.CORRECTED, Act.CHOSEN_AGAIN, Act.SCRIBBLED_OUT):
        return Intent(act, (first,), (second,))
    if act is Act.TAKEN_BACK:
        return Intent(act, (), (first,))
    return Intent(act, (first,))


def _multi(question: Question, behaviour: Behaviour, rng: np.random.Generator) -> Intent:
    codes = [option.code for option in question.options]
    if rng.random() < behaviour.blank:
        return Intent(Act.BLANK)
    limit = question.maximum or len(codes)
    too_many = limit < len(codes) and rng.random() < behaviour.double
    count = limit + 1 if too_many else int(rng.integers(1, limit + 1))
    picked = set(rng.permutation(codes)[:count].tolist())
    spare = [code for code in codes if code not in picked]
    if spare and not too_many and rng.random() < behaviour.corrected:
        return Intent(Act.CORRECTED, _in_order(picked, codes), (spare[0],))
    return Intent(Act.DOUBLE if too_many else Act.MARKED, _in_order(picked, codes))


def _number(question: Question, behaviour: Behaviour, rng: np.random.Generator) -> Intent:
    if rng.random() < behaviour.blank:
        return Intent(Act.BLANK)
    digits = int(rng.integers(1, question.digits + 1))
    highest = 10**digits
    written = str(int(rng.integers(highest // 10 if digits > 1 else 0, highest)))
    empty = "0" if rng.random() < 0.3 else " "  # noqa: PLR2004 - share of people who write zeros
    return Intent(Act.NUMBER, tuple(written.rjust(question.digits, empty)))


def _act(behaviour: Behaviour, rng: np.random.Generator) -> Act:
    left = rng.random()
    for act, share in behaviour.oddities().items():
        left -= share
        if left < 0:
            return act
    return Act.MARKED


def _two(question: Question, contentment: float, rng: np.random.Generator) -> tuple[str, str]:
    """What is meant, and another code; they are the same where there is only one."""
    codes = [option.code for option in question.options]
    weights = np.array([2.0 ** (contentment * (option.score or 0)) for option in question.options])
    meant = int(rng.choice(len(codes), p=weights / weights.sum()))
    step = int(rng.integers(1, len(codes))) if len(codes) > 1 else 0
    return codes[meant], codes[(meant + step) % len(codes)]


def _in_order(picked: set[str], codes: list[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in picked)


def without_oddities(behaviour: Behaviour) -> Behaviour:
    """The same people on a question with a single option, where no second mark is possible."""
    return replace(behaviour, double=0, corrected=0, chosen_again=0, scribbled_out=0)
