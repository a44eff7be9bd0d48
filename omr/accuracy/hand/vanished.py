"""What a device lost of the ink: where nobody can see a mark on the image, nobody can tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.hand.model import Act

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.model import Captured, Said
    from omr.geometry import Box
    from omr.layout.model import Layout, PageLayout

MOSTLY_SEEN = 0.4
"""A row is plain where at least this share of every mark's path shows."""
NOTHING_SEEN = 0.1
"""Of less than this, nobody can tell whether there was a mark."""
_LEVELS = 6.0
_SHARE_OF_PAPER = 0.04
"""Darker than bare paper by both of these, and by its grain, ink shows to the eye."""
_GRAIN = 0.025
_PRINT_MM, _BLUR_PX = 0.3, 2.5
"""Closer to a box's outline than both together, what is dark may be print."""
_AROUND_MM = 3.0
_FEW = 4
"""Points of a path; on fewer nothing can be said."""
_CHANGES = frozenset(
    (Act.CIRCLE_CORRECTED, Act.CHOSEN_AGAIN, Act.ONLY_CIRCLED, Act.SCRIBBLED_OUT, Act.DOUBLE)
)


@dataclass(frozen=True, eq=False)
class View:
    """A page as it was delivered: (H, W) uint8 grey, and where places of the paper are on it."""

    grey: NDArray[np.uint8]
    captured: Captured


def vanished(
    said: Sequence[Said],
    layout: Layout,
    strokes: Mapping[int, Sequence[Stroke]],
    views: Mapping[int, View],
) -> tuple[Said, ...]:
    """The same truths after what each device lost of the ink.

    ``strokes`` and ``views`` by page number. A row whose marks, or whose strokes of a correction,
    show by less than ``MOSTLY_SEEN`` of their path is not plain; by less than ``NOTHING_SEEN`` its
    value is None: it can be told from the paper, but by nobody from the image. Half of a digit may
    be another digit: number questions are None from ``MOSTLY_SEEN`` on.
    """
    least: dict[str, float] = {}
    corrected = {one.question for one in said if _CHANGES & set(one.acts)}
    for page in layout.pages:
        if page.number not in views:
            continue
        for name, share in _least(
            page, strokes.get(page.number, ()), views[page.number], corrected
        ):
            least[name] = min(share, least.get(name, 1.0))
    return tuple(_after(one, least.get(one.question, 1.0)) for one in said)


def _after(said: Said, share: float) -> Said:
    if said.value is None or share >= MOSTLY_SEEN:
        return said
    needed = MOSTLY_SEEN if Act.DIGITS in said.acts else NOTHING_SEEN
    if share >= needed:
        return replace(said, plain=False, acts=(*said.acts, str(Act.HARDLY_SEEN)))
    return replace(said, value=None, plain=False, acts=(*said.acts, str(Act.VANISHED)))


def _least(
    page: PageLayout, strokes: Sequence[Stroke], view: View, corrected: set[str]
) -> list[tuple[str, float]]:
    """Question and share of path that shows, for each mark, or stroke of a corrected row."""
    boxes = {(target.question, target.option): target.box for target in page.targets}
    groups: dict[tuple[str, str, int], list[NDArray[np.float32]]] = {}
    for index, stroke in enumerate(strokes):
        if stroke.option:
            single = index if stroke.question in corrected else -1
            groups.setdefault((stroke.question, stroke.option, single), []).append(stroke.points)
    if not groups:
        return []
    print_mm = _PRINT_MM + _BLUR_PX / view.captured.px_per_mm
    paths = [
        _countable(np.concatenate(parts).astype(np.float64), boxes[question, option], print_mm)
        for (question, option, _), parts in groups.items()
    ]
    places = view.captured.locate(np.concatenate(paths))
    ends = np.cumsum([len(path) for path in paths])[:-1]
    reach = _AROUND_MM * view.captured.px_per_mm
    shares = [_seen(view.grey, part, reach) for part in np.split(places, ends)]
    return [(question, share) for (question, _, _), share in zip(groups, shares, strict=True)]


def _countable(points: NDArray[np.float64], box: Box, print_mm: float) -> NDArray[np.float64]:
    """Points inside the box where no print is; of a mark beside it, those off its outline."""
    x, y = points[:, 0], points[:, 1]
    edge = np.maximum(np.maximum(box.x - x, x - box.right), np.maximum(box.y - y, y - box.bottom))
    for part in (points[edge < -print_mm], points[np.abs(edge) > print_mm]):
        if len(part) >= _FEW:
            return part
    return points


def _seen(grey: NDArray[np.uint8], places: NDArray[np.float64], reach: float) -> float:
    """Share of the places (N, 2) px where the image is darker than its bare paper gets."""
    height, width = grey.shape
    left, top = np.maximum(np.floor(places.min(axis=0) - reach), 0).astype(int)
    right, bottom = np.ceil(places.max(axis=0) + reach + 1).astype(int)
    part = grey[top:bottom, left:right]
    if not part.size:
        return 0.0
    darkest = cv2.erode(cv2.blur(part, (3, 3)), np.ones((3, 3), np.uint8))
    usual, bright = (float(level) for level in np.percentile(darkest, (70, 90)))
    # Where ink covers much of the part, these levels are no paper's.
    paper = max(bright, 0.9 * float(part.max()))
    grain = min(paper - usual, _GRAIN * paper)
    needed = max(_LEVELS, _SHARE_OF_PAPER * paper) + 2.5 * grain
    x, y = np.round(places).astype(int).T
    on = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    ink = darkest[y[on] - top, x[on] - left]
    return float(np.count_nonzero(ink < paper - needed)) / len(places)
