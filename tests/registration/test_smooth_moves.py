"""A target's move is judged by its neighbours: smooth bends are followed, odd moves are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.registration.refine import nearest_distance, smooth_moves

CENTRES = np.array([(x, y) for y in range(60, 270, 14) for x in range(100, 190, 18)], dtype=float)
SURE = np.ones(len(CENTRES))
MOVE = st.floats(-1.0, 1.0)
SLOPE = st.floats(-0.004, 0.004)
"""mm per mm: the stretch that is left when the marks have placed the page."""
SOME = st.integers(0, len(CENTRES) - 1)


def plane(at: tuple[float, float], slopes: tuple[float, ...]) -> np.ndarray:
    middle = CENTRES - CENTRES.mean(axis=0)
    return np.array(at) + middle @ np.array(slopes).reshape(2, 2)


@given(st.tuples(MOVE, MOVE))
def test_what_moved_as_one_is_reproduced_exactly(move: tuple[float, float]) -> None:
    moves = np.tile(move, (len(CENTRES), 1))
    np.testing.assert_allclose(smooth_moves(CENTRES, moves, SURE), moves, atol=1e-6)


@given(st.tuples(MOVE, MOVE), st.tuples(SLOPE, SLOPE, SLOPE, SLOPE))
def test_a_stretched_page_is_followed(
    move: tuple[float, float], slopes: tuple[float, float, float, float]
) -> None:
    """Slopes are held back a little where neighbours stand on one side only: not by 0.1 mm."""
    moves = plane((move[0] / 2, move[1] / 2), slopes)
    off = np.abs(smooth_moves(CENTRES, moves, SURE) - moves)
    assert off.max() < 0.1
    assert np.median(off) < 0.01


@given(st.tuples(SLOPE, SLOPE, SLOPE, SLOPE), SOME, st.floats(0, 2 * np.pi), st.floats(0.4, 2.0))
def test_one_odd_move_is_replaced_by_its_neighbours(
    slopes: tuple[float, float, float, float], odd: int, way: float, far: float
) -> None:
    true = plane((0.2, -0.1), slopes)
    moves = true.copy()
    moves[odd] += far * np.array([np.cos(way), np.sin(way)])
    smooth = smooth_moves(CENTRES, moves, SURE)
    before = smooth_moves(CENTRES, true, SURE)
    assert np.linalg.norm(smooth[odd] - before[odd]) < 0.02
    assert np.linalg.norm(smooth - true, axis=1).max() < 0.25


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1.0))
def test_moves_without_evidence_say_nothing(seed: int, far: float) -> None:
    rng = np.random.default_rng(seed)
    known = rng.random(len(CENTRES)) < 0.6
    known[:3] = True
    true = np.tile([0.3, -0.2], (len(CENTRES), 1))
    moves = np.where(known[:, None], true, true + rng.normal(0, far, true.shape))
    smooth = smooth_moves(CENTRES, moves, known.astype(float))
    np.testing.assert_allclose(smooth, true, atol=1e-3)


def test_without_any_evidence_nothing_moves() -> None:
    moves = np.random.default_rng(1).normal(0, 1, CENTRES.shape)
    np.testing.assert_array_equal(smooth_moves(CENTRES, moves, 0 * SURE), 0 * moves)


def test_a_lonely_target_stays_finite() -> None:
    moves = np.array([[0.4, 0.4]])
    assert np.isfinite(smooth_moves(CENTRES[:1], moves, np.ones(1))).all()


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=12))
def test_the_nearest_target_is_found(points: list[tuple[int, int]]) -> None:
    centres = np.array(points, dtype=float)
    slowly = [
        min(np.hypot(x - u, y - v) for other, (u, v) in enumerate(points) if other != own)
        for own, (x, y) in enumerate(points)
    ]
    assert nearest_distance(centres) == pytest.approx(slowly)
