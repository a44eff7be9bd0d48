"""The outlines of what was added to a page: by them the same paper is known again.

Equal answers do not make two readings the same paper; coinciding pen strokes do. The map is a
1-bit picture, upright, at 8 px per mm, of the *contours* of all added ink, as far as the pen drew
them: where ink ends because print begins (and print is left out), every filled box would look
like every other. Contours of one paper, scanned twice and registered, coincide within 0.2 mm;
those of another hand in the same boxes do not, be the marks crosses, dots or fills.

What the reference of a measured form does not show (a stamp, another edition's heading), or what
was on a master before it was photocopied, is on every paper of it and would make them all one; so
the map of a page without a serial holds only what was drawn at the targets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box, PageTransform
from omr.marks.glass import mended_gray
from omr.marks.thresholds import SAME_PAPER
from omr.registration.blank_print import blank_print
from omr.registration.page_code import upright_patch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.layout.model import PageLayout
    from omr.reference import ReferencePage
    from omr.registration.model import RegisteredPage

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
PAPER_REACH_MM = 15.0
"""The paper's white is the lightest within about this distance: wider than any writing."""
AT_TARGET_MM = 4.0
"""How far a mark runs over its target."""


def ink_contours(page: RegisteredPage) -> NDArray[np.uint8]:
    """(h, w), 255 on the contours of a page's added ink, at MAP_PX_PER_MM, upright."""
    area = _area(page.reference)
    gray = mended_gray(page.page)
    seen = upright_patch(gray, page.transform, area, MAP_PX_PER_MM)
    taken_out = _taken_out(page.reference)
    ink = _darker_than_paper(seen, SAME_PAPER.ink_darkness) & ~taken_out.blind
    return _contours(ink, taken_out.cut)


def ink_map(contours: NDArray[np.uint8]) -> bytes:
    """The contours (h, w) by which a paper is known again, as a 1-bit PNG, white on black."""
    ok, png = cv2.imencode(
        ".png",
        contours,
        [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 6],
    )
    if not ok:  # pragma: no cover - OpenCV cannot fail to encode a plain picture
        message = "an ink map could not be encoded as PNG"
        raise RuntimeError(message)
    return png.tobytes()


def at_targets(contours: NDArray[np.uint8], layout: PageLayout) -> NDArray[np.uint8]:
    """The same contours (h, w) without those that lie at no target."""
    kept = np.zeros_like(contours)
    for target in layout.targets:
        window = _window(target.box.grown(AT_TARGET_MM))
        kept[window] = contours[window]
    return kept


def same_paper(one: bytes, other: bytes) -> bool:
    """Whether two ink maps come from one paper: the pen's contours coincide, both ways.

    Two sheets with next to no ink are never proved to be the same.
    """
    a, b = _decode(one), _decode(other)
    if a.shape != b.shape:
        return False
    least = SAME_PAPER.least_contour_mm * MAP_PX_PER_MM
    if a.sum() < least or b.sum() < least:
        return False
    rows, columns = np.nonzero(a | b)
    window = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    a, b = a[window], b[window]
    return _covered(a, b) >= SAME_PAPER.share and _covered(b, a) >= SAME_PAPER.share


def _covered(contours: Mask, by: Mask) -> float:
    """Share of the contours that lie within the tolerance of the others."""
    distance = cv2.distanceTransform((~by).astype(np.uint8), cv2.DIST_L2, 5)
    return float((distance[contours] <= SAME_PAPER.within_mm * MAP_PX_PER_MM).mean())


@dataclass(frozen=True)
class _TakenOut:
    """(h, w): where nothing is said of ink, and where a contour may have been cut by that."""

    blind: Mask
    cut: Mask


@lru_cache(maxsize=16)
def _taken_out(reference: ReferencePage) -> _TakenOut:
    """Print, what differs from sheet to sheet, and the edge. Kept: many pages share a reference."""
    upright = PageTransform.scale(reference.pixels_per_mm)
    printed = upright_patch(blank_print(reference), upright, _area(reference), MAP_PX_PER_MM)
    is_print = _darker_than_paper(printed, SAME_PAPER.print_darkness)
    out = cv2.dilate(is_print.astype(np.uint8), _disc(PRINT_TOLERANCE_MM)) > 0
    layout = reference.layout
    boxes = [*layout.varying, *(mark.box for mark in layout.marks)]
    boxes += [box for box in (layout.code, layout.serial) if box is not None]
    # Screens of grey come out differently on every machine; nobody writes there.
    boxes += [] if layout.gauge is None else [layout.gauge.box]
    for box in boxes:
        out[_window(box.grown(SLOT_MARGIN_MM))] = True
    edge = round(EDGE_MM * MAP_PX_PER_MM)
    out[:edge] = out[-edge:] = True
    out[:, :edge] = out[:, -edge:] = True
    cut = cv2.dilate(out.astype(np.uint8), _disc(FREE_MM)) > 0
    return _TakenOut(np.asarray(out, dtype=np.bool_), np.asarray(cut, dtype=np.bool_))


def _window(box: Box) -> tuple[slice, slice]:
    """Rows and columns of a map that a box (mm) covers."""
    area = box.scaled(MAP_PX_PER_MM)
    rows = slice(max(0, int(area.y)), max(0, int(area.bottom) + 1))
    return rows, slice(max(0, int(area.x)), max(0, int(area.right) + 1))


def _area(reference: ReferencePage) -> Box:
    height, width = reference.image.shape
    return Box(0, 0, width / reference.pixels_per_mm, height / reference.pixels_per_mm)


def _darker_than_paper(picture: NDArray[np.uint8], share: float) -> Mask:
    """Where a pixel is darker than the paper around it by this share of the paper's white."""
    step = 8
    small = cv2.resize(picture, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    reach = 2 * round(PAPER_REACH_MM * MAP_PX_PER_MM / step / 2) + 1
    paper = cv2.dilate(small, np.ones((reach, reach), dtype=np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), reach / 3)
    limit = (np.maximum(paper, DARKEST_PAPER) * (1 - share)).astype(np.uint8)
    limits = cv2.resize(limit, (picture.shape[1], picture.shape[0]))
    return np.asarray(picture < limits, dtype=np.bool_)


def _contours(ink: Mask, cut: Mask) -> NDArray[np.uint8]:
    """(h, w), 255 on contours that the pen drew. Short ones are dust: it moves between scans."""
    drawn = np.zeros(ink.shape, dtype=np.uint8)
    contours, _ = cv2.findContours(ink.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    least = SAME_PAPER.least_piece_mm * MAP_PX_PER_MM
    for contour in contours:
        if len(contour) >= least:
            drawn[contour[:, 0, 1], contour[:, 0, 0]] = 255
    drawn[cut] = 0
    return drawn


def _disc(radius_mm: float) -> NDArray[np.uint8]:
    width = 2 * round(radius_mm * MAP_PX_PER_MM) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)), dtype=np.uint8)


def _decode(png: bytes) -> Mask:
    picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture) > 0
