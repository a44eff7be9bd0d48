"""What a watcher would note down: values and plainness, judged by where the ink truly fell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.hand.model import Act, PenKind
from omr.accuracy.model import Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from omr.accuracy.hand.answers import Answer
    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.hand.writer import Writer
    from omr.geometry import Box
    from omr.layout.model import Layout

CLEAR_MM = 1.2
"""A mark with less of its path than this inside its box is no clear mark."""
NEAR_MM = 1.0
"""Ink of another closer than this to a box is a stray at its row."""
OUTSIDE_SHARE = 0.25
"""Of a mark's path: with less than this inside, and no clear stroke there, it lies outside."""
LIKE_A_MARK_MM = 2.0
"""A slip with more of its path than this inside a box cannot be told from a mark."""
EDGE_MM = 0.25
"""How far a digit's middle line may leave its cell and still be written in it."""
_FAINT = 0.40
"""Optical density below which people at arm's length would hesitate."""


class Ink:
    """All strokes of one page as points every 0.22 mm, for questions about distances."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        """Gather the strokes of one page."""
        sizes = [len(stroke.points) for stroke in strokes]
        self.strokes = strokes
        empty = np.zeros((0, 2), np.float32)
        self.points = np.concatenate([s.points for s in strokes]) if strokes else empty
        halves = [stroke.width / 2 for stroke in strokes]
        self.half = np.concatenate(halves) if strokes else np.zeros(0, np.float32)
        self.owner = np.repeat(np.arange(len(strokes)), sizes)

    def near(self, box: Box, within: float) -> NDArray[np.intp]:
        """Indices of the strokes whose ink comes closer to ``box`` than ``within`` mm."""
        x, y = self.points[:, 0], self.points[:, 1]
        dx = np.maximum(np.maximum(box.x - x, x - box.right), 0)
        dy = np.maximum(np.maximum(box.y - y, y - box.bottom), 0)
        reach = np.hypot(dx, dy) - self.half < within
        return np.unique(self.owner[reach])


def inside(strokes: Sequence[Stroke], box: Box) -> tuple[float, float]:
    """Length in mm of the strokes' path inside ``box``, and in all."""
    within = total = 0.0
    for stroke in strokes:
        steps = np.hypot(*np.diff(stroke.points, axis=0).T)
        middle = (stroke.points[1:] + stroke.points[:-1]) / 2
        x, y = middle[:, 0], middle[:, 1]
        here = (x >= box.x) & (x <= box.right) & (y >= box.y) & (y <= box.bottom)
        within += float(steps[here].sum())
        total += float(steps.sum())
    return within, total


def judge(
    question: str, answer: Answer, boxes: Mapping[str, Box], ink: Ink, writer: Writer
) -> Said:
    """The truth about one question with boxes."""
    acts = list(answer.acts)
    value = answer.value
    doubtful = answer.doubtful
    for code in answer.marked:
        own = [stroke for stroke in answer.strokes if stroke.option == code]
        within, total = inside(own, boxes[code])
        if within < CLEAR_MM:
            doubtful = True
            outside = within < OUTSIDE_SHARE * total
            acts.append(Act.MOSTLY_OUTSIDE if outside else Act.BARELY_INSIDE)
            value = None if outside else value
        elif within < 0.6 * total:
            acts.append(Act.PARTLY_OUTSIDE)
        elif within < 0.97 * total:
            acts.append(Act.OVER_OUTLINE)
        acts += _size(own, boxes[code])
    acts += _hand(writer) if answer.strokes else []
    if answer.marked and faint(answer.strokes, writer):
        acts.append(Act.FAINT)
        doubtful = True
    touched = _touched(question, boxes, ink)
    acts += touched
    if Act.BLANK in answer.acts and _slipped_through(boxes, ink):
        value = None
    return Said(question, value, not doubtful and not touched, _once(acts))


def judge_number(
    question: str, answer: Answer, cells: Mapping[str, Box], ink: Ink, writer: Writer
) -> Said:
    """The truth about a number question: its digits are plain where each keeps to its cell."""
    acts = [*answer.acts, *(_hand(writer) if answer.strokes else [])]
    doubtful = answer.doubtful
    for code, cell in cells.items():
        for stroke in answer.strokes:
            x, y = stroke.points[:, 0], stroke.points[:, 1]
            grown = cell.grown(EDGE_MM)
            within = (x >= grown.x) & (x <= grown.right) & (y >= grown.y) & (y <= grown.bottom)
            if stroke.option == code and not within.all():
                acts.append(Act.DIGIT_AT_EDGE)
                doubtful = True
            if stroke.option != code and within.any():
                acts.append(Act.REACHES_OTHER_BOX)
                doubtful = True
    if answer.strokes and faint(answer.strokes, writer):
        acts.append(Act.FAINT)
        doubtful = True
    touched = [act for act in _touched(question, cells, ink) if act is not Act.REACHES_OTHER_BOX]
    return Said(question, answer.value, not doubtful and not touched, _once([*acts, *touched]))


def unless_blank(said: Sequence[Said]) -> tuple[Said, ...]:
    """The same truths; of a sheet on which nothing at all was said no question is plain.

    A blank sheet is invalid, and people confirm that it is (K3 of the rules for opening the box).
    """
    if any(one.value != () for one in said):
        return tuple(said)
    return tuple(
        Said(one.question, one.value, False, (*one.acts, str(Act.BLANK_SHEET))) for one in said
    )


def faint(strokes: Sequence[Stroke], writer: Writer) -> bool:
    """Whether the ink of these strokes is so pale that people would hesitate."""
    strongest = max(float(np.median(stroke.density)) for stroke in strokes)
    pen = writer.pen
    # Rough paper takes only part of a pencil's line.
    cover = 1.0 - (0.35 * pen.grain if pen.kind is PenKind.PENCIL else 0.0)
    return strongest * cover * max(pen.absorption) < _FAINT


def _touched(question: str, boxes: Mapping[str, Box], ink: Ink) -> list[Act]:
    """What of others, or of a mark in another box of the row, comes near one of the boxes."""
    acts = []
    for code, box in boxes.items():
        for index in ink.near(box, NEAR_MM):
            stroke = ink.strokes[int(index)]
            if stroke.question == question:
                if stroke.option != code:
                    acts.append(Act.REACHES_OTHER_BOX)
            else:
                acts.append(stroke.stray or Act.NEIGHBOUR_STROKE)
    return acts


def _slipped_through(boxes: Mapping[str, Box], ink: Ink) -> bool:
    """Whether a slip crosses the inside of a box so far that nobody could tell it from a mark."""
    slips = [stroke for stroke in ink.strokes if stroke.stray is Act.SLIP]
    return any(inside([slip], box)[0] > LIKE_A_MARK_MM for slip in slips for box in boxes.values())


def _size(strokes: Sequence[Stroke], box: Box) -> list[Act]:
    points = np.concatenate([stroke.points for stroke in strokes])
    extent = float(np.ptp(points, axis=0).max()) / box.w
    if extent > 1.5:  # noqa: PLR2004 - sides of the box
        return [Act.LARGE]
    return [Act.SMALL] if extent < 0.55 else []  # noqa: PLR2004 - sides of the box


def _hand(writer: Writer) -> list[Act]:
    pen = writer.pen
    acts = [Act.THICK] if pen.width > 0.55 else [Act.THIN] if pen.width < 0.29 else []  # noqa: PLR2004 - mm
    acts += [Act.PENCIL] if pen.kind is PenKind.PENCIL else []
    return acts + ([Act.RED] if pen.colour == "red" else [])


def _once(acts: Sequence[Act]) -> tuple[str, ...]:
    return tuple(str(act) for act in dict.fromkeys(acts))


def befallen(
    said: Sequence[Said], layout: Layout, damage: Mapping[int, Sequence[Box]]
) -> tuple[Said, ...]:
    """The same truths after folds, stains and tears: rows that they touch are no longer plain.

    ``damage`` are places of the paper (mm) by page number.
    """
    hit: set[str] = set()
    for page in layout.pages:
        places = damage.get(page.number, ())
        for target in page.targets:
            near = target.box.grown(NEAR_MM)
            if any(near.overlaps(place) for place in places):
                hit.add(target.question)
    return tuple(
        Said(s.question, s.value, False, (*s.acts, str(Act.DAMAGED))) if s.question in hit else s
        for s in said
    )
