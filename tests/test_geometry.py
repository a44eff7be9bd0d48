"""Paper and image meet at one door, and points come back through it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.geometry import Box, PageTransform, dpi_to_pixels_per_mm

MM = st.floats(-50, 350, allow_nan=False)
POINTS = st.lists(st.tuples(MM, MM), min_size=1, max_size=20).map(np.array)


@st.composite
def transforms(draw: st.DrawFn) -> PageTransform:
    """Any way a page may lie on an image: turned, stretched, mirrored never, tilted a little."""
    angle = draw(st.floats(0, 2 * np.pi))
    along_x, along_y = draw(st.floats(2, 30)), draw(st.floats(2, 30))
    matrix = np.array(
        [
            [along_x * np.cos(angle), -along_y * np.sin(angle), draw(st.floats(-500, 5000))],
            [along_x * np.sin(angle), along_y * np.cos(angle), draw(st.floats(-500, 5000))],
            [draw(st.floats(-4e-4, 4e-4)), draw(st.floats(-4e-4, 4e-4)), 1.0],
        ]
    )
    return PageTransform(matrix)


@given(transforms(), POINTS)
def test_a_point_comes_back_from_the_image(transform: PageTransform, paper: np.ndarray) -> None:
    back = transform.to_paper(transform.to_pixels(paper))
    np.testing.assert_allclose(back, paper, atol=1e-6)


@given(transforms(), POINTS)
def test_points_go_where_homogeneous_coordinates_say(
    transform: PageTransform, paper: np.ndarray
) -> None:
    slowly = []
    for x, y in paper:
        u, v, w = transform.matrix @ np.array([x, y, 1.0])
        slowly.append((u / w, v / w))
    np.testing.assert_allclose(transform.to_pixels(paper), slowly, rtol=1e-12, atol=1e-9)


@given(transforms(), transforms(), POINTS)
def test_a_change_of_the_image_comes_after(
    page: PageTransform, change: PageTransform, paper: np.ndarray
) -> None:
    pixels = page.to_pixels(paper)
    # Far beyond a tilted plane's horizon there is no image to speak of.
    depth = pixels @ change.matrix[2, :2] + 1.0
    paper, pixels = paper[np.abs(depth) > 0.05], pixels[np.abs(depth) > 0.05]
    changed = page.then(change.matrix)
    assert changed.matrix[2, 2] == 1.0
    np.testing.assert_allclose(
        changed.to_pixels(paper), change.to_pixels(pixels), rtol=1e-6, atol=1e-4
    )


@given(st.floats(1, 40), POINTS)
def test_plain_resolution_is_the_same_everywhere(pixels_per_mm: float, paper: np.ndarray) -> None:
    scale = PageTransform.scale(pixels_per_mm)
    assert scale.pixels_per_mm(paper[0]) == pytest.approx((pixels_per_mm, pixels_per_mm))


def test_the_papers_corner_is_the_first_pixels_corner() -> None:
    """Pixel (0, 0) is the *centre* of the first pixel, half a pixel from the paper's edge."""
    at = PageTransform.scale(8.0).to_pixels(np.array([[0.0, 0.0], [0.0625, 0.0625]]))
    np.testing.assert_allclose(at, [[-0.5, -0.5], [0.0, 0.0]])


@given(st.floats(3, 20), st.floats(3, 20), st.floats(0, 2 * np.pi))
def test_local_scale_follows_the_papers_axes_and_not_the_images(
    along_x: float, along_y: float, turn: float
) -> None:
    rotation = np.array(
        [[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]]
    )
    transform = PageTransform(rotation @ np.diag([along_x, along_y, 1.0]))
    assert transform.pixels_per_mm(np.array([30.0, 40.0])) == pytest.approx((along_x, along_y))


def test_no_points_give_no_points() -> None:
    assert PageTransform.scale(8.0).to_pixels(np.empty((0, 2))).shape == (0, 2)


def test_an_inch_is_25_4_mm() -> None:
    assert dpi_to_pixels_per_mm(254) == 10.0


SIDE = st.floats(0.5, 100)
BOXES = st.builds(Box, MM, MM, SIDE, SIDE)


@given(BOXES, BOXES)
def test_overlapping_is_mutual_and_means_a_shared_inside(one: Box, other: Box) -> None:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    assert one.overlaps(other) == other.overlaps(one) == (wide > 0 and high > 0)


@given(BOXES, st.floats(0, 5))
def test_growing_keeps_the_centre_and_shrinking_undoes_it(box: Box, by: float) -> None:
    grown = box.grown(by)
    assert grown.centre == pytest.approx(box.centre, abs=1e-9)
    back = grown.grown(-by)
    assert (back.x, back.y, back.w, back.h) == pytest.approx((box.x, box.y, box.w, box.h), abs=1e-9)


@given(BOXES)
def test_corners_go_clockwise_from_the_top_left(box: Box) -> None:
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    expected = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert [tuple(corner) for corner in box.corners()] == expected
