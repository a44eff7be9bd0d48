"""The picture of a question that a person decides on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box
from omr.registration.page_code import upright_patch

if TYPE_CHECKING:
    from omr.registration.model import RegisteredPage

PICTURE_PX_PER_MM = 6.0
MARGIN_MM = 6.0
LABEL_MM = 95.0
"""Room left of a scale's first target for the question's text, as far as the page reaches."""
JPEG_QUALITY = 80


def question_picture(page: RegisteredPage, question: str) -> bytes:
    """A JPEG of the question's targets with the print and writing around them, upright.

    The targets are framed in thin green, so that a person sees what is meant; the scan itself is
    never altered.
    """
    boxes = [p.target.box for p in page.placements if p.target.question == question]
    area = _area(boxes, page)
    scan = page.page.image
    picture = upright_patch(scan, page.transform, area, PICTURE_PX_PER_MM)
    if picture.ndim == 2:  # noqa: PLR2004 - grey
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    for placement in page.placements:
        if placement.target.question != question:
            continue
        x, y = placement.shift_mm
        box = placement.target.box.grown(0.6)
        corners = (box.corners() + np.array([x - area.x, y - area.y])) * PICTURE_PX_PER_MM
        cv2.polylines(picture, [np.rint(corners).astype(np.int32)], True, (60, 160, 60), 1)
    ok, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not ok:  # pragma: no cover - OpenCV cannot fail to encode a plain picture
        message = "a question's picture could not be encoded as JPEG"
        raise RuntimeError(message)
    return jpeg.tobytes()


def _area(boxes: list[Box], page: RegisteredPage) -> Box:
    width = page.reference.image.shape[1] / page.reference.pixels_per_mm
    height = page.reference.image.shape[0] / page.reference.pixels_per_mm
    left = max(0.0, min(box.x for box in boxes) - LABEL_MM)
    top = max(0.0, min(box.y for box in boxes) - MARGIN_MM)
    right = min(width, max(box.right for box in boxes) + 4 * MARGIN_MM)
    bottom = min(height, max(box.bottom for box in boxes) + MARGIN_MM)
    return Box(left, top, right - left, bottom - top)
