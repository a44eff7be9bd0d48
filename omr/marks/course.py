"""The course of ink: how straight it is, where its middle lies, how far it reaches."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.marks.added_ink import AddedInk

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Course:
    """The course of the ink on a target and its outline, in mm.

    ``crook``: how far it lies from one straight line (RMS): a line has its own width, 0.1 to 0.2, a
    tick 0.3 and more, a cross about 1. ``off``: from the target's middle to the ink's. ``reach``:
    its length along its main axis.
    """

    crook: float = 0.0
    off: float = 0.0
    reach: float = 0.0


def course_of(ink: Mask, patch: AddedInk) -> Course:
    """The course of a target's ink (h, w)."""
    y, x = np.nonzero(ink)
    if len(x) < INK.fewest_px:
        return Course()
    across, down = x - x.mean(), y - y.mean()
    _, axes = np.linalg.eigh(np.cov(np.vstack([x, y])))
    along = across * axes[0, 1] + down * axes[1, 1]
    height, width = ink.shape
    off = math.hypot(width // 2 - x.mean(), height // 2 - y.mean())
    scale = patch.px_per_mm
    return Course(bend(y, x) / scale, off / scale, float(np.ptp(along)) / scale)


def bend(x: NDArray[np.int64], y: NDArray[np.int64]) -> float:
    """RMS distance of (n,) points from their own straight line (their main axis)."""
    if len(x) < 3:  # noqa: PLR2004 - a line has no width
        return 0.0
    dx, dy = x - x.mean(), y - y.mean()
    xx, yy, xy = float(dx @ dx), float(dy @ dy), float(dx @ dy)
    # The smaller eigenvalue of the points' covariance.
    least = (xx + yy) / 2 - math.hypot((xx - yy) / 2, xy)
    return math.sqrt(max(0.0, least) / (len(x) - 1))
