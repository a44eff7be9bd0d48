"""A target's move is judged by the print around it: bends and slips are followed, odd moves not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.registration.refine import nearest_distance
from omr.registration.smooth import Evidence, fit_field

CENTRES = np.array([(x, y) for y in range(60, 270, 14) for x in range(100, 190, 18)], dtype=float)
SURE = np.ones(len(CENTRES))
UPRIGHT = np.eye(2)
MOVE = st.floats(-1.0, 1.0)
SLOPE = st.floats(-0.004, 0.004)
"""mm per mm: the stretch that is left when the marks have placed the page."""
SOME = st.integers(0, len(CENTRES) - 1)
PRINT = np.array(
    [(25 + 22 * column + row * 8 % 22, 20 + 7 * row) for row in range(38) for column in range(8)],
    dtype=float,
)
"""Where a page has known print: words do not stand one under the other."""


def smooth_moves(moves: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Every target's move as the others have it."""
    return fit_field(Evidence(CENTRES, moves, weights), UPRIGHT).at(CENTRES)


def plane(at: tuple[float, float], slopes: tuple[float, ...]) -> np.ndarray:
    middle = CENTRES - CENTRES.mean(axis=0)
    return np.array(at) + middle @ np.array(slopes).reshape(2, 2)


@given(st.tuples(MOVE, MOVE))
def test_what_moved_as_one_is_reproduced_exactly(move: tuple[float, float]) -> None:
    moves = np.tile(move, (len(CENTRES), 1))
    np.testing.assert_allclose(smooth_moves(moves, SURE), moves, atol=1e-6)


@given(st.tuples(MOVE, MOVE), st.tuples(SLOPE, SLOPE, SLOPE, SLOPE))
def test_a_stretched_page_is_followed(
    move: tuple[float, float], slopes: tuple[float, float, float, float]
) -> None:
    """Slopes are held back a little where neighbours stand on one side only: not by 0.1 mm."""
    moves = plane((move[0] / 2, move[1] / 2), slopes)
    off = np.abs(smooth_moves(moves, SURE) - moves)
    assert off.max() < 0.1
    assert np.median(off) < 0.01


@given(st.tuples(SLOPE, SLOPE, SLOPE, SLOPE), SOME, st.floats(0, 2 * np.pi), st.floats(0.6, 2.0))
def test_one_odd_move_is_replaced_by_its_neighbours(
    slopes: tuple[float, float, float, float], odd: int, way: float, far: float
) -> None:
    true = plane((0.2, -0.1), slopes)
    moves = true.copy()
    moves[odd] += far * np.array([np.cos(way), np.sin(way)])
    smooth = smooth_moves(moves, SURE)
    before = smooth_moves(true, SURE)
    assert np.linalg.norm(smooth[odd] - before[odd]) < 0.02
    assert np.linalg.norm(smooth - true, axis=1).max() < 0.25


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1.0))
def test_moves_without_evidence_say_nothing(seed: int, far: float) -> None:
    rng = np.random.default_rng(seed)
    known = rng.random(len(CENTRES)) < 0.6
    known[:3] = True
    true = np.tile([0.3, -0.2], (len(CENTRES), 1))
    moves = np.where(known[:, None], true, true + rng.normal(0, far, true.shape))
    np.testing.assert_allclose(smooth_moves(moves, known.astype(float)), true, atol=1e-3)


def test_without_any_evidence_nothing_moves() -> None:
    moves = np.random.default_rng(1).normal(0, 1, CENTRES.shape)
    np.testing.assert_array_equal(smooth_moves(moves, 0 * SURE), 0 * moves)
    none = Evidence(np.empty((0, 2)), np.empty((0, 2)), np.empty(0))
    np.testing.assert_array_equal(fit_field(none, UPRIGHT).at(CENTRES), 0 * CENTRES)


def test_a_lonely_target_stays_finite() -> None:
    lonely = Evidence(CENTRES[:1], np.array([[0.4, 0.4]]), np.ones(1))
    assert np.isfinite(fit_field(lonely, UPRIGHT).at(CENTRES)).all()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("period_mm", [80.0, 120.0, 240.0])
def test_rows_that_slipped_are_followed_along_either_way_of_feeding(
    period_mm: float, turned: bool
) -> None:
    """A feeder's wobble of 0.6 mm: along the feed, and a quarter of it sideways."""
    along = int(not turned)

    def wobble(points: np.ndarray) -> np.ndarray:
        wave = 0.6 * np.sin(2 * np.pi * points[:, along] / period_mm)
        return np.column_stack([wave, wave / 4] if turned else [wave / 4, wave])

    noise = np.random.default_rng(3).normal(0, 0.03, PRINT.shape)
    field = fit_field(Evidence(PRINT, wobble(PRINT) + noise, np.ones(len(PRINT))), UPRIGHT)
    assert np.linalg.norm(field.at(CENTRES) - wobble(CENTRES), axis=1).max() < 0.15


def test_a_sudden_slip_moves_the_rows_below_it_and_not_those_above() -> None:
    moves = np.where(PRINT[:, 1:] < 150.0, (0.0, 0.0), (0.1, 0.6))
    field = fit_field(Evidence(PRINT, moves, np.ones(len(PRINT))), UPRIGHT)
    true = np.where(CENTRES[:, 1:] < 150.0, (0.0, 0.0), (0.1, 0.6))
    off = np.linalg.norm(field.at(CENTRES) - true, axis=1)
    assert off[np.abs(CENTRES[:, 1] - 150.0) > 10].max() < 0.1
    assert off.max() < 0.35


def test_print_that_was_mistaken_pulls_nobody() -> None:
    """One piece of print in eight found somewhere else."""
    rng = np.random.default_rng(5)
    moves = np.tile([0.3, -0.2], (len(PRINT), 1))
    mistaken = rng.random(len(PRINT)) < 1 / 8
    moves[mistaken] += rng.uniform(1.0, 2.0, (int(mistaken.sum()), 2))
    field = fit_field(Evidence(PRINT, moves, np.ones(len(PRINT))), UPRIGHT)
    np.testing.assert_allclose(
        field.at(CENTRES), np.tile([0.3, -0.2], (len(CENTRES), 1)), atol=0.02
    )


def test_more_evidence_counts_as_far_as_it_moved_alike() -> None:
    alike = Evidence(PRINT, np.tile([0.2, 0.1], (len(PRINT), 1)), np.ones(len(PRINT)))
    own = np.tile([0.2, 0.1], (len(CENTRES), 1))
    own[7] += 1.0
    more = fit_field(alike, UPRIGHT).with_(Evidence(CENTRES, own, SURE))
    np.testing.assert_allclose(more.at(CENTRES), np.tile([0.2, 0.1], (len(CENTRES), 1)), atol=1e-6)
    assert more.evidence.weights[len(PRINT) + 7] == 0


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=12))
def test_the_nearest_target_is_found(points: list[tuple[int, int]]) -> None:
    centres = np.array(points, dtype=float)
    slowly = [
        min(np.hypot(x - u, y - v) for other, (u, v) in enumerate(points) if other != own)
        for own, (x, y) in enumerate(points)
    ]
    assert nearest_distance(centres) == pytest.approx(slowly)
