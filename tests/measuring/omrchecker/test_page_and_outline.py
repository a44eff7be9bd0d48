"""The page's edge, the outline of bubbles, slipped blocks, and how photographs are turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from omr.layout.model import Shape
from omr.measuring.omrchecker.frame import Frame
from omr.measuring.omrchecker.on_print import settle
from omr.measuring.omrchecker.page_edge import page_outlines
from omr.measuring.omrchecker.page_fit import SLIPS, Candidate, without_slips
from omr.measuring.omrchecker.picture import grey_picture
from omr.measuring.omrchecker.rim import Grid

if TYPE_CHECKING:
    from pathlib import Path

CORNERS = st.floats(-35, 35)


@settings(max_examples=25, deadline=None)
@given(st.lists(CORNERS, min_size=8, max_size=8))
def test_the_page_is_found_however_it_lies(moves: list[float]) -> None:
    upright = np.array([(160, 120), (640, 120), (640, 800), (160, 800)], np.float64)
    corners = upright + np.reshape(moves, (4, 2))
    picture = np.full((920, 800), 60, np.uint8)
    cv2.fillPoly(picture, [np.rint(corners - 0.5).astype(np.int32)], (225,))
    # Print on the page must not look like its edge.
    cv2.putText(picture, "print", (250, 400), cv2.FONT_HERSHEY_SIMPLEX, 4, (30,), 9)
    assert np.abs(page_outlines(picture)[0] - corners).max() < 3


def test_a_scan_without_background_has_no_edge() -> None:
    assert page_outlines(np.full((900, 700), 240, np.uint8)) == []


def test_a_frame_maps_its_corners_and_its_scale() -> None:
    corners = np.array([(10, 20), (410, 30), (400, 630), (5, 610)], np.float64)
    frame = Frame.of_whole((800, 600), (600, 800)).cropped(corners).resized((300, 400))
    there = cv2.perspectiveTransform(corners[None], frame.matrix)[0]
    assert there == pytest.approx(np.array([(0, 0), (300, 0), (300, 400), (0, 400)]), abs=1e-2)
    across, down = frame.scales()
    assert (across, down) == pytest.approx((400 / 300, 600 / 400), rel=0.03)


def bubbles(shape: Shape, size: tuple[int, int], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """A picture of bubbles with letters, every fifth filled, and their middles (rows, 4, 2)."""
    picture = np.full((rows * 44 + 80, 300), 245, np.uint8)
    middles = np.array([[(60.5 + 56 * c, 50.5 + 44 * r) for c in range(4)] for r in range(rows)])
    for number, (x, y) in enumerate(middles.reshape(-1, 2)):
        half = (size[0] // 2, size[1] // 2)
        at = (int(x), int(y))
        fill = -1 if number % 5 == 0 else 1
        if shape is Shape.OVAL:
            cv2.ellipse(picture, at, half, 0, 0, 360, (90,), fill, cv2.LINE_AA)
        else:
            low = (at[0] - half[0], at[1] - half[1])
            cv2.rectangle(picture, low, (at[0] + half[0], at[1] + half[1]), (90,), fill)
        cv2.putText(picture, "B", (at[0] - 5, at[1] + 5), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (90,), 1)
    noise = np.random.default_rng(2).normal(0, 3, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 0.7) + noise, 0, 255).astype(np.uint8), middles


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("size", [(28, 28), (34, 22)])
def test_shape_size_and_place_are_those_of_the_print(shape: Shape, size: tuple[int, int]) -> None:
    picture, middles = bubbles(shape, size, 8)
    (settled,) = settle(picture, [Grid.of(middles + (5, -6), (24, 24))])
    assert settled.seen.all()
    assert settled.rim.shape is shape
    assert settled.rim.size == pytest.approx((size[0] + 1, size[1] + 1), abs=2)
    assert np.abs(settled.centres - middles).max() < 0.6


def test_plain_paper_shows_no_outline() -> None:
    noise = np.random.default_rng(3).normal(235, 4, (500, 400)).astype(np.uint8)
    middles = np.array([[(60.0 + 56 * c, 50.0 + 44 * r) for c in range(4)] for r in range(8)])
    beyond = middles + (1000, 0)
    for settled in settle(noise, [Grid.of(middles, (24, 24)), Grid.of(beyond, (24, 24))]):
        assert not settled.seen.any()


def test_the_block_among_its_neighbours_that_slipped_is_taken_back() -> None:
    """Three blocks moved by 0.4 rows; the second seems to have moved by -0.6 as well."""
    blocks = []
    for number, move in enumerate((16.0, -24.0, 16.0)):
        nominal = np.array(
            [[(50.0 + 30 * c, 100.0 + 400 * number + 40 * r) for c in range(4)] for r in range(9)]
        )
        blocks.append(Candidate(nominal, nominal + (0, move), np.full(len(SLIPS), 0.6)))
    moves = [
        place - block.nominal for place, block in zip(without_slips(blocks), blocks, strict=True)
    ]
    assert [float(move[0, 0, 1]) for move in moves] == pytest.approx([16, 16, 16])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photographs_are_turned_as_their_note_says(tmp_path: Path, orientation: int) -> None:
    pixels = np.random.default_rng(orientation).integers(0, 255, (48, 64)).astype(np.uint8)
    picture = Image.fromarray(cv2.GaussianBlur(pixels, (0, 0), 4))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    picture.save(path, exif=exif, quality=95)
    with Image.open(path) as stored:
        expected = np.asarray(ImageOps.exif_transpose(stored))
    assert np.array_equal(grey_picture(path), expected)
