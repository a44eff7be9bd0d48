"""Find each target's own place: feeders stretch and slip, paper curls, photos bend.

Around each target the blank print is known. It is looked for within about a millimetre of where
the page transform puts it, by normalised cross-correlation, with the target's inside left out:
where a target lies is judged from print alone, never from the ink that may stand in it (choosing
the place by darkness inflates blanks). A move is believed only if the neighbours moved alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box, Size
from omr.registration.blank_print import blank_picture
from omr.registration.model import Placement
from omr.registration.patches import odd
from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.reference import ReferencePage
    from omr.registration.patches import PagePicture

SEARCH_MM = 1.3
"""How far from its expected place a target's print is looked for."""
SEARCH_OF_PITCH = 0.38
"""... but never more than this share of the distance to the next target, or a neighbour of the
same look could be taken for it."""
MARGIN_MM = 2.2
"""Print around the target that helps to find it."""
PATCH_SIDE_PX = 26.0
"""A target's short side in pixels of the patches (within the limits below)."""
LEAST_PX_PER_MM, MOST_PX_PER_MM = 6.0, 16.0
OVERFLOW_MM = 0.4
"""So far marks of other targets may reach beyond their boxes, and are left out."""
GOOD_AGREEMENT = 0.55
"""Correlation from which a found place is evidence. Print against the same print, blurred, noisy
and with a mark across, correlates above 0.7; against other print below 0.4."""
NEIGHBOURHOOD_MM = 35.0
"""Reach of the smooth field: slip and curl change over some centimetres, not from row to row."""
ODD_MOVE_MM = 0.35
"""A target that moved this much farther than its neighbours did was not found but mistaken."""
FAR_WEIGHT = 0.01
"""Weight of far targets in the smooth field, so that a lonely target still has neighbours."""


@dataclass(frozen=True)
class _Search:
    """Moves found: (N, 2) mm and the (N,) correlation at each."""

    moves: NDArray[np.float64]
    agreement: NDArray[np.float64]


def place_targets(
    scan: PagePicture, reference: ReferencePage, expected_shift: NDArray[np.float64] | None = None
) -> tuple[Placement, ...]:
    """Where each target of the page lies on the scan.

    ``expected_shift`` (N, 2) mm are moves already known (a bent page), zero if None.
    """
    targets = reference.layout.targets
    if not targets:
        return ()
    centres = np.array([target.box.centre for target in targets])
    start = np.zeros_like(centres) if expected_shift is None else expected_shift
    search = _search(scan, reference, targets, centres, start)
    smooth = smooth_moves(centres, search.moves, _evidence(search.agreement))
    odd_one = np.linalg.norm(search.moves - smooth, axis=1) > ODD_MOVE_MM
    own = ~odd_one & (search.agreement >= GOOD_AGREEMENT)
    final = np.where(own[:, None], search.moves, smooth)
    return tuple(
        Placement(target, (float(move[0]), float(move[1])), float(agreement), bool(found))
        for target, move, agreement, found in zip(
            targets, final, search.agreement, own, strict=True
        )
    )


def smooth_moves(
    centres: NDArray[np.float64], moves: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(N, 2) mm: what each target's move should be, judged by its neighbours alone.

    A locally weighted plane through the others' moves (LOESS, Cleveland 1979), leaving the target
    itself out, with Tukey's weights against moves that do not belong.
    """
    distance = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    near = np.exp(-0.5 * (distance / NEIGHBOURHOOD_MM) ** 2) + FAR_WEIGHT
    np.fill_diagonal(near, 0.0)
    trust = weights.copy()
    start = np.median(moves[weights > 0], axis=0) if (weights > 0).any() else np.zeros(2)
    predicted = np.tile(start, (len(centres), 1))
    for reach_mm in (1.5, 0.8, 0.8):
        off = np.linalg.norm(moves - predicted, axis=1) / reach_mm
        trust = weights * np.where(off < 1, (1 - off**2) ** 2, 0.0)
        predicted = _local_planes(centres, moves, near * trust[None, :], predicted)
    return predicted


def _local_planes(
    centres: NDArray[np.float64],
    moves: NDArray[np.float64],
    weights: NDArray[np.float64],
    before: NDArray[np.float64],
) -> NDArray[np.float64]:
    offset = (centres[None] - centres[:, None]) / NEIGHBOURHOOD_MM
    basis = np.concatenate([np.ones((*offset.shape[:2], 1)), offset], axis=2)
    normal = np.einsum("ij,ijk,ijl->ikl", weights, basis, basis)
    right = np.einsum("ij,ijk,jl->ikl", weights, basis, moves)
    total = weights.sum(axis=1)
    # A slope needs neighbours on all sides; where they are missing the ridge makes it level.
    ridge = np.zeros_like(normal)
    ridge[:, [1, 2], [1, 2]] = 0.02 * total[:, None] + 1e-9
    ridge[:, 0, 0] = 1e-9
    solved = np.linalg.solve(normal + ridge, right)
    return np.where(total[:, None] > 1e-6, solved[:, 0, :], before)  # noqa: PLR2004


def _evidence(agreement: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip((agreement - GOOD_AGREEMENT) / (1 - GOOD_AGREEMENT), 0.0, 1.0) + np.where(
        agreement >= GOOD_AGREEMENT, 0.1, 0.0
    )


def _search(
    scan: PagePicture,
    reference: ReferencePage,
    targets: Sequence[Target],
    centres: NDArray[np.float64],
    start: NDArray[np.float64],
) -> _Search:
    moves, agreement = start.copy(), np.zeros(len(targets))
    reach = np.minimum(SEARCH_MM, SEARCH_OF_PITCH * nearest_distance(centres))
    blank = blank_picture(reference)
    for (width, height, radius), members in _alike(targets, reach).items():
        px_per_mm = float(
            np.clip(PATCH_SIDE_PX / min(width, height), LEAST_PX_PER_MM, MOST_PX_PER_MM)
        )
        margin = min(MARGIN_MM, 0.8 * max(width, height))
        size = Size(width + 2 * margin, height + 2 * margin)
        wide = Size(size.width + 2 * radius, size.height + 2 * radius)
        at = centres[members]
        templates = blank.reduced_for(px_per_mm, at[0]).patches(at, size, px_per_mm)
        seen = scan.reduced_for(px_per_mm, at[0]).patches(at + start[members], wide, px_per_mm)
        for index, template, picture in zip(members, templates, seen, strict=True):
            mask = _print_only(index, targets, centres, template.shape, px_per_mm)
            move, value = _best_match(picture, template, mask)
            moves[index] += move / px_per_mm
            agreement[index] = value
    return _Search(moves, agreement)


def nearest_distance(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,) mm from each centre to the next one; a large number for a lonely target."""
    distance = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    np.fill_diagonal(distance, 1000.0)
    return np.asarray(distance.min(axis=1), dtype=np.float64)


def _alike(
    targets: Sequence[Target], reach: NDArray[np.float64]
) -> dict[tuple[float, float, float], list[int]]:
    groups: dict[tuple[float, float, float], list[int]] = {}
    for index, target in enumerate(targets):
        key = (round(target.box.w, 2), round(target.box.h, 2), round(float(reach[index]), 1))
        groups.setdefault(key, []).append(index)
    return groups


def _print_only(
    index: int,
    targets: Sequence[Target],
    centres: NDArray[np.float64],
    shape: tuple[int, ...],
    px_per_mm: float,
) -> NDArray[np.float32]:
    """(h, w): 1 around the target and on its outline, 0 inside it and where others' marks lie."""
    mask = np.ones(shape, dtype=np.float32)
    box = targets[index].box
    reach = max(shape) / 2 / px_per_mm + max(box.w, box.h) / 2 + OVERFLOW_MM
    near = np.abs(centres - centres[index]).max(axis=1) < reach
    for other in np.flatnonzero(near).tolist():
        if other != index:
            _leave_out(mask, targets[other].box.grown(OVERFLOW_MM), box.centre, px_per_mm)
    inset = 0.18 * min(box.w, box.h)
    _leave_out(mask, box.grown(-inset), box.centre, px_per_mm)
    return mask


def _leave_out(
    mask: NDArray[np.float32], box: Box, middle: tuple[float, float], px_per_mm: float
) -> None:
    """Set the mask, whose middle pixel shows ``middle`` (mm), to 0 in a box."""
    h, w = odd(box.h * px_per_mm), odd(box.w * px_per_mm)
    top = mask.shape[0] // 2 + round((box.centre[1] - middle[1]) * px_per_mm) - h // 2
    left = mask.shape[1] // 2 + round((box.centre[0] - middle[0]) * px_per_mm) - w // 2
    mask[max(0, top) : max(0, top + h), max(0, left) : max(0, left + w)] = 0.0


def _best_match(
    picture: NDArray[np.uint8], template: NDArray[np.uint8], mask: NDArray[np.float32]
) -> tuple[NDArray[np.float64], float]:
    """The (x, y) move in patch pixels with the highest correlation, and that correlation."""
    scores = cv2.matchTemplate(
        picture.astype(np.float32),
        template.astype(np.float32),
        cv2.TM_CCOEFF_NORMED,
        mask=mask,
    )
    # A patch without any contrast divides by zero: no evidence.
    usable = np.isfinite(scores) & (np.abs(scores) <= 1.001)  # noqa: PLR2004
    scores = np.where(usable, scores, -1.0)
    row, column = np.unravel_index(int(scores.argmax()), scores.shape)
    middle = np.array([scores.shape[1] // 2, scores.shape[0] // 2], dtype=np.float64)
    peak = np.array(
        [
            column + vertex(scores[row, :].tolist(), int(column)),
            row + vertex(scores[:, column].tolist(), int(row)),
        ]
    )
    return peak - middle, float(scores[row, column])
