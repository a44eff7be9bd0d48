"""What was added to a page, as one small picture: by it the same paper is known again.

Equal answers do not make two readings the same paper; coinciding pen strokes do. The map is 1-bit,
upright, at 6 px per mm, with everything printed (and everything that is printed anew on each
sheet) taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box, PageTransform
from omr.registration.page_code import upright_patch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.reference import ReferencePage
    from omr.registration.model import RegisteredPage

MAP_PX_PER_MM = 6.0
PRINT_TOLERANCE_MM = 0.5
"""Print is taken out with this much around it: ink gain, blur and the page's residual."""
EDGE_MM = 6.0
"""The paper's edge is left out: scanners add shadows there."""
INK_DARKNESS = 0.28
LEAST_PIECE_MM2 = 0.35
"""Smaller pieces are dust, which lies elsewhere at the next scan."""
SAME_WITHIN_MM = 0.4
"""Strokes of the same paper, registered twice, coincide within this."""
SAME_SHARE = 0.85
"""... for at least this share of either map's ink."""
LEAST_INK_MM2 = 4.0
"""Less ink than one short stroke proves nothing."""


def ink_map(page: RegisteredPage) -> bytes:
    """The added ink of a page as a 1-bit PNG."""
    reference = page.reference
    width = reference.image.shape[1] / reference.pixels_per_mm
    height = reference.image.shape[0] / reference.pixels_per_mm
    size = (round(width * MAP_PX_PER_MM), round(height * MAP_PX_PER_MM))
    seen = _upright(page.page.gray(), page.transform, size)
    printed = _upright(reference.image, PageTransform.scale(reference.pixels_per_mm), size)
    ink = _darkness(seen) > INK_DARKNESS
    ink &= ~_kept_out(reference, printed, size)
    ok, png = cv2.imencode(
        ".png",
        _pieces(ink).astype(np.uint8) * 255,
        [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 9],
    )
    if not ok:  # pragma: no cover - OpenCV cannot fail to encode a plain picture
        message = "an ink map could not be encoded as PNG"
        raise RuntimeError(message)
    return png.tobytes()


def same_paper(one: bytes, other: bytes) -> bool:
    """Whether two ink maps come from one paper: the pen's strokes coincide, both ways.

    Two sheets without ink are never proved to be the same.
    """
    a, b = _decode(one), _decode(other)
    if a.shape != b.shape:
        return False
    least = LEAST_INK_MM2 * MAP_PX_PER_MM**2
    if a.sum() < least or b.sum() < least:
        return False
    return _covered(a, b) >= SAME_SHARE and _covered(b, a) >= SAME_SHARE


def _covered(ink: NDArray[np.bool_], by: NDArray[np.bool_]) -> float:
    distance = cv2.distanceTransform((~by).astype(np.uint8), cv2.DIST_L2, 5)
    return float((distance[ink] <= SAME_WITHIN_MM * MAP_PX_PER_MM).mean())


def _upright(
    gray: NDArray[np.uint8], transform: PageTransform, size: tuple[int, int]
) -> NDArray[np.uint8]:
    area = Box(0, 0, size[0] / MAP_PX_PER_MM, size[1] / MAP_PX_PER_MM)
    return upright_patch(gray, transform, area, MAP_PX_PER_MM)


def _darkness(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """0 where as light as the paper around (about 15 mm), 1 where black."""
    small = cv2.resize(picture, None, fx=1 / 6, fy=1 / 6, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((15, 15), dtype=np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 5.0)
    white = cv2.resize(paper, (picture.shape[1], picture.shape[0]))
    white_level = np.maximum(white.astype(np.float32), 48.0)
    return np.clip(1.0 - picture.astype(np.float32) / white_level, 0.0, 1.0)


def _kept_out(
    reference: ReferencePage, printed: NDArray[np.uint8], size: tuple[int, int]
) -> NDArray[np.bool_]:
    width = 2 * round(PRINT_TOLERANCE_MM * MAP_PX_PER_MM) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    out = cv2.dilate((_darkness(printed) > 0.15).astype(np.uint8), kernel) > 0  # noqa: PLR2004
    layout = reference.layout
    boxes = [*layout.varying, *(mark.box for mark in layout.marks)]
    boxes += [box for box in (layout.code, layout.serial) if box is not None]
    for box in boxes:
        grown = box.grown(1.5).scaled(MAP_PX_PER_MM)
        left, top = max(0, int(grown.x)), max(0, int(grown.y))
        out[top : int(grown.bottom) + 1, left : int(grown.right) + 1] = True
    edge = round(EDGE_MM * MAP_PX_PER_MM)
    out[:edge] = out[-edge:] = True
    out[:, :edge] = out[:, -edge:] = True
    return np.asarray(out[: size[1], : size[0]], dtype=np.bool_)


def _pieces(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= LEAST_PIECE_MM2 * MAP_PX_PER_MM**2
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.bool_)


def _decode(png: bytes) -> NDArray[np.bool_]:
    picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture) > 0
