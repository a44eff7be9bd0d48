"""Two small recognisers that look at a glyph in different ways, in plain numpy.

One is a convolutional network on the upright picture; the other counts the directions of the
edges of the plain picture in overlapping fields (as Liu et al., Pattern Recognition 36, 2003) and
puts a perceptron on the counts. Both know an eleventh class: no digit. What fools one seldom
fools the other, so that a digit is believed only where they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.digits.glyph import GLYPH_PX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from omr.digits.glyph import Glyph

    Real = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights.npz")
CLASSES = 11
"""Ten digits, and what is none."""
NO_DIGIT = 10
DIRECTIONS = 8
FIELDS = 5
"""Fields along each side in which edge directions are counted."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From scores to confidence, fitted on digits that were not trained on.

    ``softness``: what each view's scores are divided by, so that its chances mean what they say
    (Guo et al. 2017). ``slope`` and ``offset``: the logistic curve over the log odds of the view
    that is less sure (Platt 1999).
    """

    softness: tuple[float, float]
    slope: float
    offset: float


@dataclass(frozen=True)
class Recogniser:
    """Weights by name, as ``scripts/train_digits`` writes them, and how to read their scores."""

    weights: Mapping[str, Real]
    calibration: Calibration

    def picture_scores(self, pictures: Real) -> Real:
        """(N, GLYPH_PX, GLYPH_PX) upright pictures to (N, CLASSES) scores."""
        w = self.weights
        x = _pooled(_convolved(pictures[..., None], w["conv1"], w["bias1"]))
        x = _pooled(_convolved(x, w["conv2"], w["bias2"]))
        x = np.maximum(x.reshape(len(x), -1) @ w["full1"] + w["full1_bias"], 0)
        return np.asarray(x @ w["full2"] + w["full2_bias"], dtype=np.float32)

    def edge_scores(self, edges: Real) -> Real:
        """(N, DIRECTIONS * FIELDS**2) edge counts to (N, CLASSES) scores."""
        w = self.weights
        x = np.maximum(
            (edges - w["edge_mean"]) / w["edge_spread"] @ w["edge1"] + w["edge1_bias"], 0
        )
        return np.asarray(x @ w["edge2"] + w["edge2_bias"], dtype=np.float32)

    def scores(self, glyphs: Sequence[Glyph]) -> tuple[Real, Real]:
        """(N, CLASSES) scores of each view: natural logarithms of odds, up to a constant."""
        upright = np.stack([one.upright for one in glyphs])
        edges = edge_counts(np.stack([one.plain for one in glyphs]))
        return self.picture_scores(upright), self.edge_scores(edges)


@cache
def shipped() -> Recogniser:
    """The recogniser in the package."""
    return load_recogniser(WEIGHTS)


def load_recogniser(path: Path) -> Recogniser:
    """A recogniser from a file of weights (half floats) and its calibration."""
    with np.load(path) as kept:
        one, other, slope, offset = (float(figure) for figure in kept["calibration"])
        weights = {name: kept[name].astype(np.float32) for name in kept.files}
    return Recogniser(weights, Calibration((one, other), slope, offset))


def edge_counts(pictures: Real) -> Real:
    """(N, GLYPH_PX, GLYPH_PX) to (N, DIRECTIONS * FIELDS**2): how much edge runs which way, where.

    Each gradient is shared between the two nearest of eight directions; fields overlap as
    Gaussians; the square root makes the counts nearly normal.
    """
    return np.stack([_edge_counts(picture) for picture in pictures])


def _edge_counts(picture: Real) -> Real:
    smooth = cv2.GaussianBlur(picture, (0, 0), 0.8)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    length = np.hypot(across, down)
    turn = np.mod(np.arctan2(down, across) / (2 * np.pi) * DIRECTIONS, DIRECTIONS)
    apart = np.abs(turn[None] - np.arange(DIRECTIONS, dtype=np.float32)[:, None, None])
    share = np.clip(1 - np.minimum(apart, DIRECTIONS - apart), 0, 1) * length
    fields = _fields()
    counts = fields @ share.astype(np.float32) @ fields.T
    return np.asarray(np.sqrt(counts).ravel(), dtype=np.float32)


@cache
def _fields() -> Real:
    """(FIELDS, GLYPH_PX): Gaussian weights of the overlapping fields along one side."""
    pitch = GLYPH_PX / FIELDS
    middles = (np.arange(FIELDS) + 0.5) * pitch - 0.5
    away = (np.arange(GLYPH_PX)[None, :] - middles[:, None]) / (0.6 * pitch)
    return np.asarray(np.exp(-0.5 * away**2), dtype=np.float32)


def windows(x: Real, side: int) -> Real:
    """(N, H, W, C) to (N, H', W', side * side * C): every window, written out as a row."""
    seen = np.lib.stride_tricks.sliding_window_view(x, (side, side), axis=(1, 2))
    n, h, w = seen.shape[:3]
    return np.ascontiguousarray(seen.transpose(0, 1, 2, 4, 5, 3)).reshape(n, h, w, -1)


def _convolved(x: Real, kernel: Real, bias: Real) -> Real:
    """(N, H, W, C) with a (side * side * C, D) kernel, rectified: (N, H', W', D)."""
    side = round((kernel.shape[0] / x.shape[3]) ** 0.5)
    return np.asarray(np.maximum(windows(x, side) @ kernel + bias, 0), dtype=np.float32)


def _pooled(x: Real) -> Real:
    """(N, H, W, C) to half the height and width: the largest of each four."""
    n, h, w, c = x.shape
    return np.asarray(x.reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4)), dtype=np.float32)
