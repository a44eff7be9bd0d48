"""How print moved at one place, judged by the print around it.

Feeders move whole rows of the image: what lies side by side moved alike, what lies a centimetre
further along the feed may not have. Curled paper and photographs move neighbours alike in all
directions. Which of these a page did is judged by the page itself: by how well each of them
foretells every move from the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Weights = NDArray[np.float64]

NEIGHBOURHOODS_MM = ((20.0, 20.0), (70.0, 7.0), (7.0, 70.0))
"""Reach (standard deviation) along image x and y of what counts as neighbours: all around, the row
of a sheet fed down the image, the column of one that was turned after it was fed."""
FAR_WEIGHT = 0.003
"""Weight of what is far off, so that a lonely place still has neighbours."""
LEVEL = 0.02
"""A slope needs neighbours on both sides; where they are missing it is held level, with this share
of their weight."""
REACHES_MM = (1.5, 0.8, 0.5)
"""Moves farther than this from what the others say are left out (Tukey's weights)."""
NO_EVIDENCE = 1e-6


@dataclass(frozen=True)
class Evidence:
    """Moves of known print: ``points`` (N, 2) mm, ``moves`` (N, 2) mm, ``weights`` (N,) from 0."""

    points: Points
    moves: Points
    weights: Weights


@dataclass(frozen=True)
class Field:
    """How print moved, all over a page: a locally weighted plane (LOESS, Cleveland 1979).

    ``evidence`` is what is left when moves that do not belong have lost their weight (Tukey's).
    ``reach`` (2,) mm tells who is whose neighbour; the rows of ``turn`` (2, 2) are the directions
    of image x and y on paper, along which it counts.
    """

    evidence: Evidence
    reach: Points
    turn: Points

    def at(self, places: Points) -> Points:
        """(Q, 2) mm: how far print moved at ``places`` (Q, 2) mm, judged by the print around.

        Evidence that lies at the very place itself does not count: a target is judged by others.
        """
        return _planes(
            places @ self.turn.T, self.evidence, self.evidence.points @ self.turn.T, self.reach
        )

    def with_(self, more: Evidence) -> Field:
        """The field with more evidence, which counts as far as it moved as the field says."""
        off = ((more.moves - self.at(more.points)) ** 2).sum(axis=1) / REACHES_MM[-1] ** 2
        evidence = Evidence(
            np.concatenate([self.evidence.points, more.points]),
            np.concatenate([self.evidence.moves, more.moves]),
            np.concatenate([self.evidence.weights, more.weights * _tukey(off)]),
        )
        return Field(evidence, self.reach, self.turn)


def fit_field(evidence: Evidence, turn: Points) -> Field:
    """The field that these moves make, with the neighbourhood that foretells them best."""
    points = evidence.points @ turn.T
    fits = [_fit(points, evidence, np.array(reach)) for reach in NEIGHBOURHOODS_MM]
    _, trust, reach = min(fits, key=lambda fit: fit[0])
    return Field(Evidence(evidence.points, evidence.moves, trust), reach, turn)


def _fit(points: Points, evidence: Evidence, reach: Points) -> tuple[float, Weights, Points]:
    """The error of foretelling each move from the others, and the weights of those that belong."""
    trust = evidence.weights
    off = np.zeros(len(trust))
    near = _nearness(points, points, reach)
    for limit in REACHES_MM:
        belonging = Evidence(evidence.points, evidence.moves, trust)
        predicted = _planes(points, belonging, points, reach, near)
        off = ((evidence.moves - predicted) ** 2).sum(axis=1) / limit**2
        trust = evidence.weights * _tukey(off)
    return float((evidence.weights * np.minimum(off, 1.0)).sum()), trust, reach


def _tukey(squared: Weights) -> Weights:
    """Weight 1 at no deviation, 0 from 1 on (deviations squared)."""
    return np.where(squared < 1, (1 - squared) ** 2, 0.0)


def _nearness(places: Points, points: Points, reach: Points) -> Weights:
    """(Q, N): the weight of each point for each place; 0 for the place itself."""
    squared = sum(
        ((places[:, None, axis] - points[None, :, axis]) / reach[axis]) ** 2 for axis in (0, 1)
    )
    return np.where(squared > 0, np.exp(-0.5 * squared) + FAR_WEIGHT, 0.0)


def _planes(
    places: Points,
    evidence: Evidence,
    points: Points,
    reach: Points,
    near: Weights | None = None,
) -> Points:
    """(Q, 2): the plane through the weighted moves around each place, at that place.

    ``places`` and ``points`` (those of the evidence) are turned to lie along the image.

    The sums of all planes are one matrix product: those of x - q follow from those of x.
    """
    moves, weights = evidence.moves, evidence.weights
    if not (weights > 0).any():
        return np.zeros_like(places)
    near = _nearness(places, points, reach) if near is None else near
    middle = points.mean(axis=0)
    x, y = ((points - middle) / reach).T
    at_x, at_y = ((places - middle) / reach).T
    one = np.ones_like(x)
    terms = np.column_stack(
        [one, x, y, x * x, x * y, y * y, moves, x[:, None] * moves, y[:, None] * moves]
    )
    s = (near * weights) @ terms
    total = s[:, 0]
    across, down = s[:, 1] - at_x * total, s[:, 2] - at_y * total
    normal = np.empty((len(places), 3, 3))
    normal[:, 0, 0] = total + NO_EVIDENCE / 1000
    normal[:, 0, 1] = normal[:, 1, 0] = across
    normal[:, 0, 2] = normal[:, 2, 0] = down
    # A slope needs neighbours on both sides; where they are missing, this holds it level.
    level = LEVEL * total + NO_EVIDENCE / 1000
    normal[:, 1, 1] = s[:, 3] - 2 * at_x * s[:, 1] + at_x**2 * total + level
    normal[:, 2, 2] = s[:, 5] - 2 * at_y * s[:, 2] + at_y**2 * total + level
    normal[:, 1, 2] = normal[:, 2, 1] = (
        s[:, 4] - at_x * s[:, 2] - at_y * s[:, 1] + at_x * at_y * total
    )
    right = np.stack(
        [
            s[:, 6:8],
            s[:, 8:10] - at_x[:, None] * s[:, 6:8],
            s[:, 10:12] - at_y[:, None] * s[:, 6:8],
        ],
        axis=1,
    )
    solved = np.linalg.solve(normal, right)[:, 0]
    common = weights @ moves / max(float(weights.sum()), NO_EVIDENCE)
    return np.where(total[:, None] > NO_EVIDENCE, solved, common)
