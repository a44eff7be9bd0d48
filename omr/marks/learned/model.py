"""The mark classifier: multinomial logistic regression on piecewise linear features.

Each feature is clipped to what was seen in training and bent at a few knots, so that its effect may
change slope; effects of features add up. Nothing else is needed to be as good as a small network
or boosted trees here (docs/reading.md has the figures), and the fit has one optimum, which every
machine finds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.learned.calibration import Calibration
from omr.marks.learned.features import FEATURES
from omr.marks.model import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Real = NDArray[np.float64]

WEIGHTS_FILE = "weights.json"


class Truth(IntEnum):
    """What a target really holds; the numbers are columns of the probabilities."""

    NOTHING = 0
    """No deliberate mark."""
    MARK = 1
    """A deliberate mark, and it stands."""
    TAKEN_BACK = 2
    """A deliberate mark that a circle takes back."""
    PERSON = 3
    """Only a person can say: an empty box in a circle, ink that strayed deep into a box."""


TRUTH_OF = {
    State.UNMARKED: Truth.NOTHING,
    State.MARKED: Truth.MARK,
    State.CANCELLED: Truth.TAKEN_BACK,
}
"""What must be true for a state to be right; of a marginal one nothing is said."""


@dataclass(frozen=True)
class Spline:
    """How features become a basis that is linear in the weights.

    ``low``, ``high`` (D,): the range that training has seen. ``knots`` (D, K): where slopes may
    change, infinite where a feature has fewer.
    """

    low: Real
    high: Real
    knots: Real

    def basis(self, features: Real) -> Real:
        """(N, D * (1 + K)): each feature, and what it has beyond each of its knots."""
        inside = np.clip(features, self.low, self.high)
        beyond = np.maximum(inside[:, :, None] - self.knots, 0.0)
        return np.concatenate([inside, beyond.reshape(len(inside), -1)], axis=1)


@dataclass(frozen=True)
class MarkModel:
    """A fitted classifier.

    ``weights``: (1 + D * (1 + K), len(Truth)), the first row the constant. ``calibrations``: how
    sure a state may be said to be, from the probability of its truth.
    """

    spline: Spline
    weights: Real
    calibrations: Mapping[State, Calibration]

    def probabilities(self, features: Real) -> Real:
        """(N, len(Truth)) of (N, D) features; each row adds up to one."""
        scores = self.spline.basis(features) @ self.weights[1:] + self.weights[0]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def model_to_json(model: MarkModel) -> str:
    """The model as text, a line for each feature; the same model gives the same text."""
    knots = model.spline.knots.shape[1]
    by_feature = {
        name: {
            "range": [float(model.spline.low[i]), float(model.spline.high[i])],
            "knots": [float(knot) for knot in model.spline.knots[i] if np.isfinite(knot)],
            "weights": [
                model.weights[1 + i].tolist(),
                *(
                    model.weights[1 + len(FEATURES) + i * knots + k].tolist()
                    for k in range(int(np.isfinite(model.spline.knots[i]).sum()))
                ),
            ],
        }
        for i, name in enumerate(FEATURES)
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in by_feature.items()]
    constant = json.dumps(model.weights[0].tolist())
    calibrations = ",\n".join(
        f'  "{state.value}": {json.dumps({"above": list(c.above), "sure": list(c.sure)})}'
        for state, c in model.calibrations.items()
    )
    return (
        f'{{"constant": {constant},\n"features": {{\n' + ",\n".join(lines) + "\n},\n"
        f'"confidence": {{\n{calibrations}\n}}}}\n'
    )


def model_from_json(text: str) -> MarkModel:
    """The model that :func:`model_to_json` wrote. ValueError if its features are not ours."""
    told = json.loads(text)
    if tuple(told["features"]) != FEATURES:
        message = "the weights of the mark classifier were fitted to other features: train it anew"
        raise ValueError(message)
    fields = list(told["features"].values())
    most = max(len(field["knots"]) for field in fields)
    knots = np.full((len(fields), most), np.inf)
    bent = np.zeros((len(fields), most, len(Truth)))
    for i, field in enumerate(fields):
        count = len(field["knots"])
        knots[i, :count] = field["knots"]
        bent[i, :count] = np.reshape(field["weights"][1:], (count, len(Truth)))
    low, high = np.array([field["range"] for field in fields]).T
    straight = np.array([field["weights"][0] for field in fields])
    weights = np.vstack([[told["constant"]], straight, bent.reshape(-1, len(Truth))])
    calibrations = {
        State(state): Calibration(tuple(c["above"]), tuple(c["sure"]))
        for state, c in told["confidence"].items()
    }
    return MarkModel(Spline(low, high, knots), weights, calibrations)


@lru_cache(maxsize=1)
def shipped_model() -> MarkModel:
    """The classifier that comes with the product, read when it is first asked for."""
    weights = resources.files("omr.marks.learned") / WEIGHTS_FILE
    return model_from_json(weights.read_text(encoding="utf-8"))
