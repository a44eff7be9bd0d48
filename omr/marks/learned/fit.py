"""Fitting the classifier: penalised maximum likelihood by Newton's method.

The penalty makes the problem strictly convex: there is one optimum, and Newton's method goes on
until it stands at it to ten digits. What is left of a machine's way of adding is far behind the
decimals that are kept, so training anew gives the same weights anywhere.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.learned.model import Spline, Truth
from omr.marks.thresholds import FIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Real = NDArray[np.float64]
    Whole = NDArray[np.int64]

KNOTS = 2
"""At most so many bends in the effect of a feature."""
PENALTY = 1e-3
"""Of half the sum of squares, for features of unit variance, against the mean loss."""
DECIMALS = 5
"""Of the weights, as they are kept."""
STEPS = 60
TAIL = 0.02
"""Percent of the marks at either end of a feature's range that are left out of it."""


def fitted_spline(features: Real, truth: Whole, knots: int = KNOTS) -> Spline:
    """Ranges and knots for (N, D) features.

    Knots lie at quantiles of a mixture in which every truth has the same say: the empty targets,
    of which there are most, all lie in one place.
    """
    low, high = (np.round(np.percentile(features, p, axis=0), 4) for p in (TAIL, 100 - TAIL))
    inside = np.clip(features, low, high)
    where = np.linspace(0, 1, knots + 2)[1:-1]
    bends = np.full((features.shape[1], knots), np.inf)
    for i, column in enumerate(inside.T):
        if len(np.unique(column)) < FIT.few_values:
            continue
        of_each = [np.quantile(column[truth == t], where) for t in np.unique(truth)]
        chosen = np.unique(np.round(np.quantile(np.concatenate(of_each), where), 4))
        chosen = chosen[(chosen > low[i]) & (chosen < high[i])]
        bends[i, : len(chosen)] = chosen
    return Spline(low, high, bends)


def fitted_weights(spline: Spline, features: Real, truth: Whole, penalty: float = PENALTY) -> Real:
    """(1 + basis, len(Truth)) weights for :class:`MarkModel`; rounded to ``DECIMALS``."""
    basis = spline.basis(features)
    middle, scale = basis.mean(axis=0), basis.std(axis=0)
    used = scale > FIT.least_spread
    scaled = (basis[:, used] - middle[used]) / scale[used]
    found = newton(np.column_stack([np.ones(len(scaled)), scaled]), truth, penalty)
    weights = np.zeros((1 + basis.shape[1], len(Truth)))
    weights[1:][used] = np.round(found[1:] / scale[used, None], DECIMALS)
    weights[0] = np.round(found[0] - (middle[used] / scale[used]) @ found[1:], DECIMALS)
    return weights


def newton(design: Real, truth: Whole, penalty: float) -> Real:
    """(B, len(Truth)) weights of least penalised loss for an (N, B) design whose first column is 1.

    ArithmeticError if the optimum is not reached.
    """
    count, width = design.shape
    wanted = np.eye(len(Truth))[truth]
    ridge = np.full(width, penalty)
    ridge[0] = penalty / 100
    weights = np.zeros((width, len(Truth)))
    loss = _loss(design, wanted, ridge, weights)
    for _ in range(STEPS):
        shares = _shares(design @ weights)
        slope = design.T @ (shares - wanted) / count + ridge[:, None] * weights
        step = np.linalg.solve(_curvature(design, shares, ridge), slope.T.ravel())
        step = step.reshape(len(Truth), width).T
        decrement = float((slope * step).sum())
        if decrement < FIT.enough**2:
            return weights
        part = 1.0
        while True:
            tried = _loss(design, wanted, ridge, weights - part * step)
            if tried <= loss - FIT.descent * part * decrement or decrement < FIT.enough:
                break
            part /= 2
        weights, loss = weights - part * step, tried
    message = "the fit of the mark classifier did not come to its optimum"
    raise ArithmeticError(message)


def _shares(scores: Real) -> Real:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _loss(design: Real, wanted: Real, ridge: Real, weights: Real) -> float:
    scores = design @ weights
    top = scores.max(axis=1)
    total = top + np.log(np.exp(scores - top[:, None]).sum(axis=1)) - (scores * wanted).sum(axis=1)
    return float(total.mean() + 0.5 * (ridge[:, None] * weights**2).sum())


def _curvature(design: Real, shares: Real, ridge: Real) -> Real:
    """(4 B, 4 B): second derivatives, truth by truth."""
    width, truths = design.shape[1], len(Truth)
    curved = np.zeros((truths, width, truths, width))
    for a, b in product(range(truths), repeat=2):
        if a <= b:
            weight = shares[:, a] * ((a == b) - shares[:, b]) / len(design)
            block = design.T @ (design * weight[:, None])
            curved[a, :, b, :] = block
            curved[b, :, a, :] = block.T
    for a in range(truths):
        curved[a, :, a, :] += np.diag(ridge)
    return curved.reshape(truths * width, truths * width)
