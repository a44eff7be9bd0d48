"""Take the print out of a page: what remains around each target is what somebody added.

Everything is relative. Darkness is judged against the paper's white around the target and the
page's own print black, so that a grey copy, a shadow or a weak toner changes little. What was
printed is known from the reference and is taken out, with a little tolerance for blur and ink
gain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Size
from omr.layout.model import Shape
from omr.marks.thresholds import INK
from omr.registration.patches import PagePicture, odd
from omr.registration.refine import nearest_distance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.registration.model import RegisteredPage

    Gray = NDArray[np.uint8]
    Real = NDArray[np.float32]
    Mask = NDArray[np.bool_]

TARGET_PX = 40.0
"""A target's long side in patch pixels: 8 px per mm for our 5 mm boxes, 200 dpi."""
MARGIN_OF_SIDE = 0.6
"""Surroundings that are looked at, as a share of the long side (less where targets are close)."""
INSET_OF_SIDE = 0.13
"""The outline's share of the short side: what lies farther in is the target's inside."""
PRINT_TOLERANCE_OF_SIDE = 0.06
"""How far printed ink may have spread or moved, as a share of the long side (0.3 mm of 5 mm)."""
TARGET_PRINT_OF_SIDE = 0.08
"""How far a target's own print reaches beyond its box, as a share of the long side."""
WHITE_PERCENTILE = 85.0
LIGHT_PERCENTILE = 75.0
RING_SECTORS = 36
RING_FROM, RING_TO = 0.08, 0.56
"""The ring around a target where a correcting circle lies, in long sides from its outline."""


@dataclass(frozen=True)
class AddedInk:
    """One target with its surroundings, h x w px upright, the print taken out.

    ``added`` (h, w): darkness where nothing is printed, 1 being as dark as this page's print, 0
    on print. ``printed``: where print was taken out. ``inside``: the target within its outline.
    ``ring``: number of the direction (0 .. RING_SECTORS - 1) around the target, -1 elsewhere.
    """

    added: Real
    printed: Mask
    inside: Mask
    ring: NDArray[np.int16]


def added_ink(page: RegisteredPage) -> Iterator[tuple[int, AddedInk]]:
    """What was added at each target that takes a mark, with the target's index on the page."""
    targets = [placement.target for placement in page.placements]
    layers = [_layer(page, members) for members in _groups(targets).values()]
    level = _print_level([layer.darkness_of_print for layer in layers])
    for layer in layers:
        seen = np.clip(layer.darkness / level, 0.0, 1.2)
        added = np.where(layer.printed, 0.0, seen).astype(np.float32)
        for row, index in enumerate(layer.members):
            yield index, AddedInk(added[row], layer.printed[row], layer.inside, layer.ring)


@dataclass(frozen=True)
class _Layer:
    """Targets of one size: their patches (N, h, w) and the masks (h, w) that all share."""

    members: list[int]
    darkness: Real
    printed: Mask
    inside: Mask
    ring: NDArray[np.int16]
    darkness_of_print: Real


def _groups(targets: Sequence[Target]) -> dict[tuple[float, float, Shape], list[int]]:
    groups: dict[tuple[float, float, Shape], list[int]] = {}
    for index, target in enumerate(targets):
        if target.option:
            key = (round(target.box.w, 2), round(target.box.h, 2), target.shape)
            groups.setdefault(key, []).append(index)
    return groups


def _layer(page: RegisteredPage, members: list[int]) -> _Layer:
    scan = PagePicture(page.page.gray(), page.transform)
    targets = [page.placements[index].target for index in members]
    box = targets[0].box
    side = max(box.w, box.h)
    px_per_mm = TARGET_PX / side
    centres = np.array([target.box.centre for target in targets])
    shifts = np.array([page.placements[index].shift_mm for index in members])
    everyone = np.array([placement.target.box.centre for placement in page.placements])
    pitch = float(np.median(nearest_distance(everyone)))
    margin = min(MARGIN_OF_SIDE * side, max(0.5 * pitch - 0.25 * side, 0.15 * side))
    size = Size(box.w + 2 * margin, box.h + 2 * margin)
    seen = scan.reduced_for(px_per_mm, centres[0]).patches(centres + shifts, size, px_per_mm)
    target_px = Size(box.w * px_per_mm, box.h * px_per_mm)
    shape = (seen.shape[1], seen.shape[2])
    blank = PagePicture.of_reference(page.reference).reduced_for(px_per_mm, centres[0])
    prints = blank.patches(centres, size, px_per_mm)
    if not page.reference.blank:
        prints = _without_marks(
            prints, targets, _within(shape, target_px, -TARGET_PRINT_OF_SIDE * TARGET_PX)
        )
    darkness = _darkness(seen)
    printed = _darkness(prints)
    return _Layer(
        members,
        darkness,
        _spread(printed > INK.print_darkness, PRINT_TOLERANCE_OF_SIDE * TARGET_PX),
        _inside(shape, target_px, targets[0].shape),
        _ring_sectors(shape, target_px),
        darkness[printed > min(INK.sure_print, float(printed.max()) / 2)],
    )


def _without_marks(patches: Gray, targets: Sequence[Target], target: Mask) -> Gray:
    """(N, h, w): the print around each target, where the reference was made from filled sheets.

    Such a reference hides a target's print under its marks, but targets of one size look alike:
    the light majority of them (of those with the same code, where there are enough) is the print.
    Only the target itself is replaced: what is printed beside it differs.
    """
    by_code: dict[str, list[int]] = {}
    for row, member in enumerate(targets):
        by_code.setdefault(member.option, []).append(row)
    common = np.percentile(patches, LIGHT_PERCENTILE, axis=0).astype(np.uint8)
    blank = patches.copy()
    for rows in by_code.values():
        alike = (
            np.percentile(patches[rows], LIGHT_PERCENTILE, axis=0)
            if len(rows) >= INK.alike_targets
            else common
        )
        blank[rows] = np.where(target, alike.astype(np.uint8), patches[rows])
    return blank


def _darkness(patches: Gray) -> Real:
    """(N, h, w): 0 where as light as the patch's paper, 1 where black."""
    white = np.percentile(patches, WHITE_PERCENTILE, axis=(1, 2)).astype(np.float32)
    white = np.maximum(white, 32.0)
    darkness = 1.0 - patches.astype(np.float32) / white[:, None, None]
    return np.asarray(np.clip(darkness, 0.0, 1.0), dtype=np.float32)


def _print_level(samples: Sequence[Real]) -> float:
    """How dark this page's print is (0..1): the darker half of what should be print."""
    values = np.concatenate([sample.ravel() for sample in samples]) if samples else np.empty(0)
    if not values.size:
        return 1.0
    return float(max(np.percentile(values, 75), INK.least_print))


def _spread(printed: Mask, radius_px: float) -> Mask:
    """Print and its surroundings up to ``radius_px``, where it may have spread."""
    width = odd(2 * radius_px + 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return np.stack([cv2.dilate(patch, kernel) for patch in printed.astype(np.uint8)]) > 0


def _within(shape: tuple[int, int], target: Size, inset_px: float) -> Mask:
    """(h, w): True in the middle rectangle of ``target`` px, drawn in by ``inset_px``."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    across = np.abs(x - shape[1] // 2) <= target.width / 2 - inset_px
    return np.asarray(
        across & (np.abs(y - shape[0] // 2) <= target.height / 2 - inset_px), dtype=np.bool_
    )


def _inside(shape: tuple[int, int], target: Size, kind: Shape) -> Mask:
    inset = INSET_OF_SIDE * min(target.width, target.height)
    if kind is Shape.BOX:
        return _within(shape, target, inset)
    y, x = np.ogrid[: shape[0], : shape[1]]
    across = np.abs(x - shape[1] // 2) / (target.width / 2 - inset)
    down = np.abs(y - shape[0] // 2) / (target.height / 2 - inset)
    return np.asarray(across**2 + down**2 <= 1, dtype=np.bool_)


def _ring_sectors(shape: tuple[int, int], target: Size) -> NDArray[np.int16]:
    """(h, w): number of the direction for pixels of the ring around the target, else -1."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float64)
    x -= shape[1] // 2
    y -= shape[0] // 2
    side = max(target.width, target.height)
    beyond = np.maximum(np.abs(x) - target.width / 2, np.abs(y) - target.height / 2) / side
    sector = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * RING_SECTORS).astype(int) % RING_SECTORS
    return np.where((beyond >= RING_FROM) & (beyond <= RING_TO), sector, -1).astype(np.int16)
