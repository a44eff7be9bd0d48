"""Light and grey levels: what a raster's values reflect, and how a device codes what it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL = 255
"""White paper. Eight bits of light keep paper and ink apart; only solid blacks lose shades."""


def _reflectance() -> NDArray[np.uint8]:
    value = np.arange(256) / 255
    dark = value <= 0.04045  # noqa: PLR2004 - IEC 61966-2-1
    linear = np.where(dark, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.round(linear * FULL).astype(np.uint8)


_TABLE = _reflectance()


def reflected(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Reflectance, 0..FULL, of sRGB-coded values; any number of channels."""
    return np.asarray(cv2.LUT(pixels, _TABLE), np.uint8)


def coded(
    light: NDArray[np.uint8], white: float, gamma: float, flare: float = 0.0
) -> NDArray[np.uint8]:
    """What a device's 8 bits say of light: full reflectance becomes ``white`` (0..255 and above).

    ``gamma`` is the exponent of the coding (about 2.2), ``flare`` the share of stray light that
    lifts the blacks.
    """
    value = np.arange(FULL + 1) / FULL
    lifted = (value + flare) / (1 + flare)
    table = np.clip(np.round(white * lifted ** (1 / gamma)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(light, table), np.uint8)


def curved(
    image: NDArray[np.uint8], black: float, white: float, contrast: float = 0.0
) -> NDArray[np.uint8]:
    """Levels from ``black`` to ``white`` stretched to 0..255, with an S-curve of ``contrast``."""
    value = np.clip((np.arange(256) - black) / max(white - black, 1), 0, 1)
    value = value + contrast * (value * value * (3 - 2 * value) - value)
    table = np.clip(np.round(value * 255), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, table), np.uint8)


def sharpened(image: NDArray[np.uint8], amount: float, radius_px: float) -> NDArray[np.uint8]:
    """Unsharp masking, as devices do it."""
    if amount <= 0:
        return image
    soft = cv2.GaussianBlur(image, (0, 0), radius_px)
    return np.asarray(cv2.addWeighted(image, 1 + amount, soft, -amount, 0), np.uint8)
