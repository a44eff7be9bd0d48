"""Files of simulated devices: readable, the same by seed, with places where they are said to be."""

from io import BytesIO

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from omr.accuracy.device import capture, print_on_paper
from omr.accuracy.device.camera import _view
from omr.accuracy.device.feeder import fed, image_size
from omr.accuracy.device.one_bit import one_bit
from omr.accuracy.device.scanner import _settings
from omr.accuracy.model import PaperSide, Profile
from tests.accuracy.paper_of_rows import PX_PER_MM, blank, layout

DOTS = np.array([(x, y) for x in (30, 105, 180) for y in (30, 100, 170, 265)], dtype=float)


def decoded(captured) -> Image.Image:
    data = captured.data
    if captured.suffix == ".pdf":
        data = data[data.index(b"\xff\xd8") : data.rindex(b"\xff\xd9") + 2]
    return Image.open(BytesIO(data))


def dotted() -> PaperSide:
    pixels = np.full((3564, 2520, 3), 255, np.uint8)
    for x, y in DOTS:
        centre = (round((x * PX_PER_MM - 0.5) * 16), round((y * PX_PER_MM - 0.5) * 16))
        cv2.circle(pixels, centre, round(1.2 * PX_PER_MM * 16), (0, 0, 0), -1, cv2.LINE_AA, 4)
    return PaperSide(pixels, PX_PER_MM)


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("seed", [1, 2])
def test_a_dot_is_seen_where_locate_says(profile, seed):
    captured = capture(dotted(), None, profile, seed)
    image = np.asarray(decoded(captured).convert("L"), np.float32)
    assert image.shape == captured.size_px[::-1]
    reach = round(1.9 * captured.px_per_mm)
    for x, y in captured.locate(DOTS):
        left, top = round(x) - reach, round(y) - reach
        window = image[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
        darkness = np.clip(np.percentile(window, 70) - window - 40, 0, None)
        rows, columns = np.mgrid[: window.shape[0], : window.shape[1]]
        seen = np.array([(columns * darkness).sum(), (rows * darkness).sum()]) / darkness.sum()
        assert np.hypot(*(seen + (left, top) - (x, y))) < 0.5


@pytest.mark.parametrize("profile", list(Profile))
def test_the_same_seed_gives_the_same_bytes(profile):
    side = print_on_paper(blank(), 5, profile)
    one, two = (capture(side, side, profile, 5) for _ in range(2))
    assert one.data == two.data
    assert one.damage == two.damage
    assert capture(side, side, profile, 6).data != one.data


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9999), st.sampled_from([p for p in Profile if p is not Profile.PHONE]))
def test_scanners_keep_within_their_profile(seed, profile):
    rng = np.random.default_rng(seed)
    scanner = _settings(rng, profile)
    least, most = {
        Profile.OFFICE: (200, 300),
        Profile.BILEVEL: (200, 300),
        Profile.POOR: (150, 150),
        Profile.ABUSED: (150, 300),
    }[profile]
    assert least <= scanner.dpi <= most
    if profile is Profile.OFFICE:
        assert 70 <= scanner.quality <= 90
    size = image_size(rng, profile, scanner.px_per_mm)
    geometry = fed(rng, profile, scanner.px_per_mm, size, [])
    _there_and_back(geometry)
    (x0, y0), (x1, y1) = geometry.locate(np.array([(20.0, 150.0), (190.0, 150.0)]))
    skew = abs((np.degrees(np.arctan2(y1 - y0, x1 - x0)) + 90) % 180 - 90)
    assert skew <= {Profile.ABUSED: 5.0, Profile.POOR: 2.6}.get(profile, 2.1)
    assert 0.95 <= np.hypot(x1 - x0, y1 - y0) / 170 / scanner.px_per_mm <= 1.03


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9999))
def test_a_photograph_shows_the_whole_sheet(seed):
    geometry = _view(np.random.default_rng(seed), (1536, 2048), [])
    _there_and_back(geometry)
    corners = geometry.locate_sheet(np.array([(0, 0), (210, 0), (210, 297), (0, 297)], float))
    assert (corners > -40).all()
    assert (corners < (1536 + 40, 2048 + 40)).all()


def _there_and_back(geometry):
    places = np.random.default_rng(0).uniform((5, 5), (205, 292), (50, 2))
    again = geometry.to_paper(geometry.locate(places))
    assert np.abs(again - places).max() < 0.02


def test_one_bit_scans_are_fax_group_4():
    image = decoded(capture(blank(), None, Profile.BILEVEL, 3))
    assert image.mode == "1"
    assert image.info["compression"] == "group4"
    assert image.info["dpi"][0] in (200, 300)


def test_paper_lies_at_the_same_places_after_printing():
    side = blank()
    printed = print_on_paper(side, 1, Profile.OFFICE)
    assert printed.pixels.shape == side.pixels.shape
    ink = cv2.cvtColor(side.pixels, cv2.COLOR_RGB2GRAY) < 64
    grey = cv2.cvtColor(printed.pixels, cv2.COLOR_RGB2GRAY)
    assert np.median(grey[ink]) < 140
    assert np.median(grey[~ink]) > 230


def test_outlines_survive_black_and_white():
    for seed in range(1, 5):
        side = print_on_paper(blank(), seed, Profile.BILEVEL)
        captured = capture(side, None, Profile.BILEVEL, seed)
        black = ~np.asarray(decoded(captured))
        near = cv2.dilate(black.astype(np.uint8), np.ones((3, 3), np.uint8))
        corners = np.concatenate([t.box.corners() for t in layout().page(1).targets])
        x, y = np.round(captured.locate(corners)).astype(int).T
        assert near[y, x].mean() > 0.98


def test_whoever_sees_pale_lines_lost_sets_the_machine_darker():
    grey = np.full((1600, 1200), 240, np.uint8)
    for place in range(200, 1000, 40):
        cv2.line(grey, (place, 300), (place + 20, 330), 218, 3)
    black = one_bit(np.random.default_rng(1), grey, 8.0, notes := [])
    assert black[315, 210]
    assert "set darker" in notes[-1]
