"""What is said on simulated sheets: every option of every question at least once, and blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.form.model import Kind
from omr.simulate import MarkKind, PenKind, writer_with

if TYPE_CHECKING:
    from omr.form.model import Form, Question
    from omr.simulate import Writer

LEAST_SHEETS = 8
"""As many as there are hands, so that each writes a sheet."""
HANDS = (
    (PenKind.BALL_BLUE, MarkKind.CROSS),
    (PenKind.BALL_BLACK, MarkKind.TICK),
    (PenKind.GEL_BLUE, MarkKind.CROSS),
    (PenKind.BALL_BLUE, MarkKind.TICK),
    (PenKind.BALL_RED, MarkKind.CROSS),
    (PenKind.BALL_BLUE, MarkKind.FILL),
    (PenKind.PENCIL, MarkKind.CROSS),
    (PenKind.GEL_BLACK, MarkKind.SLASH),
)
"""Pens and marks of an ordinary desk, in turn (domain: blue ball pens and crosses mostly)."""


def sheets_needed(form: Form) -> int:
    """The fewest sheets on which every option is marked and every question is once left blank."""
    return max((LEAST_SHEETS, *(_turns(question) for question in form.questions)))


def said_on(form: Form, sheet: int, seed: int) -> dict[str, str]:
    """What is said on a sheet (from 0), as in ``ratings.csv``, by question; comments are left out.

    Each question takes its options in turn and then a blank, each beginning at another one.
    """
    return {
        question.id: _said(question, sheet + place, np.random.default_rng([seed, sheet, place]))
        for place, question in enumerate(form.questions)
        if question.kind is not Kind.TEXT
    }


def writer_of(sheet: int, seed: int) -> Writer:
    """The hand that fills in a sheet (from 0)."""
    pen, kind = HANDS[sheet % len(HANDS)]
    return writer_with(pen, kind, np.random.default_rng([seed, sheet]))


def _turns(question: Question) -> int:
    return len(question.options) + 1 if question.has_targets else 0


def _said(question: Question, turn: int, rng: np.random.Generator) -> str:
    if question.kind is Kind.NUMBER:
        blank = turn % LEAST_SHEETS == 0
        return (
            ""
            if blank
            else str(int(rng.integers(10 ** (question.digits - 1), 10**question.digits)))
        )
    codes = [option.code for option in question.options]
    first = turn % (len(codes) + 1)
    if first == len(codes):
        return ""
    if question.kind is Kind.SINGLE:
        return codes[first]
    more = int(rng.integers(0, question.maximum or len(codes)))
    others = rng.permutation([code for code in codes if code != codes[first]])[:more]
    return "+".join(sorted({codes[first], *others.tolist()}, key=codes.index))
