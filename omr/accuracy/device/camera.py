"""Phones: a hand holds a camera over a sheet on a desk, and a messenger shrinks the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.device import files, wear
from omr.accuracy.device.chance import happens
from omr.accuracy.device.geometry import (
    Bend,
    Curl,
    Flat,
    Geometry,
    moving,
    project,
    scaling,
    taken,
    turning,
)
from omr.accuracy.device.light import FULL, coded, curved, reflected, sharpened
from omr.accuracy.device.model import A4, Capture
from omr.accuracy.device.noise import add_noise, texture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.accuracy.model import PaperSide
    from omr.geometry import Box


def photograph(front: PaperSide, back: PaperSide | None, seed: int) -> Capture:
    """Photograph a sheet on a desk."""
    rng = np.random.default_rng((seed, 0xF0F))
    notes: list[str] = []
    size = _size(rng, notes)
    geometry = _view(rng, size, notes)
    resolution = geometry.resolution((A4[0] / 2, A4[1] / 2))
    pixels, raster = front.pixels, front.px_per_mm
    if resolution < 0.62 * raster:
        factor = 0.5 if resolution < 0.55 * raster else 2 / 3
        shrunk = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        raster *= shrunk.shape[1] / pixels.shape[1]
        pixels = np.asarray(shrunk, np.uint8)
    light = reflected(pixels)
    damage: tuple[Box, ...] = ()
    if happens(rng, 0.25):
        damage = wear.fold(light, raster, rng)
        notes.append("folded")
    if back is not None:
        behind = np.ascontiguousarray(back.pixels[::2, ::2, 1])
        wear.show_through(light, behind, float(rng.uniform(0, 0.08)), raster)
    image = _exposed(rng, light, raster, geometry, size=size, notes=notes)
    quality = int(rng.integers(60, 88))
    notes.append(f"q{quality}")
    return Capture(
        data=files.jpeg(image, quality),
        suffix=".jpg",
        px_per_mm=resolution,
        size_px=size,
        geometry=geometry,
        damage=damage,
        notes=tuple(notes),
    )


def _size(rng: np.random.Generator, notes: list[str]) -> tuple[int, int]:
    """Width and height: by messenger 1600 to 2500 px long, at times the camera's own 8 to 12 MP."""
    if happens(rng, 0.15):
        long = int(rng.choice([3264, 3648, 4000]))
        notes.append("original")
    else:
        long = int(rng.choice([1600, 1800, 2048, 2340, 2500]))
        notes.append("messenger")
    short = round(long * float(rng.choice([0.75, 0.5625], p=[0.85, 0.15])))
    return (long, short) if happens(rng, 0.2) else (short, long)


def _view(rng: np.random.Generator, size: tuple[int, int], notes: list[str]) -> Geometry:
    """Where the camera stands: tilted a little, turned by any quarter, near enough to fill."""
    middle = np.array([A4[0] / 2, A4[1] / 2])
    distance = float(rng.uniform(320, 520))
    tilt = np.radians(np.clip(rng.normal(0, 7, 2), -20, 20))
    quarter = int(rng.choice(4, p=[0.7, 0.1, 0.1, 0.1]))
    if size[0] > size[1]:
        quarter = int(rng.choice([1, 3])) if happens(rng, 0.85) else quarter
    turn = np.radians(90.0 * quarter + np.clip(rng.normal(0, 4), -14, 14))
    camera = _tilted(tilt) @ turning(float(turn), 1.0, (0.0, 0.0))
    # A pinhole at ``distance``: x' = x / (1 + (tilted depth) / distance).
    lens = np.array(
        [
            [camera[0, 0], camera[0, 1], 0],
            [camera[1, 0], camera[1, 1], 0],
            [camera[2, 0] / distance, camera[2, 1] / distance, 1],
        ]
    ) @ moving(-float(middle[0]), -float(middle[1]))
    corners = np.array([(0, 0), (A4[0], 0), A4, (0, A4[1])], dtype=float)
    seen = project(lens, corners)
    low, high = seen.min(axis=0), seen.max(axis=0)
    fill = float(rng.uniform(0.80, 0.97))
    zoom = fill * min(size[0] / (high[0] - low[0]), size[1] / (high[1] - low[1]))
    free = np.array(size) - zoom * (high - low)
    corner = free * rng.uniform(0.15, 0.85, 2)
    lens = moving(*(corner - zoom * low).tolist()) @ scaling(zoom) @ lens
    printed = 0.97 if happens(rng, 0.25) else float(rng.normal(1.0, 0.0015))
    print_place = turning(np.radians(float(rng.normal(0, 0.12))), printed, (A4[0] / 2, A4[1] / 2))
    notes += [f"tilt {np.degrees(tilt[0]):.0f} {np.degrees(tilt[1]):.0f}", f"quarter {quarter}"]
    return Geometry(
        printed=print_place,
        place=np.eye(3),
        bend=_curl(rng, distance, notes),
        lens=lens / lens[2, 2],
    )


def _tilted(tilt: NDArray[np.float64]) -> NDArray[np.float64]:
    (cx, cy), (sx, sy) = np.cos(tilt), np.sin(tilt)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    return np.asarray(about_y @ about_x)


def _curl(rng: np.random.Generator, distance: float, notes: list[str]) -> Bend:
    """Most sheets lie nearly flat; some bow, or lift along one edge."""
    reach = float(rng.choice([0.0, rng.uniform(0.5, 3), rng.uniform(3, 9)], p=[0.3, 0.5, 0.2]))
    if reach == 0:
        return Flat()
    angle = float(rng.choice([0.0, np.pi / 2, rng.uniform(0, np.pi)]))
    direction = (float(np.cos(angle)), float(np.sin(angle)))
    at = np.arange(-320.0, 420.0, 1.0)
    middle = A4[0] / 2 * direction[0] + A4[1] / 2 * direction[1]
    half = (A4[0] * abs(direction[0]) + A4[1] * abs(direction[1])) / 2
    along = (at - middle) / half
    bow = reach * np.cos(np.clip(along, -1, 1) * np.pi / 2)
    lift = reach * np.clip((along - 0.3) / 0.7, 0, 1.3) ** 2
    height = bow if happens(rng, 0.5) else lift
    slope = np.gradient(height, at)
    short = np.cumsum(1 - np.sqrt(np.clip(1 - slope**2, 0.5, 1)))
    short -= np.interp(middle, at, short)
    notes.append(f"curl {reach:.1f} mm")
    return Curl(
        direction=direction,
        at=at,
        height=height,
        shortening=short,
        foot=(A4[0] / 2 + float(rng.normal(0, 40)), A4[1] / 2 + float(rng.normal(0, 40))),
        distance=distance,
    )


def _exposed(
    rng: np.random.Generator,
    light: NDArray[np.uint8],
    raster: float,
    geometry: Geometry,
    *,
    size: tuple[int, int],
    notes: list[str],
) -> NDArray[np.uint8]:
    sheet = taken(light, raster, geometry, size, (16, 16))
    scene = _on_desk(rng, sheet, geometry, size)
    scene = _blurred(rng, scene, size, notes)
    lit = _lamps(rng, size, notes)
    # One pass over the picture: the light falls in at a quarter of the size and is spread.
    image = coded(scene, 255.0, 2.2, float(rng.uniform(0.003, 0.02)))
    for channel in range(3):
        gain = cv2.resize(lit[..., channel], size)
        plane = cv2.multiply(cv2.extractChannel(image, channel), gain, dtype=cv2.CV_8U)
        cv2.insertChannel(plane, image, channel)
    image = add_noise(image, float(rng.uniform(1.2, 4.5)), float(rng.uniform(0.5, 1.1)), rng)
    image = sharpened(image, float(rng.uniform(0.2, 0.9)), float(rng.uniform(0.8, 1.6)))
    return curved(
        image, float(rng.uniform(0, 18)), float(rng.uniform(235, 256)), float(rng.uniform(0, 0.5))
    )


def _on_desk(
    rng: np.random.Generator, sheet: NDArray[np.uint8], geometry: Geometry, size: tuple[int, int]
) -> NDArray[np.uint8]:
    """The sheet on a desk that is darker or lighter, grained, and shadowed by the sheet's edge."""
    outline = np.array([(0, 0), (A4[0], 0), A4, (0, A4[1])], dtype=float)
    steps = np.linspace(0, 1, 40, endpoint=False)[:, None, None]
    dense = (outline + (np.roll(outline, -1, axis=0) - outline) * steps).transpose(1, 0, 2)
    seen = geometry.locate_sheet(dense.reshape(-1, 2))
    mask = np.zeros(size[::-1], np.uint8)
    cv2.fillPoly(mask, [np.round(seen * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    small = (max(8, size[0] // 4), max(8, size[1] // 4))
    shade = cv2.GaussianBlur(cv2.resize(mask, small), (0, 0), small[0] * 0.006 + 0.5)
    shadow = 1 - float(rng.uniform(0.2, 0.7)) * shade.astype(np.float32) / 255
    desk = _desk(rng, small) * shadow[..., None]
    wide = cv2.resize(np.clip(desk * FULL, 0, FULL).astype(np.uint8), size)
    inner = (mask > 127).view(np.uint8)  # noqa: PLR2004 - the blur softens the edge
    cv2.copyTo(sheet, inner, wide)
    return np.asarray(wide, np.uint8)


_DESKS = (
    (0.30, 0.17, 0.08),
    (0.50, 0.34, 0.20),
    (0.03, 0.03, 0.035),
    (0.35, 0.36, 0.38),
    (0.62, 0.60, 0.55),
    (0.10, 0.14, 0.20),
    (0.75, 0.75, 0.74),
)


def _desk(rng: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float32]:
    colour = np.asarray(_DESKS[int(rng.integers(len(_DESKS)))], np.float32)
    colour = colour * float(rng.uniform(0.7, 1.15))
    tile = texture(8)
    top, left = (int(v) for v in rng.integers(0, 500, 2))
    part = tile[top : top + 500, left : left + int(rng.choice([12, 60, 500]))]
    grain = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)
    if happens(rng, 0.5):
        grain = cv2.resize(part.T, size, interpolation=cv2.INTER_LINEAR)
    strength = float(rng.choice([0.03, 0.12, 0.25]))
    return np.asarray(np.clip(colour * (1 + strength * grain[..., None]), 0, 1), np.float32)


def _blurred(
    rng: np.random.Generator, scene: NDArray[np.uint8], size: tuple[int, int], notes: list[str]
) -> NDArray[np.uint8]:
    """Lens, focus and a shaking hand. Pixels of the image."""
    share = max(size) / 2000
    focus = float(
        rng.choice(
            [rng.uniform(0.35, 0.7), rng.uniform(0.7, 1.1), rng.uniform(1.1, 1.6)],
            p=[0.6, 0.3, 0.1],
        )
    )
    seen = np.asarray(cv2.GaussianBlur(scene, (0, 0), focus * max(share, 0.8)), np.uint8)
    if happens(rng, 0.15):
        length = max(2, round(float(rng.uniform(1.5, 3.5)) * share))
        kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
        angle = float(rng.uniform(0, np.pi))
        reach = length / 2
        start = (
            round((length - reach * np.cos(angle)) * 16),
            round((length - reach * np.sin(angle)) * 16),
        )
        end = (
            round((length + reach * np.cos(angle)) * 16),
            round((length + reach * np.sin(angle)) * 16),
        )
        cv2.line(kernel, start, end, 1.0, 1, cv2.LINE_AA, 4)
        seen = np.asarray(cv2.filter2D(seen, -1, kernel / kernel.sum()), np.uint8)
        notes.append(f"motion {length} px")
    notes.append(f"focus {focus:.2f}")
    return seen


def _lamps(
    rng: np.random.Generator, size: tuple[int, int], notes: list[str]
) -> NDArray[np.float32]:
    """(h, w, 3) factors on coded values at low resolution: daylight or lamp, shadows, corners."""
    width, height = 64, max(16, round(64 * size[1] / size[0]))
    x = (np.arange(width, dtype=np.float32) + 0.5)[None, :] / width - 0.5
    y = (np.arange(height, dtype=np.float32) + 0.5)[:, None] / height - 0.5
    way = float(rng.uniform(0, 2 * np.pi))
    field = 1 + float(rng.uniform(0, 0.35)) * (x * np.cos(way) + y * np.sin(way))
    field = field * (1 - float(rng.uniform(0.05, 0.35)) * (x * x + y * y))
    for _ in range(int(rng.choice([0, 1, 2], p=[0.45, 0.4, 0.15]))):
        turn = float(rng.uniform(0, 2 * np.pi))
        edge = float(rng.uniform(-0.35, 0.45))
        soft = float(rng.uniform(0.015, 0.15))
        depth = float(rng.uniform(0.08, 0.42))
        bend = float(rng.uniform(-0.8, 0.8)) * (x * np.sin(turn) - y * np.cos(turn)) ** 2
        side = x * np.cos(turn) + y * np.sin(turn) + bend - edge
        field = field * (1 - depth / (1 + np.exp(-np.clip(side / soft, -30, 30))))
        notes.append(f"shadow {depth:.2f}")
    level = float(rng.uniform(0.66, 0.93))
    field = field * (level / float(np.percentile(field, 80)))
    warm = float(rng.normal(0, 0.06))
    cast = np.array([1 + warm, 1 + float(rng.normal(0, 0.02)), 1 - warm], np.float32)
    return np.asarray(field[..., None] * cast, np.float32)
