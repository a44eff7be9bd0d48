"""The mark classifier: it computes what its weights say, and claims no more than was counted."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.geometry import Box
from omr.layout.model import Shape, Target
from omr.marks.classify import PageMarks, classify
from omr.marks.learned.agree import confirmed, least_probability
from omr.marks.learned.calibration import (
    BOUND,
    Calibration,
    calibrated,
    isotonic_blocks,
    logit,
    lower_bound,
)
from omr.marks.learned.features import FEATURES, features
from omr.marks.learned.fit import fitted_spline, fitted_weights, newton
from omr.marks.learned.model import (
    TRUTH_OF,
    WEIGHTS_FILE,
    MarkModel,
    Truth,
    model_from_json,
    model_to_json,
    shipped_model,
)
from omr.marks.measure import Measurement
from omr.marks.model import Mark, State

GOLDEN = json.loads((Path(__file__).parent / "learned_page.json").read_text(encoding="utf-8"))
SHARE = st.floats(0, 1)
COUNTS = st.lists(st.tuples(st.integers(0, 400), SHARE), min_size=1, max_size=12)


def golden_page() -> tuple[tuple[Measurement, ...], list[int]]:
    """A simulated page as it was measured once, and what each target really holds."""
    measured = []
    for told in GOLDEN["targets"]:
        box = Box(*told.pop("box"))
        target = Target(told.pop("question"), told.pop("option"), Shape.BOX, box)
        measured.append((Measurement(target=target, **told["numbers"]), told["truth"]))
    return tuple(one for one, _ in measured), [truth for _, truth in measured]


MEASURED, TRUTHS = golden_page()


def probabilities(measured: tuple[Measurement, ...], bilevel: bool = False) -> np.ndarray:
    return shipped_model().probabilities(features(measured, bilevel))


def test_a_page_is_read_as_it_was_filled_in() -> None:
    found = probabilities(MEASURED)
    assert found.argmax(axis=1).tolist() == TRUTHS
    assert (found == probabilities(MEASURED)).all()


def test_the_arithmetic_is_what_the_weights_file_says() -> None:
    """The same once more, number by number, straight from the file."""
    text = (resources.files("omr.marks.learned") / WEIGHTS_FILE).read_text(encoding="utf-8")
    told = json.loads(text)
    rows = features(MEASURED, False)
    for row, found in zip(rows, probabilities(MEASURED), strict=True):
        scores = list(told["constant"])
        for value, field in zip(row, told["features"].values(), strict=True):
            low, high = field["range"]
            inside = min(max(float(value), low), high)
            bends = [inside, *(max(inside - knot, 0.0) for knot in field["knots"])]
            for bend, weights in zip(bends, field["weights"], strict=True):
                scores = [s + bend * w for s, w in zip(scores, weights, strict=True)]
        powers = [math.exp(score - max(scores)) for score in scores]
        assert found == pytest.approx([power / sum(powers) for power in powers], abs=1e-9)


def test_the_weights_file_is_whole() -> None:
    text = (resources.files("omr.marks.learned") / WEIGHTS_FILE).read_text(encoding="utf-8")
    model = model_from_json(text)
    assert model_to_json(model) == text
    assert len(text) < 60_000
    assert np.isfinite(model.weights).all()
    assert (model.spline.low <= model.spline.high).all()
    assert set(model.calibrations) == set(TRUTH_OF)
    for calibration in model.calibrations.values():
        assert len(calibration.above) == len(calibration.sure)
        assert all(before < after for before, after in pairwise(calibration.above))
        assert all(before < after for before, after in pairwise(calibration.sure))
        assert all(0 <= sure < 1 for sure in calibration.sure)


def test_weights_for_other_features_are_refused() -> None:
    told = json.loads(model_to_json(shipped_model()))
    told["features"].pop(FEATURES[0])
    with pytest.raises(ValueError, match="other features"):
        model_from_json(json.dumps(told))


numbers = st.fixed_dictionaries(
    dict.fromkeys(("ink", "core", "extent", "longest", "breadth", "strength", "ring"), SHARE)
    | {name: st.floats(0, 1e4) for name in ("stroke_mm", "through", "own_mm", "rival")}
    | {"agreement": st.floats(-1, 1), "found": st.booleans(), "speck_count": st.integers(0, 99)}
)


@given(st.lists(numbers, min_size=1, max_size=6), st.booleans())
def test_whatever_was_measured_the_probabilities_add_up_to_one(
    drawn: list[dict[str, float]], bilevel: bool
) -> None:
    box = Box(100, 100, 5, 5)
    measured = tuple(
        Measurement(target=Target("q1", str(number), Shape.BOX, box), **values)  # type: ignore[arg-type]
        for number, values in enumerate(drawn)
    )
    found = probabilities(measured, bilevel)
    assert found.shape == (len(drawn), len(Truth))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert found.sum(axis=1) == pytest.approx(1.0)


def test_more_ink_in_the_middle_never_speaks_against_a_mark() -> None:
    """A cross of the golden page, thinner and fuller: from hardly any ink to all of it."""
    at = next(
        n for n, (one, truth) in enumerate(zip(MEASURED, TRUTHS, strict=True))
        if truth == Truth.MARK and one.ink < 0.4
    )  # fmt: skip
    one = MEASURED[at]
    likely = []
    for times in np.linspace(0.1, 1.5, 15):
        more = replace(one, ink=one.ink * times, core=one.core * times)
        likely.append(probabilities((*MEASURED[:at], more, *MEASURED[at + 1 :]))[at, Truth.MARK])
    assert likely[0] < 0.999
    assert all(after >= before - 1e-3 for before, after in pairwise(likely))


def test_rules_and_classifier_must_agree() -> None:
    ruled = classify(MEASURED, False)
    agreed = confirmed(MEASURED, ruled, False)
    assert [m.state for m in agreed.marks] == [m.state for m in ruled.marks]
    assert all(m.confidence > 0.9 for m in agreed.marks if m.state is State.MARKED)
    other = {State.MARKED: State.UNMARKED, State.UNMARKED: State.MARKED}
    turned = tuple(replace(m, state=other.get(m.state, State.MARGINAL)) for m in ruled.marks)
    doubted = confirmed(MEASURED, replace(ruled, marks=turned), False)
    assert {m.state for m in doubted.marks} == {State.MARGINAL}
    assert {m.confidence for m in doubted.marks} == {0.5}


def test_what_only_a_person_can_say_stays_so() -> None:
    marks = tuple(
        Mark(m.target.question, m.target.option, State.MARGINAL, m.ink, 0.0) for m in MEASURED
    )
    seen = confirmed(MEASURED, PageMarks(marks, frozenset({"q1"})), False)
    assert {m.state for m in seen.marks} == {State.MARGINAL}
    assert seen.unsure_if_empty == {"q1"}
    assert confirmed((), PageMarks((), frozenset()), False).marks == ()


def test_no_state_stands_that_is_very_unlikely() -> None:
    assert all(least_probability(state) >= 0.1 for state in TRUTH_OF)


# Fitting.


def toy(seed: int, count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, len(Truth), count)
    rows = rng.normal(0, 1, (count, len(FEATURES)))
    rows[:, :4] += 1.5 * np.eye(4)[truth]
    rows[:, 5] = truth == Truth.MARK
    return rows, truth


def fitted(rows: np.ndarray, truth: np.ndarray) -> MarkModel:
    spline = fitted_spline(rows, truth, knots=2)
    return MarkModel(spline, fitted_weights(spline, rows, truth, penalty=0.01), {})


def test_training_again_gives_the_same_weights_in_any_order() -> None:
    rows, truth = toy(1)
    text = model_to_json(fitted(rows, truth))
    shuffled = np.random.default_rng(2).permutation(len(rows))
    assert model_to_json(fitted(rows, truth)) == text
    assert model_to_json(fitted(rows[shuffled], truth[shuffled])) == text


def test_the_fit_learns_and_stands_at_its_optimum() -> None:
    rows, truth = toy(3)
    other_rows, other_truth = toy(4)
    found = fitted(rows, truth).probabilities(other_rows)
    assert (found.argmax(axis=1) == other_truth).mean() > 0.7
    design = np.column_stack([np.ones(len(rows)), rows[:, :3]])
    weights = newton(design, truth, 0.01)
    scores = np.exp(design @ weights)
    shares = scores / scores.sum(axis=1, keepdims=True)
    ridge = np.array([0.0001, 0.01, 0.01, 0.01])[:, None]
    slope = design.T @ (shares - np.eye(len(Truth))[truth]) / len(rows) + ridge * weights
    assert np.abs(slope).max() < 1e-8


def test_knots_lie_within_what_was_seen() -> None:
    rows, truth = toy(5)
    spline = fitted_spline(rows, truth)
    assert np.isinf(spline.knots[5]).all()  # yes or no has nothing to bend
    for low, high, knots in zip(spline.low, spline.high, spline.knots, strict=True):
        inside = knots[np.isfinite(knots)]
        assert ((inside > low) & (inside < high)).all()
        assert (np.diff(inside) > 0).all()


# Calibration.


@given(COUNTS)
def test_pooled_shares_rise_and_nothing_is_lost(bins: list[tuple[int, float]]) -> None:
    count = np.array([n for n, _ in bins], dtype=float)
    good = np.array([round(n * share) for n, share in bins], dtype=float)
    blocks = isotonic_blocks(count, good)
    assert sum(n for n, _, _ in blocks) == count.sum()
    assert sum(g for _, g, _ in blocks) == good.sum()
    shares = [g / n for n, g, _ in blocks if n]
    assert all(before < after for before, after in pairwise(shares))


@given(st.integers(1, 100_000), st.integers(0, 50))
def test_the_lower_bound_lies_below_what_was_seen(count: int, wrong: int) -> None:
    good = max(count - wrong, 0)
    bound = lower_bound(good, count)
    assert 0 <= bound < max(good / count, 1e-9)
    assert lower_bound(count, count) == pytest.approx((1 - BOUND) ** (1 / count))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
def test_confidence_rises_and_never_exceeds_what_the_marks_can_show(
    marks: list[tuple[float, bool]],
) -> None:
    probability = np.array([p for p, _ in marks])
    right = np.array([r for _, r in marks])
    calibration = calibrated(probability, right)
    claimed = calibration.confidence(np.sort(probability))
    assert (np.diff(claimed) >= 0).all()
    assert claimed.max() <= (1 - BOUND) ** (1 / len(marks))
    for step, sure in zip(calibration.above, calibration.sure, strict=True):
        assert sure <= right[logit(probability) >= step].mean()


def test_a_claim_of_three_nines_needs_three_thousand_marks() -> None:
    sure = np.full(2900, 0.99999)
    assert calibrated(sure, np.ones(2900, dtype=bool)).confidence(sure[:1])[0] < 0.999
    sure = np.full(3100, 0.99999)
    assert calibrated(sure, np.ones(3100, dtype=bool)).confidence(sure[:1])[0] >= 0.999


def test_below_its_first_step_nothing_is_sure() -> None:
    steps = Calibration((2.0, 5.0), (0.9, 0.99))
    assert steps.confidence(np.array([0.5, 0.9, 0.995])).tolist() == [0.0, 0.9, 0.99]
