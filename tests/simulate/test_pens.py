"""What pens leave on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from omr.geometry import Size
from omr.simulate import PenKind, blank_paper
from omr.simulate.pens import Pen, draw_strokes, make_pen
from omr.simulate.strokes import Stroke, curve

if TYPE_CHECKING:
    from omr.simulate.paper import PaperRaster

PX_PER_MM = 20.0
SMOOTH = Pen(PenKind.GEL_BLACK, (0.05, 0.05, 0.05), 0.6, 0.95, 0.0, 0.0)


def line(pressure: float, y: float = 5.0) -> Stroke:
    path = curve([(3.0, y), (17.0, y)])
    return Stroke(path, np.full(len(path), pressure))


def inked(pen: Pen, *strokes: Stroke, seed: int = 1) -> PaperRaster:
    page = blank_paper(Size(20, 10), PX_PER_MM)
    draw_strokes(page, strokes, pen, np.random.default_rng(seed))
    return page


def ink(page: PaperRaster) -> float:
    return float((255 - page.pixels.astype(float)).sum())


@pytest.mark.parametrize("kind", list(PenKind))
def test_the_harder_the_darker(kind: PenKind) -> None:
    pen = make_pen(kind, np.random.default_rng(4))
    amounts = [ink(inked(pen, line(pressure))) for pressure in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0)]
    assert amounts == sorted(amounts)
    assert amounts[-1] > 1.3 * amounts[0]


def test_a_line_is_as_wide_as_the_pen_and_lies_where_it_was_drawn() -> None:
    page = inked(SMOOTH, line(1.0))
    column = 255 - page.pixels[:, 200, 1].astype(float)
    width = column.sum() / column.max() / PX_PER_MM
    middle = (column * (np.arange(len(column)) + 0.5)).sum() / column.sum() / PX_PER_MM
    assert abs(width - 0.6) < 0.05
    assert abs(middle - 5.0) < 0.02


def test_two_strokes_are_darker_than_one() -> None:
    pen = Pen(PenKind.BALL_BLUE, (0.12, 0.16, 0.55), 0.5, 0.6, 0.0, 0.0)
    once, twice = inked(pen, line(0.8)), inked(pen, line(0.8), line(0.8))
    assert twice.pixels[100, 200, 0] < once.pixels[100, 200, 0] - 20


def test_print_shines_through_ink_and_is_never_made_lighter() -> None:
    page = blank_paper(Size(20, 10), PX_PER_MM)
    page.pixels[:, 150:170] = 30
    draw_strokes(page, [line(1.0)], SMOOTH, np.random.default_rng(1))
    assert (page.pixels[:, 150:170] <= 30).all()


@pytest.mark.parametrize(
    ("kind", "weakest"), [(PenKind.BALL_BLUE, 2), (PenKind.GEL_BLUE, 2), (PenKind.BALL_RED, 0)]
)
def test_coloured_ink_lets_its_own_colour_through(kind: PenKind, weakest: int) -> None:
    page = inked(make_pen(kind, np.random.default_rng(1)), line(0.9))
    lost = (255 - page.pixels.astype(float)).sum(axis=(0, 1))
    assert int(np.argmin(lost)) == weakest


def test_ball_pens_skip_and_gel_pens_do_not() -> None:
    ball = Pen(PenKind.BALL_BLUE, (0.1, 0.1, 0.5), 0.4, 0.95, 0.0, 1.0)
    smooth = Pen(PenKind.GEL_BLUE, (0.1, 0.1, 0.5), 0.4, 0.95, 0.0, 0.0)
    ranges = [
        max(
            int(np.ptp(inked(pen, line(0.9), seed=seed).pixels[100, 70:330, 0].astype(int)))
            for seed in range(5)
        )
        for pen in (ball, smooth)
    ]
    assert ranges[0] > 100
    assert ranges[1] < 10


def test_ink_beyond_the_paper_is_lost_without_harm() -> None:
    path = curve([(-30.0, -30.0), (-20.0, -20.0)])
    assert ink(inked(SMOOTH, Stroke(path, np.ones(len(path))))) == 0
