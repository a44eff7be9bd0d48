"""Writing beside the targets: a ring or a cross on a label answers a question outside its boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.marks.mark_thresholds import DEFAULT
from omr.marks.page_ink import MAP_PX_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from omr.layout.model import Target

BEFORE_MM, ABOVE_MM = 2.0, 1.5
"""How far the place of an answer reaches left of its target, and above and below it."""
LABEL_MM = 30.0
"""How far it reaches to the right, over the label, unless another target stands there."""


def written_beside(contours: NDArray[np.uint8], targets: Sequence[Target]) -> dict[str, str]:
    """Questions beside whose targets somebody wrote, by the contours of added ink.

    From each question's id to the code of the option that has the most of it.
    """
    length: dict[str, dict[str, float]] = {}
    for target in targets:
        if target.option:
            ink = _ink_in(contours, place_of(target, targets)) - _ink_in(contours, target.box)
            length.setdefault(target.question, {})[target.option] = ink
    return {
        question: max(by_option, key=lambda option: by_option[option])
        for question, by_option in length.items()
        if sum(by_option.values()) >= DEFAULT.beside_mm
    }


def place_of(target: Target, targets: Iterable[Target]) -> Box:
    """Where a mark would be meant for this target: it and its label."""
    box = target.box
    right = box.right + LABEL_MM
    for other in targets:
        on_row = other.box.y < box.bottom and box.y < other.box.bottom
        if on_row and box.right < other.box.x < right + BEFORE_MM:
            right = other.box.x - BEFORE_MM
    return Box(
        box.x - BEFORE_MM,
        box.y - ABOVE_MM,
        right - box.x + BEFORE_MM,
        box.h + 2 * ABOVE_MM,
    )


def _ink_in(contours: NDArray[np.uint8], place: Box) -> float:
    """Length of contours within a box (mm), in mm."""
    area = place.scaled(MAP_PX_PER_MM)
    left, top = max(0, round(area.x)), max(0, round(area.y))
    window = contours[top : max(0, round(area.bottom)), left : max(0, round(area.right))]
    return float((window > 0).sum()) / MAP_PX_PER_MM
