"""Dirt on the scanner's glass is mended; what people drew and what was printed stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from printed import GREY, ONE_BIT, T1, T3, page_of

from omr.marks.glass import without_glass_streaks
from omr.outcome import PageRead
from omr.simulate import Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from printed import PrintedSurvey

    from omr.marks.model import State
    from omr.simulate import CaptureSettings

    Gray = NDArray[np.uint8]

PX_PER_MM = 200 / 25.4
STREAKS = ((0.21, 1, 0.5), (0.34, 4, 0.3), (0.55, 2, 0.7), (0.62, 5, 0.4), (0.86, 1, 0.2))
"""Place across the image (share), width in px, and what is left of the light there."""


def streaked(gray: Gray, streaks: tuple[tuple[float, int, float], ...] = STREAKS) -> Gray:
    """The picture as a scanner with a dirty glass gives it."""
    seen = gray.astype(np.float32)
    for place, width, light in streaks:
        left = round(place * gray.shape[1])
        seen[:, left : left + width] *= light
    return seen.astype(np.uint8)


def scanned(printed: PrintedSurvey, settings: CaptureSettings = GREY, form: str = T1) -> Gray:
    serial = 1 if form == T1 else 9
    return page_of(printed.image(form, serial, printed.filled(form, 3), settings)).gray()


def blank_page(seed: int = 1) -> Gray:
    """Paper as a scanner sees it at 200 dpi: 245, with a little noise."""
    noise = np.random.default_rng(seed).normal(245, 3, (2339, 1654))
    return np.clip(noise, 0, 255).astype(np.uint8)


def states(printed: PrintedSurvey, gray: Gray) -> dict[tuple[str, str], State]:
    page = replace(page_of(printed.image(T1, 1)), image=gray)
    outcome = printed.reader.read_page(page)
    assert isinstance(outcome, PageRead)
    return {(mark.question, mark.option): mark.state for mark in outcome.marks}


@pytest.mark.parametrize(
    "settings",
    [
        GREY,
        ONE_BIT,
        replace(GREY, mode=Mode.COLOUR),
        replace(GREY, dpi=300.0),
        replace(GREY, geometry=replace(GREY.geometry, turn=90)),
    ],
    ids=["grey", "1-bit", "colour", "300 dpi", "turned"],
)
@pytest.mark.parametrize("form", [T1, T3])
def test_a_page_without_streaks_comes_back_itself(
    printed: PrintedSurvey, settings: CaptureSettings, form: str
) -> None:
    gray = scanned(printed, settings, form)
    assert without_glass_streaks(gray) is gray


@pytest.mark.parametrize("turned", [False, True], ids=["columns", "rows"])
def test_streaks_are_mended_and_nothing_else_is_touched(
    printed: PrintedSurvey, turned: bool
) -> None:
    clean = scanned(printed)
    dirty = streaked(clean)
    mended = without_glass_streaks(np.ascontiguousarray(dirty.T)).T if turned else None
    mended = without_glass_streaks(dirty) if mended is None else mended
    for place, width, _ in STREAKS:
        left = round(place * clean.shape[1])
        under = np.s_[:, left : left + width]
        off = np.abs(mended[under].astype(int) - clean[under])
        assert np.median(off) <= 6
        assert np.percentile(off, 98) <= 60, "ink under the streak is lost, or ink was made"
    changed = (mended != dirty).any(axis=0).sum()
    assert changed <= sum(width + 2 for _, width, _ in STREAKS)


def test_marks_are_read_under_streaks_as_without(printed: PrintedSurvey) -> None:
    clean = scanned(printed)
    box = printed.layout(T1).pages[0].targets[0].box
    # Through the middle of the first targets as well, as nearly as the scan's skew allows.
    through = (box.centre[0] / 210, 3, 0.35)
    assert states(printed, streaked(clean, (*STREAKS, through))) == states(printed, clean)


@pytest.mark.parametrize("length_mm", [120, 180, 230])
@pytest.mark.parametrize("width_px", [2, 4, 6])
def test_a_long_straight_pen_line_stays(length_mm: float, width_px: int) -> None:
    page = blank_page()
    page[300 : 300 + round(length_mm * PX_PER_MM), 700 : 700 + width_px] = 90
    assert without_glass_streaks(page) is page


def test_printed_rules_stay_even_where_they_are_not_askew() -> None:
    page = blank_page()
    height, width = page.shape
    for column in range(300, 1500, 150):
        page[400 : 400 + round(0.6 * height), column : column + 2] = 40
    for row in range(400, 1700, 90):
        page[row : row + 2, round(0.07 * width) : round(0.93 * width)] = 40
    assert without_glass_streaks(page) is page


def test_boxes_below_one_another_stay() -> None:
    page = blank_page()
    for top in range(60, 2280, 70):
        for column in (900, 938):
            page[top : top + 40, column : column + 2] = 60
    assert without_glass_streaks(page) is page


def test_an_upright_stroke_hidden_under_a_streak_is_brought_back() -> None:
    page = blank_page()
    page[1000:1040, 801:804] = 80
    mended = without_glass_streaks(streaked(page, ((800 / 1654, 5, 0.4),)))
    assert mended[1000:1040, 801:804].mean() == pytest.approx(80, abs=15)
    assert mended[1100:1900, 800:805].mean() == pytest.approx(245, abs=5)


@pytest.mark.parametrize(("width_px", "is_mended"), [(1, True), (2, True), (5, False)])
def test_an_opaque_streak_is_mended_only_if_it_hides_no_stroke(
    width_px: int, is_mended: bool
) -> None:
    dirty = streaked(blank_page(), ((0.5, width_px, 0.0),))
    mended = without_glass_streaks(dirty)
    assert (mended[:, 820:840].min() > 200) == is_mended


def test_a_light_streak_over_grey_paper_is_mended_and_strokes_across_it_joined() -> None:
    page = (blank_page() * 0.7).astype(np.uint8)
    page[1000:1004, 700:900] = 40
    page[:, 800:803] = 250
    mended = without_glass_streaks(page)
    assert mended[:900, 800:803].mean() == pytest.approx(page[:900, 790:799].mean(), abs=4)
    assert mended[1000:1004, 800:803].max() < 70


def test_a_step_along_the_whole_page_is_no_streak() -> None:
    page = blank_page()
    page[:, 1200:] = page[:, 1200:] // 2
    assert without_glass_streaks(page) is page


def test_a_tiny_picture_is_left_alone() -> None:
    tiny = np.full((30, 40), 200, dtype=np.uint8)
    assert without_glass_streaks(tiny) is tiny
