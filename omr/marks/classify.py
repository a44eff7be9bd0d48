"""From what was measured at the targets of a page to their states. Rules, two-sided.

Anything between the thresholds is marginal. The classifier knows nothing of questions: whether
two marks are allowed, or what a circle means, is decided in :mod:`omr.responses`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.model import Mark, State
from omr.marks.thresholds import DEFAULT, MarkThresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.marks.measure import Measurement


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The states of a page's targets.

    ``faint`` is set where the pen is so faint for this scan that a mark may have vanished: then
    an empty question proves nothing.
    """

    marks: tuple[Mark, ...]
    faint: bool


def classify(
    measured: Sequence[Measurement], bilevel: bool, thresholds: MarkThresholds = DEFAULT
) -> PageMarks:
    """The state of every target of a page, in the order given.

    ``bilevel`` says that the scan is 1-bit: what was below its threshold left no trace there, so
    a page of only empty targets is not believed either.
    """
    thresholds = _for_this_page(measured, thresholds)
    marks = tuple(_mark(one, thresholds) for one in measured)
    broken = sum(
        one.ink + one.specks > thresholds.empty_specks and not _is_mark(one, thresholds)
        for one in measured
    )
    clear = sum(mark.state is State.MARKED for mark in marks)
    faint = broken >= max(thresholds.faint_targets, thresholds.faint_share * clear)
    nothing = bool(marks) and all(mark.state is State.UNMARKED for mark in marks)
    return PageMarks(marks, faint or (bilevel and nothing))


def _for_this_page(measured: Sequence[Measurement], limits: MarkThresholds) -> MarkThresholds:
    """The limits, where the page as a whole explains what a target alone does not.

    What every empty target of a page shows (letters in it, grain, a bent page) is no trace. A
    line through several targets is no pen's.
    """
    crossed = sum(one.streak > limits.streak for one in measured)
    if crossed >= limits.streak_targets:
        limits = replace(limits, streak=1.0)
    empty = [one.trace for one in measured if one.ink <= limits.empty_ink]
    usual = limits.usual_trace * float(np.percentile(empty, 75)) if empty else 0.0
    return replace(limits, empty_trace=max(limits.empty_trace, usual))


def _mark(one: Measurement, limits: MarkThresholds) -> Mark:
    state = _state(one, limits)
    return Mark(
        one.target.question,
        one.target.option,
        state,
        round(one.ink, 4),
        round(_confidence(one, state, limits), 4),
    )


def _state(one: Measurement, limits: MarkThresholds) -> State:
    if not one.found and one.agreement < limits.least_agreement:
        # Nothing there looks like this target: read nothing, not even "empty".
        return State.MARGINAL
    if one.ring >= limits.ring and one.ink < limits.solid_ink:
        return State.CANCELLED if _is_mark(one, limits) else State.MARGINAL
    if _is_mark(one, limits):
        return State.MARKED
    is_speck = one.ink <= limits.speck_ink and one.extent <= limits.speck_extent
    is_empty = (
        (one.ink <= limits.empty_ink or is_speck)
        and one.specks <= limits.empty_specks
        and one.trace <= limits.empty_trace
        and one.streak <= limits.streak
        and one.outside <= limits.empty_outside
        and one.ring <= limits.empty_ring
    )
    return State.UNMARKED if is_empty else State.MARGINAL


def _is_mark(one: Measurement, limits: MarkThresholds) -> bool:
    if one.core < limits.core_ink and one.agreement < limits.core_agreement:
        return False
    stroke = one.ink >= limits.stroke_ink and one.extent >= limits.stroke_extent
    dot = (
        one.ink >= limits.dot_ink
        and one.extent >= limits.dot_extent
        and one.strength >= limits.dot_strength
    )
    return stroke or dot


def _confidence(one: Measurement, state: State, limits: MarkThresholds) -> float:
    """A rule's distance from its threshold, as a logistic of the ink's logarithm.

    It orders the targets by doubt; it is not yet a calibrated probability.
    """
    if state in (State.MARGINAL, State.CANCELLED):
        return 0.5
    middle = math.sqrt(limits.empty_ink * limits.stroke_ink)
    steepness = 6.0
    distance = abs(math.log(max(one.ink, 1e-3) / middle))
    return 1 / (1 + math.exp(-steepness * distance))
