"""Scores become chances, and chances a confidence that keeps its word."""

from __future__ import annotations

import numpy as np
import pytest
from digit_training.calibrating import calibrated, logistic
from digit_training.report import upper_bound
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import beta

from omr.digits.confidence import UNAGREED, judged, log_chances
from omr.digits.network import CLASSES, NO_DIGIT, Calibration

PLAIN = Calibration((1.0, 1.0), 1.0, 0.0)
SCORES = arrays(np.float32, (5, CLASSES), elements=st.floats(-40, 40, width=32))


def scores(**by_class: float) -> np.ndarray:
    row = np.zeros((1, CLASSES), np.float32)
    for name, score in by_class.items():
        row[0, int(name[1:])] = score
    return row


@given(SCORES, st.floats(0.3, 5))
def test_chances_sum_to_one(seen: np.ndarray, softness: float) -> None:
    assert np.exp(log_chances(seen, softness)).sum(axis=1) == pytest.approx(1.0)


@given(SCORES, SCORES)
def test_views_that_differ_are_never_sure(one: np.ndarray, other: np.ndarray) -> None:
    digits, sure = judged(one, other, PLAIN)
    assert ((sure >= 0) & (sure <= 1)).all()
    differ = one.argmax(axis=1) != other.argmax(axis=1)
    assert (sure[differ] <= UNAGREED).all()
    nothing = (one.argmax(axis=1) == NO_DIGIT) | (other.argmax(axis=1) == NO_DIGIT)
    assert (sure[nothing] <= UNAGREED).all()
    assert (sure[digits == NO_DIGIT] == 0).all()


def test_the_less_sure_view_counts() -> None:
    both = judged(scores(_3=20), scores(_3=6), PLAIN)[1]
    alone = judged(scores(_3=6), scores(_3=6), PLAIN)[1]
    assert both == pytest.approx(alone)
    assert judged(scores(_3=6), scores(_3=6), PLAIN)[0] == [3]


def test_what_neither_view_knows_is_not_named() -> None:
    digits, sure = judged(scores(_10=9, _4=1), scores(_10=9, _4=1), PLAIN)
    assert digits == [NO_DIGIT]
    assert sure == [0.0]


def test_a_logistic_curve_is_found_again() -> None:
    rng = np.random.default_rng(1)
    odds = rng.uniform(-3, 8, 60_000)
    right = (rng.random(len(odds)) < 1 / (1 + np.exp(-(0.8 * odds + 1.0)))).astype(float)
    assert logistic(odds, right) == pytest.approx((0.8, 1.0), abs=0.06)


def test_a_calibration_keeps_its_word_on_other_samples() -> None:
    """Scores that claim three times too much are brought back to what they are worth."""
    rng = np.random.default_rng(2)
    truth = rng.integers(0, CLASSES, 40_000)

    def view() -> np.ndarray:
        seen = rng.normal(0, 1.5, (len(truth), CLASSES))
        seen[np.arange(len(truth)), truth] += 2.6
        return (3 * seen).astype(np.float32)

    one, other = view(), view()
    half = len(truth) // 2
    found = calibrated(one[:half], other[:half], truth[:half])
    digits, sure = judged(one[half:], other[half:], found)
    right = digits == truth[half:]
    for low, high in ((0.95, 0.99), (0.99, 0.999)):
        there = (sure >= low) & (sure < high)
        assert there.sum() > 200
        assert right[there].mean() == pytest.approx(sure[there].mean(), abs=0.015)
        assert right[there].mean() >= low


@pytest.mark.parametrize(("wrong", "of"), [(0, 100), (1, 5000), (3, 20_000), (5, 5)])
def test_the_bound_is_that_of_clopper_and_pearson(wrong: int, of: int) -> None:
    exact = beta.ppf(0.95, wrong + 1, of - wrong) if wrong < of else 1.0
    assert upper_bound(wrong, of) == pytest.approx(exact, rel=1e-3)


def test_nothing_was_seen_nothing_is_promised() -> None:
    assert upper_bound(0, 0) == 1.0
