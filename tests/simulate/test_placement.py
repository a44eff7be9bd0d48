"""Where paper falls in the image is known exactly, whatever was done to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.geometry import Size
from omr.layout.model import Corner
from omr.simulate.placement import paper_outline, place
from omr.simulate.settings import Geometry, LostCorner, Wobble

A4 = Size(210, 297)
GRID = np.array([(x, y) for x in (0.0, 60.0, 210.0) for y in (0.0, 140.0, 297.0)])

GEOMETRIES = st.builds(
    Geometry,
    turn=st.sampled_from([0, 90, 180, 270]),
    skew_deg=st.floats(-5, 5),
    stretch=st.tuples(st.floats(0.98, 1.02), st.floats(0.98, 1.02)),
    shift_mm=st.tuples(st.floats(-4, 4), st.floats(-4, 4)),
    print_scale=st.floats(0.94, 1.04),
    border_mm=st.floats(0, 30),
    pitch_deg=st.floats(-15, 15),
    yaw_deg=st.floats(-15, 15),
    wobble=st.builds(
        Wobble,
        amplitude_mm=st.floats(0, 0.8),
        period_mm=st.floats(60, 250),
        phase=st.floats(0, 1),
        curl_mm=st.floats(-1, 1),
    ),
)


def test_a_perfect_scan_is_a_plain_resolution() -> None:
    placement = place(Geometry(), A4, 254)
    assert placement.size_px == (2100, 2970)
    assert np.allclose(placement.locate(np.array([[0.05, 0.05], [105, 148.5]])),
                       [[0, 0], [1049.5, 1484.5]])  # fmt: skip


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (0, 0)), (90, (2970, 0)), (180, (2100, 2970)), (270, (0, 2100))]
)
def test_a_turn_is_clockwise(turn: int, corner: tuple[float, float]) -> None:
    placement = place(Geometry(turn=turn), A4, 254)
    assert np.allclose(placement.locate(np.array([[0.0, 0.0]]))[0] + 0.5, corner)


@given(GEOMETRIES, st.sampled_from([150.0, 200.0, 300.0, 600.0]))
def test_what_is_seen_at_a_located_point_is_that_point(geometry: Geometry, dpi: float) -> None:
    placement = place(geometry, A4, dpi)
    seen = placement.locate(GRID)
    back = placement.transform.to_paper(seen + placement.displacement(seen))
    assert np.abs(back - GRID).max() < 1e-3


@given(GEOMETRIES)
def test_the_middle_of_the_page_stays_near_the_middle_of_the_image(geometry: Geometry) -> None:
    placement = place(geometry, A4, 200)
    middle = placement.locate(np.array([[105.0, 148.5]]))[0]
    off = (middle - np.array(placement.size_px) / 2) / placement.px_per_mm
    assert np.abs(off).max() < 4 + 0.8 + 1 + 0.1


@given(st.floats(-5, 5), st.floats(0.97, 1.03), st.floats(0.97, 1.03))
def test_skew_and_stretch_are_what_was_asked_for(skew: float, x: float, y: float) -> None:
    still = place(Geometry(stretch=(x, y)), A4, 254)
    origin, across, down = still.locate(np.array([[50.0, 50], [150, 50], [50, 150]]))
    assert np.allclose([across[0] - origin[0], down[1] - origin[1]], [1000 * x, 1000 * y])
    askew = place(Geometry(skew_deg=skew), A4, 254)
    origin, across = askew.locate(np.array([[50.0, 50], [150, 50]]))
    angle = np.degrees(np.arctan2(across[1] - origin[1], across[0] - origin[0]))
    assert abs(angle - skew) < 1e-9


def test_smaller_print_leaves_paper_around_it() -> None:
    outline = paper_outline(Geometry(print_scale=0.94), A4)
    assert outline.min() < -6
    assert np.allclose(place(Geometry(print_scale=0.94), A4, 254).locate(outline).min(), -0.5)


@pytest.mark.parametrize("corner", list(Corner))
def test_a_lost_corner_takes_its_triangle_and_no_more(corner: Corner) -> None:
    outline = paper_outline(Geometry(lost_corner=LostCorner(corner, 30, 40)), A4)
    rolled = np.roll(outline, -1, axis=0)
    area = abs(np.sum(outline[:, 0] * rolled[:, 1] - rolled[:, 0] * outline[:, 1])) / 2
    assert len(outline) == 5
    assert area == pytest.approx(210 * 297 - 30 * 40 / 2)


def test_wobble_moves_rows_by_no_more_than_its_amplitude() -> None:
    moved = place(Geometry(wobble=Wobble(0.6, 120, 0.3)), A4, 254).locate(GRID)
    still = place(Geometry(), A4, 254).locate(GRID)
    assert 1 < np.abs(moved - still).max() <= 6.0 + 1e-6


def test_half_turns_only() -> None:
    with pytest.raises(ValueError, match="turned by 0, 90, 180 or 270"):
        Geometry(turn=45)
