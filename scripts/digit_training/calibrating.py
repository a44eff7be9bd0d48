"""Fit scores to chances on digits that were not trained on."""

from __future__ import annotations

import numpy as np

from omr.digits.confidence import log_chances, weaker_odds
from omr.digits.network import Calibration

SOFTNESS = np.exp(np.linspace(np.log(0.5), np.log(4.0), 43))


def calibrated(one: np.ndarray, other: np.ndarray, labels: np.ndarray) -> Calibration:
    """The calibration under which these (N, CLASSES) scores foretell the labels best."""
    softness = tuple(_softness(scores, labels) for scores in (one, other))
    digits, agreed, odds = weaker_odds(one, other, (softness[0], softness[1]))
    right = (digits == labels)[agreed].astype(float)
    slope, offset = logistic(np.clip(odds[agreed], -30, 30), right)
    return Calibration((softness[0], softness[1]), slope, offset)


def _softness(scores: np.ndarray, labels: np.ndarray) -> float:
    rows = np.arange(len(labels))
    loss = [-log_chances(scores, soft)[rows, labels].mean() for soft in SOFTNESS]
    return float(SOFTNESS[int(np.argmin(loss))])


def logistic(odds: np.ndarray, right: np.ndarray, rounds: int = 50) -> tuple[float, float]:
    """Slope and offset of the likeliest logistic curve (Newton's method).

    Right and wrong are taken as a little less than sure (Platt 1999), so that a set without any
    error does not make the curve infinitely steep.
    """
    wins, losses = right.sum(), (1 - right).sum()
    wanted = np.where(right > 0, (wins + 1) / (wins + 2), 1 / (losses + 2))
    columns = np.column_stack([odds, np.ones_like(odds)])
    figures = np.array([1.0, 0.0])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-columns @ figures))
        weight = np.maximum(chance * (1 - chance), 1e-9)
        curve = columns.T @ (columns * weight[:, None]) + 1e-6 * np.eye(2)
        figures = figures + np.linalg.solve(curve, columns.T @ (wanted - chance))
    return float(figures[0]), float(figures[1])
