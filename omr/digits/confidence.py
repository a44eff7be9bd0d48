"""From the scores of the two views to a digit and to how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.digits.network import NO_DIGIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.digits.network import Calibration

    Real = NDArray[np.float32]
    Double = NDArray[np.float64]

NAMED = 0.5
"""A digit to which the views together give less than this chance is not even named."""
UNAGREED = 0.5
"""Most confidence in a digit on which the views do not agree."""


def judged(one: Real, other: Real, calibration: Calibration) -> tuple[NDArray[np.int64], Double]:
    """(N,) digits (NO_DIGIT where none can be named) and (N,) confidences 0..1.

    ``one`` and ``other``: (N, CLASSES) scores of the two views.
    """
    digits, agreed, odds = weaker_odds(one, other, calibration.softness)
    sure = 1 / (1 + np.exp(-np.clip(calibration.offset + calibration.slope * odds, -60, 60)))
    chance = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
    confidence = np.where(agreed, sure, np.minimum(chance, UNAGREED))
    return digits, np.where(digits == NO_DIGIT, 0.0, confidence)


def weaker_odds(
    one: Real, other: Real, softness: tuple[float, float]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], Double]:
    """(N,) digits, whether both views name this one first, and the less sure view's log odds."""
    chances = [log_chances(seen, soft) for seen, soft in zip((one, other), softness, strict=True)]
    together = (chances[0] + chances[1]) / 2
    best = together[:, :NO_DIGIT].argmax(axis=1)
    rows = np.arange(len(best))
    named = together[rows, best] >= np.log(NAMED)
    agreed = named & (one.argmax(axis=1) == best) & (other.argmax(axis=1) == best)
    odds = [seen[rows, best] - _rest(seen, best) for seen in chances]
    return np.where(named, best, NO_DIGIT), agreed, np.minimum(*odds)


def log_chances(scores: Real, softness: float) -> Double:
    """(N, CLASSES) natural logarithms of the chances; every row's chances sum to 1."""
    soft = scores.astype(np.float64) / softness
    soft -= soft.max(axis=1, keepdims=True)
    return np.asarray(soft - np.log(np.exp(soft).sum(axis=1, keepdims=True)))


def _rest(chances: Double, best: NDArray[np.int64]) -> Double:
    """(N,) logarithm of the chance that it is anything but ``best``."""
    others = chances.copy()
    others[np.arange(len(best)), best] = -np.inf
    most = others.max(axis=1, keepdims=True)
    return np.asarray(most[:, 0] + np.log(np.exp(others - most).sum(axis=1)))
