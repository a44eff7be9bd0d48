"""Pictures brought to another resolution, and a page image brought into the frame of its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.registration.tiles import TILE_PPM, soften

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import PageTransform
    from omr.registration.warp import Warp

PAPER = 255
"""Grey of what lies outside the image: nothing printed."""
ENLARGED = 0.8
"""Below this factor a picture is averaged down, so that thin print is not lost between pixels."""


def resampled(picture: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """The picture made smaller (area mean) or larger (linear) by ``factor`` in both directions."""
    height, width = picture.shape[:2]
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return cv2.resize(picture, size, interpolation=way)  # type: ignore[return-value]


def straightened(
    gray: NDArray[np.uint8], transform: PageTransform, warp: Warp, shape: tuple[int, int]
) -> NDArray[np.float32]:
    """The page as its paper, upright, at TILE_PPM, softened: (H, W) of ``shape``."""
    height, width = shape
    middle = np.array([width / 2, height / 2]) / TILE_PPM
    factor = TILE_PPM / float(np.mean(transform.pixels_per_mm(middle)))
    if factor < ENLARGED:
        small = resampled(gray, factor)
        ratio_y, ratio_x = small.shape[0] / gray.shape[0], small.shape[1] / gray.shape[1]
        # Pixel centres, not corners, are the whole numbers.
        change = np.array(
            [[ratio_x, 0, (ratio_x - 1) / 2], [0, ratio_y, (ratio_y - 1) / 2], [0, 0, 1]]
        )
        gray, transform = small, transform.then(change)
    shifts = warp.dense(shape, TILE_PPM)
    xs = (np.arange(width, dtype=np.float32) + 0.5) / TILE_PPM + shifts[:, :, 0]
    ys = ((np.arange(height, dtype=np.float32) + 0.5) / TILE_PPM)[:, None] + shifts[:, :, 1]
    m = transform.matrix.astype(np.float32)
    depth = m[2, 0] * xs + m[2, 1] * ys + m[2, 2]
    columns = (m[0, 0] * xs + m[0, 1] * ys + m[0, 2]) / depth
    rows = (m[1, 0] * xs + m[1, 1] * ys + m[1, 2]) / depth
    flat = cv2.remap(
        gray, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=PAPER
    )
    return soften(flat)  # type: ignore[arg-type]
