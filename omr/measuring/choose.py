"""Which outlines are targets: those that stand free, are drawn thinly, and come in equal sizes.

A letter stands in a word, a logo or a code stands alone, a heading's "O" has thick sides; targets
of a form are printed again and again in one size, in rows and columns. What is like a target and
has no fellows is left out and shown to a person, never taken silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import Box
from omr.layout.model import Shape
from omr.measuring.ink import DARK, PALE, InkSums, Pieces
from omr.measuring.outlines import find_solid, same_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from omr.measuring.outlines import Outline

MOST_SIDE_MM = 12.0
"""Longest side of a box or oval that stands by itself."""
MOST_PROPORTION = 3.0
THICKEST = 0.3
"""Thickness of the outline in shares of the inside's shorter side; bold letters reach a half."""
CLEAR_MM = (0.15, 0.5)
"""Around the outline, from here to there, is paper: letters of a word stand nearer."""
CLEAR_SHARE = 0.2
"""So much of that ring may be ink: a write-in line that touches it, a specimen of dust."""
EMPTY = 0.02
"""Share of the middle that may be ink in an empty target."""
WORD_GAP = 0.2
"""Letters of a word stand nearer than this share of their height."""
IN_LINE = 0.35
"""Two targets stand in one row (column) if their middles differ by less than this share of their
height (width)."""
EXACTLY = 0.15
"""What was set in one row differs by less; something else may stand level by chance."""
LETTERED = 8
"""So many bubbles of one size with something printed inside are a form's; fewer may be a logo."""
MOST_LETTER = 0.35
"""A bubble's letter covers less of its middle; the corners of a QR code cover more."""
STUB_MM = (0.2, 1.0)
"""Beyond a corner, from here to there, a table's lines go on."""
STUB_SHARE = 0.5
STUBS = 2
"""So many of the eight lines that leave the corners make it a table's cell."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be a target, in mm. ``filled`` as in :class:`Outline`."""

    box: Box
    shape: Shape
    filled: float


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something like a target that was not taken, and the slug of the reason."""

    box: Box
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was taken, what was not, and whether something seems to stand in targets already."""

    targets: tuple[Candidate, ...]
    doubtful: tuple[Doubtful, ...]
    blank: bool


def choose(reflected: NDArray[np.float32], outlines: Sequence[Outline]) -> Choice:
    """Sort a page's outlines into targets and doubtful ones; the rest is print."""
    ink = (reflected < DARK).astype(np.uint8)
    sums, pieces = InkSums.of(ink), Pieces.of(ink)
    lines = InkSums.of((reflected < PALE).astype(np.uint8))
    free = [
        Candidate(outline.box, outline.shape, outline.filled)
        for outline in outlines
        if _is_thin(outline) and not is_cell(outline, lines) and _stands_free(outline, sums, pieces)
    ]
    taken: list[Candidate] = []
    doubtful: list[Doubtful] = []
    marked: list[Candidate] = []
    for family in families(free):
        good = [one for one in family if _has_fellow(one, family)]
        lonely = [one for one in family if one not in good and one.filled <= MOST_LETTER]
        doubtful += [Doubtful(one.box, "alone") for one in lonely]
        printed = sum(one.filled > EMPTY for one in good) > len(good) / 2
        if printed and len(good) < LETTERED:
            bubbles = [one for one in good if one.filled <= MOST_LETTER]
            doubtful += [Doubtful(one.box, "printed-inside") for one in bubbles]
            continue
        taken += good
        if not printed:
            marked += [one for one in good if one.filled > EMPTY]
    for solid in _solid_ones(reflected, taken):
        if _completes(solid.box, taken):
            taken.append(solid)
            marked.append(solid)
        elif _has_fellow(solid, taken):
            doubtful.append(Doubtful(solid.box, "filled"))
    kept = tuple(one for one in doubtful if not any(one.box.overlaps(t.box) for t in taken))
    return Choice(_of_one_size(taken), kept, not marked)


def _of_one_size(targets: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Targets with their family's middle size, each about its own centre.

    They were printed alike; reading compares targets of exactly one size with each other.
    """
    sized = []
    for family in families(targets):
        width = float(np.median([one.box.w for one in family]))
        height = float(np.median([one.box.h for one in family]))
        shapes = [one.shape for one in family]
        shape = max(Shape, key=shapes.count)
        for one in family:
            x, y = one.box.centre
            box = Box(x - width / 2, y - height / 2, width, height)
            sized.append(Candidate(box, shape, one.filled))
    return tuple(sized)


def _has_fellow(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether one of its size stands exactly in its row or column."""
    return any(
        other is not one
        and same_size(one.box, other.box)
        and (_level(one.box, other.box) or _upright(one.box, other.box))
        for other in others
    )


def _solid_ones(reflected: NDArray[np.float32], taken: Sequence[Candidate]) -> Iterator[Candidate]:
    """What is filled or crossed and has the outer size of the targets that were taken."""
    sizes = [family[0].box for family in families(taken)]
    for outline in find_solid(reflected, sizes):
        if not any(outline.inside.overlaps(one.box) for one in taken):
            yield Candidate(outline.box, outline.shape, outline.filled)


def _completes(box: Box, taken: Sequence[Candidate]) -> bool:
    """Whether something solid stands in a row *and* in a column of targets of its size.

    A printed example of a filled box stands beside the field of targets, not in it.
    """
    like = [one.box for one in taken if same_size(one.box, box)]
    return any(_level(box, one) for one in like) and any(_upright(box, one) for one in like)


def _level(one: Box, other: Box) -> bool:
    return abs(one.centre[1] - other.centre[1]) <= EXACTLY * min(one.h, other.h)


def _upright(one: Box, other: Box) -> bool:
    return abs(one.centre[0] - other.centre[0]) <= EXACTLY * min(one.w, other.w)


def families(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates of one size together, the largest family first.

    A member is of the size of the family's first, which is the one with the most like it.
    """
    left = list(candidates)
    found = []
    while left:
        first = max(left, key=lambda one: sum(same_size(one.box, other.box) for other in left))
        family = [one for one in left if same_size(first.box, one.box)]
        left = [one for one in left if not same_size(first.box, one.box)]
        found.append(family)
    return found


def same_row(one: Box, other: Box) -> bool:
    """Whether the middles lie at one height."""
    return abs(one.centre[1] - other.centre[1]) <= IN_LINE * min(one.h, other.h)


def same_column(one: Box, other: Box) -> bool:
    """Whether the middles lie one above the other."""
    return abs(one.centre[0] - other.centre[0]) <= IN_LINE * min(one.w, other.w)


def _is_thin(outline: Outline) -> bool:
    """Whether the outline has a target's size and proportions, and is drawn, not solid."""
    short, long = sorted((outline.inside.w, outline.inside.h))
    if long > MOST_SIDE_MM or long > MOST_PROPORTION * short:
        return False
    return min(outline.strokes) > 0 and max(outline.strokes) <= THICKEST * short


def _stands_free(outline: Outline, sums: InkSums, pieces: Pieces) -> bool:
    """Whether paper surrounds it, and it is no letter of a word.

    A box may stand right before its label: no letter that begins a word has a square inside.
    """
    outer = outline.outer
    near, far = (outer.grown(by) for by in CLEAR_MM)
    ring = sums.area_mm2(far) - sums.area_mm2(near)
    if ring > CLEAR_SHARE * (far.w * far.h - near.w * near.h):
        return False
    gap = WORD_GAP * outer.h
    if pieces.before(outer, gap):
        return False
    return outline.shape is Shape.BOX or not pieces.after(outer, gap)


def is_cell(outline: Outline, lines: InkSums) -> bool:
    """Whether the lines go on beyond the corners: a cell of a table, not a box by itself.

    ``lines`` is the page's ink of any tint, hairlines included.
    """
    if outline.shape is not Shape.BOX or min(outline.strokes) <= 0:
        return False
    left, top, right, bottom = outline.strokes
    outer = outline.outer
    near, length = STUB_MM[0], STUB_MM[1] - STUB_MM[0]
    above, below = outer.y - near - length, outer.bottom + near
    before, after = outer.x - near - length, outer.right + near
    stubs = [
        Box(x, y, w, length)
        for x, w in ((outer.x, left), (outer.right - right, right))
        for y in (above, below)
    ] + [
        Box(x, y, length, h)
        for y, h in ((outer.y, top), (outer.bottom - bottom, bottom))
        for x in (before, after)
    ]
    return sum(lines.share(stub) > STUB_SHARE for stub in stubs) >= STUBS
