"""Tell an empty side from one with print or writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORKING_LONG_SIDE_PX = 600
"""About 50 dpi: a line of text is still a dark streak, dust is averaged away."""
EDGE_SHARE = 0.05
"""The outer part of the image is not looked at: shadows and the feeder's background lie there."""
MARK_DARKNESS = 0.17
"""Darker than the paper around by this share of white. Show-through of a printed front comes to
0.1 in grey; in a 1-bit scan it is lost or breaks into specks that average below this."""
BLANK_SHARE = 0.0004
"""Share of dark pixels up to which a side is empty: 25 mm2 of an A4 page, less than one short
printed word."""


def is_blank(gray: NDArray[np.uint8]) -> bool:
    """Whether the image (H, W) shows an empty side of paper."""
    scale = WORKING_LONG_SIDE_PX / max(gray.shape)
    size = (max(8, round(gray.shape[1] * scale)), max(8, round(gray.shape[0] * scale)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    paper = np.asarray(cv2.medianBlur(np.asarray(small, dtype=np.uint8), 41), dtype=np.float32)
    if float(np.median(paper)) < 64:  # noqa: PLR2004 - a black picture is no paper at all
        return False
    top, left = (int(EDGE_SHARE * side) for side in small.shape[:2])
    darkness = 1.0 - small.astype(np.float32) / np.maximum(paper, 1.0)
    inner = darkness[top : small.shape[0] - top, left : small.shape[1] - left]
    return float((inner > MARK_DARKNESS).mean()) <= BLANK_SHARE
