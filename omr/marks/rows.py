"""What a question's other targets, and the questions beside it, say of a mark.

One target alone may be doubtful where its row is not: a stroke mostly off its box is meant for it
if it is all there is; a pale spot beside a clear mark is no second answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.marks.model import Mark, State
from omr.marks.shapes import (
    has_body,
    has_mark,
    is_bare,
    is_circled,
    is_off_mark,
    is_own_outline,
    is_speck,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.marks.mark_thresholds import MarkThresholds
    from omr.marks.measure import Measurement
    from omr.marks.usual import Usual

UNDECIDED = 0.5
"""Confidence in a state that only a person can confirm, and in what the rules say alone."""


def doubted(mark: Mark) -> Mark:
    """The mark as one that only a person can judge."""
    return replace(mark, state=State.MARGINAL, confidence=UNDECIDED)


def unlike(
    measured: Sequence[Measurement], marks: Sequence[Mark], limits: MarkThresholds
) -> tuple[Mark, ...]:
    """The marks, where a mere line stands beside a mark with a body: perhaps it only slipped in."""
    solid = {
        mark.question
        for one, mark in zip(measured, marks, strict=True)
        if mark.state is State.MARKED and has_body(one, limits)
    }
    return tuple(
        doubted(mark)
        if mark.state is State.MARKED
        and mark.question in solid
        and not has_body(one, limits)
        and (one.off > limits.centred_mm or one.crook < limits.unlike_crook_mm)
        else mark
        for one, mark in zip(measured, marks, strict=True)
    )


def beside_the_answer(
    measured: Sequence[Measurement],
    marks: Sequence[Mark],
    limits: MarkThresholds,
    usual: Usual,
) -> tuple[Mark, ...]:
    """The marks, where a clear one settles what the pale places of its question are: no marks.

    What a fold, show-through or a rubber left beside a clear mark is no second answer; only what a
    pen drew could be.
    """
    if usual.strength < limits.pale_page:
        return tuple(marks)
    answered = {mark.question for mark in marks if mark.state is State.MARKED}
    return tuple(
        replace(mark, state=State.UNMARKED)
        if mark.state is State.MARGINAL
        and mark.question in answered
        and one.found
        and (is_bare(one, limits) or is_own_outline(one, limits) or is_speck(one, limits))
        and not is_circled(one, limits)
        and not has_mark(one, limits)
        else mark
        for one, mark in zip(measured, marks, strict=True)
    )


def alone(
    measured: Sequence[Measurement],
    marks: Sequence[Mark],
    limits: MarkThresholds,
    usual: Usual,
) -> tuple[Mark, ...]:
    """The marks, where one that lies mostly off its target is all there is in its question."""
    rows: dict[str, list[int]] = {}
    for index, mark in enumerate(marks):
        rows.setdefault(mark.question, []).append(index)
    settled = list(marks)
    for indices in rows.values():
        doubtful = [i for i in indices if marks[i].state is not State.UNMARKED]
        others = [measured[i] for i in indices if i not in doubtful]
        if (
            len(doubtful) == 1
            and marks[doubtful[0]].state is State.MARGINAL
            and all(
                one.touch <= limits.blank_touch and one.loose_mm <= limits.off_loose_mm
                for one in others
            )
            and is_off_mark(measured[doubtful[0]], limits, usual)
        ):
            settled[doubtful[0]] = replace(marks[doubtful[0]], state=State.MARKED)
    return tuple(settled)


def between_two(
    measured: Sequence[Measurement], marks: Sequence[Mark], limits: MarkThresholds
) -> tuple[tuple[Mark, ...], frozenset[str]]:
    """The marks, and questions to be unsure of, where a mark off its target lies at another, too.

    If the other's question has no answer, only a person can say to which of the two it belongs.
    """
    answered = {mark.question for mark in marks if mark.state is State.MARKED}
    settled, unsure = list(marks), set[str]()
    for one in measured:
        question, at = one.target.question, one.guest_at
        if question in answered or at < 0 or one.guest_mm < limits.guest_mm:
            continue
        if measured[at].off >= limits.guest_off_mm:
            unsure.add(question)
            if marks[at].state is State.MARKED:
                settled[at] = doubted(marks[at])
    return tuple(settled), frozenset(unsure)
