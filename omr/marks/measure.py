"""Measure what was added to the print at each target. Numbers only: nothing is decided here.

Everything is relative. Darkness is judged against the paper's white around the target and the
page's own print black, so that a grey copy, a shadow or a weak toner changes little. What was
printed is known from the reference and is taken out, with a little tolerance for blur and ink
gain; what remains is what somebody, or something, added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Size
from omr.layout.model import Shape
from omr.registration.patches import PagePicture, odd
from omr.registration.refine import nearest_distance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.registration.model import RegisteredPage

    Gray = NDArray[np.uint8]
    Real = NDArray[np.float32]

TARGET_PX = 40.0
"""A target's long side in patch pixels: 8 px per mm for our 5 mm boxes, 200 dpi."""
MARGIN_OF_SIDE = 0.6
"""Surroundings that are looked at, as a share of the long side (less where targets are close)."""
INSET_OF_SIDE = 0.13
"""The outline's share of the short side: what lies farther in is the target's inside."""
PRINT_TOLERANCE_OF_SIDE = 0.06
"""How far printed ink may have spread or moved, as a share of the long side (0.3 mm of 5 mm)."""
PRINT_FROM = 0.12
"""Reference darkness from which a pixel is print. Hairlines are grey in the reference but may be
black in a 1-bit scan, so print has no shades: what may be print is not measured at all."""
WHITE_PERCENTILE = 85.0
INK_DARKNESS = 0.25
"""Darkness (0 paper, 1 this page's print) from which a pixel beyond the print counts as ink.
Pencil at 150 dpi comes to 0.35 and more, show-through and paper grain stay below 0.2."""
LEAST_PRINT_CONTRAST = 0.35
"""Print is never taken to be fainter than this, or noise on an empty page would pass for ink."""
SPECK_OF_INSIDE = 0.012
"""Specks smaller than this share of the inside (0.2 mm2 of a 5 mm box) are dust."""
RING_SECTORS = 36
RING_FROM, RING_TO = 0.08, 0.56
"""The ring around a target where a correcting circle lies, in long sides from its outline."""
VISIBLE_SHARE = 0.6
"""A direction counts if print hides less than the rest of the ring there."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was added at one target.

    ``ink``: share (0..1) of the inside that is covered. ``extent``: the larger of width and height
    that the ink spans inside, 0..1 of the inside's. ``strength``: mean darkness of that ink,
    against print (about 0.3 faint pencil, 1 print black). ``ring``: share (0..1) of directions in
    which ink lies around the target. ``outside``: share of the surroundings covered by ink.
    ``specks``: share of the inside covered by pieces of ink too small to count in ``ink``.
    ``agreement`` and ``found`` are the placement's.
    """

    target: Target
    ink: float
    extent: float
    strength: float
    ring: float
    outside: float
    specks: float
    agreement: float
    found: bool


def measure(page: RegisteredPage) -> tuple[Measurement, ...]:
    """Measure every target of the page that takes a mark, in the layout's order."""
    targets = [placement.target for placement in page.placements]
    scan = PagePicture(page.page.gray(), page.transform)
    results: dict[int, Measurement] = {}
    layers = {key: _layers(page, scan, members) for key, members in _groups(targets).items()}
    print_level = _print_level([layer.darkness_of_print for layer in layers.values()])
    for members, layer in ((layer.members, layer) for layer in layers.values()):
        added = _added(layer, print_level)
        for row, index in enumerate(members):
            placement = page.placements[index]
            numbers = _numbers(added[row], layer.printed[row], layer.inside, layer.ring)
            results[index] = Measurement(
                placement.target, *numbers, placement.agreement, placement.found
            )
    return tuple(results[index] for index in sorted(results))


@dataclass(frozen=True)
class _Layer:
    """Targets of one size: their patches (N, h, w) and the masks (h, w) that all share."""

    members: list[int]
    darkness: Real
    printed: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    ring: NDArray[np.int16]
    darkness_of_print: Real


def _groups(targets: Sequence[Target]) -> dict[tuple[float, float, Shape], list[int]]:
    groups: dict[tuple[float, float, Shape], list[int]] = {}
    for index, target in enumerate(targets):
        if target.option:
            key = (round(target.box.w, 2), round(target.box.h, 2), target.shape)
            groups.setdefault(key, []).append(index)
    return groups


def _layers(page: RegisteredPage, scan: PagePicture, members: list[int]) -> _Layer:
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
        prints = _without_marks(prints, targets, _within(shape, target_px, -0.08 * TARGET_PX))
    darkness = _darkness(seen)
    printed = _darkness(prints)
    return _Layer(
        members,
        darkness,
        _spread(printed > PRINT_FROM, PRINT_TOLERANCE_OF_SIDE * TARGET_PX),
        _inside(shape, target_px, targets[0].shape),
        _ring_sectors(shape, target_px),
        darkness[printed > 0.6] if (printed > 0.6).any() else darkness[printed > printed.max() / 2],  # noqa: PLR2004
    )


def _without_marks(patches: Gray, targets: Sequence[Target], target: NDArray[np.bool_]) -> Gray:
    """(N, h, w): the print around each target, where the reference was made from filled sheets.

    Such a reference hides a target's print under its marks, but targets of one size look alike:
    the light majority of them (of those with the same code, where there are enough) is the print.
    Only the target itself is replaced: what is printed beside it differs.
    """
    enough = 5
    by_code: dict[str, list[int]] = {}
    for row, member in enumerate(targets):
        by_code.setdefault(member.option, []).append(row)
    common = np.percentile(patches, 75, axis=0).astype(np.uint8)
    blank = patches.copy()
    for rows in by_code.values():
        alike = np.percentile(patches[rows], 75, axis=0) if len(rows) >= enough else common
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
    return float(max(np.percentile(values, 75), LEAST_PRINT_CONTRAST))


def _spread(printed: NDArray[np.bool_], radius_px: float) -> NDArray[np.bool_]:
    """Print and its surroundings up to ``radius_px``, where it may have spread."""
    width = odd(2 * radius_px + 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return np.stack([cv2.dilate(patch, kernel) for patch in printed.astype(np.uint8)]) > 0


def _added(layer: _Layer, print_level: float) -> Real:
    """(N, h, w): darkness where there is no print, 1 being as dark as this page's print."""
    seen = np.clip(layer.darkness / print_level, 0.0, 1.2)
    return np.asarray(np.where(layer.printed, 0.0, seen), dtype=np.float32)


def _within(shape: tuple[int, int], target: Size, inset_px: float) -> NDArray[np.bool_]:
    """(h, w): True in the middle rectangle of ``target`` px, drawn in by ``inset_px``."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    across = np.abs(x - shape[1] // 2) <= target.width / 2 - inset_px
    return np.asarray(
        across & (np.abs(y - shape[0] // 2) <= target.height / 2 - inset_px), dtype=np.bool_
    )


def _inside(shape: tuple[int, int], target: Size, kind: Shape) -> NDArray[np.bool_]:
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


def _numbers(
    added: Real,
    printed: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    ring: NDArray[np.int16],
) -> tuple[float, float, float, float, float, float]:
    every = added > INK_DARKNESS
    ink = _without_specks(every, SPECK_OF_INSIDE * float(inside.sum()))
    within = ink & inside
    covered = float(within.sum()) / float(inside.sum())
    specks = float((every & ~ink & inside).sum()) / float(inside.sum())
    around = ring >= 0
    sectors = _encircled(ink, printed, ring)
    outside = float((ink & around).sum()) / max(float(around.sum()), 1.0)
    if not within.any():
        return covered, 0.0, 0.0, sectors, outside, specks
    rows, columns = np.nonzero(within)
    all_rows, all_columns = np.nonzero(inside)
    extent = max(
        (float(np.ptp(rows)) + 1) / (float(np.ptp(all_rows)) + 1),
        (float(np.ptp(columns)) + 1) / (float(np.ptp(all_columns)) + 1),
    )
    return covered, extent, float(added[within].mean()), sectors, outside, specks


def _encircled(
    ink: NDArray[np.bool_], printed: NDArray[np.bool_], ring: NDArray[np.int16]
) -> float:
    """Share of the directions, of those that print does not hide, in which there is ink."""
    there = np.bincount(ring[ring >= 0], minlength=RING_SECTORS)
    seen = np.bincount(ring[(ring >= 0) & ~printed], minlength=RING_SECTORS)
    inked = np.bincount(ring[(ring >= 0) & ink], minlength=RING_SECTORS) > 0
    visible = (seen >= VISIBLE_SHARE * there) & (there > 0) | inked
    return float(inked.sum()) / max(float(visible.sum()), RING_SECTORS / 4)


def _without_specks(ink: NDArray[np.bool_], least_px: float) -> NDArray[np.bool_]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= least_px
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.bool_) if count > 1 else ink
