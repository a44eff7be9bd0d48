"""From what was measured at a target to its state. Rules with two-sided thresholds.

Anything between the thresholds is marginal. The classifier knows nothing of questions: whether
two marks are allowed, or what a circle means, is decided in :mod:`omr.responses`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from omr.marks.model import Mark, State
from omr.marks.thresholds import DEFAULT, MarkThresholds

if TYPE_CHECKING:
    from omr.marks.measure import Measurement


def classify(measured: Measurement, thresholds: MarkThresholds = DEFAULT) -> Mark:
    """The state of one target, with how sure the rules are of it (0.5..1)."""
    state = _state(measured, thresholds)
    return Mark(
        measured.target.question,
        measured.target.option,
        state,
        round(measured.ink, 4),
        round(_confidence(measured, state, thresholds), 4),
    )


def _state(measured: Measurement, limits: MarkThresholds) -> State:
    if not measured.found and measured.agreement < limits.least_agreement:
        # Nothing there looks like this target: read nothing, not even "empty".
        return State.MARGINAL
    if measured.ring >= limits.ring:
        return State.CANCELLED if measured.ink >= limits.sure_ink else State.MARGINAL
    if measured.ink <= limits.empty_ink:
        return State.UNMARKED
    is_mark = (
        measured.ink >= limits.sure_ink
        and measured.extent >= limits.sure_extent
        and measured.strength >= limits.least_strength
    )
    return State.MARKED if is_mark else State.MARGINAL


def _confidence(measured: Measurement, state: State, limits: MarkThresholds) -> float:
    """A rule's distance from its threshold, as a logistic of the ink's logarithm.

    It orders the targets by doubt; it is not yet a calibrated probability.
    """
    if state in (State.MARGINAL, State.CANCELLED):
        return 0.5
    middle = math.sqrt(limits.empty_ink * limits.sure_ink)
    steepness = 6.0
    distance = abs(math.log(max(measured.ink, 1e-3) / middle))
    return 1 / (1 + math.exp(-steepness * distance))
