"""How dark print comes out on a page, by the words around the targets.

Where the targets themselves are printed faintly, their outlines do not tell what black is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Size
from omr.marks.thresholds import INK
from omr.registration.blank_print import blank_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.reference import ReferencePage
    from omr.registration.model import RegisteredPage
    from omr.registration.patches import PagePicture

    Real = NDArray[np.float32]

PX_PER_MM = 6.0
WINDOW_MM = 10.0
"""Side of the windows of print that are looked at: a word or two with the paper around."""
MOST_WINDOWS = 48
"""So many windows, those with most print, tell enough."""
NEAR_PX = 2
"""A stroke may lie so far from its place: away from the targets the page is less well known."""
WHITE_PERCENTILE = 85.0


def darkness(patches: NDArray[np.uint8]) -> Real:
    """(N, h, w): 0 where as light as the patch's paper, 1 where black."""
    white = np.percentile(patches, WHITE_PERCENTILE, axis=(1, 2)).astype(np.float32)
    white = np.maximum(white, 32.0)
    dark = 1.0 - patches.astype(np.float32) / white[:, None, None]
    return np.asarray(np.clip(dark, 0.0, 1.0), dtype=np.float32)


def darkness_of_words(page: RegisteredPage, scan: PagePicture) -> Real:
    """Darkness (M,) on the page of what the reference has in black, 0 paper .. 1 black."""
    centres = _windows(page.reference)
    if not len(centres):
        return np.empty(0, np.float32)
    size = Size(WINDOW_MM, WINDOW_MM)
    near = _nearest_shifts(page, centres)
    blank = blank_picture(page.reference).reduced_for(PX_PER_MM, centres[0])
    black = darkness(blank.patches(centres, size, PX_PER_MM)) >= INK.sure_print
    seen = darkness(
        scan.reduced_for(PX_PER_MM, centres[0]).patches(centres + near, size, PX_PER_MM)
    )
    reach = np.ones((2 * NEAR_PX + 1, 2 * NEAR_PX + 1), np.uint8)
    strokes = np.stack([cv2.dilate(patch, reach) for patch in seen])
    return np.asarray(strokes[black], dtype=np.float32)


@lru_cache(maxsize=64)
def _windows(reference: ReferencePage) -> NDArray[np.float64]:
    """(N, 2) middles (mm) of the windows with most black print."""
    blank = blank_picture(reference)
    height, width = (side / reference.pixels_per_mm for side in reference.image.shape)
    xs = np.arange(WINDOW_MM / 2, width - WINDOW_MM / 2, WINDOW_MM)
    ys = np.arange(WINDOW_MM / 2, height - WINDOW_MM / 2, WINDOW_MM)
    centres = np.array([(x, y) for y in ys for x in xs]).reshape(-1, 2)
    if not len(centres):
        return centres
    patches = blank.reduced_for(PX_PER_MM, centres[0]).patches(
        centres, Size(WINDOW_MM, WINDOW_MM), PX_PER_MM
    )
    share = (darkness(patches) >= INK.sure_print).mean(axis=(1, 2))
    best = np.argsort(-share, kind="stable")[:MOST_WINDOWS]
    return np.asarray(centres[best[share[best] > 0]], dtype=np.float64)


def _nearest_shifts(page: RegisteredPage, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, 2) mm: the move of the target nearest to each point."""
    centres = np.array([placement.target.box.centre for placement in page.placements])
    shifts = np.array([placement.shift_mm for placement in page.placements])
    nearest = np.linalg.norm(points[:, None] - centres[None], axis=2).argmin(axis=1)
    return np.asarray(shifts[nearest], dtype=np.float64)
