"""The boxes of a template put upon the bubbles that are really printed.

OMRChecker is content with a box that lies somewhere in its bubble. Here every block is moved and
stretched as the outlines of the printed bubbles say, and each box may settle on its own bubble by a
little more. Where no outline is seen, the arrangement of the template stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.measuring.omrchecker.outline import directions, gradients, rim_kernel, rim_scores
from omr.measuring.omrchecker.page_fit import SLIPS, Candidate, moved, slipped, without_slips
from omr.measuring.omrchecker.rim import (
    Grid,
    Rim,
    finer_rim,
    mean_patch,
    peak,
    rough_rim,
    true_size,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.measuring.omrchecker.model import Pair
    from omr.measuring.omrchecker.outline import Field

OWN_WAY = 0.15
"""How far a single box may leave the arrangement of its block, in sizes of its bubble."""
SEEN = 0.45
"""Least score of an outline that counts as seen. On 13 photographs of four answer sheets the worst
printed bubble had 0.61 and one in a hundred random places 0.36."""
ROUNDS = 3
"""Rounds of searching and of fitting the arrangement: the second already moves by little."""
ALIKE = 0.7
"""Scores above this are alike: one sharp outline must not outweigh two faint ones."""
AGREED = 0.8
"""Blocks with this part of the best block's mean score tell what the outline looks like."""
MOSTLY = 0.7
"""A block whose mean score is a smaller part of SEEN does not tell where it lies."""


@dataclass(frozen=True, eq=False)
class Settled:
    """A block on its print: ``centres`` as in its grid, ``scores`` (fields, values) of each box."""

    centres: NDArray[np.float64]
    scores: NDArray[np.float64]
    rim: Rim

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(fields, values): where a printed outline was seen."""
        return np.asarray(self.scores >= SEEN)


def settle(gray: NDArray[np.uint8], grids: Sequence[Grid]) -> list[Settled]:
    """The blocks upon the print of a grey picture; all ``grids`` have bubbles of one kind."""
    slopes = gradients(gray, min(grids[0].size))
    field = directions(slopes)
    # The first outline comes from the one block whose bubbles agree best: gaps and places of the
    # others may be so far off that their mean shows nothing.
    first = (rough_rim(mean_patch(field, [grid.centres], grid), grid) for grid in grids)
    rim = max(first, key=lambda one: one.score)
    places = [grid.centres for grid in grids]
    for turn in range(ROUNDS):
        seen = _scores(field, rim)
        for number, grid in enumerate(grids):
            reach = (grid.reach[0] / (turn + 1), grid.reach[1] / (turn + 1))
            start = places[number] if turn else _moved_together(seen, grid)
            places[number] = _arranged(grid.centres, *_single_peaks(seen, start, reach))
        rim = _agreed_rim(field, rim, grids[0], places)
    # Twice: the outline is seen better once the slipped blocks are right.
    for _ in range(2):
        places = _on_one_page(_scores(field, rim), rim, grids, places)
        rim = _agreed_rim(field, rim, grids[0], places)
    settled = [_settled(_scores(field, rim), place, rim) for place in places]
    size = true_size(slopes, [one.centres for one in settled], grids[0], rim)
    return [replace(one, rim=replace(rim, size=size)) for one in settled]


def _agreed_rim(field: Field, rim: Rim, grid: Grid, places: Sequence[NDArray[np.float64]]) -> Rim:
    """The outline as those blocks show it that lie on print best; the others would blur it."""
    seen = _scores(field, rim)
    means = [float(_own_peaks(seen, place, rim)[1].mean()) for place in places]
    best = [p for p, mean in zip(places, means, strict=True) if mean >= AGREED * max(means)]
    return finer_rim(mean_patch(field, best or places, grid), rim)


def _on_one_page(
    seen: NDArray[np.float32],
    rim: Rim,
    grids: Sequence[Grid],
    places: Sequence[NDArray[np.float64]],
) -> list[NDArray[np.float64]]:
    """The blocks' places after slipped ones and those without print are put right."""
    candidates = [_candidate(seen, rim, g, place) for g, place in zip(grids, places, strict=True)]
    told = [number for number, one in enumerate(candidates) if one.scores.max() >= MOSTLY * SEEN]
    if not told:
        return [grid.centres for grid in grids]
    right = without_slips([candidates[number] for number in told])
    start = np.concatenate([grids[number].centres.reshape(-1, 2) for number in told])
    end = np.concatenate([place.reshape(-1, 2) for place in right])
    final = [moved(grid.centres, start, end) for grid in grids]
    for number, place in zip(told, right, strict=True):
        reach = (grids[number].reach[0] / ROUNDS, grids[number].reach[1] / ROUNDS)
        # Once more from its right place: a slipped block was stretched between two rows.
        final[number] = _arranged(place, *_single_peaks(seen, place, reach))
    return final


def _candidate(
    seen: NDArray[np.float32], rim: Rim, grid: Grid, place: NDArray[np.float64]
) -> Candidate:
    """The block with the mean score it would have after each slip."""
    means = [_own_peaks(seen, slipped(place, slip), rim)[1].clip(0, ALIKE).mean() for slip in SLIPS]
    return Candidate(grid.centres, place, np.array(means))


def _scores(field: Field, rim: Rim) -> NDArray[np.float32]:
    return rim_scores(field, rim_kernel(rim.shape, *rim.size))


def _moved_together(seen: NDArray[np.float32], grid: Grid) -> NDArray[np.float64]:
    """All boxes of a block moved together to where they have the most print."""
    size = tuple(2 * int(r + 1) + 1 for r in grid.reach)
    points = grid.centres.reshape(-1, 2) - 0.5
    windows = [cv2.getRectSubPix(seen, (size[0], size[1]), (float(x), float(y))) for x, y in points]
    mean = np.asarray(np.mean(windows, axis=0), np.float32)
    return grid.centres + peak(mean, (size[0] // 2, size[1] // 2), grid.reach)[0]


def _single_peaks(
    seen: NDArray[np.float32], centres: NDArray[np.float64], reach: Pair
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where within reach of each box its outline is seen best, and how well."""
    found, scores = np.zeros_like(centres), np.zeros(centres.shape[:2])
    for place in np.ndindex(scores.shape):
        x, y = centres[place] - 0.5
        middle = (round(float(x)), round(float(y)))
        shift, scores[place] = peak(seen, middle, reach)
        found[place] = shift + middle + 0.5
    return found, scores


def _arranged(
    nominal: NDArray[np.float64], found: NDArray[np.float64], scores: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The block's arrangement moved, stretched and turned to fit what was found (robustly).

    With fewer than two fields or values there is nothing to stretch that way.
    """
    fields, values = np.meshgrid(*(np.arange(n) for n in nominal.shape[:2]), indexing="ij")
    terms = [np.ones(fields.size)]
    terms += [axis.ravel() - axis.mean() for axis in (fields, values) if axis.max() > 0]
    design = np.stack(terms, axis=1)
    moves = (found - nominal).reshape(-1, 2)
    trust = np.clip(scores.ravel(), 0, None) ** 2 + 1e-6
    weight, fitted = trust, moves
    for _ in range(8):
        normal = design.T @ (weight[:, None] * design) + 1e-9 * np.eye(len(terms))
        fitted = design @ np.linalg.solve(normal, design.T @ (weight[:, None] * moves))
        away = np.linalg.norm(moves - fitted, axis=1)
        scale = max(1.0, 3 * float(np.median(away)))
        weight = trust / (1 + (away / scale) ** 2) ** 2
    return nominal + fitted.reshape(nominal.shape)


def _own_peaks(
    seen: NDArray[np.float32], arranged: NDArray[np.float64], rim: Rim
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The peaks that single boxes may reach from the arrangement of their block."""
    own_way = (max(1.0, OWN_WAY * rim.size[0]), max(1.0, OWN_WAY * rim.size[1]))
    return _single_peaks(seen, arranged, own_way)


def _settled(seen: NDArray[np.float32], arranged: NDArray[np.float64], rim: Rim) -> Settled:
    """Each box on its own outline where that is seen near its place in the arrangement."""
    found, scores = _own_peaks(seen, arranged, rim)
    clear = (scores >= SEEN)[..., None]
    return Settled(np.where(clear, found, arranged), scores, rim)
