"""What touches a target: ink on it, on its outline or close by, told from ragged print.

A pen's line is wide and long, the edge of print only ragged. So ink is looked at through a blur as
wide as a pen's line, and counts where it is darker than this page's own unevenness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.thresholds import INK
from omr.registration.patches import odd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from omr.marks.added_ink import AddedInk

    Mask = NDArray[np.bool_]

TOUCH_MM = 0.6
"""A pen's line is so wide, with its own blur."""
USUAL_PERCENT = 40
"""Most targets of a page are empty, where people choose among two options half of them."""


def least_touch(patches: Iterable[AddedInk], bilevel: bool) -> float:
    """How dark ink must be, seen through a small blur, not to be this page's own unevenness.

    Most targets of a page are empty, and tell it. The ragged edges of a 1-bit scan do not: a pixel
    more or less is nothing or a great deal.
    """
    if bilevel:
        return INK.touch
    peaks = [float(_blurred(patch)[patch.zone].max()) for patch in patches]
    usual = float(np.percentile(peaks, USUAL_PERCENT)) if peaks else 0.0
    return min(INK.touch, max(INK.least_touch, INK.touch_usual * usual))


def touching(patch: AddedInk, streaks: Mask, least: float) -> tuple[float, float]:
    """Pixels of the largest piece of ink on the target and its outline, and of what is near by.

    What comes in from beyond the surroundings belongs to something else.
    """
    seen = (_blurred(patch) > least) & ~streaks
    dark = seen & (patch.added > INK.darkness)
    near = _largest(seen, dark, cut=True)
    return _largest(seen & patch.zone, dark), near


def _blurred(patch: AddedInk) -> NDArray[np.float32]:
    """The added ink through a blur that a pen's line survives and ragged print does not."""
    width = odd(TOUCH_MM * patch.px_per_mm)
    return np.asarray(cv2.blur(patch.added, (width, width)), dtype=np.float32)


def _largest(ink: Mask, dark: Mask, *, cut: bool = False) -> float:
    """Pixels of the largest piece that has something ``dark`` in it.

    With ``cut`` those that reach the end of the picture are left out.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    if count <= 1:
        return 0.0
    area = np.zeros(count)
    kept = np.unique(labels[dark & ink])
    area[kept] = stats[kept, cv2.CC_STAT_AREA]
    if cut:
        area[np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])] = 0
    area[0] = 0
    return float(area.max())
