"""Paper that we did not print is found by its print, told apart, or refused."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from printed_paper import CENTRES, PPM, lying, marked, page_of, printed, seen

from omr.refusal import Reason, Refusal
from omr.registration.printed_features import PageMatch, match_page

FORM = printed(seed=1)
OTHER = printed(seed=2)
NEARLY = printed(seed=1, changed={5: 9, 6: 9})
LIMIT_MM = 0.3


def misses_mm(match: PageMatch, place, also=0.0):
    """How far (mm) each target is taken to lie from where it really lies."""
    found = match.transform.to_pixels(CENTRES + match.shifts_mm)
    return np.linalg.norm(place.to_paper(found) - CENTRES - also, axis=1)


@pytest.mark.parametrize("turn", [90, 180, 270, 3.5])
def test_every_target_of_a_marked_sheet_is_found_at_any_turn(turn: float) -> None:
    place, size = lying(turn, scale=(0.98, 1.01))
    match = match_page(page_of(seen(marked(FORM, 3), place, size)), [FORM])
    assert isinstance(match, PageMatch)
    assert match.reference is FORM
    assert misses_mm(match, place).max() <= LIMIT_MM
    assert match.residual_mm <= LIMIT_MM


@pytest.mark.parametrize("dpi", [110.0, 300.0])
def test_resolution_does_not_matter(dpi: float) -> None:
    place, size = lying(1.0, dpi=dpi)
    match = match_page(page_of(seen(marked(FORM, 4), place, size)), [FORM])
    assert isinstance(match, PageMatch)
    assert misses_mm(match, place).max() <= LIMIT_MM


def test_a_photograph_at_an_angle_is_found() -> None:
    place, size = lying(12.0, tilt=(0.25, 0.15), dpi=150)
    match = match_page(page_of(seen(marked(FORM, 5), place, size)), [FORM, OTHER])
    assert isinstance(match, PageMatch)
    assert match.reference is FORM
    assert misses_mm(match, place).max() <= LIMIT_MM


def test_a_sheet_that_is_small_in_a_large_photograph_is_found() -> None:
    place, size = lying(-8.0, dpi=120)
    scan = seen(marked(FORM, 5), place, size)
    table = np.full((3600, 2800), 60, np.uint8)
    table[1700 : 1700 + scan.shape[0], 900 : 900 + scan.shape[1]] = scan
    match = match_page(page_of(table), [FORM])
    assert isinstance(match, PageMatch)
    moved = place.then(np.array([[1, 0, 900], [0, 1, 1700], [0, 0, 1.0]]))
    assert misses_mm(match, moved).max() <= LIMIT_MM


def test_a_one_bit_scan_is_found() -> None:
    place, size = lying(-2.0)
    scan = np.where(seen(marked(FORM, 6), place, size) > 140, 255, 0).astype(np.uint8)
    match = match_page(page_of(scan, bilevel=True), [FORM])
    assert isinstance(match, PageMatch)
    assert misses_mm(match, place).max() <= LIMIT_MM


def test_bent_paper_is_followed_by_the_shifts() -> None:
    place, size = lying()
    scan = seen(marked(FORM, 7), place, size)
    rows, columns = np.indices(scan.shape, dtype=np.float32)
    ppm = 200 / 25.4
    wave = (1.2 * np.sin(columns / scan.shape[1] * 2 * np.pi)).astype(np.float32)
    bent = cv2.remap(scan, columns, rows - wave * ppm, cv2.INTER_LINEAR, borderValue=(255,))
    match = match_page(page_of(bent), [FORM])
    assert isinstance(match, PageMatch)
    x_px = place.to_pixels(CENTRES)[:, 0]
    down = 1.2 * np.sin(x_px / scan.shape[1] * 2 * np.pi)
    assert np.abs(down).max() > 1.0
    bend = np.column_stack([np.zeros(len(down)), down])
    assert misses_mm(match, place, also=bend).max() <= LIMIT_MM


def test_the_same_page_gives_the_same_answer_every_time() -> None:
    place, size = lying(2.0)
    page = page_of(seen(marked(FORM, 8), place, size))
    first, second = match_page(page, [FORM, OTHER]), match_page(page, [FORM, OTHER])
    assert isinstance(first, PageMatch)
    assert isinstance(second, PageMatch)
    assert np.array_equal(first.transform.matrix, second.transform.matrix)
    assert np.array_equal(first.shifts_mm, second.shifts_mm)


def test_a_page_of_another_form_is_refused() -> None:
    place, size = lying(1.0)
    answer = match_page(page_of(seen(marked(OTHER, 3), place, size)), [FORM])
    assert isinstance(answer, Refusal)


def test_a_form_with_other_questions_under_the_same_heading_is_refused() -> None:
    """Its heading and its ovals would fit."""
    sister = printed(seed=1, changed=dict.fromkeys(range(14), 7))
    place, size = lying(1.0)
    answer = match_page(page_of(seen(marked(sister, 3), place, size)), [FORM])
    assert isinstance(answer, Refusal)


def noise() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (1600, 1200)).astype(np.uint8)


def wood() -> np.ndarray:
    """Something with grain, such as the table beside a sheet."""
    grain = np.random.default_rng(1).normal(0, 1, (1600, 1200)).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=20, sigmaY=2)
    return cv2.normalize(grain, None, 0, 255, cv2.NORM_MINMAX, cv2.CV_8U)


@pytest.mark.parametrize(
    "image",
    [np.full((2339, 1654), 250, np.uint8), noise(), wood(), np.zeros((1, 1), np.uint8)],
    ids=["blank", "noise", "wood", "one pixel"],
)
def test_what_is_no_page_is_refused(image: np.ndarray) -> None:
    assert match_page(page_of(image), [FORM, OTHER]) == Refusal(Reason.NO_FORM_MATCHES)


def test_without_forms_nothing_matches() -> None:
    assert match_page(page_of(FORM.image), []) == Refusal(Reason.NO_FORM_MATCHES)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("shown", [0, 1])
def test_forms_that_differ_in_two_lines_are_told_apart(shown: int, order: tuple[int, int]) -> None:
    forms = (FORM, NEARLY)
    place, size = lying(2.0)
    page = page_of(seen(marked(forms[shown], 11), place, size))
    match = match_page(page, [forms[number] for number in order])
    assert isinstance(match, PageMatch)
    assert match.reference is forms[shown]
    assert misses_mm(match, place).max() <= LIMIT_MM


def test_forms_that_look_the_same_are_refused_as_alike() -> None:
    place, size = lying(1.0)
    page = page_of(seen(marked(FORM, 12), place, size))
    answer = match_page(page, [FORM, printed(seed=1)])
    assert answer == Refusal(Reason.FORMS_ALIKE)


def test_marks_in_the_references_do_not_tell_forms_apart() -> None:
    """Two references of one form, filled in differently: only their marks differ."""
    place, size = lying(1.0)
    twin = printed(seed=1, blank=False)
    for question in range(14):
        box = twin.layout.targets[4 * question + question % 4].box
        centre = tuple(round(value * PPM) for value in box.centre)
        cv2.ellipse(twin.image, centre, (24, 16), 0, 0, 360, (40,), -1)
    page = page_of(seen(marked(FORM, 12), place, size))
    assert match_page(page, [FORM, twin]) == Refusal(Reason.FORMS_ALIKE)
