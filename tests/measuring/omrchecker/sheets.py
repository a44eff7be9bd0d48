"""A small answer sheet of our own, as a template in OMRChecker's format and as a drawn page.

The template is as people write them: bubbles a little small and a few pixels off the print.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path


PAGE = (600, 800)
"""Width and height of the template's frame."""
ZOOM = 2
"""Pixels of the drawn page per pixel of the template."""
RADIUS = 13
MARKER_AT = 40
"""Distance of the markers' centres from the edges of the drawn page, in template pixels."""
OFF = (3, -2)
"""The template lies this far from the print."""

Picture = "NDArray[np.uint8]"

BLOCKS: dict[str, dict[str, Any]] = {
    "Roll": {
        "fieldType": "QTYPE_INT",
        "fieldLabels": ["roll1..3"],
        "origin": [380, 120],
        "bubblesGap": 36,
        "labelsGap": 44,
    },
    "Questions": {
        "fieldType": "QTYPE_MCQ4",
        "fieldLabels": ["q1..8"],
        "origin": [90, 140],
        "bubblesGap": 42,
        "labelsGap": 38,
    },
    "Service": {
        "bubbleValues": ["Rất hài lòng", "Hài lòng", "Không hài lòng"],
        "direction": "horizontal",
        "fieldLabels": ["Thái độ", "Thời gian"],
        "origin": [120, 600],
        "bubblesGap": 90,
        "labelsGap": 60,
    },
}
TEMPLATE: dict[str, Any] = {
    "pageDimensions": list(PAGE),
    "bubbleDimensions": [20, 20],
    "customLabels": {"Roll": ["roll1..3"]},
    "fieldBlocks": BLOCKS,
    "preProcessors": [],
}


def printed_centres() -> dict[tuple[str, str], tuple[float, float]]:
    """Where the bubbles are printed, by field and value, in template pixels; written out anew."""
    centres = {}
    for field in range(8):
        for value, letter in enumerate("ABCD"):
            centres[f"q{field + 1}", letter] = (90 + 42 * value, 140 + 38 * field)
    for field in range(3):
        for value in range(10):
            centres[f"roll{field + 1}", str(value)] = (380 + 44 * field, 120 + 36 * value)
    for field, name in enumerate(("Thai_do", "Thoi_gian")):
        for value, code in enumerate(("Rất-hài-lòng", "Hài-lòng", "Không-hài-lòng")):
            centres[name, code] = (120 + 90 * value, 600 + 60 * field)
    return {key: (x + 10 - OFF[0], y + 10 - OFF[1]) for key, (x, y) in centres.items()}


def drawn_page(*, markers: bool = False, marked: dict[str, str] | None = None) -> Picture:
    """The sheet, ZOOM times the template's size, with marks on the named options."""
    page = np.full((PAGE[1] * ZOOM, PAGE[0] * ZOOM), 250, np.uint8)
    rng = np.random.default_rng(5)
    for row in range(3):
        words = " ".join("".join(rng.choice(list("aceimnorstu"), 6)) for _ in range(5))
        _write(page, (90, 50 + 22 * row), words, 0.8 * ZOOM / 2)
    for (field, value), (x, y) in printed_centres().items():
        centre = (round(x * ZOOM), round(y * ZOOM))
        cv2.circle(page, centre, RADIUS * ZOOM, (60,), ZOOM, cv2.LINE_AA)
        _write(page, (x - 5, y + 5), value[0].encode("ascii", "replace").decode(), 0.5 * ZOOM / 2)
        if value == "A" or field == "roll1" or value.startswith("Rất"):
            _write(page, (x - 66, y + 5), field, 0.5 * ZOOM / 2)
    if markers:
        for x in (MARKER_AT, PAGE[0] - MARKER_AT):
            for y in (MARKER_AT, PAGE[1] - MARKER_AT):
                _put(page, marker(), (x * ZOOM, y * ZOOM))
    for field, value in (marked or {}).items():
        _mark(page, printed_centres()[field, value], rng)
    return page


def marker() -> Picture:
    """The picture of one marker, as OMRChecker's users keep it."""
    picture = np.full((30 * ZOOM, 30 * ZOOM), 250, np.uint8)
    for radius, ink in ((14, 20), (10, 250), (6, 20)):
        cv2.circle(picture, (15 * ZOOM, 15 * ZOOM), radius * ZOOM, (ink,), -1, cv2.LINE_AA)
    return picture


def photographed(page: Picture, seed: int = 0, *, tilt: float = 0.04) -> Picture:
    """The page on a dark table: turned, seen a little from aslant, with blur and noise."""
    height, width = page.shape
    rng = np.random.default_rng(seed)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    size = (round(width * 1.25), round(height * 1.2))
    there = corners * 0.95 + (0.14 * width, 0.11 * height)
    there += rng.uniform(-tilt, tilt, (4, 2)) * width
    matrix = cv2.getPerspectiveTransform(corners, there.astype(np.float32))
    soft = cv2.GaussianBlur(page, (0, 0), 1.2)
    seen = cv2.warpPerspective(soft, matrix, size, flags=cv2.INTER_AREA, borderValue=(45,))
    light = np.linspace(0.85, 1.0, size[0])[None, :]
    return np.clip(seen * light + rng.normal(0, 4, seen.shape), 0, 255).astype(np.uint8)


def scanned(page: Picture, seed: int = 0) -> Picture:
    """The page as a feeder gives it: a small turn, noise, the whole sheet."""
    height, width = page.shape
    rng = np.random.default_rng(seed)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-0.6, 0.6)), 1.0)
    soft = cv2.GaussianBlur(page, (0, 0), 1.0)
    seen = cv2.warpAffine(soft, turn, (width, height), borderValue=(250,))
    return np.clip(seen + rng.normal(0, 4, seen.shape), 0, 255).astype(np.uint8)


def write_project(folder: Path, sample: Picture, **changes: Any) -> Path:
    """A folder with template.json and one sheet in inputs/."""
    (folder / "inputs").mkdir(parents=True, exist_ok=True)
    (folder / "template.json").write_text(json.dumps(TEMPLATE | changes), encoding="utf-8")
    cv2.imwrite(str(folder / "inputs" / "sheet1.png"), sample)
    return folder


def shifted_blocks(by: tuple[float, float]) -> dict[str, dict[str, Any]]:
    """The blocks with every origin moved."""
    return {
        name: block | {"origin": [block["origin"][0] + by[0], block["origin"][1] + by[1]]}
        for name, block in BLOCKS.items()
    }


def _write(page: Picture, at: tuple[float, float], text: str, size: float) -> None:
    place = (round(at[0] * ZOOM), round(at[1] * ZOOM))
    cv2.putText(page, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, (40,), 2, cv2.LINE_AA)


def _put(page: Picture, small: Picture, centre: tuple[int, int]) -> None:
    half = small.shape[0] // 2
    y, x = centre[1] - half, centre[0] - half
    page[y : y + small.shape[0], x : x + small.shape[1]] = small


def _mark(page: Picture, at: tuple[float, float], rng: np.random.Generator) -> None:
    """A scribble that fills most of a bubble, with one long stroke."""
    turns = np.linspace(0, 9 * np.pi, 60)
    radius = RADIUS * ZOOM * (0.35 + 0.45 * rng.random(60))
    points = np.stack([np.cos(turns) * radius, np.sin(turns) * radius], axis=1)
    points += np.array(at) * ZOOM
    cv2.polylines(page, [points.astype(np.int32)], False, (50,), 2 * ZOOM, cv2.LINE_AA)
