"""Strokes of the pen over the whole page, and to which target each belongs.

A pen does not stop at a box: a tick runs into the row above, a slip of the hand crosses three
questions, handwriting and stamps run over whatever is there. So ink is joined into strokes over
the page first (across printed lines, too, where it was hidden), and each target is told of what it
sees: how much of the stroke lies here, how much elsewhere, and whether another target holds more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from omr.geometry import Box
from omr.marks.beside import place_of
from omr.marks.course import bend
from omr.marks.page_ink import MAP_PX_PER_MM, PRINT_TOLERANCE_MM, disc, window
from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.marks.page_ink import PageInk, TakenOut

    Mask = NDArray[np.bool_]

POOLED = 2
STROKE_PX_PER_MM = MAP_PX_PER_MM / POOLED
"""Strokes are joined on a map of half the size: a pixel has ink if any of its four has."""
BRIDGE_MM = 0.75
"""Ink goes on under print over twice this: an outline and its tolerance, crossed aslant."""
STROKE_WIDTH_PX = 2.2
"""Pixels of the small map that a millimetre of its length times the scale has across: a pen line
of 0.4 mm covers so many, so that areas can be told as lengths."""
AT_HOME_MM = 1.5
"""How far a mark runs over its box without being elsewhere."""
AROUND_OF_SIDE = 0.6
"""How far around a box a mark may lie that was meant for it, as a share of its long side."""
LOOSE_MM = 0.9
"""Shorter strokes that belong to nothing are dust."""
RULE_MM, RULE_WIDTH_MM = 8.0, 0.8
"""Lines across or down the page that are so long and so narrow are no pen's."""
COMPANY_MM = 6.0
"""How far beside a target writing is looked for that runs across it."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a target sees of the page's strokes. Its *main* stroke has the most ink inside it.

    ``stroke_mm``: length of the main stroke on the whole page; ``rival``: most ink of the main
    stroke in any other target, against the ink here (1 as much, 0 none there); ``abroad``: share
    of the main stroke that lies farther than AT_HOME_MM from any target. ``foreign``: share of the
    ink inside that belongs to strokes whose body is elsewhere. ``through``: mm of the main stroke
    that lie abroad on opposite sides (the lesser of them): writing and lines run through, a tick
    runs out; ``sway``: how far what lies abroad is from one straight line, in mm (RMS).
    ``beside``: mm of strokes that belong to no target, left or right of this one (the
    greater); ``company``: length in mm of
    strokes that belong to no target, beside this one on opposite sides (the lesser of them): what
    writing and stamps leave that run across. ``own_mm``: mm of strokes at this target, inside or
    close to it, that belong to no other: a mark, one beside its box, a ring around it. ``turn``:
    how far the whole main stroke is from one straight line, in mm (RMS); ``away``: how far its
    middle is from the target's. ``loose_mm``: mm of strokes that belong to no target, around this
    one; ``on_label_mm``: the same where its label stands. ``guest_mm``: mm, inside or close by, of
    another target's stroke, the longest of these; ``guest_at``: which target's, -1 of none.
    """

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


@dataclass(frozen=True)
class Strokes:
    """The strokes of a page on a map (h, w) at STROKE_PX_PER_MM.

    ``labels``: number of the stroke that each pixel of ink belongs to, 0 elsewhere; ``inked``:
    (m,) flat indices of those pixels; ``pixels``: (n,) of ink of each stroke; ``bounds``: (n, 4)
    left, top, width and height in px.
    """

    labels: NDArray[np.int32]
    inked: NDArray[np.intp]
    pixels: NDArray[np.int64]
    bounds: NDArray[np.int32]

    @property
    def span_mm(self) -> NDArray[np.float64]:
        """(n,): the larger of each stroke's width and height."""
        return np.asarray(self.bounds[:, 2:].max(axis=1) / STROKE_PX_PER_MM, dtype=np.float64)


def strokes_of(ink: PageInk, bare: Sequence[Box] = ()) -> Strokes:
    """Join a page's ink into strokes.

    ``bare`` (mm) are targets in which a closer look found no ink: what the map shows there, where
    the paper is bent or another print run has letters, is print.
    """
    fine = ink.darker_than(INK.stroke_darkness * max(ink.contrast, INK.least_print))
    for box in bare:
        fine[window(box.grown(PRINT_TOLERANCE_MM))] = False
    seen = _pooled(fine)
    near = cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((3, 3), dtype=np.uint8))
    hidden = _hidden(ink.taken_out)
    under = cv2.bitwise_and(cv2.dilate(seen, disc(BRIDGE_MM, STROKE_PX_PER_MM)), hidden)
    count, joined, stats, _ = cv2.connectedComponentsWithStats(
        cv2.bitwise_or(near, under), connectivity=8
    )
    labels = np.multiply(joined, seen, dtype=np.int32)
    inked = np.flatnonzero(seen)
    pixels = np.bincount(labels.ravel()[inked], minlength=count)
    return Strokes(labels, inked, pixels, np.asarray(stats[:, :4], dtype=np.int32))


@lru_cache(maxsize=16)
def _hidden(taken_out: TakenOut) -> NDArray[np.uint8]:
    """Where print hides ink, on the small map. Kept: many pages share a reference."""
    return _pooled(taken_out.blind)


def belongings(strokes: Strokes, targets: Sequence[Target]) -> tuple[Belonging, ...]:
    """What each of these targets sees of the strokes, in the order given."""
    if not targets:
        return ()
    inside = np.zeros((len(targets), len(strokes.pixels)), dtype=np.float64)
    home = np.zeros_like(inside)
    for row, target in enumerate(targets):
        _count(strokes.labels[_window(target.box)], inside[row])
        _count(strokes.labels[_window(target.box.grown(AT_HOME_MM))], home[row])
    touching = np.flatnonzero(home.any(axis=0))
    inside, home = inside[:, touching], home[:, touching]
    total = strokes.pixels[touching].astype(np.float64)
    free = _free_of(targets, strokes.labels.shape)
    far = strokes.inked[free.ravel()[strokes.inked]]
    counts = np.bincount(strokes.labels.ravel()[far], minlength=len(strokes.pixels))
    abroad = counts[touching] / total
    rivals = _others_most(inside) / np.maximum(inside, 1.0)
    is_foreign = (rivals > INK.foreign_rival) | (abroad > INK.foreign_abroad)[None, :]
    is_owned = ((inside > 0) & ~is_foreign).any(axis=0)
    owner = np.where(inside.any(axis=0), inside.argmax(axis=0), home.argmax(axis=0))
    writing = strokes.span_mm >= INK.letter_mm
    writing[touching[is_owned]] = False
    writing[0] = False
    unowned = (strokes.pixels >= LOOSE_MM * _PX_PER_LENGTH) & ~_is_rule(strokes)
    unowned[touching[inside.any(axis=0) & is_owned]] = False
    unowned[0] = False
    told = []
    for row, target in enumerate(targets):
        here = inside[row]
        main = int(here.argmax()) if here.size else 0
        near = _near_by(strokes, target, targets, _Owned(owner, home[row], abroad, unowned, row))
        if not here.any():
            told.append(Belonging(**near))
            continue
        is_all_here = abroad[main] <= 0
        through, sway = (
            (0.0, 0.0) if is_all_here else _run_out(strokes, free, int(touching[main]), target.box)
        )
        sides = _sides(strokes.labels, writing, target.box)
        turn, away = _course(strokes, int(touching[main]), target.box)
        told.append(
            Belonging(
                stroke_mm=float(total[main]) / _PX_PER_LENGTH,
                rival=float(rivals[row, main]),
                abroad=float(abroad[main]),
                foreign=float(here[is_foreign[row]].sum() / here.sum()),
                through=through,
                sway=sway,
                beside=max(sides[:2]),
                company=_opposite(sides),
                **near,
                turn=turn,
                away=away,
            )
        )
    return tuple(told)


@dataclass(frozen=True)
class _Owned:
    """The strokes that touch some target, as one of them (``row``) sees them.

    ``owner``: (k,) the row that each belongs to; ``home``: (k,) pixels at this target; ``abroad``:
    (k,) share abroad; ``unowned``: (n,) of all strokes, whether they belong to none.
    """

    owner: NDArray[np.intp]
    home: NDArray[np.float64]
    abroad: NDArray[np.float64]
    unowned: NDArray[np.bool_]
    row: int


def _near_by(
    strokes: Strokes, target: Target, targets: Sequence[Target], owned: _Owned
) -> dict[str, Any]:
    """What lies at a target and around it, by whose it is: fields of :class:`Belonging`."""
    own = (owned.owner == owned.row) & (owned.abroad <= INK.foreign_abroad)
    of_others = np.where(owned.owner != owned.row, owned.home, 0.0)
    guest = int(of_others.argmax()) if of_others.any() else -1
    around = target.box.grown(AROUND_OF_SIDE * max(target.box.w, target.box.h))
    return {
        "own_mm": float(owned.home[own].sum()) / _PX_PER_LENGTH,
        "loose_mm": _loose(strokes, owned.unowned, around),
        "on_label_mm": _loose(strokes, owned.unowned, place_of(target, targets)),
        "guest_mm": float(of_others[guest]) / _PX_PER_LENGTH if guest >= 0 else 0.0,
        "guest_at": int(owned.owner[guest]) if guest >= 0 else -1,
    }


def _is_rule(strokes: Strokes) -> NDArray[np.bool_]:
    """(n,): whether a stroke is a long straight line across or down the page: a rule, a fold."""
    sides = strokes.bounds[:, 2:] / STROKE_PX_PER_MM
    return np.asarray((sides.max(axis=1) >= RULE_MM) & (sides.min(axis=1) <= RULE_WIDTH_MM))


def _loose(strokes: Strokes, unowned: NDArray[np.bool_], place: Box) -> float:
    """Length in mm of strokes that no target owns, within a place."""
    return float(unowned[strokes.labels[_window(place)]].sum()) / _PX_PER_LENGTH


_PX_PER_LENGTH = STROKE_PX_PER_MM * STROKE_WIDTH_PX


def _pooled(mask: Mask) -> NDArray[np.uint8]:
    """(h/2, w/2) uint8: 1 where any of the four pixels is set."""
    grown = cv2.dilate(mask.view(np.uint8), np.ones((POOLED, POOLED), np.uint8), anchor=(0, 0))
    return np.ascontiguousarray(grown[::POOLED, ::POOLED])


def _window(box: Box) -> tuple[slice, slice]:
    return window(box, STROKE_PX_PER_MM)


def _count(labels: NDArray[np.int32], into: NDArray[np.float64]) -> None:
    """Add the pixels of each stroke, 0 left out."""
    there = labels[labels > 0]
    if there.size:
        names, counts = np.unique(there, return_counts=True)
        into[names] = counts


def _others_most(inside: NDArray[np.float64]) -> NDArray[np.float64]:
    """(targets, strokes): the most ink that any other target has of the same stroke."""
    if len(inside) <= 1:
        return np.zeros_like(inside)
    lower, most = np.partition(inside, -2, axis=0)[-2:]
    return np.asarray(np.where(inside == most, lower, most), dtype=np.float64)


def _sides(
    labels: NDArray[np.int32], writing: NDArray[np.bool_], box: Box
) -> tuple[float, float, float, float]:
    """Length in mm of writing left and right of a box, above and below it."""
    sides = (
        Box(box.x - COMPANY_MM, box.y, COMPANY_MM, box.h),
        Box(box.right, box.y, COMPANY_MM, box.h),
        Box(box.x, box.y - COMPANY_MM, box.w, COMPANY_MM),
        Box(box.x, box.bottom, box.w, COMPANY_MM),
    )
    left, right, above, below = (
        float(writing[labels[_window(side)]].sum()) / _PX_PER_LENGTH for side in sides
    )
    return left, right, above, below


def _run_out(strokes: Strokes, free: Mask, stroke: int, box: Box) -> tuple[float, float]:
    """What a stroke does abroad: mm of it on opposite sides of a target, and how it sways.

    Of two opposite sides the lesser counts, of the two pairs the stronger.
    """
    left, top, width, height = strokes.bounds[stroke].tolist()
    part = np.s_[top : top + height, left : left + width]
    y, x = np.nonzero((strokes.labels[part] == stroke) & free[part])
    x, y = x + left, y + top
    rows, columns = _window(box)
    before, after = (x < columns.start).sum(), (x >= columns.stop).sum()
    above, below = (y < rows.start).sum(), (y >= rows.stop).sum()
    through = max(min(before, after), min(above, below)) / _PX_PER_LENGTH
    return float(through), bend(x, y) / STROKE_PX_PER_MM


def _course(strokes: Strokes, stroke: int, box: Box) -> tuple[float, float]:
    """How far a whole stroke is from one straight line, and its middle from a box's, in mm."""
    left, top, width, height = strokes.bounds[stroke].tolist()
    y, x = np.nonzero(strokes.labels[top : top + height, left : left + width] == stroke)
    middle = ((x.mean() + left + 0.5) / STROKE_PX_PER_MM, (y.mean() + top + 0.5) / STROKE_PX_PER_MM)
    return bend(x, y) / STROKE_PX_PER_MM, math.dist(middle, box.centre)


def _free_of(targets: Sequence[Target], shape: tuple[int, ...]) -> Mask:
    """(h, w): where no target is near, so that ink there is not at home."""
    free = np.ones(shape, dtype=np.bool_)
    for target in targets:
        free[_window(target.box.grown(AT_HOME_MM))] = False
    return free


def _opposite(sides: tuple[float, float, float, float]) -> float:
    left, right, above, below = sides
    return max(min(left, right), min(above, below))
