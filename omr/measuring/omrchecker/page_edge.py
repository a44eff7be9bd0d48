"""The edge of a page (or of a printed frame) on its background: four-cornered outlines, by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LEAST_AREA = 0.15
"""Smallest page, as a share of the picture; OMRChecker wants 80,000 of 546,120 px."""
SHARPEST_CORNER = 0.35
"""Largest cosine of a corner: a page seen so aslant that a corner has less than 70 degrees is not
taken for one (the same limit as OMRChecker's)."""
MOST_OUTLINES = 4
"""How many candidates are worth trying on the print."""
_SAME = 0.01
"""Outlines whose corners differ by less than this share of the picture are one."""
_TOLERANCES = (0.01, 0.02, 0.03, 0.045, 0.06)
"""Growing shares of the perimeter by which an outline may be simplified to four corners."""
_CORNERS = 4
_INNER = (0.06, 0.94)
"""Part of a side that tells where it runs: near the corners the next side's points are as near."""
_FEWEST = 8
"""Fewest points of an outline from which a side is drawn."""
_NEAR_SIDE = 0.01
"""Outline points this near to a side (in lengths of the perimeter) tell where the side runs."""


def page_outlines(gray: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Corners (4, 2) of the four-cornered outlines on a grey picture, the largest first.

    They run top-left, top-right, bottom-right, bottom-left, in edge coordinates. The page is
    looked for as a bright area and as a closed edge. Outlines that are the picture's own border
    are left out.
    """
    height, width = gray.shape
    found: list[tuple[float, NDArray[np.float64]]] = []
    for contour, hull in _contours(gray):
        corners = _four_corners(contour, hull)
        if corners is None or not _is_page(corners, (width, height)):
            continue
        area = float(cv2.contourArea(corners.astype(np.float32)))
        if all(np.abs(corners - other).max() > _SAME * max(width, height) for _, other in found):
            found.append((area, corners))
    found.sort(key=lambda one: -one[0])
    return [corners for _, corners in found[:MOST_OUTLINES]]


def _contours(gray: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Outlines of bright areas, then of closed edges, each with its convex hull."""
    smooth = cv2.GaussianBlur(gray, (0, 0), 2.0)
    # Print is closed over, so that the page is one bright area and its edge the only edge.
    bare = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    level, bright = cv2.threshold(bare, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    masks = [bright]
    for low, high in ((20, 60), (55, 185)):
        masks.append(cv2.dilate(cv2.Canny(bare, low, high), np.ones((3, 3), np.uint8)))
    masks.append(cv2.threshold(bare, min(level * 1.2, 250), 255, cv2.THRESH_BINARY)[1])
    for mask in masks:
        for contour in cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]:
            hull = cv2.convexHull(contour)
            if cv2.contourArea(hull) >= LEAST_AREA * gray.size:
                yield np.asarray(contour, np.int32), np.asarray(hull, np.int32)


def _four_corners(
    contour: NDArray[np.int32], hull: NDArray[np.int32]
) -> NDArray[np.float64] | None:
    """The outline as four straight sides, or None if it is not four-cornered."""
    perimeter = cv2.arcLength(hull, closed=True)
    for tolerance in _TOLERANCES:
        simple = cv2.approxPolyDP(hull, tolerance * perimeter, closed=True)
        if len(simple) == _CORNERS:
            rough = _ordered(simple.reshape(4, 2).astype(np.float64))
            return _refined(rough, contour.reshape(-1, 2), _NEAR_SIDE * perimeter) + 0.5
        if len(simple) < _CORNERS:
            return None
    return None


def _refined(
    rough: NDArray[np.float64], points: NDArray[np.int32], near: float
) -> NDArray[np.float64]:
    """Corners where the lines through the outline's points along each side meet.

    A dented or rounded corner is replaced by the one that the sides would have.
    """
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        away = np.abs((points - start) @ np.array([-along[1], along[0]]))
        position = (points - start) @ along / np.linalg.norm(end - start)
        inner = (position > _INNER[0]) & (position < _INNER[1])
        chosen = points[(away < near) & inner].astype(np.float32)
        if len(chosen) < _FEWEST:
            return rough
        vx, vy, x, y = cv2.fitLine(chosen, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(np.cross((x, y, 1.0), (x + vx, y + vy, 1.0)))
    meetings = [np.cross(b, a) for b, a in zip(np.roll(lines, 1, axis=0), lines, strict=True)]
    corners = [meeting[:2] / meeting[2] for meeting in meetings if meeting[2]]
    if len(corners) < _CORNERS:
        return rough
    better = np.array(corners)
    return better if np.abs(better - rough).max() < 2 * near else rough


def _ordered(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Top-left, top-right, bottom-right, bottom-left of a page that stands roughly upright."""
    total, difference = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    places = (total.argmin(), difference.argmin(), total.argmax(), difference.argmax())
    return corners[list(places)]


def _is_page(corners: NDArray[np.float64], size: tuple[int, int]) -> bool:
    if len(np.unique(corners, axis=0)) < _CORNERS or not cv2.isContourConvex(
        corners.astype(np.float32)
    ):
        return False
    out = corners - np.roll(corners, 1, axis=0)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    if np.abs((out * np.roll(out, -1, axis=0)).sum(axis=1)).max() >= SHARPEST_CORNER:
        return False
    border = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float64)
    return bool(np.abs(corners - border).max() > _SAME * max(size))
