"""Cut the digit cells of a page out and take their print away: what remains is handwriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import PageTransform, Size
from omr.marks.glass import mended_gray
from omr.registration.blank_print import blank_picture
from omr.registration.patches import PagePicture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.registration.model import Placement, RegisteredPage

    Gray = NDArray[np.uint8]
    Real = NDArray[np.float32]
    Mask = NDArray[np.bool_]

CELL_PX = 60.0
"""Height of a cell in patch pixels: 8 px per mm for our cells of 7.5 mm, 200 dpi."""
AROUND = 0.16
"""Surroundings that are looked at, as a share of the cell's height: 1.2 mm."""
BAND_IN, BAND_OUT = 0.042, 0.055
"""How far from the cell's edge its print may lie, inwards and outwards, as a share of its height.

Half the line of 0.25 mm, and 0.19 mm or 0.29 mm of blur, ink gain and misplacement."""
RUN_ON = 1.23
"""From a single cell's middle to where a number would run on, in widths: the usual pitch."""
PRINTED = 0.25
"""Darkness from which the reference counts as printed."""
PRINT_REACH = 0.034
"""Print beside the cell may have spread so far, as a share of its height: 0.25 mm."""
WHITE_PERCENTILE = 80.0


@dataclass(frozen=True)
class CellInk:
    """One cell with its surroundings, (h, w) px upright, its print taken out.

    ``seen``: 0 as light as the paper around, 1 black; ``darkness``: the same, but 0 where
    something is printed. ``inside``: within the outline; ``outside``: beyond it. Between both lies
    the outline's band.
    ``px``: pixels per unit of the cell's height.
    """

    seen: Real
    darkness: Real
    inside: Mask
    outside: Mask
    px: float


def cut_cells(page: RegisteredPage, cells: Sequence[Placement]) -> list[CellInk]:
    """The handwriting in each of these cells of a page; cells of one question are of one size.

    The last one cut is the place of one cell more, where a number would run on.
    """
    if not cells:
        return []
    box = cells[0].target.box
    px_per_mm = CELL_PX / box.h
    size = cell_patch_size(box)
    centres = np.array([cell.target.box.centre for cell in cells])
    shifts = np.array([cell.shift_mm for cell in cells])
    pitch = centres[-1] - centres[-2] if len(cells) > 1 else np.array([RUN_ON * box.w, 0.0])
    centres, shifts = np.vstack([centres, centres[-1] + pitch]), np.vstack([shifts, shifts[-1]])
    scan = _around(PagePicture(mended_gray(page.page), page.transform), centres, box)
    seen = scan.reduced_for(px_per_mm, centres[0]).patches(centres + shifts, size, px_per_mm)
    blank = _around(blank_picture(page.reference), centres, box)
    prints = blank.reduced_for(px_per_mm, centres[0]).patches(centres, size, px_per_mm)
    inside, outside = cell_masks((seen.shape[1], seen.shape[2]), box)
    printed = _printed(prints)
    return [
        cell_ink(darkness_of(patch), there, (inside, outside))
        for patch, there in zip(seen, printed, strict=True)
    ]


def cell_ink(seen: Real, printed: Mask, masks: tuple[Mask, Mask]) -> CellInk:
    """The handwriting where ``seen`` is a cell's darkness; ``masks`` are its inside and outside."""
    inside, outside = masks
    darkness = np.where(printed | ~(inside | outside), np.float32(0), seen)
    return CellInk(seen, darkness, inside, outside, CELL_PX)


def cell_patch_size(box: Box) -> Size:
    """The size of a cell's picture with its surroundings, in the unit of ``box``."""
    return Size(box.w + 2 * AROUND * box.h, box.h + 2 * AROUND * box.h)


def darkness_of(patch: Gray) -> Real:
    """(h, w) grey: 0 where as light as the patch's paper, 1 where black."""
    white = max(float(np.percentile(patch, WHITE_PERCENTILE)), 32.0)
    return np.asarray(np.clip(1.0 - patch.astype(np.float32) / white, 0.0, 1.0))


def cell_masks(shape: tuple[int, int], box: Box) -> tuple[Mask, Mask]:
    """(h, w) twice: within the cell's outline, and beyond it."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    px = CELL_PX / box.h
    beyond = np.maximum(
        np.abs(x - shape[1] // 2) - box.w * px / 2, np.abs(y - shape[0] // 2) - box.h * px / 2
    )
    return beyond < -BAND_IN * CELL_PX, beyond > BAND_OUT * CELL_PX


def _printed(prints: Gray) -> Mask:
    """(N, h, w): where the reference is printed, and as far around as its print may have spread."""
    width = 2 * round(PRINT_REACH * CELL_PX) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    dark = (prints < 255 * (1 - PRINTED)).astype(np.uint8)
    return np.stack([cv2.dilate(patch, kernel) for patch in dark]) > 0


def _around(picture: PagePicture, centres: NDArray[np.float64], box: Box) -> PagePicture:
    """The part of a picture that shows these cells and a centimetre around them."""
    reach = max(box.w, box.h) + 10.0
    low, high = centres.min(axis=0) - reach, centres.max(axis=0) + reach
    corners = np.array([low, (high[0], low[1]), (low[0], high[1]), high])
    pixels = picture.transform.to_pixels(corners)
    x, y = (int(max(0, v)) for v in np.floor(pixels.min(axis=0)))
    right, bottom = (int(v) for v in np.ceil(pixels.max(axis=0)))
    part = picture.gray[y : max(bottom, y + 1), x : max(right, x + 1)]
    if not part.size:
        return picture
    moved = np.array([[1.0, 0, -x], [0, 1.0, -y], [0, 0, 1]])
    return PagePicture(np.ascontiguousarray(part), PageTransform(moved @ picture.transform.matrix))
