"""The measures of realism on drawings of which everything is known."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from omr.accuracy.realism import Sample, looks, together

PX_PER_MM = 8.0
STROKE_MM = 0.5
TARGET = np.array([[80, 80], [200, 80], [200, 200], [80, 200]], dtype=float)
RIM = np.array([[4, 4], [635, 4], [635, 635], [4, 635]], dtype=float)


def sample(blur_px: float = 0.0, noise: float = 0.0) -> Sample:
    """Paper of 220 with black print below, and one grey stroke of 0.5 mm across a target."""
    rng = np.random.default_rng(1)
    page = np.full((640, 640), 220.0)
    page[400:420, 100:540] = 20
    page[138:142, 80:200] = 120
    if blur_px:
        page = cv2.GaussianBlur(page, (0, 0), blur_px)
    page += noise * rng.standard_normal(page.shape)
    grey = np.clip(np.rint(page), 0, 255).astype(np.uint8)
    return Sample(grey, PX_PER_MM, RIM, (TARGET,), bilevel=False)


def test_a_stroke_has_its_width_and_darkness() -> None:
    found = looks(sample())
    assert np.median(found.stroke_width_mm) == pytest.approx(STROKE_MM, abs=0.1)
    assert np.median(found.ink_darkness) == pytest.approx(0.5, abs=0.02)
    assert found.contrast[0] == pytest.approx(200, abs=2)
    assert found.paper_grey[0] == 220


@pytest.mark.parametrize("blur_px", [1.0, 1.5, 2.0])
def test_an_edge_rises_as_a_blur_has_it(blur_px: float) -> None:
    rise = np.median(looks(sample(blur_px)).print_edge_mm)
    assert rise == pytest.approx(2.56 * np.hypot(blur_px, 0.29) / PX_PER_MM, rel=0.15)


def test_grain_is_the_noise_of_the_paper() -> None:
    quiet, loud = looks(sample(noise=2)), looks(sample(noise=6))
    assert loud.grain_1px[0] == pytest.approx(6 / 200, rel=0.15)
    assert loud.grain_1px[0] / quiet.grain_1px[0] == pytest.approx(3, rel=0.1)
    assert loud.grain_4px[0] == pytest.approx(6 / 4 / 200, rel=0.25)


def test_specks_stand_alone() -> None:
    page = sample()
    for column in range(100, 540, 8):
        page.grey[580:582, column : column + 2] = 20
    for x, y in ((300, 60), (400, 120), (500, 60)):
        page.grey[y : y + 2, x : x + 2] = 20
    area_dm2 = (631 / PX_PER_MM / 100) ** 2
    assert looks(page).specks_per_dm2[0] == pytest.approx(3 / area_dm2, rel=0.02)


def test_a_ragged_edge_is_told_from_a_straight_one() -> None:
    rng = np.random.default_rng(2)
    straight = sample()
    bits = np.where(straight.grey < 100, 0, 255).astype(np.uint8)
    torn = bits.copy()
    for column in range(100, 540):
        torn[400 : 400 + int(rng.integers(0, 3)), column] = 255
    smooth, ragged = (looks(replace(straight, grey=grey, bilevel=True)) for grey in (bits, torn))
    assert ragged.ragged_px.max() > smooth.ragged_px.max() + 0.2
    assert ragged.ragged_mm.max() == pytest.approx(ragged.ragged_px.max() / PX_PER_MM)


def test_pages_together_have_all_values() -> None:
    one = looks(sample())
    both = together([one, one])
    assert len(both.paper_grey) == 2
    assert len(both.stroke_width_mm) == 2 * len(one.stroke_width_mm)
