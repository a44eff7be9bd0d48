"""A template on one sample: its boxes in pixels of the reference picture, upon the print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import Box
from omr.layout.model import Shape
from omr.measuring.omrchecker.blocks import bubble_boxes
from omr.measuring.omrchecker.on_print import settle
from omr.measuring.omrchecker.rim import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.measuring.omrchecker.frame import Frame
    from omr.measuring.omrchecker.model import Pair, Template

SHORTEST_PX, LONGEST_PX = 1200, 3600
"""Longest side of the reference picture: not so small that its boxes are coarse, and not larger
than a scan at 300 dpi."""
BUBBLE_PX = 28.0
"""Size of the bubbles in the picture on which their outlines are sought."""
UNDISTORTED = 1.2
"""Templates whose pixels are oblong by less than this are taken for square ones: a photograph
seen from aslant shortens the paper too."""
ENOUGH = 0.5
"""Share of boxes that must show a printed outline for its shape and size to be taken over."""


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """One bubble: its box in the reference picture, whether print was seen, how far it moved.

    ``moved`` is the distance between template and print in sizes of the bubble.
    """

    box: Box
    shape: Shape
    seen: bool
    moved: float


@dataclass(frozen=True, eq=False)
class Placed:
    """The template on one frame: ``blocks`` has a row of boxes for every field of every block."""

    picture: NDArray[np.uint8]
    blocks: tuple[tuple[tuple[PlacedBox, ...], ...], ...]
    score: float


def place_template(picture: NDArray[np.uint8], frame: Frame, template: Template) -> Placed:
    """The boxes of a template upon the print, and the reference picture that goes with them.

    ``picture`` is the sample, ``frame`` where the template's frame lies on it.
    """
    size = _reference_size(frame, template.size)
    factors = np.array(size) / template.size
    blocks: dict[int, tuple[tuple[PlacedBox, ...], ...]] = {}
    score = 0.0
    for kind in dict.fromkeys(block.bubble for block in template.blocks):
        chosen = [n for n, block in enumerate(template.blocks) if block.bubble == kind]
        nominal = [_centres(template, n) * factors for n in chosen]
        bubble = np.array(kind) * factors
        # The outlines are sought where the bubbles have one size, whatever the sample's resolution.
        zoom = min(BUBBLE_PX / float(bubble.min()), LONGEST_PX / max(size))
        seen_at = (round(size[0] * zoom), round(size[1] * zoom))
        grids = [Grid.of(c * zoom, (bubble[0] * zoom, bubble[1] * zoom)) for c in nominal]
        settled = settle(frame.drawn(picture, seen_at), grids)
        share = float(np.concatenate([one.seen.ravel() for one in settled]).mean())
        score += sum(float(one.scores.sum()) for one in settled)
        for number, at, one in zip(chosen, nominal, settled, strict=True):
            rim = np.array(one.rim.size) / zoom if share >= ENOUGH else bubble
            shape = one.rim.shape if share >= ENOUGH else Shape.OVAL
            blocks[number] = _boxes(at, one.centres / zoom, one.seen, rim, shape)
    ordered = tuple(blocks[number] for number in range(len(template.blocks)))
    return Placed(frame.drawn(picture, size), ordered, score)


def _reference_size(frame: Frame, size: Pair) -> tuple[int, int]:
    """Width and height of the reference picture: about the sample's own resolution."""
    across, down = frame.scales()
    if 1 / UNDISTORTED < across / down < UNDISTORTED:
        across = down = float(np.sqrt(across * down))
    natural = np.array(size) * (across, down)
    natural *= np.clip(natural.max(), SHORTEST_PX, LONGEST_PX) / natural.max()
    return round(float(natural[0])), round(float(natural[1]))


def _centres(template: Template, number: int) -> NDArray[np.float64]:
    rows = bubble_boxes(template.blocks[number])
    return np.array([[box.centre for box in row] for row in rows])


def _boxes(
    nominal: NDArray[np.float64],
    centres: NDArray[np.float64],
    seen: NDArray[np.bool_],
    size: NDArray[np.float64],
    shape: Shape,
) -> tuple[tuple[PlacedBox, ...], ...]:
    width, height = (float(side) for side in size)
    moved = np.linalg.norm((centres - nominal) / size, axis=2)
    return tuple(
        tuple(
            PlacedBox(
                Box(float(x) - width / 2, float(y) - height / 2, width, height),
                shape,
                bool(seen[f, v]),
                float(moved[f, v]),
            )
            for v, (x, y) in enumerate(row)
        )
        for f, row in enumerate(centres)
    )
