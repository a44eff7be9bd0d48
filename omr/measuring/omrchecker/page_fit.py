"""Blocks that slipped by a row or a column, found by looking at the page as a whole.

A block of equal rows fits its print as well one row further on. But paper bends and templates err
smoothly: when neighbouring blocks moved alike, none of them has slipped; and a slipped block has no
print under its last row. So every block may be taken back by one row or column, and the choice for
all blocks together is the one with the most print under the boxes and the smoothest moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SLIPS: tuple[tuple[int, int], ...] = tuple(product((-1, 0, 1), (-1, 0, 1)))
"""Steps by which a block may have slipped: fields and values."""
FARTHEST = 1.2
"""How far the page as a whole may be off, in distances from one bubble to the next."""
STARTS = 9
"""Places along each axis from which the search for smooth moves begins."""
ROUGH = 0.5
"""What a move that deviates by one whole distance costs, in scores of a box."""
FAR = 0.02
"""What a move of the page by one whole distance costs: of equally good places the nearest one."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A block where it fits its print: ``nominal`` and ``place`` are (fields, values, 2).

    ``scores`` are those of its boxes after each of the SLIPS, as a mean of 0 to 1.
    """

    nominal: NDArray[np.float64]
    place: NDArray[np.float64]
    scores: NDArray[np.float64]

    def slipped(self, slip: tuple[int, int]) -> NDArray[np.float64]:
        """The block's place some fields and values further on."""
        return slipped(self.place, slip)


def slipped(place: NDArray[np.float64], slip: tuple[int, int]) -> NDArray[np.float64]:
    """A block's boxes (fields, values, 2) some of its own steps further on."""
    moved_place = place
    for axis, steps in enumerate(slip):
        if steps and place.shape[axis] > 1:
            step = np.diff(place, axis=axis).mean(axis=(0, 1))
            moved_place = moved_place + steps * step
    return moved_place


def without_slips(blocks: Sequence[Candidate]) -> list[NDArray[np.float64]]:
    """The places of all blocks, those taken back that had slipped."""
    middles = np.array([block.nominal.mean(axis=(0, 1)) for block in blocks])
    moves = np.array(
        [[(b.slipped(slip) - b.nominal).mean(axis=(0, 1)) for slip in SLIPS] for b in blocks]
    )
    scores = np.array([block.scores for block in blocks])
    weights = np.array([float(block.nominal.shape[0] * block.nominal.shape[1]) for block in blocks])
    distance = np.array([_distance(block) for block in blocks])
    reach = FARTHEST * np.median(distance, axis=0)
    best, chosen = -np.inf, np.full(len(blocks), SLIPS.index((0, 0)))
    for start in product(*(np.linspace(-r, r, STARTS) for r in reach)):
        choice, smooth = _smoothest(moves, middles, distance, weights, np.array(start))
        rough = (((moves[np.arange(len(blocks)), choice] - smooth) / distance) ** 2).sum(axis=1)
        far = ((np.average(smooth, axis=0, weights=weights) / reach) ** 2).sum()
        seen = scores[np.arange(len(blocks)), choice] - ROUGH * rough
        value = float(np.average(seen, weights=weights)) - FAR * float(far)
        if value > best:
            best, chosen = value, choice
    return [block.slipped(SLIPS[k]) for block, k in zip(blocks, chosen, strict=True)]


def moved(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points (..., 2) moved by the affine map that takes (N, 2) ``start`` to ``end`` at best."""
    flat = points.reshape(-1, 2)
    return points + _smooth(start, end - start, np.ones(len(start)), flat).reshape(points.shape)


def _smoothest(
    moves: NDArray[np.float64],
    middles: NDArray[np.float64],
    distance: NDArray[np.float64],
    weights: NDArray[np.float64],
    start: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each block the slip whose move is nearest to a smooth one, and the smooth moves."""
    smooth = np.tile(start, (len(middles), 1))
    choice = np.zeros(len(middles), np.int64)
    for _ in range(4):
        away = (((moves - smooth[:, None]) / distance[:, None]) ** 2).sum(axis=2)
        choice = away.argmin(axis=1)
        smooth = _smooth(middles, moves[np.arange(len(middles)), choice], weights, middles)
    return choice, smooth


def _smooth(
    points: NDArray[np.float64],
    moves: NDArray[np.float64],
    weights: NDArray[np.float64],
    at: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The moves (N, 2) of an affine change fitted to those at ``points``, taken at other points."""
    middle = np.average(points, axis=0, weights=weights)
    design = np.column_stack([np.ones(len(points)), points - middle])
    weighted = weights[:, None] * design
    # A little ridge: blocks in one line say nothing about the direction across it.
    ridge = np.diag([1e-9, 1.0, 1.0]) * (1e-2 * float((weighted * design)[:, 1:].sum()) + 1e-9)
    fit = np.linalg.solve(design.T @ weighted + ridge, weighted.T @ moves)
    return np.asarray(np.column_stack([np.ones(len(at)), at - middle]) @ fit)


def _distance(block: Candidate) -> NDArray[np.float64]:
    """Distances along x and y from one bubble to the next; where there is one only, the other."""
    flat = block.nominal.reshape(-1, 2)
    found = []
    for axis in (0, 1):
        apart = np.diff(np.unique(np.round(flat[:, axis], 1)))
        found.append(float(np.median(apart)) if len(apart) else np.nan)
    known = [value for value in found if not np.isnan(value)]
    return np.array([max(known, default=1.0) if np.isnan(v) else v for v in found])
