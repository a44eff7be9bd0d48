"""What of a cell's ink goes on to be recognised, and what a person must look at."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from digit_training.hands import smooth
from digit_training.paper import CELL, Cells
from hypothesis import given, settings
from hypothesis import strategies as st

from omr.digits.cells import CELL_PX, CellInk, cell_ink
from omr.digits.glyph import GLYPH_PX, Glyph, glyph, normalised
from omr.digits.model import Fault

CELLS = Cells.usual()
PX = CELL_PX / CELL.h
"""Pixels of a patch per mm."""
Points = list[tuple[float, float]]


def cell(*strokes: Points, pen_mm: float = 0.5, darkness: float = 0.9) -> CellInk:
    """Strokes with their points in mm from the cell's middle."""
    h, w = CELLS.shape
    fine = np.zeros((h * 4, w * 4), np.uint8)
    middle = np.array([w // 2 + 0.5, h // 2 + 0.5]) * 4
    for points in strokes:
        at = np.rint(np.asarray(points) * PX * 4 + middle).astype(np.int32)
        cv2.polylines(fine, [at], False, 255, max(1, round(pen_mm * PX * 4)), cv2.LINE_AA)
    ink = cv2.resize(fine, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    nothing = np.zeros(CELLS.shape, dtype=np.bool_)
    return cell_ink(ink * np.float32(darkness), nothing, (CELLS.inside, CELLS.outside))


def lines(glyph_picture: np.ndarray) -> tuple[int, int]:
    """Height and width that the ink takes in a glyph's picture."""
    rows, columns = (np.flatnonzero((glyph_picture > 0.4).any(axis=axis)) for axis in (1, 0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


ONE: Points = [(0, -2.4), (0, 2.4)]
SEVEN: Points = [(-1.4, -2.2), (1.4, -2.2), (-0.4, 2.3)]


def test_white_paper_is_empty() -> None:
    assert glyph(cell()) is None


def test_noise_and_a_speck_of_dust_are_empty() -> None:
    clean = cell([(1.0, 1.0), (1.05, 1.0)], pen_mm=0.3)
    noise = np.abs(np.random.default_rng(1).normal(0, 0.04, clean.darkness.shape))
    darkness = np.maximum(clean.darkness, noise.astype(np.float32))
    dirty = replace(clean, seen=darkness, darkness=darkness)
    assert glyph(dirty) is None


@pytest.mark.parametrize("pen_mm", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("darkness", [0.3, 0.6, 1.0])
def test_a_plain_digit_is_a_glyph(pen_mm: float, darkness: float) -> None:
    assert isinstance(glyph(cell(SEVEN, pen_mm=pen_mm, darkness=darkness)), Glyph)
    assert isinstance(glyph(cell(ONE, pen_mm=pen_mm, darkness=darkness)), Glyph)


@pytest.mark.parametrize(
    ("strokes", "fault"),
    [
        ([[(-1.5, 0), (1.5, 0)]], Fault.SIZE),  # a dash
        ([[(-0.2, 0), (0.2, 0)]], Fault.SIZE),  # a dot
        ([[(0, -2), (0, 6)]], Fault.OVERFLOW),  # runs out below
        ([[(-6, -1), (1, -1), (0, 2)]], Fault.OVERFLOW),  # comes in from beside
        ([[(-2, -3.7), (2, -3.7)], [(2, -3.7), (0, 2)]], Fault.TOUCHING),  # the bar hides in print
        ([[(-3.2, -2), (-3.2, 2)], [(-3, 0), (0, 0)]], Fault.TOUCHING),
        ([[(x, -2), (x, 0)] for x in (-2, -0.6, 0.7, 2)], Fault.PIECES),
        ([[(-2.1, y), (2.1, y)] for y in np.arange(-2.6, 2.7, 0.3)], Fault.SIZE),  # blackened
    ],
)
def test_what_cannot_be_a_whole_digit_is_named(strokes: list[Points], fault: Fault) -> None:
    assert glyph(cell(*strokes)) is fault


def test_ink_that_hardly_differs_from_paper_is_faint() -> None:
    assert glyph(cell(SEVEN, darkness=0.17)) is Fault.FAINT


def test_a_line_that_hardly_shows_is_faint_and_not_empty() -> None:
    noise = np.random.default_rng(3).normal(0, 0.006, CELLS.shape).astype(np.float32)
    bare, written = cell(), cell(SEVEN, darkness=0.05)
    for seen, expected in ((bare, None), (written, Fault.FAINT)):
        darkness = np.clip(seen.seen + noise, 0, 1)
        assert glyph(replace(seen, seen=darkness, darkness=darkness)) is expected


def test_the_neighbours_tail_in_the_gap_is_overflow_even_if_this_digit_is_fine() -> None:
    tail = [(3.9, 1.0), (4.2, 3.5)]
    assert glyph(cell(SEVEN, tail)) is Fault.OVERFLOW


@settings(max_examples=20, deadline=None)
@given(st.floats(0.6, 1.0), st.floats(-0.4, 0.4), st.floats(-0.4, 0.4), st.floats(-0.3, 0.3))
def test_size_place_and_slant_are_taken_out(size: float, x: float, y: float, slant: float) -> None:
    """One shape anywhere in its cell gives nearly the same upright picture."""
    shape = smooth([(-1.2, -1.6), (0, -2.2), (1.2, -1.5), (0.2, 0.4), (-1.3, 2.1), (1.4, 2.0)])

    def picture(size: float, x: float, y: float, slant: float) -> np.ndarray:
        moved = [((px - slant * py) * size + x, py * size + y) for px, py in shape]
        found = glyph(cell(moved, pen_mm=0.5 * size))
        assert isinstance(found, Glyph)
        return found.upright

    usual, other = picture(1, 0, 0, 0), picture(size, x, y, slant)
    usual, other = (cv2.GaussianBlur(one, (0, 0), 1.0) for one in (usual, other))
    assert np.corrcoef(usual.ravel(), other.ravel())[0, 1] > 0.85


def test_upright_keeps_proportions_and_plain_widens_what_is_narrow() -> None:
    narrow = [smooth([(0, -2), (-0.7, 0), (0, 2), (0.7, 0), (0, -2)])]
    found = glyph(cell(*narrow))
    assert isinstance(found, Glyph)
    assert found.upright.shape == found.plain.shape == (GLYPH_PX, GLYPH_PX)
    (high, wide), (plain_high, plain_wide) = lines(found.upright), lines(found.plain)
    assert high == pytest.approx(plain_high, abs=1)
    assert plain_wide > wide + 3


def test_a_single_pixel_row_is_normalised_without_dividing_by_nothing() -> None:
    ink = np.zeros((20, 20), dtype=np.bool_)
    ink[10, 4:15] = True
    found = normalised(ink.astype(np.float32), ink)
    assert np.isfinite(found.upright).all()
    assert np.isfinite(found.plain).all()
