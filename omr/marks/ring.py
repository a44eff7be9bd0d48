"""What goes round a target: a correcting circle lies in all directions, unbroken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.added_ink import RING_SECTORS
from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.marks.added_ink import AddedInk

    Mask = NDArray[np.bool_]


def encircled(ink: Mask, patch: AddedInk) -> tuple[float, float]:
    """Share of the directions, of those that print does not hide, in which there is ink.

    And the longest run of directions in which there is visibly none, as a share of all.
    """
    ring = patch.ring
    around = ring >= 0
    there = np.bincount(ring[around], minlength=RING_SECTORS)
    seen = np.bincount(ring[around & ~patch.printed], minlength=RING_SECTORS)
    inked = np.bincount(ring[around & ink], minlength=RING_SECTORS) > 0
    visible = (seen >= INK.visible_share * there) & (there > 0) | inked
    share = float(inked.sum()) / max(float(visible.sum()), RING_SECTORS / 4)
    return share, _longest_run(visible & ~inked) / RING_SECTORS


def arc_of(ink: Mask, ring: NDArray[np.int16]) -> float:
    """The directions over which one unbroken piece of ink goes round, as a share of all.

    The arms of a cross lie in many directions, but each in few.
    """
    around = (ink & (ring >= 0)).astype(np.uint8)
    joined = cv2.dilate(around, np.ones((3, 3), dtype=np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    seen = np.zeros((count, RING_SECTORS), dtype=np.bool_)
    at = around > 0
    seen[labels[at], ring[at]] = True
    return float(seen[1:].sum(axis=1).max(initial=0)) / RING_SECTORS


def _longest_run(round_about: NDArray[np.bool_]) -> int:
    """The longest run of True in (n,) directions that go round."""
    if round_about.all():
        return len(round_about)
    turned = np.roll(round_about, -int(np.flatnonzero(~round_about)[0]))
    ends = np.flatnonzero(np.diff(np.concatenate([[False], turned, [False]])))
    return int((ends[1::2] - ends[::2]).max(initial=0))
