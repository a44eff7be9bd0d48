"""Confidence that means what it says: from counts on marks that were not trained on.

A probability that a classifier computes is an opinion. How often it was right is a fact: marks
that were held back are sorted into fixed bins by the logit of their probability, and the confidence
in a bin is the *lower* bound (Clopper and Pearson, one-sided) of the share that was right. So
nothing is said to be surer than the number of marks can show: of n marks without an error,
about 1 - 3/n.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Real = NDArray[np.float64]

EDGES = (-30.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0)
"""Lower ends of the bins, in logits; the first holds all that is less likely than not."""
BOUND = 0.95
"""How sure the lower bound itself is."""
DECIMALS = 4
"""Of a confidence, as marks.csv writes it; the rest is cut off, never rounded up."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidence as steps: ``sure[i]`` from ``above[i]`` (a logit) on, and 0 below ``above[0]``.

    Both rise.
    """

    above: tuple[float, ...]
    sure: tuple[float, ...]

    def confidence(self, probability: Real) -> Real:
        """(N,) 0..1: how sure one may be where the classifier gives (N,) probabilities."""
        step = np.searchsorted(np.array(self.above), logit(probability), side="right")
        return np.asarray(np.array([0.0, *self.sure])[step])


def logit(probability: Real) -> Real:
    """(N,) log odds of (N,) probabilities, finite even for 0 and 1."""
    inside = np.clip(probability, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(inside) - np.log1p(-inside))


def calibrated(probability: Real, right: NDArray[np.bool_]) -> Calibration:
    """The calibration that (N,) probabilities of held-back marks and what was right allow."""
    edges = np.array(EDGES)
    bins = np.searchsorted(edges, logit(probability), side="right") - 1
    count, good = np.zeros(len(edges)), np.zeros(len(edges))
    np.add.at(count, bins, 1.0)
    np.add.at(good, bins[right], 1.0)
    blocks = isotonic_blocks(count, good)
    bounds = np.array([lower_bound(g, n) for n, g, _ in blocks])
    # Never surer of a less likely mark: where few marks prove little, their bound holds below too.
    bounds = np.floor(np.minimum.accumulate(bounds[::-1])[::-1] * 10**DECIMALS) / 10**DECIMALS
    steps: dict[float, float] = {}
    for (_, _, first), bound in zip(blocks, bounds, strict=True):
        if bound > 0 and bound not in steps.values():
            steps[float(edges[first])] = float(bound)
    return Calibration(tuple(steps), tuple(steps.values()))


def isotonic_blocks(count: Real, good: Real) -> list[tuple[float, float, int]]:
    """Bins pooled until the share that is right rises (pool adjacent violators).

    Each block: its count, how many were right, and its first bin. An empty bin joins the one
    below it.
    """
    blocks: list[tuple[float, float, int]] = []
    for first, (n, g) in enumerate(zip(count.tolist(), good.tolist(), strict=True)):
        blocks.append((n, g, first))
        while len(blocks) > 1 and _falls(blocks[-2], blocks[-1]):
            (n0, g0, start), (n1, g1, _) = blocks[-2:]
            blocks[-2:] = [(n0 + n1, g0 + g1, start)]
    return blocks


def _falls(before: tuple[float, float, int], after: tuple[float, float, int]) -> bool:
    return before[0] == 0 or after[1] * before[0] <= before[1] * after[0]


def lower_bound(good: float, count: float, sure: float = BOUND) -> float:
    """Lower bound of a share of which ``good`` of ``count`` were seen (Clopper and Pearson)."""
    from scipy.stats import beta  # noqa: PLC0415 - only training needs it

    return float(beta.ppf(1 - sure, good, count - good + 1)) if good > 0 else 0.0
