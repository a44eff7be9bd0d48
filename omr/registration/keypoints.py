"""Printed features of a picture and the coarse place of a reference on a page image.

Scale-invariant features (SIFT) survive any turn, another resolution, 1-bit scanning and a moderate
perspective, and most of them come from the print, which is the same on every sheet. What a pen
added is voted down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_FEATURES = 4000
"""Strongest features kept per picture: a full page of print has 3,000 to 8,000 at 110 dpi."""
CLEAR_MATCH = 0.85
"""Largest ratio of the best to the second best descriptor distance. Lowe's 0.8 loses too many
letters of small print that occur several times; the geometric vote takes care of the rest."""
VOTE_MM = 2.5
"""A match this near to the common homography votes for it: curled paper bends this far."""
MIN_VOTES = 12
"""Fewest agreeing matches. Chance finds four that agree exactly, and seldom more than eight."""
MIN_DESCRIPTORS = 8
"""With fewer, a picture is taken for bare."""
SINGULAR = 1e-12
"""Determinant below which a homography cannot be turned round."""
MOST_UNEVEN = 16.0
"""Largest ratio of areas between two corners of the paper: lengths 4 to 1. A steep photograph of
a whole sheet reaches half of that."""
MOST_STRETCHED = 2.5
"""Largest ratio of the scales in two directions at the middle of the paper: a camera that looks
at it 66 degrees away from upright."""


@dataclass(frozen=True)
class Features:
    """(N, 2) positions, in px of the picture or mm of the paper, and (N, 128) unit descriptors."""

    points: NDArray[np.float64]
    descriptors: NDArray[np.float32]


@dataclass(frozen=True)
class CoarsePlace:
    """(3, 3) homography from paper (mm) to image (px) and how many matches voted for it."""

    matrix: NDArray[np.float64]
    votes: int


def find_features(gray: NDArray[np.uint8]) -> Features:
    """SIFT features of a grey picture; positions in its pixels.

    Descriptors are square-rooted (RootSIFT, Arandjelović and Zisserman 2012), so that their dot
    product is the Hellinger kernel: it weighs the few strong bins of black print less.
    """
    sift = cv2.SIFT_create(nfeatures=MAX_FEATURES)  # type: ignore[attr-defined]
    keypoints, descriptors = sift.detectAndCompute(gray, None)
    if descriptors is None or not len(keypoints):
        return Features(np.zeros((0, 2)), np.zeros((0, 128), np.float32))
    points = np.array([keypoint.pt for keypoint in keypoints], dtype=np.float64)
    total = descriptors.sum(axis=1, keepdims=True)
    return Features(points, np.sqrt(descriptors / np.maximum(total, 1e-9)).astype(np.float32))


def place_reference(
    reference: Features, page: Features, size_mm: tuple[float, float]
) -> CoarsePlace | None:
    """Where the reference lies on the page by its features, or None if they do not agree.

    ``reference`` has positions in mm, ``page`` in px; ``size_mm`` is width and height of the paper.
    """
    if min(len(reference.points), len(page.points)) < MIN_DESCRIPTORS:
        return None
    on_paper, on_image = _matching_points(reference, page)
    if len(on_paper) < MIN_VOTES:
        return None
    # The vote is taken on paper, where its limit has a meaning, so the image is mapped to it.
    matrix, voted = cv2.findHomography(
        on_image, on_paper, cv2.USAC_MAGSAC, VOTE_MM, maxIters=10_000, confidence=0.999
    )
    if matrix is None or abs(np.linalg.det(matrix)) < SINGULAR:
        return None
    votes = _distinct(on_paper[voted.ravel() > 0])
    forward = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    forward /= forward[2, 2]
    if votes < MIN_VOTES or not is_plausible(forward, size_mm):
        return None
    return CoarsePlace(forward, votes)


def is_plausible(matrix: NDArray[np.float64], size_mm: tuple[float, float]) -> bool:
    """Whether a camera or a scanner can have seen a sheet of paper like this.

    The paper must not be mirrored or folded over, nor too uneven or too stretched.
    """
    width, height = size_mm
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
    determinants = []
    for x, y in corners:
        depth = matrix[2, 0] * x + matrix[2, 1] * y + 1.0
        if depth <= 0:
            return False
        determinants.append(np.linalg.det(matrix) / depth**3)
    middle = np.array([width / 2, height / 2, 1.0])
    depth = matrix[2] @ middle
    point = matrix @ middle / depth
    jacobian = (matrix[:2, :2] - np.outer(point[:2], matrix[2, :2])) / depth
    stretch = np.linalg.svd(jacobian, compute_uv=False)
    return bool(
        min(determinants) > 0
        and max(determinants) < MOST_UNEVEN * min(determinants)
        and stretch[0] < MOST_STRETCHED * stretch[1]
    )


def _matching_points(
    reference: Features, page: Features
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions of the descriptors that are each other's clear best match."""
    likeness = reference.descriptors @ page.descriptors.T
    rows = np.arange(len(likeness))
    best = likeness.argmax(axis=1)
    best_value = likeness[rows, best]
    back = likeness.argmax(axis=0)
    likeness[rows, best] = -1.0
    second_value = likeness.max(axis=1)
    # For unit vectors the squared distance is 2 - 2 x likeness.
    clear = (1 - best_value) < CLEAR_MATCH**2 * (1 - second_value)
    kept = clear & (back[best] == rows)
    return reference.points[kept], page.points[best[kept]]


def _distinct(points: NDArray[np.float64]) -> int:
    """Number of votes from different millimetres of the paper: one spot may give several."""
    return len(np.unique(np.round(points), axis=0))
