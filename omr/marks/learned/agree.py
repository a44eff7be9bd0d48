"""Two opinions on every target: what the rules say stands only where the classifier agrees.

The rules know what ink may and may not do, the classifier has seen how often it was what. Where
they differ a person looks. Where they agree, the confidence is the classifier's, calibrated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.marks.learned.features import features
from omr.marks.learned.model import TRUTH_OF, MarkModel, shipped_model
from omr.marks.model import Mark, State
from omr.marks.rows import UNDECIDED
from omr.marks.thresholds import LEARNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.marks.classify import PageMarks
    from omr.marks.measure import Measurement


def confirmed(
    measured: Sequence[Measurement], ruled: PageMarks, bilevel: bool, model: MarkModel | None = None
) -> PageMarks:
    """The states that rules found for one page, where the classifier agrees, with confidence.

    ``model`` None: the one that comes with the product.
    """
    if not measured:
        return ruled
    fitted = model or shipped_model()
    probabilities = fitted.probabilities(features(measured, bilevel))
    sure = {
        state: calibration.confidence(probabilities[:, TRUTH_OF[state]])
        for state, calibration in fitted.calibrations.items()
    }
    agreed = {
        state: probabilities[:, TRUTH_OF[state]] >= least_probability(state) for state in TRUTH_OF
    }
    marks = tuple(
        Mark(mark.question, mark.option, mark.state, mark.ink, float(sure[mark.state][row]))
        if mark.state in TRUTH_OF and agreed[mark.state][row]
        else Mark(mark.question, mark.option, State.MARGINAL, mark.ink, UNDECIDED)
        for row, mark in enumerate(ruled.marks)
    )
    return replace(ruled, marks=marks)


def least_probability(state: State) -> float:
    """How likely the classifier must find the truth of a state that the rules have found."""
    return float(getattr(LEARNED, state.value))
