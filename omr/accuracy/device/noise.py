"""Noise of sensors: tiles made once a process, laid over images in pieces from anywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIDE = 1024
_PIECE = 600
"""Side of the pieces that are cut out of a tile anywhere."""
_UNIT = 64.0


def add_noise(
    image: NDArray[np.uint8], sigma: float, grain_px: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """The image (H, W) or (H, W, 3) with Gaussian noise of ``sigma`` grey levels, in place.

    ``grain_px`` is the standard deviation of the blur that the device's denoising left in it.
    Colour channels share most of it, as after demosaicing.
    """
    if sigma <= 0:
        return image
    tile = _tile(round(grain_px * 4), 3 if image.ndim == 3 else 1)  # noqa: PLR2004
    scaled = cv2.convertScaleAbs(tile, alpha=sigma / _UNIT, beta=128.0)  # rounded, 128 is none
    for top in range(0, image.shape[0], _PIECE):
        for left in range(0, image.shape[1], _PIECE):
            part = image[top : top + _PIECE, left : left + _PIECE]
            y, x = (int(value) for value in rng.integers(0, _SIDE - _PIECE, 2))
            piece = scaled[y : y + part.shape[0], x : x + part.shape[1]]
            cv2.addWeighted(part, 1.0, piece, 1.0, -128.0, part)
    return image


@cache
def _tile(grain_quarters: int, channels: int) -> NDArray[np.int16]:
    rng = np.random.default_rng((5, grain_quarters, channels))
    layers = [_layer(rng, grain_quarters / 4)]
    if channels > 1:
        shared = layers[0]
        layers = [0.8 * shared + 0.6 * _layer(rng, 1.5 * grain_quarters / 4) for _ in range(3)]
    stacked = np.stack(layers, axis=-1) if channels > 1 else layers[0]
    return np.round(stacked * _UNIT).astype(np.int16)


def _layer(rng: np.random.Generator, grain: float) -> NDArray[np.float32]:
    noise = rng.standard_normal((_SIDE, _SIDE), dtype=np.float32)
    if grain > 0:
        soft = cv2.GaussianBlur(noise, (0, 0), grain, borderType=cv2.BORDER_REFLECT)
        noise = np.asarray(soft, np.float32)
    return np.asarray(noise / noise.std(), np.float32)


@cache
def texture(octaves: int) -> NDArray[np.float32]:
    """(1024, 1024) cloudy relief, mean 0, standard deviation 1: paper, cloth, dirt."""
    rng = np.random.default_rng((6, octaves))
    total = np.zeros((_SIDE, _SIDE), np.float32)
    for octave in range(octaves):
        side = 4 << octave
        coarse = rng.standard_normal((side, side), dtype=np.float32)
        total += cv2.resize(coarse, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC) / (1 + octave)
    return np.asarray((total - total.mean()) / total.std(), np.float32)


def slow(rng: np.random.Generator, count: int, knots: int) -> NDArray[np.float64]:
    """(count,) smooth noise of about unit amplitude with ``knots`` free values."""
    values = rng.normal(size=max(2, knots)).astype(np.float32)
    wide = cv2.resize(values[None, :], (count, 1), interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide[0], np.float64)
