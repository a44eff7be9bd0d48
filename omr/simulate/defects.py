"""Defects: background, dust, streaks, folds, stains and shadows, as what they do to an image.

Each function takes the image in grey levels, (H, W) or (H, W, 3) float32, and changes it in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from omr.simulate.settings import Blemishes, Tone

    Image = NDArray[np.float32]


_WOOD = np.array([1.08, 1.0, 0.88], np.float32)
"""Tint of what lies beyond the paper, in colour images."""


def spoil(image: Image, blemishes: Blemishes, px_per_mm: float, rng: np.random.Generator) -> None:
    """Put the expected numbers of defects somewhere on the image."""
    kinds: tuple[tuple[float, Callable[..., None]], ...] = (
        (blemishes.stains, _stain),
        (blemishes.folds, _fold),
        (blemishes.dust, _dust),
        (blemishes.streaks, _streak),
    )
    for expected, put in kinds:
        for _ in range(int(rng.poisson(expected))):
            put(image, px_per_mm, rng)


def shade(image: Image, tone: Tone, rng: np.random.Generator) -> None:
    """Light that falls off to one side, and a soft shadow over part of the page."""
    if tone.shade == 0 and tone.shadow == 0:
        return
    height, width = image.shape[:2]
    rows, columns = (np.linspace(-1, 1, n, dtype=np.float32) for n in (height // 16, width // 16))
    angle = rng.uniform(0, 2 * np.pi)
    across = columns[None, :] * np.cos(angle) + rows[:, None] * np.sin(angle)
    light = 1 - tone.shade * (across + 1.4) / 2.8
    edge = across * rng.choice([-1, 1]) + 0.6 * rng.normal() + 0.3 * rows[:, None] ** 2
    light *= 1 - tone.shadow / (1 + np.exp(-edge * rng.uniform(4, 14)))
    full = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    _dim(image, full)


def lay_on_background(
    image: Image, beyond: NDArray[np.uint8], tone: Tone, rng: np.random.Generator
) -> None:
    """Show lid or desk where ``beyond`` (H, W) is 255, with the paper's edge antialiased."""
    if not beyond.any():
        return
    share = np.asarray(cv2.GaussianBlur(beyond, (0, 0), 0.6), np.float32) / np.float32(255)
    behind = np.full(beyond.shape, tone.background, np.float32)
    if tone.texture > 0:
        behind += _grain(beyond.shape, rng) * np.float32(tone.texture)
    if image.ndim == 3:  # noqa: PLR2004 - colour
        image += (behind[:, :, None] * _WOOD - image) * share[:, :, None]
    else:
        image += (behind - image) * share


def _grain(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    """(H, W) unit noise drawn out in one direction, as wood or cloth has it."""
    coarse = rng.standard_normal((shape[0] // 4 + 2, shape[1] // 4 + 2), dtype=np.float32)
    ways = ((9.0, 0.8), (0.8, 9.0), (1.5, 1.5))
    along, across = ways[int(rng.integers(len(ways)))]
    drawn_out = cv2.GaussianBlur(coarse, (0, 0), along, sigmaY=across)
    full = cv2.resize(drawn_out / drawn_out.std(), (shape[1], shape[0]))
    return np.asarray(full, np.float32)


def _dim(image: Image, light: NDArray[np.float32]) -> None:
    """Multiply by (H, W) light."""
    image *= light if image.ndim == light.ndim else light[:, :, None]


def _dust(image: Image, px_per_mm: float, rng: np.random.Generator) -> None:
    """A speck or a hair on the glass: 0.1 to 0.5 mm, dark, now and then light."""
    at = _somewhere(image, rng)
    level = 255.0 if rng.random() < 0.15 else rng.uniform(20, 150)  # noqa: PLR2004 - light dust
    axes = np.maximum(rng.uniform(0.04, 0.2, 2) * px_per_mm, 0.6)
    _blend(image, _ellipse(image, at, axes, rng.uniform(0, 180)), level, 0.9)


def _streak(image: Image, px_per_mm: float, rng: np.random.Generator) -> None:
    """Dirt under the line of sensors: a thin line down the whole image, or most of it."""
    height, width = image.shape[:2]
    x = int(rng.integers(width))
    thick = max(1, round(rng.uniform(0.05, 0.22) * px_per_mm))
    top = 0 if rng.random() < 0.7 else int(rng.integers(height // 2))  # noqa: PLR2004 - whole ones
    part = image[top:, x : x + thick]
    part *= rng.uniform(0.45, 0.85) if rng.random() < 0.75 else 1.0  # noqa: PLR2004 - dark ones
    part += (255 - part) * rng.uniform(0.0, 0.25)


def _fold(image: Image, px_per_mm: float, rng: np.random.Generator) -> None:
    """A crease: a narrow shadow with a light edge, right across the page."""
    height, width = image.shape[:2]
    lies = rng.random() < 0.7  # noqa: PLR2004 - most sheets are folded across
    span, run = (height, width) if lies else (width, height)
    middle = span * float(rng.choice([1 / 2, 1 / 3, 2 / 3]) + rng.normal(0, 0.04))
    line = middle + np.linspace(-1, 1, run) * rng.normal(0, 0.01 * span)
    reach = int(2 * px_per_mm)
    depth = rng.uniform(0.06, 0.28)
    low = int(np.clip(line.min() - reach, 0, span - 1))
    high = int(np.clip(line.max() + reach, 1, span))
    away = (np.arange(low, high)[:, None] - line[None, :]) / px_per_mm
    knots = np.arange(0, run + 40, 40)
    broken = 0.6 + 0.4 * np.interp(np.arange(run), knots, rng.random(len(knots)))
    light = 1 - depth * broken * (
        np.exp(-((away / 0.25) ** 2)) - 0.3 * np.exp(-((away - 0.6) ** 2))
    )
    if lies:
        _dim(image[low:high], light.astype(np.float32))
    else:
        _dim(image[:, low:high], light.T.astype(np.float32))


def _stain(image: Image, px_per_mm: float, rng: np.random.Generator) -> None:
    """Tea or grease: a soft blot of 5 to 25 mm with a darker rim."""
    radius = rng.uniform(2.5, 12.5) * px_per_mm
    at = _somewhere(image, rng)
    top, left = (int(max(0, v - 1.3 * radius)) for v in (at[1], at[0]))
    part = image[top : int(at[1] + 1.3 * radius), left : int(at[0] + 1.3 * radius)]
    rows = (np.arange(part.shape[0]) + top - at[1])[:, None] / radius
    columns = (np.arange(part.shape[1]) + left - at[0])[None, :] / radius
    angle = np.arctan2(rows, columns)
    uneven = 1 + 0.08 * np.sin(3 * angle + rng.uniform(0, 6)) + 0.05 * np.sin(5 * angle)
    out = np.hypot(rows, columns) * uneven
    inside = 1 / (1 + np.exp((out - 1) * 40))
    rim = np.exp(-(((out - 0.97) / 0.04) ** 2))
    depth = rng.uniform(0.05, 0.25)
    light = (1 - depth * (0.6 * inside + 0.5 * rim)).astype(np.float32)
    tint = np.array([1.0, 1.15, 1.6], np.float32)
    if part.ndim == 3:  # noqa: PLR2004 - colour: tea takes the blue away
        part *= 1 - (1 - light[:, :, None]) * tint
    else:
        part *= light


def _somewhere(image: Image, rng: np.random.Generator) -> tuple[float, float]:
    height, width = image.shape[:2]
    return float(rng.uniform(0, width)), float(rng.uniform(0, height))


def _ellipse(
    image: Image, at: tuple[float, float], axes: NDArray[np.float64], angle: float
) -> tuple[slice, slice, NDArray[np.float32]]:
    """A small antialiased ellipse: the rows and columns it covers and its (h, w) coverage."""
    reach = int(axes.max()) + 3
    top, left = max(0, int(at[1]) - reach), max(0, int(at[0]) - reach)
    bottom, right = (min(n, int(v) + reach) for n, v in zip(image.shape, at[::-1], strict=False))
    mask = np.zeros((max(0, bottom - top), max(0, right - left)), np.uint8)
    centre = (round((at[0] - left) * 16), round((at[1] - top) * 16))
    size = (round(axes[0] * 16), round(axes[1] * 16))
    if mask.size:
        cv2.ellipse(mask, centre, size, angle, 0, 360, 255, -1, cv2.LINE_AA, 4)
    return slice(top, bottom), slice(left, right), np.asarray(mask, np.float32) / np.float32(255)


def _blend(
    image: Image, spot: tuple[slice, slice, NDArray[np.float32]], level: float, strength: float
) -> None:
    rows, columns, mask = spot
    part = image[rows, columns]
    share = (mask if part.ndim == mask.ndim else mask[:, :, None]) * strength
    part += (level - part) * share
