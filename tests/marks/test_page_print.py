"""Print that the reference lacks is learned from the page; marks never are."""

from __future__ import annotations

import numpy as np
import pytest

from omr.geometry import Box
from omr.layout.model import Shape, Target
from omr.marks.page_print import unknown_print

QUESTIONS, CODES, SIDE = 20, "abcd", 20
INSIDE = np.zeros((SIDE, SIDE), dtype=bool)
INSIDE[4:16, 4:16] = True
TARGETS = [
    Target(f"q{question}", code, Shape.OVAL, Box(10.0 * place, 10.0 * question, 5, 5))
    for question in range(QUESTIONS)
    for place, code in enumerate(CODES)
]


def empty_page(seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 0.01, (len(TARGETS), SIDE, SIDE))
    return np.clip(noise, 0, 1).astype(np.float32)


def with_letters(page: np.ndarray, codes: str = CODES, dark: float = 0.5) -> np.ndarray:
    lettered = page.copy()
    for row, target in enumerate(TARGETS):
        if target.option in codes:
            at = 6 + CODES.index(target.option)
            lettered[row, 6:14, at : at + 2] = dark
            lettered[row, 9:11, 6:14] = dark
    return lettered


def left(page: np.ndarray) -> np.ndarray:
    """Mean darkness that is left in each target's inside."""
    rest = np.maximum(page - unknown_print(TARGETS, page, INSIDE, 1), 0)
    return rest[:, INSIDE].mean(axis=1)


def test_letters_in_all_targets_are_taken_out_and_marks_stay() -> None:
    page = with_letters(empty_page())
    marked = [4 * question + question % 3 for question in range(0, QUESTIONS, 2)]
    for row in marked:
        page[row, INSIDE] = 1.0
    rest = left(page)
    assert rest[marked].min() > 0.6
    assert np.delete(rest, marked).max() < 0.02


@pytest.mark.parametrize("codes", ["a", "ab", "abc"])
def test_what_some_options_show_in_every_question_is_a_mark(codes: str) -> None:
    """Somebody gives the same answers all over the page, even the same three of four."""
    page = with_letters(empty_page(), codes)
    assert not unknown_print(TARGETS, page, INSIDE, 1).any()


@pytest.mark.parametrize("seed", range(4))
def test_ticks_in_every_target_are_no_print(seed: int) -> None:
    """Strokes of a pen never lie at the same place in three quarters of the targets."""
    rng = np.random.default_rng(seed)
    page = empty_page(seed)
    for row in range(len(TARGETS)):
        at = rng.integers(4, 14)
        page[row, 4:16, at : at + 2] = 0.9
    assert left(page).min() > 0.1


def test_somebody_who_fills_everything_is_seen() -> None:
    page = empty_page()
    page[:, INSIDE] = 0.8
    assert not unknown_print(TARGETS, page, INSIDE, 1).any()


def test_a_page_without_such_print_is_left_alone() -> None:
    assert not unknown_print(TARGETS, empty_page(), INSIDE, 1).any()


def test_few_questions_tell_nothing() -> None:
    few = TARGETS[:16]
    page = with_letters(empty_page())[:16]
    assert not unknown_print(few, page, INSIDE, 1).any()
