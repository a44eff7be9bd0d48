"""How the targets of one page came out: the page's own print, by which a pen's ink is told from it.

The same outline is printed a hundred times on a page, and one machine has blurred, thinned or
broken all of them alike. What a fifth of the targets round about show at a place is print, as it
came out here; what is darker is added, even on the outline itself and just beside it, where the
reference alone could only look away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Mask = NDArray[np.bool_]

NEIGHBOURS = 16
"""Targets that lie together and tell how print is there: enough to leave the marks out."""
PRINT_SHARE = 0.8
"""Print is as dark as all but a fifth of them at most: noise and slack of an edge are within that,
and few pens cross an outline at the same place."""
LOOKED_ROUND_PX = 5
"""References are compared over so many pixels, not one by one."""


def explained(prints: Real, printed: Mask) -> Mask:
    """(N, h, w): print that all targets lying together have alike.

    ``prints`` (N, h, w) is how dark the reference is, ``printed`` where print may be.
    """
    alike = np.zeros_like(printed)
    near = (LOOKED_ROUND_PX, LOOKED_ROUND_PX)
    blurred = np.stack([cv2.blur(one, near) for one in prints])
    for rows in together(len(prints)):
        usual = np.median(blurred[rows], axis=0)
        alike[rows] = np.abs(blurred[rows] - usual) <= INK.alike_print
    return np.asarray(alike & printed, dtype=np.bool_)


def beyond_print(dark: Real, where: Mask) -> Real:
    """(N, h, w): how much darker the targets are than print is round about; 0 elsewhere.

    ``dark`` (N, h, w) is how dark the page is, ``where`` which of it is explained.
    """
    beyond = np.zeros_like(dark)
    for rows in together(len(dark)):
        at = where[rows].any(axis=0)
        seen = dark[rows][:, at]
        usual = np.sort(seen, axis=0)[round(PRINT_SHARE * (len(rows) - 1))]
        more = np.maximum(seen - usual, 0)
        part = np.zeros((len(rows), *at.shape), dtype=np.float32)
        part[:, at] = more
        beyond[rows] = np.where(where[rows], part, np.float32(0))
    return beyond


def together(count: int) -> list[NDArray[np.intp]]:
    """Rows of targets, in reading order, that lie together; none where they are too few."""
    if count < INK.alike_targets:
        return []
    return np.array_split(np.arange(count), max(1, count // NEIGHBOURS))
