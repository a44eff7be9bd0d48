"""What befalls paper between the desk and the scanner: folds, stains, thumbs, show-through."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.device.chance import happens
from omr.accuracy.device.noise import slow, texture
from omr.geometry import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Light = NDArray[np.uint8]


def fold(light: Light, px_per_mm: float, rng: np.random.Generator) -> tuple[Box, ...]:
    """A fold across the sheet, drawn in place: a broken line with a soft shadow on one side."""
    height, width = light.shape[0] / px_per_mm, light.shape[1] / px_per_mm
    level = happens(rng, 0.75)
    across, along = (width, height) if level else (height, width)
    share = float(rng.choice([0.5, 0.333, 0.667, rng.uniform(0.1, 0.9)]))
    start = along * share + rng.normal(0, 4)
    slope = rng.normal(0, 0.008)
    depth = float(rng.uniform(0.06, 0.30))
    shade = float(rng.uniform(0.0, 0.07)) * rng.choice([-1, 1])
    view = light if level else light.swapaxes(0, 1)
    low = max(0, int((start - abs(slope) * across - 5) * px_per_mm))
    high = min(view.shape[0], int((start + abs(slope) * across + 5) * px_per_mm))
    if high <= low:
        return ()
    cells = np.arange(view.shape[1]) / px_per_mm
    crease = start + slope * cells + 0.15 * slow(rng, view.shape[1], 12)
    distance = (np.arange(low, high) / px_per_mm)[:, None] - crease[None, :]
    strength = depth * np.clip(0.75 + 0.35 * slow(rng, view.shape[1], 60), 0.1, 1.4)
    factor = 1 - strength[None, :] * np.exp(-((distance / 0.16) ** 2))
    factor += strength[None, :] * 0.35 * np.exp(-(((distance - 0.35) / 0.2) ** 2))
    factor -= shade * np.exp(-np.abs(distance) / 2.0) * np.sign(distance)
    _multiply(view[low:high], factor.astype(np.float32))
    places = []
    for x in np.arange(0, across, 4.0):
        y = start + slope * x
        places.append(Box(x, y - 0.6, 4.0, 1.2) if level else Box(y - 0.6, x, 1.2, 4.0))
    return tuple(places)


def ring_stain(light: Light, px_per_mm: float, rng: np.random.Generator) -> tuple[Box, ...]:
    """The foot of a coffee glass, drawn in place."""
    height, width = light.shape[0] / px_per_mm, light.shape[1] / px_per_mm
    centre = (float(rng.uniform(0, width)), float(rng.uniform(0, height)))
    radius = float(rng.uniform(18, 42))
    line = float(rng.uniform(0.8, 2.2))
    depth = float(rng.uniform(0.12, 0.42))
    tint = (0.55, 0.85, 1.25) if light.ndim == 3 else (0.85,)  # noqa: PLR2004
    window = _window(light, px_per_mm, centre, radius + 3 * line)
    if window is None:
        return ()
    part, x, y = window
    dx, dy = x - centre[0], y - centre[1]
    distance = np.hypot(dx, dy)
    angle = np.arctan2(dy, dx)
    start, sweep = rng.uniform(-math.pi, math.pi), rng.uniform(2.5, 6.3)
    around = np.mod(angle - start, 2 * math.pi) / sweep
    present = np.clip((1.0 - around) * 6, 0, 1) * np.clip(around * 12, 0, 1)
    cloud = 1 + 0.4 * _relief(part.shape[:2], rng)
    band = np.exp(-(((distance - radius) / line) ** 2)) + 0.12 * (distance < radius)
    amount = (depth * band * present * cloud).astype(np.float32)
    _tint(part, amount, tint)
    count = int(2 * math.pi * radius / 3)
    places = []
    for step in range(count):
        turn = 2 * math.pi * step / count
        if np.mod(turn - start, 2 * math.pi) < sweep:
            px, py = centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)
            places.append(Box(px - line - 1, py - line - 1, 2 * line + 2, 2 * line + 2))
    return tuple(places)


def smear(light: Light, px_per_mm: float, rng: np.random.Generator) -> tuple[Box, ...]:
    """A thumb that was not clean, or a drop that dried: a cloudy spot, drawn in place."""
    height, width = light.shape[0] / px_per_mm, light.shape[1] / px_per_mm
    centre = (float(rng.uniform(0, width)), float(rng.uniform(0, height)))
    radii = (float(rng.uniform(5, 14)), float(rng.uniform(5, 14)))
    depth = float(rng.uniform(0.06, 0.30))
    window = _window(light, px_per_mm, centre, max(radii) * 1.3)
    if window is None:
        return ()
    part, x, y = window
    distance = np.hypot((x - centre[0]) / radii[0], (y - centre[1]) / radii[1])
    edge = np.clip((1.15 - distance) * 4, 0, 1)
    amount = depth * edge * np.clip(0.7 + 0.5 * _relief(part.shape[:2], rng), 0, 1.6)
    tint = (0.8, 0.9, 1.1) if light.ndim == 3 else (0.9,)  # noqa: PLR2004
    _tint(part, amount.astype(np.float32), tint)
    left, top = centre[0] - radii[0], centre[1] - radii[1]
    return (Box(left, top, 2 * radii[0], 2 * radii[1]),)


def specks(light: Light, px_per_mm: float, rng: np.random.Generator, count: int) -> None:
    """Dust and toner dots, drawn in place; nobody would call a row with one touched by a pen."""
    for _ in range(count):
        x, y = int(rng.integers(light.shape[1])), int(rng.integers(light.shape[0]))
        size = max(1, int(rng.exponential(0.09) * px_per_mm))
        light[y : y + size, x : x + max(1, size + int(rng.integers(-1, 2)))] //= 4


def show_through(light: Light, back: NDArray[np.uint8], strength: float, px_per_mm: float) -> None:
    """What is printed and written on the back shimmers through, mirrored and soft, in place."""
    quarter = (max(1, light.shape[1] // 4), max(1, light.shape[0] // 4))
    mirrored = cv2.resize(back, quarter, interpolation=cv2.INTER_AREA)[:, ::-1]
    ghost = cv2.GaussianBlur(np.ascontiguousarray(mirrored), (0, 0), 0.35 * px_per_mm / 4 + 0.3)
    factor = (1 - strength * (255 - ghost.astype(np.float32)) / 255).astype(np.float32)
    full = cv2.resize(factor, (light.shape[1], light.shape[0]))
    _multiply(light, np.asarray(full, np.float32))


def _multiply(part: Light, factor: NDArray[np.float32]) -> None:
    wide = cv2.merge([factor] * 3) if part.ndim == 3 and factor.ndim == 2 else factor  # noqa: PLR2004
    part[:] = cv2.multiply(part, wide, dtype=cv2.CV_8U)


def _tint(part: Light, amount: NDArray[np.float32], tint: tuple[float, ...]) -> None:
    if part.ndim == 3:  # noqa: PLR2004 - colour
        _multiply(part, 1 - np.clip(amount[..., None] * np.asarray(tint, np.float32), 0, 0.95))
    else:
        _multiply(part, 1 - np.clip(amount * tint[0], 0, 0.95))


def _window(
    light: Light, px_per_mm: float, centre: tuple[float, float], reach: float
) -> tuple[Light, NDArray[np.float32], NDArray[np.float32]] | None:
    x0, y0 = (max(0, int((value - reach) * px_per_mm)) for value in centre)
    x1 = min(light.shape[1], int((centre[0] + reach) * px_per_mm))
    y1 = min(light.shape[0], int((centre[1] + reach) * px_per_mm))
    if x1 - x0 < 2 or y1 - y0 < 2:  # noqa: PLR2004 - nothing to see
        return None
    x = (np.arange(x0, x1, dtype=np.float32) / px_per_mm)[None, :]
    y = (np.arange(y0, y1, dtype=np.float32) / px_per_mm)[:, None]
    return light[y0:y1, x0:x1], np.asarray(x, np.float32), np.asarray(y, np.float32)


def _relief(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    tile = texture(6)
    y, x = (int(value) for value in rng.integers(0, 512, 2))
    part = tile[y : y + 512, x : x + 512]
    return np.asarray(cv2.resize(part, (shape[1], shape[0])), np.float32)
