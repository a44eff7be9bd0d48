"""Ink on paper: strokes become what the pen left on the raster of the printed page.

Each stroke is drawn into a small window at twice the raster's resolution, the paper's tooth breaks
it up, and the paper's light is multiplied by the ink's transmission (Beer-Lambert, in linear
light): a second layer darkens, blue ink over black print stays black.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.model import PaperSide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.accuracy.hand.model import FilledSheet, Pen, Stroke

_OVER = 2
_SHIFT = 4
_TILE = 1024
_TOOTH_MM = 0.09


def draw(paper: PaperSide, sheet: FilledSheet, page_number: int) -> PaperSide:
    """The page with this person's ink on it; ``paper`` stays as it was."""
    pixels = paper.pixels.copy()
    for index, stroke in enumerate(sheet.strokes.get(page_number, ())):
        _draw(pixels, paper.px_per_mm, stroke, sheet.pen, sheet.seed * 31 + index)
    return PaperSide(pixels, paper.px_per_mm)


def _draw(pixels: NDArray[np.uint8], px_per_mm: float, stroke: Stroke, pen: Pen, salt: int) -> None:
    reach = float(stroke.width.max()) + 0.2
    low = np.floor((stroke.points.min(axis=0) - reach) * px_per_mm).astype(int)
    high = np.ceil((stroke.points.max(axis=0) + reach) * px_per_mm).astype(int) + 1
    x0, y0 = np.maximum(low, 0)
    x1, y1 = np.minimum(high, (pixels.shape[1], pixels.shape[0]))
    if x1 <= x0 or y1 <= y0:
        return
    cover = _coverage(stroke, pen, px_per_mm, (int(x0), int(y0), int(x1), int(y1)))
    cover *= _tooth_at(pen, px_per_mm, (int(x0), int(y0), int(x1), int(y1)), salt)
    window = pixels[y0:y1, x0:x1]
    light = _TO_LINEAR[window]
    light *= np.exp(-cover[:, :, None] * np.asarray(pen.absorption, np.float32))
    window[:] = _FROM_LINEAR[(light * _STEPS).astype(np.uint16)]


def _coverage(
    stroke: Stroke, pen: Pen, px_per_mm: float, window: tuple[int, int, int, int]
) -> NDArray[np.float32]:
    """(h, w) density of the stroke's ink, 0 where there is none."""
    x0, y0, x1, y1 = window
    scale = px_per_mm * _OVER
    canvas = np.zeros(((y1 - y0) * _OVER, (x1 - x0) * _OVER), np.uint8)
    # Pixel (0, 0) covers paper from 0: its centre lies half a pixel in.
    at = (stroke.points * scale - (x0 * _OVER + 0.5, y0 * _OVER + 0.5)) * (1 << _SHIFT)
    places = np.round(at).astype(int).tolist()
    width = np.maximum(np.round(stroke.width * scale), 1).astype(int).tolist()
    shade = np.clip(stroke.density * 200, 0, 255).astype(int).tolist()
    for index in range(len(places) - 1):
        cv2.line(
            canvas,
            places[index],
            places[index + 1],
            shade[index],
            width[index],
            cv2.LINE_AA,
            _SHIFT,
        )
    if pen.rail:
        for index in range(len(places) - 1):
            middle = max(1, width[index] // 3)
            pale = int(shade[index] * (1 - pen.rail))
            cv2.line(canvas, places[index], places[index + 1], pale, middle, cv2.LINE_AA, _SHIFT)
    small = cv2.resize(canvas, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return np.asarray(small / np.float32(200), np.float32)


def _tooth_at(
    pen: Pen, px_per_mm: float, window: tuple[int, int, int, int], salt: int
) -> NDArray[np.float32]:
    """(h, w) how much of the ink the paper takes: its tooth is where it is, whatever the pen."""
    x0, y0, x1, y1 = window
    tile = _tooth(round(px_per_mm * _TOOTH_MM * 16))
    rows = (np.arange(y0, y1) + salt % 7 * 131) % _TILE
    columns = (np.arange(x0, x1) + salt % 11 * 89) % _TILE
    tooth = tile[rows][:, columns]
    taken = np.clip(1.0 + pen.grain * (tooth - 0.25) * 0.9, 0.0, 1.35)
    return np.asarray(taken, np.float32)


@cache
def _tooth(sigma_16: int) -> NDArray[np.float32]:
    """Relief of the paper as a tile that repeats: mean 0, standard deviation 1."""
    noise = np.random.default_rng(77).normal(size=(_TILE, _TILE)).astype(np.float32)
    wrapped = np.pad(noise, 16, mode="wrap")
    smooth = cv2.GaussianBlur(wrapped, (0, 0), sigma_16 / 16)[16:-16, 16:-16]
    return np.asarray((smooth - smooth.mean()) / smooth.std(), np.float32)


_STEPS = 4095


def _srgb_to_linear() -> NDArray[np.float32]:
    value = np.arange(256) / 255
    dark = value <= 0.04045  # noqa: PLR2004 - IEC 61966-2-1, as the next
    linear = np.where(dark, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


def _linear_to_srgb() -> NDArray[np.uint8]:
    value = np.arange(_STEPS + 1) / _STEPS
    dark = value <= 0.0031308  # noqa: PLR2004
    coded = np.where(dark, value * 12.92, 1.055 * value ** (1 / 2.4) - 0.055)
    return np.clip(np.round(coded * 255), 0, 255).astype(np.uint8)


_TO_LINEAR = _srgb_to_linear()
_FROM_LINEAR = _linear_to_srgb()
