"""Names beside targets: small enough for the white under each, never over a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.layout.model import Target

MM_PER_POINT = 25.4 / 72
LARGEST, SMALLEST = 6.0, 2.5
"""Points. The smallest is for dense forms, at a magnifying glass or on the screen."""
STEP = 0.25
HEIGHT = 0.95
"""Height of a label in parts of its font size: accents are rare in names, tails are not."""
WIDEST = 24.0
"""Of a label alone in its row, in mm: longer names are set smaller."""
AWAY = 0.35
"""White between a target and its name, in mm: the width of its coloured outline."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where it stands, in mm; the baseline lies ``0.72`` font sizes under ``box.y``."""

    words: str
    box: Box
    points: float


def labels(targets: Sequence[Target], width: float) -> tuple[Label, ...]:
    """A name for each target on a page of this width, in the order of the targets.

    It stands under its target; in a frame for writing it stands in the corner. Where there is no
    room at all it is small, and may touch a neighbour's.
    """
    return tuple(_label(target, targets, width) for target in targets)


def name_of(target: Target) -> str:
    """``question·option``, or the question alone for a frame to write in."""
    return f"{target.question}·{target.option}" if target.option else target.question


def _label(target: Target, targets: Sequence[Target], width: float) -> Label:
    words, box = name_of(target), target.box
    if not target.option:
        return Label(words, _sized(words, LARGEST, box.x + 0.6, box.y + 0.4), LARGEST)
    others = [other.box for other in targets if other is not target]
    beside = min((_across(box, other) for other in others if _same_row(box, other)), default=width)
    below = min((other.y - box.bottom for other in others if _under(box, other)), default=9.0)
    room = Box(0, 0, max(box.w, min(beside, WIDEST) - 0.4), below - 2 * AWAY)
    points = _fitting(words, room)
    wide = text_width(words, Style.BOLD, points)
    x = min(max(box.centre[0] - wide / 2, 0.5), width - wide - 0.5)
    return Label(words, _sized(words, points, x, box.bottom + AWAY), points)


def _fitting(words: str, room: Box) -> float:
    points = LARGEST
    while points > SMALLEST and (
        text_width(words, Style.BOLD, points) > room.w or HEIGHT * points * MM_PER_POINT > room.h
    ):
        points -= STEP
    return points


def _sized(words: str, points: float, x: float, y: float) -> Box:
    return Box(x, y, text_width(words, Style.BOLD, points), HEIGHT * points * MM_PER_POINT)


def _across(box: Box, other: Box) -> float:
    """From middle to middle along the row: as wide as two equal labels may be."""
    return abs(other.centre[0] - box.centre[0])


def _same_row(box: Box, other: Box) -> bool:
    return box.y < other.bottom and other.y < box.bottom


def _under(box: Box, other: Box) -> bool:
    # Two millimetres to each side: a label is often wider than its target.
    return other.y >= box.bottom and box.x - 2 < other.right and other.x < box.right + 2
