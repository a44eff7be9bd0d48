"""Distances between boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Iterable


def gap(one: Box, other: Box) -> float:
    """White between two boxes along the axis on which they are further apart.

    Negative where they overlap: how far one would have to move to be clear of the other.
    """
    across = max(one.x - other.right, other.x - one.right)
    down = max(one.y - other.bottom, other.y - one.bottom)
    return max(across, down)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all (at least one)."""
    every = list(boxes)
    left, top = min(box.x for box in every), min(box.y for box in every)
    right, bottom = max(box.right for box in every), max(box.bottom for box in every)
    return Box(left, top, right - left, bottom - top)


def lies_in(inner: Box, outer: Box) -> bool:
    """Whether ``inner`` lies wholly in ``outer``."""
    return (
        outer.x <= inner.x
        and inner.right <= outer.right
        and outer.y <= inner.y
        and inner.bottom <= outer.bottom
    )
