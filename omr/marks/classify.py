"""From what was measured at the targets of a page to their states. Rules, two-sided.

Anything between the thresholds is marginal. The classifier knows nothing of questions but which
targets are of the same one: whether two marks are allowed, or what a circle means, is decided in
:mod:`omr.responses`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.mark_thresholds import DEFAULT, MarkThresholds
from omr.marks.model import Mark, State
from omr.marks.rows import UNDECIDED, alone, beside_the_answer, between_two, doubted, unlike
from omr.marks.shapes import has_mark, is_circled, is_empty, is_odd_mark, is_taken_back
from omr.marks.usual import Usual, for_this_page, usual_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.marks.measure import Measurement


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The states of a page's targets.

    ``unsure_if_empty`` are the questions whose emptiness proves nothing: the pen is so faint for
    this scan that a mark may have vanished.
    """

    marks: tuple[Mark, ...]
    unsure_if_empty: frozenset[str]


def classify(
    measured: Sequence[Measurement], bilevel: bool, thresholds: MarkThresholds = DEFAULT
) -> PageMarks:
    """The state of every target of a page, in the order given.

    ``bilevel`` says that the scan is 1-bit: what was below its threshold left no trace there.
    """
    limits = for_this_page(measured, thresholds)
    usual = usual_of(measured, limits)
    marks = tuple(_mark(one, limits, usual) for one in measured)
    marks = unlike(measured, marks, limits)
    marks = alone(measured, beside_the_answer(measured, marks, limits, usual), limits, usual)
    questions = frozenset(one.target.question for one in measured)
    if _is_faint(measured, marks, limits, bilevel):
        if bilevel:
            marks = _traces_doubted(measured, marks, limits)
        return PageMarks(marks, questions)
    hidden = (one for one in measured if _may_hide_a_mark(one, limits, bilevel))
    unsure = frozenset(one.target.question for one in hidden)
    marks, torn = between_two(measured, marks, limits)
    return PageMarks(marks, unsure | torn)


def _traces_doubted(
    measured: Sequence[Measurement], marks: Sequence[Mark], limits: MarkThresholds
) -> tuple[Mark, ...]:
    """The marks of a 1-bit page whose pen is nearly gone: a few specks may be all that is left.

    So a question is not believed to have one mark only where another of its targets shows any.
    """
    answered = {mark.question for mark in marks if mark.state is State.MARKED}
    return tuple(
        doubted(mark)
        if mark.state is State.UNMARKED
        and mark.question in answered
        and one.ink + one.specks > limits.bilevel_specks
        and one.speck_count >= limits.broken_specks
        else mark
        for one, mark in zip(measured, marks, strict=True)
    )


def _may_hide_a_mark(one: Measurement, limits: MarkThresholds, bilevel: bool) -> bool:
    """Whether a target without a mark is not quite as empty as the page's others.

    Under a streak a mark may be lost; a few specks, or a line along the outline or just beside it,
    may be all there is of one. Where another target of the question is marked they mean nothing;
    where none is, a person looks.
    """
    is_specked = bilevel and one.ink + one.specks > limits.bilevel_specks
    is_speck = one.ink <= limits.bare_ink and one.reach < limits.speck_mm
    is_touched = (
        one.ink > limits.blank_ink
        or one.own_mm > limits.blank_mm
        or (one.touch > limits.blank_touch and not is_speck)
        or (one.near > limits.blank_near and (one.touch == 0 or not is_speck))
        or one.loose_mm > limits.blank_loose_mm
        or one.on_label_mm > limits.blank_label_mm
    )
    has_something = is_specked or is_touched or one.streak > limits.least_streak
    return has_something and not has_mark(one, limits)


def _is_faint(
    measured: Sequence[Measurement], marks: Sequence[Mark], limits: MarkThresholds, bilevel: bool
) -> bool:
    """Whether marks may have vanished anywhere on this page."""
    if any(one.contrast < limits.least_contrast for one in measured):
        return True
    broken = sum(
        _broken(one, limits) > limits.broken_ink
        and mark.state is not State.MARKED
        and not has_mark(one, limits)
        and one.touch <= limits.off_touch
        for one, mark in zip(measured, marks, strict=True)
    )
    strength = [m.strength for m, k in zip(measured, marks, strict=True) if k.state is State.MARKED]
    clear = len(strength)
    if clear and not bilevel and float(np.median(strength)) < limits.pale_pen:
        return True
    if bilevel:
        # Nothing at all on a 1-bit page, or marks in pieces: others may be gone altogether.
        return broken >= limits.bilevel_broken or clear == 0
    if clear == 0:
        # A scanner that makes paper quite white takes a pale pencil along, but for a few specks.
        return sum(one.ink + one.specks + one.trace > 0 for one in measured) >= limits.last_traces
    return broken >= max(limits.faint_targets, limits.faint_share * clear)


def _broken(one: Measurement, limits: MarkThresholds) -> float:
    """Share of the inside in traces that are too small for a mark, but more than a dust speck."""
    return one.ink + (one.specks if one.speck_count >= limits.broken_specks else 0.0)


def _mark(one: Measurement, limits: MarkThresholds, usual: Usual) -> Mark:
    state = _state(one, limits, usual)
    return Mark(one.target.question, one.target.option, state, round(one.ink, 4), UNDECIDED)


def _state(one: Measurement, limits: MarkThresholds, usual: Usual) -> State:
    if not one.found and one.agreement < limits.least_agreement:
        # Nothing there looks like this target: read nothing, not even "empty".
        return State.MARGINAL
    is_mark = has_mark(one, limits)
    if is_circled(one, limits) and one.ink < limits.filled_ink:
        return State.CANCELLED if is_taken_back(one, limits) else State.MARGINAL
    if is_mark:
        return State.MARGINAL if is_odd_mark(one, limits, usual) else State.MARKED
    return State.UNMARKED if is_empty(one, limits, usual) else State.MARGINAL
