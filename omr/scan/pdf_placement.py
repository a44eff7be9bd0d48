"""What lies on a PDF page: whether it is one picture and nothing else that can be seen.

The scanner's case, to which invisible recognised text does not matter, nor what a picture covers.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

Vector = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

POINTS_PER_INCH = 72.0
_INVISIBLE = 3
"""Text rendering mode 3: neither filled nor stroked (ISO 32000, table 104)."""
_STRAIGHT = 0.002
"""Shear or skew of a placement that is still called upright: 0.1 degrees."""
_OVERHANG = 0.02
"""Part of the picture that may stick out of the page, or of the page that it may leave bare."""
_UNSEEN_ANNOTATIONS = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)


@dataclass(frozen=True, slots=True)
class Placement:
    """The one picture of a page. ``columns`` and ``rows`` are its sides as shown, in points.

    Directions are on the shown page, after ``/Rotate``: x to the right, y down. ``image`` is
    pdfium's object and lives as long as the page is open.
    """

    image: pypdfium2.PdfImage
    columns: Vector
    rows: Vector


def sole_picture(page: pypdfium2.PdfPage) -> Placement | None:
    """The page's only visible content, if that is one whole, upright, opaque picture."""
    objects = list(page.get_objects(max_depth=1))
    images = [i for i, item in enumerate(objects) if item.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    if len(images) != 1 or _has_visible_annotations(page):
        return None
    image = objects[images[0]]
    matrix = image.get_matrix()
    bounds = _placed_bounds(matrix)
    page_box = _page_box(page)
    seen = objects[images[0] + 1 :]
    if not _inside(page_box, bounds, bounds):
        seen = objects
    others = [item for item in seen if item is not image and not _is_invisible_text(item)]
    whole = _inside(bounds, page_box, bounds) and _inside(bounds, _clip_box(image, bounds), bounds)
    upright = _is_upright((matrix.a, matrix.b), (matrix.c, matrix.d))
    if others or not whole or not upright or pdfium.FPDFPageObj_HasTransparency(image):
        return None
    turn = page.get_rotation() // 90
    return Placement(
        image, _shown((matrix.a, matrix.b), turn), _shown((-matrix.c, -matrix.d), turn)
    )


def picture_sizes(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    """Width and height in px of every picture on the page, those in forms too."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        yield item.get_px_size()


def finest_dpi(page: pypdfium2.PdfPage) -> float:
    """The highest resolution at which a picture lies on the page; 0 where there is no picture."""
    finest = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        matrix = item.get_matrix()
        inches = math.hypot(matrix.a, matrix.b) / POINTS_PER_INCH
        finest = max(finest, item.get_px_size()[0] / inches if inches > 0 else 0.0)
    return finest


def _shown(direction: Vector, quarter_turns: int) -> Vector:
    """A direction of PDF space (y up) on the shown page (y down), turned clockwise."""
    x, y = direction
    for _ in range(quarter_turns):
        x, y = y, -x
    return x, -y


def _placed_bounds(matrix: pypdfium2.PdfMatrix) -> Bounds:
    xs = [matrix.e + u * matrix.a + v * matrix.c for u in (0, 1) for v in (0, 1)]
    ys = [matrix.f + u * matrix.b + v * matrix.d for u in (0, 1) for v in (0, 1)]
    return min(xs), min(ys), max(xs), max(ys)


def _page_box(page: pypdfium2.PdfPage) -> Bounds:
    left, bottom, right, top = page.get_cropbox()
    media = page.get_mediabox()
    return max(left, media[0]), max(bottom, media[1]), min(right, media[2]), min(top, media[3])


def _inside(inner: Bounds, outer: Bounds, picture: Bounds) -> bool:
    """Whether ``inner`` lies in ``outer``, but for the overhang allowed to a picture this large."""
    x = _OVERHANG * (picture[2] - picture[0])
    y = _OVERHANG * (picture[3] - picture[1])
    left_bottom = inner[0] >= outer[0] - x and inner[1] >= outer[1] - y
    return left_bottom and inner[2] <= outer[2] + x and inner[3] <= outer[3] + y


def _is_upright(columns: Vector, rows: Vector) -> bool:
    """Whether the picture's sides run along the page's, in whatever quarter turn or mirror."""
    size = max(map(abs, (*columns, *rows)))
    straight = max(abs(columns[1]), abs(rows[0])) <= _STRAIGHT * size
    quarter = max(abs(columns[0]), abs(rows[1])) <= _STRAIGHT * size
    return size > 0 and straight != quarter


def _is_invisible_text(item: pypdfium2.PdfObject) -> bool:
    is_text = item.type == pdfium.FPDF_PAGEOBJ_TEXT
    return is_text and bool(pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE)


def _has_visible_annotations(page: pypdfium2.PdfPage) -> bool:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if subtype not in _UNSEEN_ANNOTATIONS:
            return True
    return False


def _clip_box(image: pypdfium2.PdfImage, unclipped: Bounds) -> Bounds:
    """Bounds of the clipping paths on the picture, ``unclipped`` if there are none.

    Paths of more than a rectangle's five points count as clipping everything.
    """
    clip = pdfium.FPDFPageObj_GetClipPath(image)
    left, bottom, right, top = unclipped
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
        points = list(_clip_points(clip, path))
        if len(points) not in (4, 5):
            return (0.0, 0.0, 0.0, 0.0)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, bottom = max(left, min(xs)), max(bottom, min(ys))
        right, top = min(right, max(xs)), min(top, max(ys))
    return left, bottom, right, top


def _clip_points(clip: object, path: int) -> Iterator[Vector]:
    for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        yield x.value, y.value
