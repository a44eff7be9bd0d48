"""Train the two recognisers in plain numpy: cross-entropy, Adam, a falling step, fixed seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from digit_training.samples import batches
from omr.digits.glyph import GLYPH_PX
from omr.digits.network import CLASSES, DIRECTIONS, FIELDS, windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from digit_training.samples import Samples

    Weights = dict[str, np.ndarray]

BATCH = 100
FIRST_STEP = 2e-3
DECAY = 1e-4
"""Share by which weights shrink in each step, in units of the step."""
DROPPED = 0.3
"""Share of hidden units left out in each training step."""
KERNELS = (10, 24)
HIDDEN_PICTURE, HIDDEN_EDGES = 64, 96


def learn_pictures(samples: Samples, epochs: int, seed: int, say: Callable[[str], None]) -> Weights:
    """The convolutional network."""
    rng = np.random.default_rng([seed, 11])
    inner = ((GLYPH_PX - 4) // 2 - 2) // 2
    weights = {
        "conv1": _start(rng, 25, KERNELS[0]),
        "bias1": np.zeros(KERNELS[0], np.float32),
        "conv2": _start(rng, 9 * KERNELS[0], KERNELS[1]),
        "bias2": np.zeros(KERNELS[1], np.float32),
        "full1": _start(rng, inner * inner * KERNELS[1], HIDDEN_PICTURE),
        "full1_bias": np.zeros(HIDDEN_PICTURE, np.float32),
        "full2": _start(rng, HIDDEN_PICTURE, CLASSES),
        "full2_bias": np.zeros(CLASSES, np.float32),
    }

    def slopes(which: np.ndarray) -> tuple[float, Weights]:
        pictures = samples.upright[which].astype(np.float32)[..., None] / 255
        return _picture_slopes(weights, pictures, samples.labels[which], rng)

    _descend(weights, slopes, len(samples.labels), epochs, rng, lambda t: say(f"pictures: {t}"))
    return weights


def learn_edges(samples: Samples, epochs: int, seed: int, say: Callable[[str], None]) -> Weights:
    """The perceptron on edge counts."""
    rng = np.random.default_rng([seed, 12])
    edges = samples.edges.astype(np.float32)
    mean, spread = edges.mean(axis=0), edges.std(axis=0) + 0.05
    weights = {
        "edge1": _start(rng, DIRECTIONS * FIELDS**2, HIDDEN_EDGES),
        "edge1_bias": np.zeros(HIDDEN_EDGES, np.float32),
        "edge2": _start(rng, HIDDEN_EDGES, CLASSES),
        "edge2_bias": np.zeros(CLASSES, np.float32),
    }

    def slopes(which: np.ndarray) -> tuple[float, Weights]:
        seen = (edges[which] - mean) / spread
        seen += 0.15 * rng.standard_normal(seen.shape, dtype=np.float32)
        return _edge_slopes(weights, seen, samples.labels[which], rng)

    _descend(weights, slopes, len(samples.labels), epochs, rng, lambda t: say(f"edges: {t}"))
    return {**weights, "edge_mean": mean, "edge_spread": spread}


def _start(rng: np.random.Generator, inward: int, outward: int) -> np.ndarray:
    return (rng.standard_normal((inward, outward)) * np.sqrt(2 / inward)).astype(np.float32)


def _descend(  # noqa: PLR0917 - one call, named throughout
    weights: Weights,
    slopes: Callable[[np.ndarray], tuple[float, Weights]],
    count: int,
    epochs: int,
    rng: np.random.Generator,
    say: Callable[[str], None],
) -> None:
    """Adam (Kingma and Ba 2015) with a step that falls as a cosine; changes ``weights``."""
    size = min(BATCH, count)
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    total, done = epochs * (count // size), 0
    for epoch in range(epochs):
        losses = []
        for which in batches(count, size, rng):
            loss, slope = slopes(which)
            losses.append(loss)
            step = FIRST_STEP * 0.5 * (1 + np.cos(np.pi * done / total))
            done += 1
            for name, g in slope.items():
                first[name] += 0.1 * (g - first[name])
                second[name] += 0.001 * (g * g - second[name])
                move = (first[name] / (1 - 0.9**done)) / (
                    np.sqrt(second[name] / (1 - 0.999**done)) + 1e-8
                )
                shrink = DECAY * weights[name] if weights[name].ndim > 1 else 0.0
                weights[name] -= np.float32(step) * (move + shrink).astype(np.float32)
        say(f"epoch {epoch + 1} of {epochs}, loss {np.mean(losses):.4f}")


def _picture_slopes(
    w: Weights, pictures: np.ndarray, labels: np.ndarray, rng: np.random.Generator
) -> tuple[float, Weights]:
    seen1 = windows(pictures, 5)
    out1 = np.maximum(seen1 @ w["conv1"] + w["bias1"], 0)
    small1, won1 = _pool(out1)
    seen2 = windows(small1, 3)
    out2 = np.maximum(seen2 @ w["conv2"] + w["bias2"], 0)
    small2, won2 = _pool(out2)
    flat = small2.reshape(len(pictures), -1)
    loss, slope, back = _top(w, ("full1", "full2"), flat, labels, rng)
    at2 = _unpool(back.reshape(small2.shape), won2) * (out2 > 0)
    slope["conv2"] = _outer(seen2, at2)
    slope["bias2"] = at2.sum(axis=(0, 1, 2))
    at1 = _unpool(_spread(at2 @ w["conv2"].T, small1.shape, 3), won1) * (out1 > 0)
    slope["conv1"] = _outer(seen1, at1)
    slope["bias1"] = at1.sum(axis=(0, 1, 2))
    return loss, slope


def _edge_slopes(
    w: Weights, edges: np.ndarray, labels: np.ndarray, rng: np.random.Generator
) -> tuple[float, Weights]:
    loss, slope, _ = _top(w, ("edge1", "edge2"), edges, labels, rng)
    return loss, slope


def _top(
    w: Weights,
    names: tuple[str, str],
    flat: np.ndarray,
    labels: np.ndarray,
    rng: np.random.Generator,
) -> tuple[float, Weights, np.ndarray]:
    """The two full layers: the mean loss, its slopes, and its slope at what comes in."""
    lower, upper = names
    hidden = np.maximum(flat @ w[lower] + w[f"{lower}_bias"], 0)
    kept = (rng.random(hidden.shape, dtype=np.float32) >= DROPPED) / np.float32(1 - DROPPED)
    dropped = hidden * kept
    scores = dropped @ w[upper] + w[f"{upper}_bias"]
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    chances /= chances.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss = float(-np.log(chances[rows, labels] + 1e-12).mean())
    chances[rows, labels] -= 1
    chances /= len(labels)
    at_hidden = (chances @ w[upper].T) * kept * (hidden > 0)
    slope = {
        upper: dropped.T @ chances,
        f"{upper}_bias": chances.sum(axis=0),
        lower: flat.T @ at_hidden,
        f"{lower}_bias": at_hidden.sum(axis=0),
    }
    return loss, slope, at_hidden @ w[lower].T


def _outer(seen: np.ndarray, at: np.ndarray) -> np.ndarray:
    return seen.reshape(-1, seen.shape[-1]).T @ at.reshape(-1, at.shape[-1])


def _pool(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The largest of each four, and which ones they were (shared where equal)."""
    n, h, w, c = x.shape
    four = x.reshape(n, h // 2, 2, w // 2, 2, c)
    largest = four.max(axis=(2, 4), keepdims=True)
    won = (four == largest).astype(np.float32)
    won /= won.sum(axis=(2, 4), keepdims=True)
    return largest[:, :, 0, :, 0], won


def _unpool(back: np.ndarray, won: np.ndarray) -> np.ndarray:
    n, h, _, w, _, c = won.shape
    return (won * back[:, :, None, :, None]).reshape(n, 2 * h, 2 * w, c)


def _spread(rows: np.ndarray, shape: tuple[int, ...], side: int) -> np.ndarray:
    """What windows() wrote out, summed back onto the picture it came from."""
    n, h, w, _ = rows.shape
    parts = rows.reshape(n, h, w, side, side, shape[3])
    back = np.zeros(shape, np.float32)
    for i in range(side):
        for j in range(side):
            back[:, i : i + h, j : j + w] += parts[:, :, :, i, j]
    return back
