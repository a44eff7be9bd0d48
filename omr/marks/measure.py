"""Measure what was added at each target. Numbers only: nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.added_ink import RING_SECTORS, AddedInk, added_ink
from omr.marks.streaks import streak_bands
from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.registration.model import RegisteredPage

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was added at one target. Shares are of the target's inside unless said otherwise.

    ``ink``: share (0..1) that is covered, streaks left out; ``core``: share of the inside's middle
    that is. ``extent``: the larger of width and height that the ink spans, 0..1 of the inside's;
    ``longest``: the same of its longest piece; ``breadth``: the smaller of width and height of its
    broadest piece: an arc or a line that passes is long, but not broad.
    ``strength``: mean darkness of that ink, against print (about 0.3 faint pencil, 1 print black).
    ``ring``: share of directions in which ink lies around the target, ``dotted_ring`` with specks
    counted too; ``outside``: share of the surroundings covered by ink.
    ``specks``: share covered by pieces of ink too small to count in ``ink``; ``speck_count``: how
    many they are. ``trace``: share that
    is a little darker than the rest, in pieces with some reach: a mark too faint to be ink, or
    show-through. ``streak``: share covered by straight lines that run through the whole
    surroundings, as folds and dirty glass make them.
    ``tone``: how much darker the inside is as a whole than the paper around, 0..1 of print: a pale
    fill has no edges to see. ``outline``: share of the target's own printed outline that is dark;
    a traced box has more than its neighbours. ``crossing``: whether ink leaves the surroundings on
    opposite sides, as a stroke does that only passes.
    ``contrast``: how dark print is on this page, 0..1 of black. ``agreement`` and ``found`` are
    the placement's.
    """

    target: Target
    ink: float
    core: float
    extent: float
    longest: float
    breadth: float
    strength: float
    ring: float
    dotted_ring: float
    outside: float
    specks: float
    speck_count: int
    trace: float
    streak: float
    tone: float
    outline: float
    crossing: bool
    contrast: float
    agreement: float
    found: bool


def measure(page: RegisteredPage) -> tuple[Measurement, ...]:
    """Measure every target of the page that takes a mark, in the layout's order."""
    measured: dict[int, Measurement] = {}
    for index, patch in added_ink(page):
        placement = page.placements[index]
        measured[index] = _measure(placement.target, patch, placement.agreement, placement.found)
    return tuple(measured[index] for index in sorted(measured))


def _measure(target: Target, patch: AddedInk, agreement: float, found: bool) -> Measurement:
    inside, around = patch.inside, patch.ring >= 0
    area = float(inside.sum())
    dark = patch.added > INK.darkness
    faint = _darker_than_usual(patch)
    streaks = (
        streak_bands(dark | faint, patch.printed) if (faint & inside).any() else np.zeros_like(dark)
    )
    every = dark & ~streaks
    ink = _without_specks(every, INK.speck_share * area)
    within = ink & inside
    small = every & ~ink & inside
    core = _middle(inside)
    longest, breadth = _pieces(within, inside)
    return Measurement(
        target=target,
        ink=float(within.sum()) / area,
        core=float((within & core).sum()) / float(core.sum()),
        extent=_extent(within, inside),
        longest=longest,
        breadth=breadth,
        strength=float(patch.added[within].mean()) if within.any() else 0.0,
        ring=_encircled(ink, patch),
        dotted_ring=_encircled(every, patch),
        outside=float((ink & around).sum()) / max(float(around.sum()), 1.0),
        specks=float(small.sum()) / area,
        speck_count=cv2.connectedComponents(small.astype(np.uint8), connectivity=8)[0] - 1,
        trace=_trace(faint & inside & ~streaks, inside),
        streak=float((streaks & (dark | faint) & inside).sum()) / area,
        tone=_tone(patch, streaks),
        outline=_dark_share(patch),
        crossing=_is_crossing(ink, patch),
        contrast=patch.contrast,
        agreement=agreement,
        found=found,
    )


def _dark_share(patch: AddedInk) -> float:
    """Share of the target's own printed outline that is dark; 0 where it is too fine to be seen."""
    outline = patch.darkness[patch.outline]
    return float((outline > INK.outline_darkness).mean()) if outline.size else 0.0


def _middle(inside: Mask) -> Mask:
    """The middle of the inside: without a sixth of its width and height on each side."""
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    down, across = len(rows) // 6, len(columns) // 6
    middle = np.zeros_like(inside)
    middle[rows[down] : rows[-down - 1] + 1, columns[across] : columns[-across - 1] + 1] = True
    return np.asarray(middle & inside, dtype=np.bool_)


def _extent(ink: Mask, inside: Mask) -> float:
    """The larger of width and height that the ink spans, as a share of the inside's."""
    if not ink.any():
        return 0.0
    spans = []
    for axis in (0, 1):
        inked, whole = np.flatnonzero(ink.any(axis=axis)), np.flatnonzero(inside.any(axis=axis))
        spans.append((inked[-1] - inked[0] + 1) / (whole[-1] - whole[0] + 1))
    return float(max(spans))


def _darker_than_usual(patch: AddedInk) -> Mask:
    """Where unprinted paper is a little darker than most of the target's inside."""
    visible = patch.inside & ~patch.printed
    if not visible.any():
        return np.zeros_like(visible)
    smooth = cv2.blur(patch.added, (3, 3))
    least = max(INK.trace_darkness, INK.trace_noises * patch.noise)
    return np.asarray(~patch.printed & (smooth > np.median(smooth[visible]) + least), np.bool_)


def _trace(faint: Mask, inside: Mask) -> float:
    """Share of the inside that is slightly darker, in pieces that are no mere specks."""
    if not faint.any():
        return 0.0
    area = float(inside.sum())
    count, labels, stats, _ = cv2.connectedComponentsWithStats(faint.astype(np.uint8))
    reach = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) / np.sqrt(area)
    kept = [piece for piece in range(1, count) if reach[piece] >= INK.trace_reach]
    return float(np.isin(labels, kept).sum()) / area


def _tone(patch: AddedInk, streaks: Mask) -> float:
    """Middle darkness of the inside beyond that of the paper around."""
    inside = patch.inside & ~patch.printed & ~streaks
    around = (patch.ring >= 0) & ~patch.printed & ~streaks
    if not inside.any() or not around.any():
        return 0.0
    return float(np.median(patch.added[inside]) - np.median(patch.added[around]))


def _is_crossing(ink: Mask, patch: AddedInk) -> bool:
    """Whether ink reaches the rim of the surroundings in directions that lie opposite."""
    sectors = np.unique(patch.ring[patch.rim & ink])
    apart = np.abs(sectors[:, None] - sectors[None, :])
    apart = np.minimum(apart, RING_SECTORS - apart)
    return bool(sectors.size) and bool(apart.max() >= INK.opposite_sectors)


def _encircled(ink: Mask, patch: AddedInk) -> float:
    """Share of the directions, of those that print does not hide, in which there is ink."""
    ring = patch.ring
    there = np.bincount(ring[ring >= 0], minlength=RING_SECTORS)
    seen = np.bincount(ring[(ring >= 0) & ~patch.printed], minlength=RING_SECTORS)
    inked = np.bincount(ring[(ring >= 0) & ink], minlength=RING_SECTORS) > 0
    visible = (seen >= INK.visible_share * there) & (there > 0) | inked
    return float(inked.sum()) / max(float(visible.sum()), RING_SECTORS / 4)


def _pieces(ink: Mask, inside: Mask) -> tuple[float, float]:
    """The longest piece's larger span and the broadest one's smaller, as shares of the inside's."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    rows, columns = (float(inside.any(axis=axis).sum()) for axis in (1, 0))
    across = stats[1:, cv2.CC_STAT_WIDTH] / columns
    down = stats[1:, cv2.CC_STAT_HEIGHT] / rows
    longest = np.maximum(across, down).max(initial=0.0)
    return float(longest), float(np.minimum(across, down).max(initial=0.0))


def _without_specks(ink: Mask, least_px: float) -> Mask:
    """Ink in pieces of at least ``least_px``.

    Pieces that nearly touch are one: a 1-bit scan breaks a thin stroke up, dust lies alone.
    """
    near = np.ones((INK.joined_px, INK.joined_px), dtype=np.uint8)
    joined = cv2.dilate(ink.astype(np.uint8), near)
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    inked = np.bincount(labels[ink], minlength=count)
    return np.asarray(ink & (inked[labels] >= least_px), dtype=np.bool_)
