"""Pictures of what went wrong, cut from the scan where the targets truly are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from omr.accuracy.model import Captured
    from omr.geometry import Box
    from omr.layout.model import Layout, Target

PX_PER_MM = 9.0
MARGIN_MM = 6.0
LEFT_MM = 14.0
"""More is shown to the left, where the question's words end."""
WIDEST_MM = 110.0
TALLEST_MM = 90.0
PAGE_PX = 1100
JPEG_QUALITY = 72
COLOURS = {"marked": (0, 140, 0), "unmarked": (200, 120, 0), "marginal": (0, 120, 255)}
"""BGR, by the state that was read; red for all others."""
OTHER = (0, 0, 230)
NO_PAPER = (160, 160, 160)


def question_crop(
    captured: Captured, layout: Layout, question: str, states: Mapping[str, str]
) -> bytes:
    """A question's targets, upright, each outlined in the colour of the state read (``states``)."""
    page = next(p for p in layout.pages if any(t.question == question for t in p.targets))
    targets = [target for target in page.targets if target.question == question]
    window = _window(targets)
    image, to_picture = _upright(_decoded(captured.data, captured.suffix), captured, window)
    for target in targets:
        corners = _moved(captured.locate(target.box.grown(0.5).corners()), to_picture)
        colour = COLOURS.get(states.get(target.option, ""), OTHER)
        cv2.polylines(image, [np.rint(corners * 8).astype(np.int32)], True, colour, 1,
                      cv2.LINE_AA, 3)  # fmt: skip
        x, y = np.rint(corners[3]).astype(int)
        cv2.putText(image, target.option, (int(x), int(y) + 13), cv2.FONT_HERSHEY_SIMPLEX, 0.4,
                    colour, 1, cv2.LINE_AA)  # fmt: skip
    return _jpeg(image)


def page_picture(captured: Captured) -> bytes:
    """The whole image, small."""
    image = _decoded(captured.data, captured.suffix)
    factor = min(1.0, PAGE_PX / max(image.shape[:2]))
    return _jpeg(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


def _window(targets: list[Target]) -> tuple[float, float, float, float]:
    boxes: list[Box] = [target.box for target in targets]
    left, right = min(b.x for b in boxes) - LEFT_MM, max(b.right for b in boxes) + MARGIN_MM
    top, bottom = min(b.y for b in boxes) - MARGIN_MM, max(b.bottom for b in boxes) + MARGIN_MM
    return left, top, min(right, left + WIDEST_MM * 2), min(bottom, top + TALLEST_MM)


def _upright(
    image: NDArray[np.uint8], captured: Captured, window: tuple[float, float, float, float]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The window of paper as a BGR picture, and the (2, 3) map from the image to it."""
    left, top, right, bottom = window
    seen = captured.locate(np.array([[left, top], [right, top], [left, bottom]], dtype=float))
    width, height = round((right - left) * PX_PER_MM), round((bottom - top) * PX_PER_MM)
    into = np.array([[0, 0], [width, 0], [0, height]], np.float32)
    to_picture = cv2.getAffineTransform(seen.astype(np.float32), into)
    picture = cv2.warpAffine(
        image, to_picture, (width, height), flags=cv2.INTER_LINEAR, borderValue=NO_PAPER
    )
    return np.asarray(picture, np.uint8), np.asarray(to_picture, np.float64)


def _moved(points: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(points @ by[:, :2].T + by[:, 2], np.float64)


@lru_cache(maxsize=2)
def _decoded(data: bytes, suffix: str) -> NDArray[np.uint8]:
    """The image as BGR, pixels as stored; a PDF gives up the one picture that it holds.

    A page has several failures more often than not, and decoding is what a picture costs.
    """
    picture = _picture_in_pdf(data) if suffix == ".pdf" else data
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), flags)
    if image is None:
        return np.full((400, 400, 3), 160, np.uint8)
    return np.asarray(image, np.uint8)


def _picture_in_pdf(data: bytes) -> bytes:
    from io import BytesIO  # noqa: PLC0415 - only PDFs need it

    import pikepdf  # noqa: PLC0415 - only PDFs need it

    with pikepdf.open(BytesIO(data)) as document:
        [picture] = document.pages[0].images.values()
        out = BytesIO()
        pikepdf.PdfImage(cast("pikepdf.Stream", picture)).as_pil_image().save(out, "PNG")
        return out.getvalue()


def _jpeg(image: NDArray[np.uint8] | cv2.typing.MatLike) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()
