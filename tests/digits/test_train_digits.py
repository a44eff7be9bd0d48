"""The training script: what it says, and that the same seed gives the same weights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from digit_training import learning, sources
from digit_training.samples import drawn_digits

from omr.digits.network import WEIGHTS, Recogniser, load_recogniser

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "train_digits"
MOST_BYTES = 300_000


def train(out: Path, *more: str) -> str:
    """A run on a few cells, without any public data."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), "--data", str(out.parent), "--out", str(out),
         "--size", "0.001", "--epochs", "1", *more],
        check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip


def test_training_again_gives_the_same_weights(tmp_path: Path) -> None:
    first, again, other = (tmp_path / f"{name}.npz" for name in ("first", "again", "other"))
    said = train(first)
    assert "WITHOUT MNIST" in said
    train(again)
    train(other, "--seed", "2")
    assert first.read_bytes() == again.read_bytes()
    assert first.read_bytes() != other.read_bytes()
    assert load_recogniser(first).weights.keys() == load_recogniser(WEIGHTS).weights.keys()


def test_another_file_of_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / sources.OPENCV.file).write_bytes(b"not the digits")
    with pytest.raises(ValueError, match=r"digits\.png"):
        sources.load(sources.OPENCV, tmp_path)


def test_the_shipped_weights_are_small_and_finite() -> None:
    assert WEIGHTS.stat().st_size <= MOST_BYTES
    assert all(np.isfinite(value).all() for value in load_recogniser(WEIGHTS).weights.values())


@pytest.mark.parametrize("view", ["_picture_slopes", "_edge_slopes"])
def test_slopes_are_those_of_the_loss(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of weight: the slope that training follows against a small step by hand."""
    monkeypatch.setattr(learning, "DROPPED", 0.0)
    samples = drawn_digits(12, 9)
    learned = learning.learn_pictures if view == "_picture_slopes" else learning.learn_edges
    weights = {k: v.astype(np.float64) for k, v in learned(samples, 1, 1, lambda _: None).items()}
    seen = (
        samples.upright[..., None].astype(np.float64) / 255
        if view == "_picture_slopes"
        else (samples.edges - weights.pop("edge_mean")) / weights.pop("edge_spread")
    )

    def loss_and_slopes() -> tuple[float, dict[str, np.ndarray]]:
        found: tuple[float, dict[str, np.ndarray]] = getattr(learning, view)(
            weights, seen, samples.labels, np.random.default_rng(1)
        )
        return found

    _, slopes = loss_and_slopes()
    for name, slope in slopes.items():
        where = np.unravel_index(int(np.abs(slope).argmax()), slope.shape)
        step = 1e-5
        weights[name][where] += step
        more = loss_and_slopes()[0]
        weights[name][where] -= 2 * step
        less = loss_and_slopes()[0]
        weights[name][where] += step
        assert slope[where] == pytest.approx((more - less) / (2 * step), rel=0.02), name


def test_training_and_reading_compute_the_same_scores() -> None:
    """The network that is trained is the one that reads: a perfect fit is perfect there too."""
    samples = drawn_digits(20, 9)
    weights = learning.learn_pictures(samples, 40, 1, lambda _: None)
    recogniser = Recogniser(weights, load_recogniser(WEIGHTS).calibration)
    found = recogniser.picture_scores(samples.upright.astype(np.float32) / 255).argmax(axis=1)
    assert (found == samples.labels).mean() > 0.9
