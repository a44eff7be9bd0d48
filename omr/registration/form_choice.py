"""Telling forms apart whose print is nearly the same.

Two such forms are laid over each other once; where they differ outside the targets, a page is
compared with both. The places where the page clearly agrees with one and not with the other
speak, and only a clear majority of them decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import Box, PageTransform
from omr.registration.blank_print import blank_print
from omr.registration.keypoints import Features, place_reference
from omr.registration.likeness import PRINTED, Windows, counted_area, strokes
from omr.registration.reference_print import TARGET_MARGIN_MM
from omr.registration.settle import settle
from omr.registration.tiles import TILE_PPM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.registration.reference_print import PreparedReference

WINDOW_MM = 6.0
"""Side of the windows compared: a word or two, so that one changed word shows."""
STEP_MM = 2.0
"""Distance of the places asked."""
RELATED = 0.3
"""Share of one form's print found on another, from which on they are compared more closely."""
DIFFERENT = 0.7
"""Two references differ where they correlate less than this; the same print, printed and scanned
twice, reaches 0.9."""
SURE = 0.6
"""A place speaks only if the page looks like one of the forms there: at least this correlation."""
LEAD = 0.2
"""... and by this much more than like the other."""
MIN_VOICES = 4
"""Fewest places that must speak: one changed word of 8 x 3 mm gives about ten."""
MAJORITY = 0.8
"""Least share of the voices for one form; what a pen wrote there speaks for neither."""


class Verdict(Enum):
    """Which of two forms a page is."""

    FIRST = "first"
    SECOND = "second"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Rivalry:
    """Where two forms differ, in the frame of the first.

    ``other`` is the second form's print in that frame and ``counted`` what counts there, both
    (H, W) and small, because every pair of forms keeps them; ``places`` are the (rows, columns) of
    the pixels to ask, empty where nothing tells the forms apart.
    """

    other: NDArray[np.uint8]
    counted: NDArray[np.bool_]
    places: tuple[NDArray[np.int64], NDArray[np.int64]]


@lru_cache(maxsize=256)
def rivalry(first: PreparedReference, second: PreparedReference) -> Rivalry | None:
    """How two forms differ; None where they have too little in common to be mistaken."""
    ppm = second.reference.pixels_per_mm
    on_image = Features(second.features.points * ppm - 0.5, second.features.descriptors)
    place = place_reference(first.features, on_image, first.size_mm)
    if place is None:
        return None
    laid = settle(blank_print(second.reference), PageTransform(place.matrix), first)
    if laid is None or laid.page_support < RELATED:
        return None
    to_pixels = PageTransform.scale(ppm)
    boxes = [target.box for target in first.reference.layout.targets]
    for target in second.reference.layout.targets:
        corners = laid.transform.to_paper(to_pixels.to_pixels(target.box.corners()))
        low, high = corners.min(axis=0), corners.max(axis=0)
        boxes.append(Box(float(low[0]), float(low[1]), *(float(side) for side in high - low)))
    counted = counted_area(first.print.shape, boxes, TARGET_MARGIN_MM)
    places = _different_places(first.print, laid.picture, Windows(counted, WINDOW_MM))
    return Rivalry(np.rint(laid.picture).astype(np.uint8), counted > 0, places)


def decide(first: PreparedReference, rival: Rivalry, page: NDArray[np.float32]) -> Verdict:
    """Which form the page is; ``page`` is straightened into the frame of the first form."""
    rows, columns = rival.places
    windows = Windows(rival.counted.astype(np.float32), WINDOW_MM)
    other = rival.other.astype(np.float32)
    like_first = _likeness_or_sure(windows, first.print, page)[rows, columns]
    like_second = _likeness_or_sure(windows, other, page)[rows, columns]
    speaks = (np.maximum(like_first, like_second) >= SURE) & (
        np.abs(like_first - like_second) >= LEAD
    )
    voices = int(speaks.sum())
    if voices < MIN_VOICES:
        return Verdict.UNCLEAR
    share = float((like_first > like_second)[speaks].mean())
    if share >= MAJORITY:
        return Verdict.FIRST
    return Verdict.SECOND if share <= 1 - MAJORITY else Verdict.UNCLEAR


def _likeness_or_sure(
    windows: Windows, reference: NDArray[np.float32], page: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Likeness; :data:`SURE` where the reference is bare.

    So a bare place wins where the other form's print is missing, and loses where it is there.
    """
    return np.asarray(np.nan_to_num(windows.likeness(reference, page), nan=SURE))


def _different_places(
    first: NDArray[np.float32], second: NDArray[np.float32], windows: Windows
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pixels, :data:`STEP_MM` apart, around which two prints differ."""
    printed = (windows.spread(strokes(first)) >= PRINTED) | (
        windows.spread(strokes(second)) >= PRINTED
    )
    alike = np.nan_to_num(windows.likeness(first, second), nan=0.0)
    differs = printed & windows.enough & (alike < DIFFERENT)
    step = round(STEP_MM * TILE_PPM)
    rows, columns = np.nonzero(differs[::step, ::step])
    return rows * step, columns * step
