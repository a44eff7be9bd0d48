"""How well a printed outline - an oval or a box - is seen at a place of a picture.

Seen from its inside, the outer rim of a printed bubble turns from dark to bright everywhere. So the
picture's gradients, freed of their strength, are compared with the outward directions of the
outline: 1 if the whole rim points outwards, near 0 for letters, noise, or paper. A mark in the
bubble changes this little, because it ends in bright paper too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.layout.model import Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Field = tuple[NDArray[np.float32], NDArray[np.float32]]
    """Directions along x and along y, a pair of (H, W)."""

LEAST_GRADIENT = 1.5
"""Grey levels per pixel that half count as an edge; on grainy pictures it is more (below)."""
NOISE_FACTOR = 3.0
"""Gradients of this many times the median one half count as an edge."""
SPACING = 0.7
"""Pixels between the points at which an outline is sampled."""


def gradients(gray: NDArray[np.uint8], bubble_px: float) -> Field:
    """Grey levels per pixel along x and along y.

    ``bubble_px`` is the size of the bubbles sought: finer detail than a thirtieth of it is blurred.
    """
    smooth = cv2.GaussianBlur(gray.astype(np.float32), (0, 0), max(0.7, bubble_px / 30))
    along_x = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    along_y = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(along_x, np.float32), np.asarray(along_y, np.float32)


def directions(slopes: Field) -> Field:
    """Gradients, each divided by its length plus that of an edge that half counts."""
    length = cv2.magnitude(*slopes)
    half = max(LEAST_GRADIENT, NOISE_FACTOR * float(np.median(length)))
    return slopes[0] / (length + half), slopes[1] / (length + half)


def rim_kernel(shape: Shape, width: float, height: float) -> Field:
    """Kernels that :func:`rim_scores` lays over the directions: outward, and 1 in all.

    The outline's middle lies on the middle pixel of the (odd, odd) kernels.
    """
    points, normals = _oval(width, height) if shape is Shape.OVAL else _box(width, height)
    reach_x, reach_y = int(width / 2) + 2, int(height / 2) + 2
    kernels = np.zeros((2, 2 * reach_y + 1, 2 * reach_x + 1), np.float32)
    low = np.floor(points).astype(int)
    part = points - low
    for dx in (0, 1):
        for dy in (0, 1):
            weight = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
            place = (low[:, 1] + dy + reach_y, low[:, 0] + dx + reach_x)
            for axis in (0, 1):
                np.add.at(kernels[axis], place, weight * normals[:, axis] / len(points))
    return kernels[0], kernels[1]


def rim_scores(field: Field, kernel: Field) -> NDArray[np.float32]:
    """Score (H, W) of the outline with its middle on each pixel, -1 to 1."""
    scores = [
        cv2.filter2D(plane, cv2.CV_32F, part, borderType=cv2.BORDER_CONSTANT)
        for plane, part in zip(field, kernel, strict=True)
    ]
    return np.asarray(scores[0] + scores[1], np.float32)


def _oval(width: float, height: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    count = max(16, int(np.pi * (width + height) / 2 / SPACING))
    turn = np.arange(count) * (2 * np.pi / count)
    unit = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    normals = unit / (width, height)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return unit * (width / 2, height / 2), normals


def _box(width: float, height: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    across = np.linspace(-0.5, 0.5, max(4, int(width / SPACING)) + 2)[1:-1] * width
    down = np.linspace(-0.5, 0.5, max(4, int(height / SPACING)) + 2)[1:-1] * height
    sides = []
    for sign in (-1.0, 1.0):
        sides.append((np.stack([across, np.full_like(across, sign * height / 2)], 1), (0.0, sign)))
        sides.append((np.stack([np.full_like(down, sign * width / 2), down], 1), (sign, 0.0)))
    points = np.concatenate([side for side, _ in sides])
    normals = np.concatenate([np.tile(normal, (len(side), 1)) for side, normal in sides])
    return points, normals
