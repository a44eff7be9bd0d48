"""From a coarse place to a good one: tile by tile, then checked against the whole print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import PageTransform
from omr.registration.keypoints import is_plausible
from omr.registration.straighten import straightened
from omr.registration.tiles import TileMatch, match_tiles
from omr.registration.warp import Warp, fit_warp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.registration.reference_print import PreparedReference
    from omr.registration.tiles import Tiles

COARSE_SEARCH_MM = 4.0
"""How far print may lie from where the features' vote puts it: curl, and a vote of few."""
FINE_SEARCH_MM = 1.4
"""How far it may lie from where the coarse tiles put it."""
CHECK_SEARCH_MM = 0.8
"""How far it may lie from where the fine tiles put it, to be seen at all."""
TRUSTED = 0.4
"""Least correlation of a tile that may pull the page."""
SCATTER_MM = 0.6
"""Scatter about the homography that is normal: a light bend of the paper."""
MIN_TILES = 8
"""Fewest tiles that may place a page: a homography takes the freedom of four."""
AGREES = 0.4
"""Least correlation of a tile that counts as the same print: other words reach 0.3 by chance, the
same words in a blurred photograph 0.6."""
LIES_RIGHT_MM = 0.5
"""Largest deviation of a tile that counts as lying where it should."""


@dataclass(frozen=True)
class Settled:
    """A reference brought onto a page.

    What is printed at ``p`` lies at ``transform.to_pixels(p + warp.at(p))``. ``residual_mm`` is the
    RMS deviation of the agreeing print from there. ``page_support`` is the share (0..1) of the
    reference's printed tiles that agree in look and place, ``target_support`` the same among the
    tiles that hold the targets' questions (all tiles, where a form has too few of those).
    ``picture`` is the page straightened by both.
    """

    transform: PageTransform
    warp: Warp
    residual_mm: float
    page_support: float
    target_support: float
    picture: NDArray[np.float32]


def settle(
    gray: NDArray[np.uint8], place: PageTransform, form: PreparedReference
) -> Settled | None:
    """Bring the reference onto the page from a coarse place; None where its print is not there."""
    shape = form.print.shape
    flat = straightened(gray, place, Warp.none(form.size_mm), shape)
    found = _trusted(form.print, flat, form.coarse, COARSE_SEARCH_MM)
    if found is None:
        return None
    points, shifts = found
    correction = _common(points, shifts)
    if correction is None or not is_plausible(place.matrix @ correction.matrix, form.size_mm):
        return None
    transform = _combined(place, correction)
    unexplained = correction.to_paper(points + shifts) - points
    warp, _ = fit_warp(points, unexplained, form.size_mm)
    picture = straightened(gray, transform, warp, shape)
    found = _trusted(form.print, picture, form.fine, FINE_SEARCH_MM)
    if found is None:
        return None
    points, shifts = found
    warp, _ = fit_warp(points, shifts + warp.at(points + shifts), form.size_mm)
    return _checked(gray, transform, warp, form)


def _checked(
    gray: NDArray[np.uint8], transform: PageTransform, warp: Warp, form: PreparedReference
) -> Settled:
    """Compare all print once more, at the place that was found for it."""
    picture = straightened(gray, transform, warp, form.print.shape)
    match = match_tiles(form.print, picture, form.fine, CHECK_SEARCH_MM)
    deviation = np.linalg.norm(match.shifts, axis=1)
    lies_right = ~form.fine.fixing | (deviation <= LIES_RIGHT_MM) | (match.agreement < AGREES)
    columns, rows = (form.fine.corners + form.fine.side // 2).T
    likeness = form.windows.likeness(form.print, picture)[rows, columns]
    judged = ~np.isnan(likeness)
    right = (likeness >= AGREES) & lies_right
    measured = deviation[right & form.fine.fixing & (match.agreement >= AGREES)]
    beside = judged & form.beside_targets
    if beside.sum() < MIN_TILES:
        beside = judged
    return Settled(
        transform,
        warp,
        residual_mm=float(np.sqrt(np.mean(measured**2))) if len(measured) else np.inf,
        page_support=_share(right[judged]),
        target_support=_share(right[beside]),
        picture=picture,
    )


def _share(these: NDArray[np.bool_]) -> float:
    """Share of True, 0 where there is nothing."""
    return float(these.mean()) if len(these) else 0.0


def _trusted(
    reference: NDArray[np.float32], page: NDArray[np.float32], tiles: Tiles, search_mm: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Middles (mm) and shifts (mm) of the tiles found beyond doubt; None if they are too few."""
    tiles = tiles.only(tiles.fixing)
    match: TileMatch = match_tiles(reference, page, tiles, search_mm)
    kept = match.clear & (match.agreement >= TRUSTED)
    if kept.sum() < MIN_TILES:
        return None
    return tiles.centres_mm[kept], match.shifts[kept]


def _common(points: NDArray[np.float64], shifts: NDArray[np.float64]) -> PageTransform | None:
    """The homography, paper to paper, that most of the shifts have in common."""
    matrix, _ = cv2.findHomography(points, points + shifts, cv2.USAC_MAGSAC, SCATTER_MM)
    return None if matrix is None else PageTransform(np.asarray(matrix, dtype=np.float64))


def _combined(place: PageTransform, correction: PageTransform) -> PageTransform:
    """The place after a correction on paper."""
    product = place.matrix @ correction.matrix
    return PageTransform(product / product[2, 2])
