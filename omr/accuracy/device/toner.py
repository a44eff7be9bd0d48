"""Printers and photocopiers: what they make of a page before anybody writes on it, or after."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.device.chance import happens
from omr.accuracy.device.noise import texture
from omr.accuracy.model import PaperSide, Profile

if TYPE_CHECKING:
    from numpy.typing import NDArray


def print_on_paper(side: PaperSide, seed: int, profile: Profile) -> PaperSide:
    """The page as an office printer puts it on paper; poor and abused ones may be photocopies.

    Toner is dark grey, lies a little wider than the design, is cloudy in its solids and thin where
    the cartridge runs out. Nothing moves: scale and place of the print belong to the capture.
    """
    rng = np.random.default_rng((seed, 0x70E))
    grey = np.asarray(cv2.cvtColor(side.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    poor = profile in (Profile.POOR, Profile.ABUSED)
    pale = happens(rng, 0.25 if poor else 0.06)
    black = float(rng.uniform(70, 120) if pale else rng.uniform(22, 48))
    swell = float(np.clip(rng.normal(0.012, 0.015), -0.02, 0.045))
    grey = _laid_down(grey, side.px_per_mm, swell, black, cloud=20.0 if pale else 5.0, rng=rng)
    if poor and happens(rng, 0.35 if profile is Profile.POOR else 0.2):
        for _ in range(int(rng.choice([1, 2], p=[0.75, 0.25]))):
            grey = copied(grey, side.px_per_mm, rng)
    return PaperSide(np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8), side.px_per_mm)


def copied(
    grey: NDArray[np.uint8],
    px_per_mm: float,
    rng: np.random.Generator,
    level: tuple[float, float] = (120.0, 185.0),
) -> NDArray[np.uint8]:
    """A photocopy: soft, steep in contrast, swollen or thinned, with dots of stray toner.

    ``level`` is the range of the grey (0..255) that comes out as middle grey.
    """
    soft = cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(0.06, 0.10)) * px_per_mm)
    middle = float(rng.uniform(*level))
    steep = float(rng.uniform(16, 34))
    value = np.arange(256)
    black = rng.uniform(25, 60)
    table = black + (255 - black) / (1 + np.exp(-(value - middle) / steep))
    table = 255 - (255 - table) * (255 - black) / max(255 - table[0], 1.0)
    table = np.minimum(table + (255 - table[245]) * (value / 255) ** 4, 255)
    out = cv2.LUT(soft, np.clip(np.round(table), 0, 255).astype(np.uint8))
    for _ in range(int(rng.exponential(60))):
        x, y = int(rng.integers(out.shape[1])), int(rng.integers(out.shape[0]))
        size = max(1, int(rng.exponential(0.07) * px_per_mm))
        out[y : y + size, x : x + size] = int(rng.uniform(40, 160))
    return np.asarray(out, np.uint8)


def _laid_down(
    grey: NDArray[np.uint8],
    px_per_mm: float,
    swell_mm: float,
    black: float,
    *,
    cloud: float,
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """Swollen by ``swell_mm`` on each side (thinned if negative), black raised to ``black``."""
    sigma = 0.045 * px_per_mm
    soft = cv2.GaussianBlur(grey, (0, 0), sigma)
    # A soft edge crosses one half at the design's edge; another level lies a little outside.
    level = 255 * 0.5 * (1 + math.erf(swell_mm * px_per_mm / sigma / math.sqrt(2)))
    value = np.arange(256)
    sharp = np.clip((value - level) / (2 * min(level, 255 - level)) + 0.5, 0, 1)
    table = np.clip(np.round(black + (255 - black) * sharp), 0, 255).astype(np.uint8)
    laid = cv2.LUT(soft, table)
    top, left = (int(v) for v in rng.integers(0, 500, 2))
    relief = texture(8)[top : top + 500, left : left + 500]
    # Cloudy solids: nothing gets darker than the toner's black plus what it lacks there.
    least = np.clip(black * 0.9 + relief * cloud + cloud, 0, 150).astype(np.uint8)
    floor = cv2.resize(least, (laid.shape[1], laid.shape[0]))
    return np.asarray(cv2.max(laid, floor), np.uint8)
