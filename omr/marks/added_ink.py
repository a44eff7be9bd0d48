"""Take the print out of a page: what remains around each target is what somebody added.

Everything is relative. Darkness is judged against the paper's white around the target and the
page's own print black, so that a grey copy, a shadow or a weak toner changes little. What was
printed is known from the reference and is taken out, with a little tolerance for blur and ink
gain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Size
from omr.layout.model import Shape
from omr.marks.glass import mended_gray
from omr.marks.own_print import beyond_print, explained
from omr.marks.page_print import unknown_print
from omr.marks.print_black import darkness, darkness_of_words
from omr.marks.thresholds import INK
from omr.registration.blank_print import blank_picture
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
USUAL_BLUR_PX = 1.0
"""Blur that every scanner's optics have, in patch pixels; the tolerance covers it."""
TARGET_PRINT_OF_SIDE = 0.08
"""How far a target's own print reaches beyond its box, as a share of the long side."""
OWN_ZONE_OF_SIDE = 0.14
"""How far beyond its box a target's print is compared with that of its neighbours."""
RING_SECTORS = 36
RING_FROM, RING_TO = 0.08, 0.56
"""The ring around a target where a correcting circle lies, in long sides from its outline."""
NOISE_SAMPLES = 24
"""So many targets, spread over the page, tell how much its paper varies."""


@dataclass(frozen=True)
class AddedInk:
    """One target with its surroundings, h x w px upright, the print taken out.

    ``darkness`` (h, w): 0 as light as the paper around, 1 as dark as this page's print.
    ``added``: what is darker than print is on this page, or than bare paper. ``printed``: where
    print is, or may have spread to. ``zone``: the target, its outline and what is close by.
    ``inside``: the target within its outline; ``outline``: the strip of its own outline.
    ``ring``: number of the direction (0 .. RING_SECTORS - 1) around the target, -1 elsewhere.
    ``noise``: how much paper varies on this page, as a standard deviation of darkness after
    smoothing over 3 x 3 px. ``contrast``: how dark print is on this page, 0..1 of black.
    ``px_per_mm``: resolution of the patch; ``sharpness``: steepness of printed outlines on it.
    """

    darkness: Real
    added: Real
    printed: Mask
    zone: Mask
    inside: Mask
    outline: Mask
    ring: NDArray[np.int16]
    noise: float
    contrast: float
    px_per_mm: float
    sharpness: float


def added_ink(page: RegisteredPage) -> Iterator[tuple[int, AddedInk]]:
    """What was added at each target that takes a mark, with the target's index on the page."""
    targets = [placement.target for placement in page.placements]
    scan = PagePicture(mended_gray(page.page), page.transform)
    layers = [_layer(page, scan, members) for members in _groups(targets).values()]
    black = [layer.darkness_of_print for layer in layers]
    if layers and max(layer.darkest_print for layer in layers) < INK.sure_print:
        black = [darkness_of_words(page, scan)]
    contrast = _print_contrast(black)
    level = max(contrast, INK.least_print)
    seen = [np.clip(layer.darkness / level, 0.0, 1.2).astype(np.float32) for layer in layers]
    added = [_added(layer, dark, targets) for layer, dark in zip(layers, seen, strict=True)]
    noise = _noise(layers, added)
    if noise > INK.grainy:
        # A grainy photograph: single pixels pass for ink, strokes are still wider than the grain.
        added = [np.stack([cv2.blur(one, (3, 3)) for one in ink]) for ink in added]
    for layer, dark, ink in zip(layers, seen, added, strict=True):
        sharpness = _sharpness(layer, dark)
        for row, index in enumerate(layer.members):
            yield (
                index,
                AddedInk(
                    darkness=dark[row],
                    added=ink[row],
                    printed=layer.printed[row],
                    zone=layer.zone,
                    inside=layer.inside,
                    outline=layer.printed[row] & layer.outline,
                    ring=layer.ring,
                    noise=noise,
                    contrast=contrast,
                    px_per_mm=layer.px_per_mm,
                    sharpness=sharpness,
                ),
            )


@dataclass(frozen=True)
class _Layer:
    """Targets of one size: their patches (N, h, w) and the masks (h, w) that all share."""

    members: list[int]
    darkness: Real
    printed: Mask
    explained: Mask
    zone: Mask
    inside: Mask
    outline: Mask
    ring: NDArray[np.int16]
    darkness_of_print: Real
    darkest_print: float
    pale_print: Real
    px_per_mm: float
    tolerance: float


def _groups(targets: Sequence[Target]) -> dict[tuple[float, float, Shape], list[int]]:
    groups: dict[tuple[float, float, Shape], list[int]] = {}
    for index, target in enumerate(targets):
        if target.option:
            key = (round(target.box.w, 2), round(target.box.h, 2), target.shape)
            groups.setdefault(key, []).append(index)
    return groups


def _layer(page: RegisteredPage, scan: PagePicture, members: list[int]) -> _Layer:
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
    own = _within(shape, target_px, -TARGET_PRINT_OF_SIDE * TARGET_PX)
    blank = blank_picture(page.reference).reduced_for(px_per_mm, centres[0])
    prints = blank.patches(centres, size, px_per_mm)
    dark = darkness(seen)
    printed = darkness(prints)
    is_print = printed > INK.print_darkness
    inside = _inside(shape, target_px, targets[0].shape)
    ring = _ring(shape, target_px)
    # Print spreads over at least a pixel of the image, which in a photograph may be coarse.
    pixel = px_per_mm / min(page.transform.pixels_per_mm(centres[0]))
    blur = blur_of_print(dark, printed, target_px) if len(targets) >= INK.alike_targets else 0.0
    tolerance = max(PRINT_TOLERANCE_OF_SIDE * TARGET_PX, pixel) + max(0.0, blur - USUAL_BLUR_PX)
    spread = _spread(is_print, tolerance)
    zone = _within(shape, target_px, -OWN_ZONE_OF_SIDE * TARGET_PX)
    return _Layer(
        px_per_mm=px_per_mm,
        members=members,
        darkness=dark,
        printed=spread,
        explained=explained(printed, spread),
        tolerance=tolerance,
        zone=zone,
        inside=inside,
        outline=own & ~inside,
        ring=ring,
        darkness_of_print=dark[printed > min(INK.sure_print, float(printed.max()) / 2)],
        darkest_print=float(printed.max()),
        pale_print=np.where(is_print, np.float32(0), printed),
    )


def _added(layer: _Layer, seen: Real, targets: Sequence[Target]) -> Real:
    """(N, h, w): darkness that is not print. Bands and letters in pale grey are taken off."""
    added = np.where(layer.printed, np.float32(0), np.maximum(seen - layer.pale_print, 0))
    added = np.where(layer.explained, beyond_print(seen, layer.explained), added)
    members = [targets[index] for index in layer.members]
    spread = math.ceil(layer.tolerance)
    return np.maximum(added - unknown_print(members, added, layer.inside, spread), 0)


def _print_contrast(samples: Sequence[Real]) -> float:
    """How dark this page's print is (0..1): the darker half of what should be print."""
    values = np.concatenate([sample.ravel() for sample in samples]) if samples else np.empty(0)
    return float(np.percentile(values, 75)) if values.size else 1.0


def _noise(layers: Sequence[_Layer], added: Sequence[Real]) -> float:
    """How much bare paper varies: the median over the targets, most of which are empty."""
    spreads = []
    step = max(1, sum(len(ink) for ink in added) // NOISE_SAMPLES)
    for layer, ink in zip(layers, added, strict=True):
        for patch, printed in zip(ink[::step], layer.printed[::step], strict=True):
            paper = cv2.blur(patch, (3, 3))[layer.inside & ~printed]
            if paper.size:
                spreads.append(quantile(paper, UPPER_SIGMA) - quantile(paper, 0.5))
    return float(np.median(spreads)) if spreads else 0.0


UPPER_SIGMA = 0.84
"""Quantile that lies one standard deviation above the middle."""
STEEP = 0.90
"""Quantile of steepness, and of darkness, by which an edge is told: its steepest, its darkest."""
SAMPLED = 16
"""So many outlines tell how sharp the print of a page is."""


def steepness(darkness: Real, where: Mask, ink: Mask) -> float:
    """How steeply the darkness (h, w) changes there, per pixel, as a share of how dark ink is."""
    if not where.any() or not ink.any():
        return 0.0
    along_x = cv2.Sobel(darkness, cv2.CV_32F, 1, 0, scale=0.125)
    along_y = cv2.Sobel(darkness, cv2.CV_32F, 0, 1, scale=0.125)
    slope = np.asarray(cv2.magnitude(along_x, along_y), dtype=np.float32)
    return quantile(slope[where], STEEP) / max(quantile(darkness[ink], STEEP), 0.05)


def quantile(values: Real, share: float) -> float:
    """The value (of at least one) that this share of the values do not exceed.

    By nearest rank: numpy's own interpolates, and takes ten times as long for a patch.
    """
    rank = min(int(share * values.size), values.size - 1)
    return float(np.partition(values, rank, axis=None)[rank])


def _sharpness(layer: _Layer, darkness: Real) -> float:
    step = max(1, len(darkness) // SAMPLED)
    steep = [
        steepness(patch, printed & layer.outline, printed & layer.outline)
        for patch, printed in zip(darkness[::step], layer.printed[::step], strict=True)
    ]
    return float(np.median(steep)) if steep else 0.0


def _spread(printed: Mask, radius_px: float) -> Mask:
    """Print and its surroundings up to ``radius_px``, where it may have spread."""
    width = odd(2 * radius_px + 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return np.stack([cv2.dilate(patch, kernel) for patch in printed.astype(np.uint8)]) > 0


def blur_of_print(seen: Real, printed: Real, target: Size) -> float:
    """How many pixels the outlines of these targets (N, h, w) spread outwards on this page.

    A lens out of focus and a hand in motion spread a thin line much farther than toner does. Beside
    the middle of each side, the middle of all targets (few of which have ink just there) is bare
    print; it ends where it has fallen to ``INK.print_darkness`` of its darkest. Of the four sides
    the farthest counts, up to ``INK.most_blur`` of the long side.
    """
    half = (target.height / 2, target.width / 2)
    reach = INK.most_blur * TARGET_PX
    spread = []
    for axis in (0, 1):
        middle = _middle_third(seen.shape[2 - axis], half[1 - axis])
        profiles = [
            np.median(np.take(one, middle, axis=2 - axis).mean(axis=2 - axis), axis=0)
            for one in (seen, printed)
        ]
        for way in (1, -1):
            ends = [_end_of_print(profile[::way], half[axis], reach) for profile in profiles]
            spread.append(ends[0] - ends[1])
    return float(max(0.0, *spread))


def _middle_third(length: int, half: float) -> NDArray[np.intp]:
    return np.arange(round(length / 2 - half / 3), round(length / 2 + half / 3) + 1)


def _end_of_print(profile: NDArray[np.floating], half: float, reach: float) -> float:
    """Pixels from the middle at which the outline ends, going outwards over its darkest place."""
    middle = len(profile) // 2
    from_px, to_px = round(middle + half - 2), min(round(middle + half + reach), len(profile) - 1)
    out = profile[from_px : to_px + 1]
    peak = int(out[:5].argmax())
    pale = np.flatnonzero(out[peak:] <= INK.print_darkness * out[peak])
    return float(from_px + peak + (pale[0] if pale.size else len(out) - peak) - middle)


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


def _ring(shape: tuple[int, int], target: Size) -> NDArray[np.int16]:
    """(h, w): number of the direction for pixels around the target, else -1."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float64)
    x -= shape[1] // 2
    y -= shape[0] // 2
    side = max(target.width, target.height)
    beyond = np.maximum(np.abs(x) - target.width / 2, np.abs(y) - target.height / 2) / side
    sector = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * RING_SECTORS).astype(int) % RING_SECTORS
    around = (beyond >= RING_FROM) & (beyond <= RING_TO)
    return np.where(around, sector, -1).astype(np.int16)
