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

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.page_ink import MAP_PX_PER_MM, window
from omr.marks.thresholds import SAME_PAPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.layout.model import PageLayout
    from omr.marks.page_ink import PageInk

    Mask = NDArray[np.bool_]

AT_TARGET_MM = 4.0
"""How far a mark runs over its target."""


def ink_contours(ink: PageInk) -> NDArray[np.uint8]:
    """(h, w), 255 on the contours of a page's added ink, at MAP_PX_PER_MM, upright."""
    return _contours(ink.darker_than(SAME_PAPER.ink_darkness), ink.taken_out.cut)


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
        at = window(target.box.grown(AT_TARGET_MM))
        kept[at] = contours[at]
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
    both = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    a, b = a[both], b[both]
    return _covered(a, b) >= SAME_PAPER.share and _covered(b, a) >= SAME_PAPER.share


def _covered(contours: Mask, by: Mask) -> float:
    """Share of the contours that lie within the tolerance of the others."""
    distance = cv2.distanceTransform((~by).astype(np.uint8), cv2.DIST_L2, 5)
    return float((distance[contours] <= SAME_PAPER.within_mm * MAP_PX_PER_MM).mean())


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


def _decode(png: bytes) -> Mask:
    picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture) > 0
