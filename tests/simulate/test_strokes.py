"""A stroke is a path in mm with a pressure along it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from omr.simulate.strokes import STEP_MM, arc, curve, drawn

SPOTS = st.lists(
    st.tuples(st.floats(0, 200), st.floats(0, 290)), min_size=2, max_size=6, unique=True
)


@given(SPOTS)
def test_a_curve_passes_through_its_waypoints(spots: list[tuple[float, float]]) -> None:
    path = curve(spots)
    for spot in spots:
        assert np.linalg.norm(path - spot, axis=1).min() < 1e-6


def test_a_curve_is_sampled_finely_enough_to_be_drawn_by_dots() -> None:
    path = curve([(0, 0), (5, 2), (9, 9)])
    assert np.linalg.norm(np.diff(path, axis=0), axis=1).max() < 2 * STEP_MM


def test_a_full_arc_closes() -> None:
    path = arc((10, 10), (3, 2), 0.4, 2 * np.pi)
    assert np.allclose(path[0], path[-1])
    on_unit_circle = (path - 10) / (3, 2)
    assert np.allclose(np.linalg.norm(on_unit_circle, axis=1), 1)


def test_a_steady_hand_follows_the_path_and_a_shaking_one_stays_near() -> None:
    path = curve([(0, 0), (20, 0)])
    steady = drawn(path, 0.8, 0.0, np.random.default_rng(1))
    shaking = drawn(path, 0.8, 0.1, np.random.default_rng(1))
    assert np.allclose(steady.points, path)
    assert 0.02 < np.abs(shaking.points - path).max() < 0.6


def test_pressure_rises_when_the_pen_lands_and_falls_when_it_leaves() -> None:
    stroke = drawn(curve([(0, 0), (20, 0)]), 0.8, 0.0, np.random.default_rng(3))
    middle = stroke.pressure[len(stroke.pressure) // 2]
    assert stroke.pressure[0] < 0.75 * middle
    assert stroke.pressure[-1] < 0.75 * middle


def test_length_is_the_sum_of_the_steps() -> None:
    stroke = drawn(curve([(0, 0), (20, 0)]), 0.8, 0.0, np.random.default_rng(1))
    assert abs(stroke.length() - 20) < 1e-6
    assert len(stroke.steps()) == len(stroke.points)
    assert stroke.steps()[0] == 0
