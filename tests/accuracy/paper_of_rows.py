"""A small form and its paper, made without printing: rows of boxes and a row of digit cells."""

import cv2
import numpy as np

from omr.accuracy.model import PaperSide
from omr.form.model import Correction, Form, Kind, Option, Question
from omr.geometry import Box, Size
from omr.layout.model import Layout, PageLayout, Shape, Target

PX_PER_MM = 12.0
ROWS = 14
CODES = ("1", "2", "3", "4", "5")


def _box(row: int, column: int) -> Box:
    # A table, and above it four rows with words beside their boxes.
    x = 80.0 + 13 * column if row > 3 else 40.0 + row + 26 * column
    return Box(x, 60.0 + 8 * row, 4.6, 4.6)


def form(correction: Correction = Correction.CIRCLE) -> Form:
    options = tuple(Option(code, code) for code in CODES)
    rows = tuple(Question(f"q{row}", Kind.SINGLE, "?", options) for row in range(ROWS - 1))
    multi = Question("several", Kind.MULTI, "?", options, maximum=2)
    number = Question("age", Kind.NUMBER, "?", digits=4)
    return Form("rows", "Rows", (*rows, multi, number, Question("z", Kind.TEXT, "?")), correction)


def layout() -> Layout:
    targets = [
        Target(f"q{row}", code, Shape.BOX, _box(row, column))
        for row in range(ROWS - 1)
        for column, code in enumerate(CODES)
    ]
    targets += [
        Target("several", code, Shape.BOX, Box(40.0 + 30 * column, 164.0, 4.6, 4.6))
        for column, code in enumerate(CODES)
    ]
    targets += [
        Target("age", str(cell + 1), Shape.BOX, Box(80.0 + 8 * cell, 180.0, 6.5, 7.5))
        for cell in range(4)
    ]
    targets.append(Target("z", "", Shape.BOX, Box(30.0, 200.0, 150.0, 25.0)))
    return Layout("rows", "0" * 64, Size(210.0, 297.0), (PageLayout(1, tuple(targets)),))


def blank() -> PaperSide:
    """The printed page: only the outlines of its boxes."""
    pixels = np.full((3564, 2520, 3), 255, np.uint8)
    for target in layout().page(1).targets:
        corners = np.round((target.box.corners() * PX_PER_MM - 0.5) * 16).astype(np.int32)
        cv2.polylines(pixels, [corners], True, (0, 0, 0), 3, cv2.LINE_AA, 4)
    return PaperSide(pixels, PX_PER_MM)
