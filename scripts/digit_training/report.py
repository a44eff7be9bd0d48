"""How many digits are accepted, how many are wrong, and whether confidence keeps its word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from omr.digits.confidence import judged
from omr.digits.model import LEAST_OF_DIGIT
from omr.digits.network import NO_DIGIT, Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digit_training.samples import Samples

    Verdicts = tuple[np.ndarray, np.ndarray]

BANDS = tuple(sorted({0.0, 0.5, 0.9, 0.99, LEAST_OF_DIGIT, 0.999, 0.9999, 1.0}))


@dataclass(frozen=True)
class Row:
    """One line of the table: a source of cells seen by one device."""

    source: str
    device: str
    cells: int
    read: int
    named_right: int
    accepted: int
    wrong: int

    def text(self) -> str:
        """The line for the table in docs/numbers.md."""
        share = self.accepted / max(self.cells, 1)
        # Of what is no digit all that is accepted is wrong: the share of the cells says more.
        of = self.cells if self.wrong == self.accepted else self.accepted
        return (
            f"| {self.source} | {self.device} | {self.cells} | {share:.1%} | {self.wrong} | "
            f"{upper_bound(self.wrong, of):.1e} |"
        )


def scores_of(samples: Samples, recogniser: Recogniser) -> tuple[np.ndarray, np.ndarray]:
    """(N, CLASSES) scores of both views, in parts that fit into memory."""
    one, other = [], []
    for at in range(0, len(samples.labels), 1000):
        part = slice(at, at + 1000)
        one.append(recogniser.picture_scores(samples.upright[part].astype(np.float32) / 255))
        other.append(recogniser.edge_scores(samples.edges[part].astype(np.float32)))
    return np.concatenate(one), np.concatenate(other)


def verdicts(samples: Samples, recogniser: Recogniser) -> Verdicts:
    """(N,) digits and (N,) confidences."""
    return judged(*scores_of(samples, recogniser), recogniser.calibration)


def row(source: str, device: str, samples: Samples, found: Verdicts) -> Row:
    """The table's line for these samples."""
    digits, sure = found
    accepted = (sure >= LEAST_OF_DIGIT) & (digits != NO_DIGIT)
    right = digits == samples.labels
    return Row(
        source, device, samples.asked, len(digits), int(right.sum()),
        int(accepted.sum()), int((accepted & ~right).sum()),
    )  # fmt: skip


def reliability(labels: np.ndarray, digits: np.ndarray, sure: np.ndarray) -> Iterator[str]:
    """For each band of confidence: how many digits, their mean confidence, and how many right."""
    for low, high in pairwise(BANDS):
        there = (sure >= low) & ((sure < high) | (high == 1.0)) & (digits != NO_DIGIT)
        if there.any():
            right = float((digits == labels)[there].mean())
            yield (
                f"| {low:g} – {high:g} | {there.sum()} | {sure[there].mean():.5f} | {right:.5f} | "
                f"{int((digits != labels)[there].sum())} |"
            )


def upper_bound(wrong: int, of: int, level: float = 0.95) -> float:
    """Clopper and Pearson's one-sided upper bound on a share, by bisection; 1 of nothing."""
    if not of:
        return 1.0
    low, high = wrong / of, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(wrong, of, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, of: int, share: float) -> float:
    """The chance of at most ``wrong`` among ``of``."""
    if share >= 1:
        return 0.0
    term = of * np.log1p(-share)
    total = np.exp(term)
    for k in range(1, wrong + 1):
        term += np.log((of - k + 1) / k) + np.log(share) - np.log1p(-share)
        total += np.exp(term)
    return float(total)


def together(rows: Sequence[Row], source: str) -> Row:
    """The rows of one source over all devices."""
    own = [each for each in rows if each.source == source]
    figures = (
        sum(getattr(each, name) for each in own)
        for name in ("cells", "read", "named_right", "accepted", "wrong")
    )
    return Row(source, "all", *figures)
