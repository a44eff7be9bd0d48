"""From strokes, or from somebody's scanned digit, to a cell as the reader cuts it out of a scan."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from omr.digits.cells import (
    CELL_PX,
    CellInk,
    cell_ink,
    cell_masks,
    cell_patch_size,
    darkness_of,
)
from omr.geometry import Box

CELL = Box(0, 0, 6.5, 7.5)
"""A digit cell of our own forms, mm."""
FINE = 16.0
"""Pixels per mm on which ink is drawn."""


@dataclass(frozen=True)
class Cells:
    """The geometry of a cell's patch, the same for all of them."""

    shape: tuple[int, int]
    inside: np.ndarray
    outside: np.ndarray

    @staticmethod
    def usual() -> Cells:
        """Our own forms' cell."""
        size, px = cell_patch_size(CELL), CELL_PX / CELL.h
        shape = tuple(2 * round((side * px - 1) / 2) + 1 for side in (size.height, size.width))
        inside, outside = cell_masks(shape, CELL)
        return Cells(shape, inside, outside)


def drawn(strokes, rng: np.random.Generator, cells: Cells) -> np.ndarray:
    """(H, W) ink coverage 0..1, FINE pixels per mm, of strokes in units of a digit's height."""
    height = float(np.clip(rng.normal(4.9, 0.8), 2.6, 6.6))
    slant, turn = rng.normal(0.12, 0.2), np.radians(rng.normal(0, 5))
    stretch = rng.lognormal(0, 0.1)
    affine = np.array([[stretch, -slant * stretch], [0, 1]])
    affine = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ affine
    moved = [stroke @ affine.T * height for stroke in strokes]
    everything = np.vstack(moved)
    low, high = everything.min(axis=0), everything.max(axis=0)
    room = np.array([CELL.w - 1.3, CELL.h - 1.3])
    shrink = min(1.0, float((room / np.maximum(high - low, 0.1)).min()) * rng.uniform(0.9, 1.02))
    middle = (low + high) / 2
    away = np.maximum(room - (high - low) * shrink, 0) / 2
    at = rng.normal(0, 0.4, 2) * away
    h, w = cells.shape
    centre = np.array([w, h]) / 2 * FINE * CELL.h / CELL_PX
    pen = float(np.clip(rng.lognormal(np.log(0.45), 0.3), 0.2, 1.0))
    ink = np.zeros([round(side * FINE * CELL.h / CELL_PX) for side in (h, w)], np.uint8)
    for stroke in moved:
        points = (stroke - middle) * shrink + at
        _run(ink, points * FINE + centre, pen * FINE, rng)
    return cv2.GaussianBlur(ink, (0, 0), 0.8).astype(np.float32) / 255


def _run(ink: np.ndarray, points: np.ndarray, width: float, rng: np.random.Generator) -> None:
    """Draw one stroke whose width changes a little along the way."""
    steps = np.interp(np.linspace(0, 1, len(points)), np.linspace(0, 1, 4), rng.normal(1, 0.12, 4))
    steps[0] *= rng.uniform(0.7, 1)
    steps[-1] *= rng.uniform(0.5, 1)
    fixed = np.rint(points * 16).astype(int)
    for start, end, share in zip(fixed[:-1], fixed[1:], steps[1:], strict=True):
        cv2.line(ink, tuple(start), tuple(end), 255, max(1, round(width * share)), cv2.LINE_AA, 4)


def placed(digit: np.ndarray, rng: np.random.Generator, cells: Cells) -> np.ndarray:
    """Somebody's digit (h, w) 0..1 in a cell: (H, W) ink coverage, FINE pixels per mm."""
    rows, columns = np.flatnonzero(digit.max(axis=1) > 0.3), np.flatnonzero(digit.max(axis=0) > 0.3)
    digit = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    digit = cv2.copyMakeBorder(digit, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0)
    height = float(np.clip(rng.normal(4.9, 0.8), 2.6, 6.4)) * FINE
    scale = height / max(digit.shape[0] - 4, 0.55 * (digit.shape[1] - 4))
    scale = min(scale, (CELL.w - 1.4) * FINE / (digit.shape[1] - 4))
    big = cv2.resize(digit, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    big = cv2.GaussianBlur(big, (0, 0), scale * 0.45)
    level = rng.uniform(0.3, 0.6)  # a thicker or a thinner pen
    big = np.clip((big - level) * 6 + 0.5, 0, 1).astype(np.float32)
    h, w = [round(side * FINE * CELL.h / CELL_PX) for side in cells.shape]
    slant, turn = rng.normal(0, 0.12), np.radians(rng.normal(0, 4))
    stretch = rng.lognormal(0, 0.08)
    linear = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ np.array(
        [[stretch, -slant], [0, 1]]
    )
    room = np.maximum(np.array([w, h]) - np.array(big.shape[::-1]) * 1.05 - FINE * 2.4, 0) / 2
    to = np.array([w, h]) / 2 + rng.normal(0, 0.4, 2) * room
    shift = to - linear @ (np.array(big.shape[::-1]) / 2)
    return cv2.warpAffine(big, np.column_stack([linear, shift]), (w, h))


@dataclass(frozen=True)
class Device:
    """What a kind of scanner or telephone does; a pair is drawn from evenly, or from its items."""

    dpi: tuple[float, ...]
    blur_px: tuple[float, float]
    noise: tuple[float, float] = (0.5, 5)
    bilevel: float = 0.0
    jpeg: tuple[int, int] = (70, 90)
    misplaced_px: float = 0.5
    """How far the cell may lie from where it is cut, px of the patch (1/8 mm): one sigma."""


DEVICES = {
    "office": Device((200, 240, 300), (0.25, 0.7)),
    "1-bit": Device((200, 240, 300), (0.25, 0.7), bilevel=1.0),
    "poor": Device((150,), (0.4, 0.9), noise=(2, 8), bilevel=0.2, jpeg=(40, 60), misplaced_px=0.8),
    "phone": Device((150, 200, 250), (0.7, 1.7), noise=(1, 7), jpeg=(55, 85), misplaced_px=1.0),
}
SHARES = {"office": 0.4, "1-bit": 0.25, "poor": 0.15, "phone": 0.2}
"""How often each is trained on."""


def scanned(
    ink: np.ndarray, rng: np.random.Generator, cells: Cells, device: Device | None = None
) -> CellInk:
    """The cell as a device saw it (any of them if not told)."""
    if device is None:
        device = DEVICES[rng.choice(list(SHARES), p=list(SHARES.values()))]
    px = CELL_PX / CELL.h
    dpi = float(rng.choice(device.dpi))
    scale = dpi / 25.4 / FINE
    white = rng.uniform(205, 255)
    light = white * (1 - ink * _blackness(ink.shape, rng))
    blur = rng.uniform(*device.blur_px)
    light = cv2.GaussianBlur(light.astype(np.float32), (0, 0), blur / scale)
    phase = rng.uniform(0, 1, 2)
    size = (int(ink.shape[1] * scale) + 2, int(ink.shape[0] * scale) + 2)
    to_scan = np.array([[scale, 0, phase[0]], [0, scale, phase[1]]])
    coarse = cv2.warpAffine(light, to_scan, size, borderMode=cv2.BORDER_REPLICATE)
    seen = _delivered(coarse, white, device, rng)
    back = np.array([[1, 0, 0], [0, 1, 0]], dtype=float) * px / (dpi / 25.4)
    back[:, 2] = -phase * px / (dpi / 25.4) + rng.normal(0, device.misplaced_px, 2)
    h, w = cells.shape
    seen = cv2.warpAffine(seen, back, (w, h), borderMode=cv2.BORDER_REPLICATE)
    nothing = np.zeros(cells.shape, dtype=np.bool_)
    return cell_ink(darkness_of(seen), nothing, (cells.inside, cells.outside))


def _blackness(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """How black the ink is: pencil and worn pens among it, unevenly."""
    pen = rng.uniform(0.35, 1.0) if rng.random() < 0.4 else rng.uniform(0.75, 1.0)
    uneven = cv2.resize(rng.standard_normal((9, 9)).astype(np.float32), shape[::-1])
    grain = 1 + rng.normal(0, 0.08) * uneven
    return np.clip(pen * rng.uniform(0.8, 0.97) * grain, 0, 0.98)


def _delivered(
    light: np.ndarray, white: float, device: Device, rng: np.random.Generator
) -> np.ndarray:
    """Noise, sharpening, then 1-bit or JPEG, as the device's file has it."""
    light = light + rng.normal(0, rng.uniform(*device.noise), light.shape)
    if rng.random() < 0.3:
        light += rng.uniform(0.3, 1.2) * (light - cv2.GaussianBlur(light, (0, 0), 1.0))
    if rng.random() < device.bilevel:
        light = np.where(light < white * rng.uniform(0.5, 0.8), 0.0, 255.0)
        return light.astype(np.uint8)
    grey = np.clip(light, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        quality = int(rng.integers(*device.jpeg))
        packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        grey = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    return grey
