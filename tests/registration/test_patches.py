"""Patches show the paper where they say, compared with a slow way pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.geometry import PageTransform, Size
from omr.registration.patches import REMAP_LIMIT, PagePicture, odd

RNG = np.random.default_rng(7)
SMOOTH = (127 + 100 * np.sin(np.arange(400) / 17)[:, None] * np.cos(np.arange(300) / 23)).astype(
    np.uint8
)
TURNED = PageTransform(
    np.array([[7.8, -0.5, 12.0], [0.45, 7.9, 3.0], [1e-5, -2e-5, 1.0]], dtype=float)
)


def bilinear(gray: np.ndarray, x: float, y: float) -> float:
    """The grey at one point, white where there is no image."""
    column, row = int(np.floor(x)), int(np.floor(y))
    total = 0.0
    for down in (0, 1):
        for across in (0, 1):
            share = (1 - abs(y - row - down)) * (1 - abs(x - column - across))
            inside = 0 <= row + down < gray.shape[0] and 0 <= column + across < gray.shape[1]
            total += share * (float(gray[row + down, column + across]) if inside else 255.0)
    return total


@pytest.mark.parametrize("centre", [(20.0, 20.0), (30.3, 41.7), (0.5, 1.0)])
def test_every_pixel_of_a_patch_is_the_papers(centre: tuple[float, float]) -> None:
    size, px_per_mm = Size(3.0, 2.0), 6.0
    (patch,) = PagePicture(SMOOTH, TURNED).patches(np.array([centre]), size, px_per_mm)
    height, width = patch.shape
    for row in range(height):
        for column in range(width):
            x = centre[0] + (column - width // 2) / px_per_mm
            y = centre[1] + (row - height // 2) / px_per_mm
            u, v = TURNED.to_pixels(np.array([[x, y]]))[0]
            # OpenCV samples at 1/32 px, and rounds.
            assert abs(float(patch[row, column]) - bilinear(SMOOTH, u, v)) <= 5.0


def test_beyond_the_image_it_is_white() -> None:
    (patch,) = PagePicture(SMOOTH, TURNED).patches(np.array([[200.0, 200.0]]), Size(4, 4), 8.0)
    assert (patch == 255).all()


def test_patches_come_in_the_order_of_their_centres_however_many_there_are() -> None:
    """One stack of them is longer than OpenCV takes at once."""
    size, px_per_mm = Size(5, 5), 8.0
    count = REMAP_LIMIT // odd(size.height * px_per_mm) + 10
    centres = RNG.uniform(2, 35, (count, 2))
    picture = PagePicture(SMOOTH, TURNED)
    together = picture.patches(centres, size, px_per_mm)
    assert len(together) == count
    for index in (0, 1, count // 2, count - 11, count - 2, count - 1):
        (alone,) = picture.patches(centres[index : index + 1], size, px_per_mm)
        np.testing.assert_array_equal(together[index], alone)


def test_no_centres_give_no_patches() -> None:
    none = PagePicture(SMOOTH, TURNED).patches(np.empty((0, 2)), Size(5, 3), 8.0)
    assert none.shape == (0, odd(24), odd(40))


@pytest.mark.parametrize("finer", [2.0, 3.5])
def test_a_reduced_picture_shows_paper_at_the_same_place(finer: float) -> None:
    """600 dpi brought down: a dot stays where it was to a few hundredths of a millimetre."""
    fine = PageTransform(np.diag([8 * finer, 8 * finer, 1.0]))
    image = np.full((round(320 * finer), round(240 * finer)), 255, np.uint8)
    at = np.array([17.3, 22.1])
    column, row = fine.to_pixels(at[None])[0]
    rows, columns = np.ogrid[: image.shape[0], : image.shape[1]]
    image[np.hypot(rows - row, columns - column) < 0.6 * 8 * finer] = 0
    reduced = PagePicture(image, fine).reduced_for(8.0, at)
    assert reduced.gray.shape[0] < image.shape[0]
    ink = 255.0 - reduced.gray
    rows, columns = np.mgrid[: ink.shape[0], : ink.shape[1]]
    seen = np.array([[(columns * ink).sum(), (rows * ink).sum()]]) / ink.sum()
    assert np.linalg.norm(reduced.transform.to_paper(seen)[0] - at) < 0.03


def test_a_picture_that_is_fine_enough_is_left_alone() -> None:
    picture = PagePicture(SMOOTH, TURNED)
    assert picture.reduced_for(8.0, np.array([10.0, 10.0])) is picture


@given(st.floats(0.01, 1000))
def test_sides_are_odd_so_that_one_pixel_is_the_middle(length: float) -> None:
    side = odd(length)
    assert side % 2 == 1
    assert side >= 1
    assert abs(side - max(length, 1)) <= 1
