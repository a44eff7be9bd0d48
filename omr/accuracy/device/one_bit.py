"""Black and white: the level from which a scanner calls a place ink, as offices set it.

Feeders of the real 1-bit scans keep every outline, fine print and ball pens as solid lines with
ragged edges, and where pencil has to be seen they are so sensitive that paper grain comes out as
pepper. Nobody works with a setting that loses the boxes of the form or what people wrote: whoever
sees such a page come out sets the machine darker and feeds the sheet again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.device.chance import happens

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PAGE_LEVEL = (0.12, 0.24)
"""How much darker than paper a place must be to come out black, as a share of paper's grey."""
_LOCAL_LEVEL = (0.05, 0.11)
"""The same below the mean of the surroundings, where print and ink count with the paper."""
_MOST_SENSITIVE = 0.05
"""Beyond this the paper itself turns black."""
_SEEN = 0.055
"""Darker than its surroundings by this share, a line is seen on paper by whoever holds it."""
_MISSED_MM2 = 6.0
"""Lines of this area that do not come out are noticed: a few marks, a dozen box sides."""
_WIDE_MM = 1.2
"""What is wider is shade, not a line."""
_EDGE_MM = 8.0
"""Nobody looks at the rim of a page, where sheets end."""
_AROUND_MM = 2.5


def one_bit(
    rng: np.random.Generator, grey: NDArray[np.uint8], px_per_mm: float, notes: list[str]
) -> NDArray[np.bool_]:
    """True where the page comes out black: by one level for the page, or by local ones."""
    everywhere = happens(rng, 0.5)
    notes.append("global threshold" if everywhere else "local threshold")
    around = _around(grey, px_per_mm)
    paper = float(np.median(grey[::4, ::4]))
    needed = float(rng.uniform(*(_PAGE_LEVEL if everywhere else _LOCAL_LEVEL)))
    ink = _ink(grey, around, paper, needed, everywhere=everywhere)
    again = 0
    while needed > _MOST_SENSITIVE and _missed(grey, around, ink, px_per_mm) > _MISSED_MM2:
        again += 1
        needed = max(_MOST_SENSITIVE, needed * 0.72)
        ink = _ink(grey, around, paper, needed, everywhere=everywhere)
    if again:
        notes.append(f"set darker {again} times")
    for _ in range(int(rng.exponential(25))):  # dust on the drum
        y, x = int(rng.integers(ink.shape[0])), int(rng.integers(ink.shape[1]))
        ink[y : y + int(rng.integers(1, 3)), x : x + int(rng.integers(1, 3))] = True
    return ink


def _around(grey: NDArray[np.uint8], px_per_mm: float) -> NDArray[np.uint8]:
    """The mean about every place, at a quarter of the size."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    window = int(2 * _AROUND_MM * px_per_mm / 4) | 1
    return np.asarray(cv2.blur(small, (window, window)), np.uint8)


def _ink(
    grey: NDArray[np.uint8],
    around: NDArray[np.uint8],
    paper: float,
    needed: float,
    *,
    everywhere: bool,
) -> NDArray[np.bool_]:
    if everywhere:
        return np.asarray(grey < paper * (1 - needed), np.bool_)
    mean = cv2.resize(around, grey.shape[::-1])
    limit = cv2.subtract(mean, np.full(1, round(paper * needed), np.float64))
    return np.asarray((grey < limit) | (grey < 0.36 * paper), np.bool_)  # solids stay solid


def _missed(
    grey: NDArray[np.uint8], around: NDArray[np.uint8], ink: NDArray[np.bool_], px_per_mm: float
) -> float:
    """Area in mm2 of what a person sees as line on the sheet and the scan shows nothing of."""
    size = (grey.shape[1] // 2, grey.shape[0] // 2)
    half = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    limit = cv2.resize(cv2.convertScaleAbs(around, alpha=1 - _SEEN), size)
    black = cv2.resize(ink.view(np.uint8) * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    near = cv2.dilate(black, np.ones((3, 3), np.uint8))
    lost = ((half < limit) & (near == 0)).view(np.uint8)
    rim = round(_EDGE_MM * px_per_mm / 2)
    inner = np.ascontiguousarray(lost[rim:-rim, rim:-rim])
    wide = round(_WIDE_MM * px_per_mm / 2) | 1
    shade = cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((wide, wide), np.uint8))
    return float(np.count_nonzero(inner > shade)) / (px_per_mm / 2) ** 2
