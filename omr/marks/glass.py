"""Lines that the scanner drew: dirt on the glass of a feeder, or a sensor element gone wrong.

The paper moves past one row of sensors, so that a grain of dirt makes a line exactly along the
image's columns (its rows, if the image was turned), over the whole image. No pen and no print
does that: both end at the page's edge, and a page is a little askew. Only such lines are mended,
and only as far as what lies under them can be told: a line so dark and wide that it could hide a
pen stroke stays, and a person looks at what it crosses.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.thresholds import GLASS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from omr.scan.model import ScannedPage

    Gray = NDArray[np.uint8]
    Real = NDArray[np.float32]

BANDS = 24
"""Parts along the image that are looked at one by one: about a centimetre of A4 each."""
LONG_SIDE_MM = 297.0
"""An image shows about one A4 page: this is how its resolution is known well enough."""
WIDEST_MM = 0.8
"""Widest streak: six pixels of a scan at 200 dpi."""
SOFT_EDGE_PX = 1
"""Blur and JPEG carry a streak over its own columns by so much."""
NOISE_SIGMAS = 3.0
"""What differs from the columns beside by so much more than a streak's own noise was drawn."""


@lru_cache(maxsize=1)
def mended_gray(page: ScannedPage) -> Gray:
    """The page in grey without streaks of the glass. Kept: a page is measured in several ways."""
    return without_glass_streaks(page.gray())


def without_glass_streaks(gray: Gray) -> Gray:
    """(H, W) uint8: the picture with its glass streaks mended; the same object if it has none.

    A streak dims (or brightens) by the same factor all along, so what lies under it is brought
    back by that factor, and smoothed where it agrees with the columns beside. For measuring marks
    only: the page's own marks and code need no mending.
    """
    if min(gray.shape) < GLASS.least_side_px:
        return gray
    if columns := tuple(_streaks(gray, _bands(gray))):
        gray = _mended(gray, columns)
    if rows := tuple(_streaks(gray.T, _bands_of_rows(gray))):
        gray = np.ascontiguousarray(_mended(gray.T, rows).T)
    return gray


def _widest_px(gray: Gray) -> int:
    return max(3, round(WIDEST_MM * _px_per_mm(gray)))


def _px_per_mm(gray: Gray) -> float:
    return float(max(gray.shape) / LONG_SIDE_MM)


def _bands(gray: Gray) -> Real:
    """(BANDS, W): the mean of each column in each band."""
    parts = np.array_split(gray, BANDS)
    means = [cv2.reduce(part, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F) for part in parts]
    return np.concatenate(means).astype(np.float32)


def _bands_of_rows(gray: Gray) -> Real:
    """(BANDS, H): the same for the picture on its side, which need not be turned for it."""
    parts = np.array_split(gray, BANDS, axis=1)
    means = [cv2.reduce(part, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F) for part in parts]
    return np.ascontiguousarray(np.concatenate(means, axis=1).T, dtype=np.float32)


def _streaks(gray: Gray, bands: Real) -> Iterator[slice]:
    """The columns of each streak, with their soft edges."""
    widest = _widest_px(gray)
    for line in _lines(_contrast(bands, widest), widest + 2 * SOFT_EDGE_PX):
        columns = slice(line.start - SOFT_EDGE_PX, line.stop + SOFT_EDGE_PX)
        inside = columns.start >= 1 and columns.stop < gray.shape[1]
        if inside and _runs_all_along(gray, columns):
            yield columns


def _contrast(bands: Real, widest: int) -> Real:
    """(W,): by what share of their surroundings columns are darker or lighter in nearly all bands.

    Means of bands are cheap, but boxes in a column look like streaks here: candidates only.
    """
    across = np.ones((1, 2 * (widest // 2) + 3), dtype=np.uint8)
    darker = 1 - bands / np.maximum(cv2.morphologyEx(bands, cv2.MORPH_CLOSE, across), 1.0)
    lighter = bands / np.maximum(cv2.morphologyEx(bands, cv2.MORPH_OPEN, across), 1.0) - 1
    missing = 100 * (1 - GLASS.bands)
    return np.maximum(
        np.percentile(darker, missing, axis=0), np.percentile(lighter, missing, axis=0)
    ).astype(np.float32)


def _lines(contrast: Real, widest: int) -> Iterator[slice]:
    """Runs of columns with contrast that are no wider than a streak."""
    marked = np.concatenate([[False], contrast >= GLASS.candidate, [False]])
    ends = np.flatnonzero(marked[1:] != marked[:-1])
    for start, stop in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        if stop - start <= widest and contrast[start:stop].max() >= GLASS.contrast:
            yield slice(start, stop)


def _sides(gray: Gray, columns: slice) -> tuple[Real, Real]:
    """(H,) each: the columns beside a streak, left and right."""
    return (
        gray[:, columns.start - 1].astype(np.float32),
        gray[:, columns.stop].astype(np.float32),
    )


def _on_paper(left: Real, right: Real) -> NDArray[np.bool_]:
    """(H,): rows where both sides are paper, so that a streak must show.

    Paper is what most rows of the surrounding centimetres are like.
    """
    darker, lighter = np.minimum(left, right), np.maximum(left, right)
    paper = np.concatenate(
        [np.full(len(part), np.median(part)) for part in np.array_split(lighter, BANDS)]
    )
    return np.asarray(darker >= GLASS.paper * paper, dtype=np.bool_)


def _runs_all_along(gray: Gray, columns: slice) -> bool:
    """Whether the line is there in nearly every row that shows paper, in nearly every band."""
    left, right = _sides(gray, columns)
    seen = gray[:, columns].astype(np.float32)
    middle = (left + right) / 2
    paper = _on_paper(left, right) & (middle > 0)
    ratio = seen / np.maximum(middle, 1.0)[:, None]
    usual = np.median(ratio[paper], axis=0) if paper.any() else np.ones(seen.shape[1])
    strongest = int(np.abs(usual - 1).argmax())
    off = ratio[:, strongest] - 1
    there = np.sign(off) == np.sign(usual[strongest] - 1)
    there &= np.abs(off) >= GLASS.contrast / 2
    shares = [
        float(row[shown].mean())
        for row, shown in zip(
            np.array_split(there, BANDS), np.array_split(paper, BANDS), strict=True
        )
        if shown.any()
    ]
    enough = np.mean(np.array(shares) >= GLASS.share_of_band) if shares else 0.0
    return bool(len(shares) >= BANDS / 2 and enough >= GLASS.bands)


def _mended(gray: Gray, streaks: tuple[slice, ...]) -> Gray:
    mended = gray.copy()
    narrow = GLASS.hides_nothing_mm * _px_per_mm(gray)
    for columns in streaks:
        left, right = _sides(gray, columns)
        paper = _on_paper(left, right)
        width = columns.stop - columns.start
        share = (np.arange(width, dtype=np.float32) + 1) / (width + 1)
        across = left[:, None] * (1 - share) + right[:, None] * share
        seen = gray[:, columns].astype(np.float32)
        factor = np.median(seen[paper] / np.maximum(across[paper], 1.0), axis=0)
        under = seen / np.maximum(factor, 1 / 255)
        noise = 1.4826 * np.median(np.abs(under[paper] - across[paper]), axis=0)
        opaque = NOISE_SIGMAS * noise > GLASS.legible * np.median(across[paper])
        opaque |= factor < GLASS.least_light
        if opaque.sum() > narrow:
            continue
        told = ~opaque & (np.abs(under - across) > NOISE_SIGMAS * noise)
        drawn = np.where(told, np.where(factor > 1, np.minimum(under, across), under), across)
        mended[:, columns] = np.clip(drawn, 0, 255).astype(np.uint8)
    return mended
