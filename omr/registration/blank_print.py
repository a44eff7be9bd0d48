"""The print of a reference that was made from filled sheets, without the marks in its targets.

Targets of one size, and more so those with one code, are printed alike: what the light majority of
them shows is print. What is darker than that in a target, and all that hangs together with it, is
a mark, and is replaced by the print.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import PageTransform, Size
from omr.registration.patches import PagePicture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target
    from omr.reference import ReferencePage

    Real = NDArray[np.float32]
    Mask = NDArray[np.bool_]

LIGHT_PERCENTILE = 75.0
"""What three quarters of the targets that look alike are no lighter than is their print."""
WHITE_PERCENTILE = 85.0
"""Paper is the light part of a target's surroundings."""
ALIKE_TARGETS = 5
"""So many targets with one code tell what is printed inside such a target."""
INK = 0.10
"""Share of the paper's light by which a mark is darker than print and paper in its place."""
OVERFLOW_OF_SIDE = 0.6
"""How far a mark may overflow its target, as a share of the target's longer side."""
SPREAD_PX = 2
"""The blurred edge of a mark, in pixels of the reference."""


@lru_cache(maxsize=64)
def blank_print(reference: ReferencePage) -> NDArray[np.uint8]:
    """The reference's picture (H, W) with the marks taken out of its targets. Kept per object."""
    if reference.blank:
        return reference.image
    picture = reference.image.copy()
    groups: dict[tuple[float, float, str], list[Target]] = {}
    for target in reference.layout.targets:
        if target.option:
            key = (round(target.box.w, 2), round(target.box.h, 2), target.shape.value)
            groups.setdefault(key, []).append(target)
    for targets in groups.values():
        _take_marks_out(picture, targets, reference)
    return picture


def blank_picture(reference: ReferencePage) -> PagePicture:
    """The blank print as a picture: paper upright at a plain resolution."""
    return PagePicture(blank_print(reference), PageTransform.scale(reference.pixels_per_mm))


def _take_marks_out(
    picture: NDArray[np.uint8], targets: Sequence[Target], reference: ReferencePage
) -> None:
    """Replace the marks in targets of one size, in place."""
    ppm = reference.pixels_per_mm
    box = targets[0].box
    margin = OVERFLOW_OF_SIDE * max(box.w, box.h)
    size = Size(box.w + 2 * margin, box.h + 2 * margin)
    centres = np.array([target.box.centre for target in targets])
    filled = PagePicture(reference.image, PageTransform.scale(ppm))
    patches = filled.patches(centres, size, ppm).astype(np.float32)
    white = np.maximum(np.percentile(patches, WHITE_PERCENTILE, axis=(1, 2)), 1.0)
    light = np.asarray(patches / white[:, None, None], dtype=np.float32)
    for target, centre, patch, paper, alike in zip(
        targets, centres, light, white, _prints(light, targets), strict=True
    ):
        mark = _mark(alike - patch > INK, Size(target.box.w * ppm, target.box.h * ppm))
        if mark.any():
            _paste(picture, alike * np.float32(paper), mark, centre * ppm - 0.5)


def _prints(light: Real, targets: Sequence[Target]) -> Real:
    """(N, h, w): what is printed in and around each target, by the targets that look alike."""
    by_code: dict[str, list[int]] = {}
    for row, target in enumerate(targets):
        by_code.setdefault(target.option, []).append(row)
    prints = np.empty_like(light)
    prints[:] = np.percentile(light, LIGHT_PERCENTILE, axis=0)
    for rows in by_code.values():
        if len(rows) >= ALIKE_TARGETS:
            prints[rows] = np.percentile(light[rows], LIGHT_PERCENTILE, axis=0)
    return prints


def _mark(darker: Mask, target: Size) -> Mask:
    """The pieces of what is darker than print that begin in the target, with their edges."""
    y, x = np.ogrid[: darker.shape[0], : darker.shape[1]]
    across = np.abs(x - darker.shape[1] // 2) <= target.width / 2
    inside = across & (np.abs(y - darker.shape[0] // 2) <= target.height / 2)
    _, labels = cv2.connectedComponents(darker.astype(np.uint8), connectivity=8)
    begun = np.isin(labels, np.unique(labels[inside & darker])) & darker
    edge = np.ones((2 * SPREAD_PX + 1, 2 * SPREAD_PX + 1), np.uint8)
    return np.asarray(cv2.dilate(begun.astype(np.uint8), edge) > 0)


def _paste(picture: NDArray[np.uint8], patch: Real, mask: Mask, at: NDArray[np.float64]) -> None:
    """Put a patch into the picture where the mask is set; its middle pixel lies ``at`` (x, y)."""
    height, width = patch.shape
    left, top = np.floor(at).astype(int) - (width // 2, height // 2)
    rest = at - np.floor(at)
    move = np.array([[1, 0, rest[0]], [0, 1, rest[1]]])
    moved = cv2.warpAffine(patch, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
    where = cv2.warpAffine(mask.astype(np.float32), move, (width, height)) > 0.5  # noqa: PLR2004
    rows = slice(max(0, top), max(0, top + height))
    columns = slice(max(0, left), max(0, left + width))
    window = picture[rows, columns]
    part = np.s_[
        rows.start - top : rows.start - top + window.shape[0],
        columns.start - left : columns.start - left + window.shape[1],
    ]
    window[where[part]] = np.clip(np.rint(moved[part][where[part]]), 0, 255).astype(np.uint8)
