"""Every kind of mark puts ink where it belongs, and digits look different from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from omr.geometry import Box, Size
from omr.simulate import MarkKind, PenKind, Writer, blank_paper, writer_with
from omr.simulate.digits import digit
from omr.simulate.marks import mark, ring, solid
from omr.simulate.pens import draw_strokes
from omr.simulate.script import script

if TYPE_CHECKING:
    from omr.simulate.strokes import Stroke

TARGET = Box(20, 20, 5, 5)
PX_PER_MM = 12.0


def ink_inside(strokes: list[Stroke], writer: Writer, box: Box, seed: int) -> float:
    """Share of the light that the box lost."""
    page = blank_paper(Size(45, 45), PX_PER_MM)
    draw_strokes(page, strokes, writer.pen, np.random.default_rng(seed))
    left, top, right, bottom = (round(v * PX_PER_MM) for v in (box.x, box.y, box.right, box.bottom))
    return float(1 - page.pixels[top:bottom, left:right].mean() / 255)


def reach(strokes: list[Stroke], box: Box) -> float:
    """How many mm the strokes run out of the box, at most."""
    points = np.vstack([stroke.points for stroke in strokes])
    low, high = np.array([box.x, box.y]), np.array([box.right, box.bottom])
    return float(np.maximum(low - points, points - high).max())


@pytest.mark.parametrize("kind", list(MarkKind))
@pytest.mark.parametrize("pen", list(PenKind))
def test_every_mark_lands_ink_in_its_box(kind: MarkKind, pen: PenKind) -> None:
    for seed in range(6):
        rng = np.random.default_rng(seed)
        writer = writer_with(pen, kind, rng)
        assert ink_inside(mark(kind, TARGET, writer, rng), writer, TARGET, seed) > 0.002


@pytest.mark.parametrize("size", [(2.0, 2.0), (5.0, 5.0), (7.0, 3.5), (3.5, 7.0)])
def test_marks_fit_targets_of_any_shape(size: tuple[float, float]) -> None:
    target = Box(20, 20, *size)
    for kind in MarkKind:
        rng = np.random.default_rng(5)
        writer = writer_with(PenKind.BALL_BLUE, kind, rng)
        points = np.vstack([stroke.points for stroke in mark(kind, target, writer, rng)])
        assert np.isfinite(points).all()
        assert (np.abs(points - target.centre) < 4 * max(size)).all()


def test_large_ticks_run_out_of_the_box_and_small_marks_do_not() -> None:
    runs_out = {MarkKind.LARGE_TICK: 0, MarkKind.DOT: 0}
    for kind in runs_out:
        for seed in range(20):
            rng = np.random.default_rng(seed)
            writer = writer_with(PenKind.BALL_BLUE, kind, rng)
            strokes = mark(kind, TARGET, writer, rng)
            runs_out[kind] += reach(strokes, TARGET) > 1.2
    assert runs_out[MarkKind.LARGE_TICK] >= 15
    assert runs_out[MarkKind.DOT] == 0


def test_a_ring_goes_around_the_box_and_a_solid_box_is_black() -> None:
    for seed in range(10):
        rng = np.random.default_rng(seed)
        writer = writer_with(PenKind.BALL_BLACK, MarkKind.CROSS, rng)
        around = ring(TARGET, writer, rng)
        assert ink_inside(around, writer, TARGET.grown(-1.2), seed) < 0.05
        assert around[0].length() > 12
        assert ink_inside(solid(TARGET, writer, rng), writer, TARGET.grown(-0.5), seed) > 0.5


def test_digits_can_be_told_apart() -> None:
    """New digits are most like the mean picture of their own kind."""
    means = {
        value: np.mean([digit_picture(value, seed) for seed in range(16)], axis=0)
        for value in "0123456789"
    }
    right = 0
    for value in means:
        for seed in range(100, 105):
            picture = digit_picture(value, seed)
            right += value == min(means, key=lambda v: float(np.abs(means[v] - picture).sum()))
    assert right >= 35


def digit_picture(value: str, seed: int) -> np.ndarray:
    """A digit in a cell of 6 by 8 mm, blurred, as (H, W) darkness."""
    rng = np.random.default_rng(seed)
    writer = writer_with(PenKind.GEL_BLACK, MarkKind.CROSS, np.random.default_rng(1))
    page = blank_paper(Size(6, 8), 4.0)
    draw_strokes(page, digit(value, Box(0, 0, 6, 8), writer, rng), writer.pen, rng)
    return cv2.GaussianBlur(255 - page.pixels[:, :, 0].astype(np.float32), (0, 0), 2.0)


def test_script_keeps_to_its_line() -> None:
    area = Box(10, 10, 80, 7)
    writer = writer_with(PenKind.BALL_BLUE, MarkKind.CROSS, np.random.default_rng(2))
    strokes = script(area, writer, np.random.default_rng(3))
    points = np.vstack([stroke.points for stroke in strokes])
    assert sum(stroke.length() for stroke in strokes) > 60
    assert (points[:, 0] < area.right + 3).all()
    assert (np.abs(points[:, 1] - area.centre[1]) < 7).all()
