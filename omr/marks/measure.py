"""Measure what was added at each target. Numbers only: nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.added_ink import AddedInk, added_ink, quantile, steepness
from omr.marks.course import bend, course_of
from omr.marks.ring import arc_of, encircled
from omr.marks.streaks import streak_bands
from omr.marks.strokes import Belonging, belongings, strokes_of
from omr.marks.thresholds import INK
from omr.marks.touch import least_touch, touching

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.marks.page_ink import PageInk
    from omr.registration.model import Placement, RegisteredPage

    Mask = NDArray[np.bool_]


BELONGING = tuple(field.name for field in fields(Belonging))
LEAST_EDGE = 2.0
"""Length of visible edges, in mm times their width in pixels, by which they are judged."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was added at one target. Shares are of the target's inside unless said otherwise.

    ``ink``: share (0..1) that is covered, streaks left out; ``core``: share of the inside's middle
    that is. ``extent``: the larger of width and height that the ink spans, 0..1 of the inside's;
    ``longest``: the same of its longest piece; ``breadth``: the smaller of width and height of its
    broadest piece: an arc or a line that passes is long, but not broad.
    ``strength``: mean darkness of that ink, against print (about 0.3 faint pencil, 1 print black).
    ``ring``: share of directions in which ink lies around the target, ``dotted_ring`` with specks
    counted too; ``gap``: the widest opening of that ring, as a share of all directions;
    ``outside``: share of the surroundings covered by ink.
    ``specks``: share covered by pieces of ink too small to count in ``ink``; ``speck_count``: how
    many they are. ``trace``: share that
    is a little darker than the rest, in pieces with some reach: a mark too faint to be ink, or
    show-through. ``streak``: share covered by straight lines that run through the whole
    surroundings, as folds and dirty glass make them.
    ``tone``: how much darker the inside is as a whole than the paper around, 0..1 of print: a pale
    fill has no edges to see. ``outline``: share of the target's own printed outline that is dark;
    a traced box has more than its neighbours.
    ``touch``: the largest piece of ink on the target, its outline and what is within 0.7 mm of a
    5 mm box, told from this page's own print (see :mod:`omr.marks.touch`); ``near``: the same of
    all the surroundings, but for what comes in from beyond them; both in areas of the inside.
    ``arc``: the longest way round, as a share of all directions, of one piece of ink around it.
    ``crook``, ``off``, ``reach``: the course of what touches it (:class:`omr.marks.course.Course`).
    ``bend``: how far its ink lies from one straight line, in mm (RMS): a pen line has its own
    width, 0.1 to 0.2, a tick or cross 0.5 and more.
    ``edge``: how steeply its edges rise, against those of the print on this page: a pen's are as
    sharp (1), a stain's and a smear's are not.
    ``stroke_mm``, ``rival``, ``abroad``, ``foreign``, ``through``, ``sway``, ``beside``,
    ``company``, ``own_mm``, ``turn``, ``away``, ``loose_mm``, ``on_label_mm``, ``guest_mm``,
    ``guest_at``: see :class:`omr.marks.strokes.Belonging`.
    ``contrast``: how dark print is on this page, 0..1 of black. ``agreement`` and ``found`` are
    the placement's.
    """

    target: Target
    ink: float = 0.0
    touch: float = 0.0
    near: float = 0.0
    core: float = 0.0
    extent: float = 0.0
    longest: float = 0.0
    breadth: float = 0.0
    strength: float = 0.0
    ring: float = 0.0
    dotted_ring: float = 0.0
    gap: float = 0.0
    arc: float = 0.0
    outside: float = 0.0
    specks: float = 0.0
    speck_count: int = 0
    trace: float = 0.0
    streak: float = 0.0
    tone: float = 0.0
    outline: float = 0.0
    bend: float = 0.0
    edge: float = 0.0
    stroke_mm: float = 0.0
    rival: float = 0.0
    abroad: float = 0.0
    foreign: float = 0.0
    through: float = 0.0
    sway: float = 0.0
    beside: float = 0.0
    company: float = 0.0
    own_mm: float = 0.0
    turn: float = 0.0
    away: float = 0.0
    loose_mm: float = 0.0
    on_label_mm: float = 0.0
    guest_mm: float = 0.0
    guest_at: int = -1
    crook: float = 0.0
    off: float = 0.0
    reach: float = 0.0
    contrast: float = 1.0
    agreement: float = 1.0
    found: bool = True


def measure(ink: PageInk) -> tuple[Measurement, ...]:
    """Measure every target of the page that takes a mark, in the layout's order."""
    placements = ink.page.placements
    asked = [index for index, placement in enumerate(placements) if placement.target.option]
    patches = dict(added_ink(ink.page))
    least = least_touch(patches.values(), ink.page.page.bilevel)
    bare = [placements[at].target.box for at, patch in patches.items() if _is_bare(patch)]
    seen = belongings(strokes_of(ink, bare), [placements[index].target for index in asked])
    belonging = dict(zip(asked, seen, strict=True))
    measured = {
        index: _measure(placements[index], patch, belonging[index], least)
        for index, patch in patches.items()
    }
    return tuple(measured[index] for index in sorted(measured))


def _is_bare(patch: AddedInk) -> bool:
    """Whether a target's own patch, placed and cleared of print by itself, shows specks at most."""
    return float((patch.added[patch.inside] > INK.stroke_darkness).mean()) <= INK.speck_share


def measured_ink(page: RegisteredPage) -> tuple[float, ...]:
    """Share of each target's inside that ink covers, specks counted: the target seen alone."""
    alone = (_measure(page.placements[at], patch, Belonging()) for at, patch in added_ink(page))
    return tuple(one.ink + one.specks for one in alone)


def _measure(
    placement: Placement, patch: AddedInk, belonging: Belonging, least: float = INK.touch
) -> Measurement:
    inside = patch.inside
    dark = patch.added > INK.darkness
    faint = _darker_than_usual(patch)
    is_faint = bool((faint & inside).any())
    streaks = streak_bands(dark | faint, patch.printed) if is_faint else np.zeros_like(dark)
    bare = Measurement(
        target=placement.target,
        tone=_tone(patch, streaks),
        outline=_dark_share(patch),
        contrast=patch.contrast,
        agreement=placement.agreement,
        found=placement.found,
        **{name: getattr(belonging, name) for name in BELONGING},
    )
    # Most targets end here: nobody wrote in or around them.
    return _with_ink(bare, patch, dark, faint, streaks, least) if is_faint or dark.any() else bare


def _with_ink(  # noqa: PLR0917 - all that was found out before
    bare: Measurement,
    patch: AddedInk,
    dark: Mask,
    faint: Mask,
    streaks: Mask,
    least: float,
) -> Measurement:
    inside, around = patch.inside, patch.ring >= 0
    area = float(inside.sum())
    every = dark & ~streaks
    ink = _without_specks(every, INK.speck_share * area)
    within = ink & inside
    small = every & ~ink & inside
    core = _middle(inside)
    longest, breadth = _pieces(within, inside)
    course = course_of(dark & ~streaks & patch.zone, patch)
    touch, near = touching(patch, streaks, least)
    ring, gap = encircled(ink, patch)
    outside = float((ink & around).sum()) / max(float(around.sum()), 1.0)
    return replace(
        bare,
        ink=float(within.sum()) / area,
        touch=touch / area,
        near=near / area,
        core=float((within & core).sum()) / float(core.sum()),
        extent=_extent(within, inside),
        longest=longest,
        breadth=breadth,
        strength=float(patch.added[within].mean()) if within.any() else 0.0,
        ring=ring,
        dotted_ring=encircled(every, patch)[0],
        gap=gap,
        arc=arc_of(ink, patch.ring),
        outside=outside,
        specks=float(small.sum()) / area,
        speck_count=cv2.connectedComponents(small.astype(np.uint8), connectivity=8)[0] - 1,
        trace=_trace(faint & inside & ~streaks, inside),
        streak=float((streaks & (dark | faint) & inside).sum()) / area,
        bend=bend(*np.nonzero(within)) / patch.px_per_mm,
        crook=course.crook,
        off=course.off,
        reach=course.reach,
        edge=_edge(patch, ink, outside) if within.any() else 0.0,
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
    smooth = np.asarray(cv2.blur(patch.added, (3, 3)), dtype=np.float32)
    least = max(INK.trace_darkness, INK.trace_noises * patch.noise)
    return np.asarray(~patch.printed & (smooth > quantile(smooth[visible], 0.5) + least), np.bool_)


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
    return quantile(patch.added[inside], 0.5) - quantile(patch.added[around], 0.5)


def _pieces(ink: Mask, inside: Mask) -> tuple[float, float]:
    """The longest piece's larger span and the broadest one's smaller, as shares of the inside's."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    rows, columns = (float(inside.any(axis=axis).sum()) for axis in (1, 0))
    across = stats[1:, cv2.CC_STAT_WIDTH] / columns
    down = stats[1:, cv2.CC_STAT_HEIGHT] / rows
    longest = np.maximum(across, down).max(initial=0.0)
    return float(longest), float(np.minimum(across, down).max(initial=0.0))


def _edge(patch: AddedInk, ink: Mask, outside: float) -> float:
    """How steep the edges of the ink are, by its own darkness, against those of print.

    Where print hides them all (a filled box) nothing is said against the ink, unless it goes on
    over all that is around.
    """
    bare = (~ink & ~patch.printed).astype(np.uint8)
    near = np.ones((3, 3), dtype=np.uint8)
    edges = (cv2.dilate(ink.astype(np.uint8), near) > 0) & (cv2.dilate(bare, near) > 0)
    edges &= ~patch.printed
    if edges.sum() < LEAST_EDGE * patch.px_per_mm:
        return float(outside < INK.visible_share)
    if patch.sharpness <= 0:
        return 1.0
    return steepness(patch.darkness, edges, ink) / patch.sharpness


def _without_specks(ink: Mask, least_px: float) -> Mask:
    """Ink in pieces of at least ``least_px``.

    Pieces that nearly touch are one: a 1-bit scan breaks a thin stroke up, dust lies alone.
    """
    near = np.ones((INK.joined_px, INK.joined_px), dtype=np.uint8)
    joined = cv2.dilate(ink.astype(np.uint8), near)
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    inked = np.bincount(labels[ink], minlength=count)
    return np.asarray(ink & (inked[labels] >= least_px), dtype=np.bool_)
