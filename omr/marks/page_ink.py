"""Added ink on one upright map of the whole page: what the pen left, with the print taken out.

Every later look at a page's ink (its strokes, the contours by which the paper is known again) is
a look at this one map. It follows the paper: where targets were found away from the place that the
page transform gives them (feed wobble, curl), the map is bent so that print lies on print.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box, PageTransform
from omr.marks.glass import mended_gray
from omr.marks.thresholds import INK
from omr.registration.blank_print import blank_print
from omr.registration.page_code import upright_patch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.reference import ReferencePage
    from omr.registration.model import Placement, RegisteredPage

    Gray = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

MAP_PX_PER_MM = 8.0
PRINT_TOLERANCE_MM = 0.35
"""Print is taken out with this much around it: ink gain, blur and the page's residual."""
FREE_MM = 0.25
"""A contour nearer than this to what was taken out was cut there, not drawn."""
EDGE_MM = 6.0
"""The paper's edge is left out: scanners add shadows there."""
SLOT_MARGIN_MM = 1.5
"""Room around marks, page code and serial, whose print is not in the reference."""
DARKEST_PAPER = 48
"""Paper is never taken to be darker than this grey, or a black border would hold ink."""
BLACK_STEP = 7
"""Every so many pixels of solid print are enough to tell how dark it is."""
PAPER_PX_PER_MM = 1.0
LINE_GAP_MM, PAPER_MM = 3, 15
"""Paper shows between lines of print that are this far apart; it changes slowly over so much."""
NODE_MM = 10.0
"""Distance of the nodes between which the bend of a page is interpolated, ..."""
BEND_REACH_MM = 12.0
"""... and how far a target's own move is felt."""


@dataclass(frozen=True, eq=False)
class TakenOut:
    """Masks (h, w) at MAP_PX_PER_MM of what is known to be on the page.

    ``blind``: where nothing is said of ink; ``cut``: where a contour may have been cut by that;
    ``black``: flat indices of pixels, where solid print shows how dark print came out.
    """

    blind: Mask
    cut: Mask
    black: NDArray[np.intp]


@dataclass(frozen=True)
class PageInk:
    """A registered page and the map (h, w) of how light it is, upright, at MAP_PX_PER_MM.

    ``light`` is uint8: 255 as light as the paper around, 0 black.
    """

    page: RegisteredPage
    light: Gray

    @cached_property
    def taken_out(self) -> TakenOut:
        """What was printed, and what else cannot be told from ink."""
        return taken_out(self.page.reference)

    @cached_property
    def contrast(self) -> float:
        """How dark solid print is on this page, 0..1 of black; 1 where nothing is printed."""
        black = self.light.ravel()[self.taken_out.black]
        return 1.0 - float(np.percentile(black, 25)) / 255 if black.size else 1.0

    def darker_than(self, share: float) -> Mask:
        """(h, w): where unprinted paper is darker than the paper around by this share of white."""
        dark = self.light < round(255 * (1 - share))
        return np.asarray(np.greater(dark, self.taken_out.blind), dtype=np.bool_)


def page_ink(page: RegisteredPage) -> PageInk:
    """Map a page's added ink, upright and bent back to where its print belongs."""
    seen = _upright(mended_gray(page.page), page)
    return PageInk(page, _lightness(seen))


@lru_cache(maxsize=16)
def taken_out(reference: ReferencePage) -> TakenOut:
    """Print, what differs from sheet to sheet, and the edge. Kept: many pages share a reference."""
    upright = PageTransform.scale(reference.pixels_per_mm)
    printed = _lightness(
        upright_patch(blank_print(reference), upright, _area(reference), MAP_PX_PER_MM)
    )
    is_print = printed < 255 * (1 - INK.print_darkness)
    out = cv2.dilate(is_print.astype(np.uint8), disc(PRINT_TOLERANCE_MM)) > 0
    layout = reference.layout
    boxes = [*layout.varying, *(mark.box for mark in layout.marks)]
    boxes += [box for box in (layout.code, layout.serial) if box is not None]
    # Screens of grey come out differently on every machine; nobody writes there.
    boxes += [] if layout.gauge is None else [layout.gauge.box]
    for box in boxes:
        out[window(box.grown(SLOT_MARGIN_MM))] = True
    edge = round(EDGE_MM * MAP_PX_PER_MM)
    out[:edge] = out[-edge:] = True
    out[:, :edge] = out[:, -edge:] = True
    cut = cv2.dilate(out.astype(np.uint8), disc(FREE_MM)) > 0
    black = cv2.erode((printed < 255 * (1 - INK.sure_print)).astype(np.uint8), np.ones((2, 2))) > 0
    sampled = np.flatnonzero(black)[::BLACK_STEP]
    return TakenOut(np.asarray(out, np.bool_), np.asarray(cut, np.bool_), sampled)


def window(box: Box, px_per_mm: float = MAP_PX_PER_MM) -> tuple[slice, slice]:
    """Rows and columns of a map that a box (mm) covers."""
    area = box.scaled(px_per_mm)
    rows = slice(max(0, int(area.y)), max(0, int(area.bottom) + 1))
    return rows, slice(max(0, int(area.x)), max(0, int(area.right) + 1))


def disc(radius_mm: float, px_per_mm: float = MAP_PX_PER_MM) -> Gray:
    """A round structuring element for a map."""
    width = 2 * round(radius_mm * px_per_mm) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)), dtype=np.uint8)


def _area(reference: ReferencePage) -> Box:
    height, width = reference.image.shape
    return Box(0, 0, width / reference.pixels_per_mm, height / reference.pixels_per_mm)


def _lightness(picture: Gray) -> Gray:
    """(h, w): each pixel as a share (of 255) of the white of the paper around."""
    step = MAP_PX_PER_MM / PAPER_PX_PER_MM
    small = cv2.resize(picture, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    # Lightest between the lines, then the middle of what is around: neither text nor a filled box
    # makes paper darker, and the edge of a shadow makes none.
    paper = cv2.dilate(small, np.ones((LINE_GAP_MM, LINE_GAP_MM), dtype=np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, PAPER_MM), (0, 0), LINE_GAP_MM)
    paper = cv2.resize(np.maximum(paper, DARKEST_PAPER), (picture.shape[1], picture.shape[0]))
    return np.asarray(cv2.divide(picture, paper, scale=255), dtype=np.uint8)


def _upright(gray: Gray, page: RegisteredPage) -> Gray:
    area = _area(page.reference)
    columns, rows = round(area.w * MAP_PX_PER_MM), round(area.h * MAP_PX_PER_MM)
    nodes = _nodes(area)
    moves = _bend(nodes.reshape(-1, 2), page.placements)
    if np.abs(moves).max(initial=0.0) <= INK.still_mm:
        return upright_patch(gray, page.transform, area, MAP_PX_PER_MM)
    at = page.transform.to_pixels(nodes.reshape(-1, 2) + moves).reshape(nodes.shape)
    return _bent(gray, at, columns, rows)


def _bent(gray: Gray, at: NDArray[np.float64], columns: int, rows: int) -> Gray:
    """(rows, columns): the picture, of which the places of the nodes are known, made upright."""
    step = round(NODE_MM * MAP_PX_PER_MM)
    across = (np.arange(columns) + 0.5) / step
    # (2, node rows, columns): x and y on the image along each row of nodes.
    lines = np.array(
        [[np.interp(across, np.arange(at.shape[1]), row[:, axis]) for row in at] for axis in (0, 1)]
    ).astype(np.float32)
    down = ((np.arange(step, dtype=np.float32) + np.float32(0.5)) / step)[:, None]
    bent = np.empty((rows, columns), dtype=np.uint8)
    for number, top in enumerate(range(0, rows, step)):
        part = down[: rows - top]
        x, y = (line[number] + part * (line[number + 1] - line[number]) for line in lines)
        bent[top : top + step] = cv2.remap(
            gray, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
        )
    return bent


def _nodes(area: Box) -> NDArray[np.float64]:
    """(rows, columns, 2) mm: a grid over the page, one node beyond its far edges."""
    x = np.arange(int(area.w / NODE_MM) + 2) * NODE_MM
    y = np.arange(int(area.h / NODE_MM) + 2) * NODE_MM
    return np.stack(np.meshgrid(x, y), axis=-1)


def _bend(points: NDArray[np.float64], placements: Sequence[Placement]) -> NDArray[np.float64]:
    """(N, 2) mm: how far the print at each point was found from where the transform puts it.

    A Gaussian-weighted mean of the moves of the targets around.
    """
    if not placements:
        return np.zeros_like(points)
    centres = np.array([placement.target.box.centre for placement in placements])
    moves = np.array([placement.shift_mm for placement in placements])
    far = ((points[:, None] - centres[None]) ** 2).sum(axis=2) / BEND_REACH_MM**2
    # The nearest always counts fully, so that a lonely point follows it.
    weights = np.exp(-0.5 * (far - far.min(axis=1, keepdims=True)))
    return np.asarray(weights @ moves / weights.sum(axis=1, keepdims=True), dtype=np.float64)
