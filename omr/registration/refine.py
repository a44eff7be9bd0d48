"""Find each target's own place: feeders stretch and slip, paper curls, photos bend.

First the known print of the whole page tells how its rows moved; then each target's own print is
looked for close to where that puts it. The target's inside is left out: where a target lies is
judged from print alone, never from the ink that may stand in it (choosing the place by darkness
inflates blanks). A move is believed only if the print around moved alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box, Size
from omr.registration.blank_print import blank_picture
from omr.registration.landmarks import find_landmarks, landmarks_of
from omr.registration.model import Placement
from omr.registration.patches import odd
from omr.registration.smooth import Evidence, fit_field
from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.reference import ReferencePage
    from omr.registration.patches import PagePicture

SEARCH_MM = 1.3
"""How far from its expected place a target's print is looked for, where it is not seen at once."""
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
SOFTENING_PX = 1.0
"""Blur (sigma) of patches that are slid into place: a line of print is then seen from as far."""
STEPS = 2
"""The second starts a tenth of a pixel away, and ends within a hundredth."""
LONGEST_STEP_PX = 1.5
"""Farther than this the print's slope does not tell how far there is to go."""
STRANGE = 35.0
"""Grey levels by which a stroke of a pen is darker than the print has it."""
STROKE_PX, BESIDE_PX = 3, 5
"""Least breadth of a stroke, softened, in patch pixels; and how far around it nothing counts."""
UNSURE = 60.0
"""Grey levels by which a pixel beside a stroke may mislead, ..."""
FIELD_ERROR_PX = 0.3
"""... and patch pixels by which the print around may: 0.05 mm. They share out the trust in both."""
GOOD_AGREEMENT = 0.55
"""Correlation from which a found place is evidence. Print against the same print, blurred, noisy
and with a mark across, correlates above 0.7; against other print below 0.4."""
SURE_AGREEMENT = 0.7
"""... and from which nothing better is looked for."""
CLEARLY_BETTER = 0.1
"""Correlation by which print farther off must agree better: a stroke alone makes less."""
ODD_MOVE_MM = 0.35
"""A target that moved this much farther than its neighbours did was not found but mistaken."""


@dataclass(frozen=True)
class _Group:
    """Targets of one size, and their print.

    ``members``: their numbers on the page. ``patch``: size of the patches, mm. ``templates``
    (N, h, w) uint8 is their print, ``masks`` (N, h, w) 1 where it counts. ``plain`` (N, h*w) is the
    softened print less its mean. ``parts`` (N, 3, h*w), 0 outside the mask: the same, and how it
    changes from pixel to pixel along x and y, freed of the print itself. ``power`` (N,) is the
    print's norm, ``stiffness`` (N, 2, 2) the inverse of the slopes' products.
    """

    members: NDArray[np.int64]
    patch: Size
    px_per_mm: float
    templates: NDArray[np.uint8]
    masks: NDArray[np.float32]
    plain: NDArray[np.float32]
    parts: NDArray[np.float32]
    power: NDArray[np.float64]
    stiffness: NDArray[np.float64]


def place_targets(
    scan: PagePicture, reference: ReferencePage, expected_shift: NDArray[np.float64] | None = None
) -> tuple[Placement, ...]:
    """Where each target of the page lies on the scan.

    ``expected_shift`` (N, 2) mm are moves already known (a bent page); where it is None, the known
    print of the page tells them.
    """
    targets = reference.layout.targets
    if not targets:
        return ()
    centres = _centres(targets)
    turn = _directions(scan, centres.mean(axis=0))
    if expected_shift is None:
        found = find_landmarks(scan, landmarks_of(reference))
        field = fit_field(Evidence(found.centres, found.moves, _trust(found.agreement)), turn)
        moves, agreement = _search(scan, reference, centres, field.at(centres))
        field = field.with_(Evidence(centres, moves, _trust(agreement)))
    else:
        moves, agreement = _search(scan, reference, centres, expected_shift)
        field = fit_field(Evidence(centres, moves, _trust(agreement)), turn)
    smooth = field.at(centres)
    odd_one = np.linalg.norm(moves - smooth, axis=1) > ODD_MOVE_MM
    believed = ~odd_one & (agreement >= GOOD_AGREEMENT)
    final = np.where(believed[:, None], moves, smooth)
    return tuple(
        Placement(target, (float(move[0]), float(move[1])), float(value), bool(is_found))
        for target, move, value, is_found in zip(targets, final, agreement, believed, strict=True)
    )


def nearest_distance(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,) mm from each centre to the next one; a large number for a lonely target."""
    distance = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    np.fill_diagonal(distance, 1000.0)
    return np.asarray(distance.min(axis=1), dtype=np.float64)


def _centres(targets: Sequence[Target]) -> NDArray[np.float64]:
    return np.array([target.box.centre for target in targets])


def _directions(scan: PagePicture, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, 2): the directions of image x and y on paper, as rows of unit length."""
    origin = scan.transform.to_pixels(at[None])
    along = scan.transform.to_paper(origin + np.array([[1.0, 0.0], [0.0, 1.0]])) - at
    return np.asarray(along / np.linalg.norm(along, axis=1, keepdims=True), dtype=np.float64)


def _trust(agreement: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip((agreement - GOOD_AGREEMENT) / (1 - GOOD_AGREEMENT), 0.0, 1.0) + np.where(
        agreement >= GOOD_AGREEMENT, 0.1, 0.0
    )


def _search(
    scan: PagePicture,
    reference: ReferencePage,
    centres: NDArray[np.float64],
    start: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(N, 2) mm moves and (N,) correlation: each target's print, looked for around its start."""
    moves, agreement = start.copy(), np.zeros(len(centres))
    reach = np.minimum(SEARCH_MM, SEARCH_OF_PITCH * nearest_distance(centres))
    for group in _groups(reference):
        members = group.members
        picture = scan.reduced_for(group.px_per_mm, centres[members[0]])
        at, value = _slide(picture, group, centres[members], start[members])
        for row in np.flatnonzero(value < SURE_AGREEMENT).tolist():
            index = members[row]
            move, other = _look_around(
                picture, group, row, centres[index] + start[index], reach[index]
            )
            if other > value[row] + CLEARLY_BETTER:
                at[row], value[row] = start[index] + move, other
        moves[members], agreement[members] = at, value
    return moves, agreement


def _slide(
    picture: PagePicture,
    group: _Group,
    centres: NDArray[np.float64],
    start: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slide every patch into place along the print's slopes (Lucas and Kanade 1981).

    What is seen, brightened and darkened as a whole, is the print and some of its slopes; how much
    of each tells how far there is to go (the slopes are the reference's: Baker and Matthews 2004).
    Where a pen wrote across print, the rest of the print decides. Gives (N, 2) mm moves and the
    (N,) correlation there.
    """
    at = start.copy()
    mask = group.masks.reshape(len(at), -1)
    count = mask.sum(axis=1)
    agreement = np.zeros(len(at))
    for step in range(STEPS):
        patches = picture.patches(centres + at, group.patch, group.px_per_mm)
        seen = _softened(patches).reshape(len(at), -1)
        counted = seen * mask
        mean = counted.sum(axis=1) / count
        power = (counted[:, None, :] @ seen[:, :, None])[:, 0, 0]
        spread = np.sqrt(np.maximum(power - mean**2 * count, 1.0))
        shares = (group.parts @ seen[:, :, None])[:, :, 0]
        agreement = shares[:, 0] / (spread * np.maximum(group.power, 1.0))
        # What is much fainter than its print would ask for steps without end.
        gain = group.power**2 / np.maximum(shares[:, 0], 0.2 * spread * group.power + 1.0)
        off = -(group.stiffness @ (shares[:, 1:] * gain[:, None])[:, :, None])[:, :, 0]
        if step == STEPS - 1:
            darker = _paper(seen) - seen - (_paper(group.plain) - group.plain) / np.median(gain)
            written = _written(darker.reshape(patches.shape) > STRANGE)
            rows = np.flatnonzero(written.any(axis=(1, 2)))
            free = mask[rows] * ~written[rows].reshape(len(rows), mask.shape[1])
            back = (start[rows] - at[rows]) * group.px_per_mm
            off[rows] = _off(seen[rows], group, rows, free, back)
        length = np.linalg.norm(off, axis=1, keepdims=True) / LONGEST_STEP_PX
        at = at + off / np.maximum(length, 1.0) / group.px_per_mm
    return at, agreement


def _paper(patches: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N, 1) the grey of paper in (N, p) pixels: a few hundred of them tell it."""
    return np.percentile(patches[:, :: max(1, patches.shape[1] // 300)], 80, axis=1)[:, None]


def _written(darker: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(N, h, w): strokes and what lies beside them.

    Print that spread, or lies a little off, is darker along its rims; a stroke is broader.
    """
    stack = darker.reshape(-1, darker.shape[2]).astype(np.uint8)
    broad = cv2.morphologyEx(stack, cv2.MORPH_OPEN, np.ones((STROKE_PX, STROKE_PX), np.uint8))
    around = cv2.dilate(broad, np.ones((BESIDE_PX, BESIDE_PX), np.uint8))
    return np.asarray(around.reshape(darker.shape) > 0)


def _off(
    seen: NDArray[np.float32],
    group: _Group,
    rows: NDArray[np.int64],
    weights: NDArray[np.float32],
    back: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(n, 2) px still to go for some rows of a group, where only (n, p) of the pixels count.

    The less print is left to go by, the more counts ``back`` (n, 2) px: where the print of the page
    has the target.
    """
    parts = np.stack([np.ones_like(seen), seen, *group.parts[rows, 1:].transpose(1, 0, 2)], axis=1)
    weighted = parts * weights[:, None, :]
    normal = (weighted @ parts.transpose(0, 2, 1)).astype(np.float64)
    right = (weighted @ group.plain[rows, :, None])[:, :, 0].astype(np.float64)
    normal += 1e-6 * np.einsum("nkk->nk", normal)[:, :, None] * np.eye(4)
    prior = (UNSURE / FIELD_ERROR_PX) ** 2
    normal[:, [2, 3], [2, 3]] += prior
    right[:, 2:] += prior * back
    return np.asarray(np.linalg.solve(normal, right[:, :, None])[:, 2:, 0], dtype=np.float64)


def _look_around(
    picture: PagePicture,
    group: _Group,
    row: int,
    centre: NDArray[np.float64],
    reach_mm: float,
) -> tuple[NDArray[np.float64], float]:
    """The (x, y) mm with the highest correlation within reach of a place, and that correlation."""
    wide = Size(group.patch.width + 2 * reach_mm, group.patch.height + 2 * reach_mm)
    (seen,) = picture.patches(centre[None], wide, group.px_per_mm)
    scores = cv2.matchTemplate(
        seen.astype(np.float32),
        group.templates[row].astype(np.float32),
        cv2.TM_CCOEFF_NORMED,
        mask=group.masks[row],
    )
    # A patch without any contrast divides by zero: no evidence.
    usable = np.isfinite(scores) & (np.abs(scores) <= 1.001)  # noqa: PLR2004
    scores = np.where(usable, scores, -1.0)
    y, x = np.unravel_index(int(scores.argmax()), scores.shape)
    middle = np.array([scores.shape[1] // 2, scores.shape[0] // 2], dtype=np.float64)
    peak = np.array(
        [
            x + vertex(scores[y, :].tolist(), int(x)),
            y + vertex(scores[:, x].tolist(), int(y)),
        ]
    )
    return (peak - middle) / group.px_per_mm, float(scores[y, x])


@lru_cache(maxsize=64)
def _groups(reference: ReferencePage) -> tuple[_Group, ...]:
    """The targets of a reference by size, prepared once per reference and process."""
    targets = reference.layout.targets
    alike: dict[tuple[float, float], list[int]] = {}
    for index, target in enumerate(targets):
        alike.setdefault((round(target.box.w, 2), round(target.box.h, 2)), []).append(index)
    return tuple(_group(reference, Size(*size), members) for size, members in alike.items())


def _group(reference: ReferencePage, size: Size, members: list[int]) -> _Group:
    px_per_mm = float(
        np.clip(PATCH_SIDE_PX / min(size.width, size.height), LEAST_PX_PER_MM, MOST_PX_PER_MM)
    )
    margin = min(MARGIN_MM, 0.8 * max(size.width, size.height))
    patch = Size(size.width + 2 * margin, size.height + 2 * margin)
    targets = reference.layout.targets
    centres = _centres(targets)
    blank = blank_picture(reference).reduced_for(px_per_mm, centres[members[0]])
    templates = blank.patches(centres[members], patch, px_per_mm)
    shape = templates.shape[1:]
    masks = np.stack([_print_only(one, targets, centres, shape, px_per_mm) for one in members])
    parts = _parts(templates, masks)
    return _Group(np.array(members), patch, px_per_mm, templates, masks, *parts)


def _parts(
    templates: NDArray[np.uint8], masks: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """``plain``, ``parts``, ``power`` and ``stiffness`` of a group."""
    soft = _softened(templates).astype(np.float64)
    down, across = np.gradient(soft, axis=(1, 2))
    mask = masks.reshape(len(soft), 1, -1).astype(np.float64)
    every = np.stack([soft, across, down], axis=1).reshape(len(soft), 3, -1)
    every -= (every * mask).sum(axis=2, keepdims=True) / mask.sum(axis=2, keepdims=True)
    plain = every[:, 0].astype(np.float32)
    every *= mask
    power = np.sqrt((every[:, 0] ** 2).sum(axis=1))
    share = (every[:, 1:] @ every[:, 0, :, None])[:, :, 0] / np.maximum(power**2, 1.0)[:, None]
    every[:, 1:] -= share[:, :, None] * every[:, None, 0]
    normal = every[:, 1:] @ every[:, 1:].transpose(0, 2, 1)
    normal += (1e-3 * np.trace(normal, axis1=1, axis2=2) + 1e-6)[:, None, None] * np.eye(2)
    stiffness = np.asarray(np.linalg.inv(normal), dtype=np.float64)
    return plain, every.astype(np.float32), power, stiffness


def _softened(patches: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The patches as float, blurred; what a neighbour's rim lends to a rim is a few grey levels."""
    count, height, width = patches.shape
    stack = cv2.GaussianBlur(patches.reshape(count * height, width), (0, 0), SOFTENING_PX)
    return np.asarray(stack, dtype=np.float32).reshape(count, height, width)


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
