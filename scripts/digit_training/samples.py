"""Glyphs to train and check with: drawn, refused and public digits, scanned and cut alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digit_training.hands import strokes_of
from digit_training.paper import Cells, Device, drawn, placed, scanned
from digit_training.refused import can_be_told, refused_strokes, struck
from omr.digits.glyph import Glyph, glyph
from omr.digits.network import NO_DIGIT, edge_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digit_training.sources import Collection

Ink = Callable[[int, np.random.Generator, Cells], tuple[np.ndarray, int]]
"""Number of the sample to ink coverage on the cell, and what it says."""


@dataclass(frozen=True)
class Samples:
    """(N, 24, 24) upright pictures 0..255, (N, 200) edge counts as half floats, (N,) classes.

    ``asked``: from how many cells these came; the others were left alone as empty or at fault.
    """

    upright: np.ndarray
    edges: np.ndarray
    labels: np.ndarray
    asked: int

    def __add__(self, other: Samples) -> Samples:
        """These and those."""
        return Samples(
            np.concatenate([self.upright, other.upright]),
            np.concatenate([self.edges, other.edges]),
            np.concatenate([self.labels, other.labels]),
            self.asked + other.asked,
        )


def drawn_digits(count: int, seed: int, device: Device | None = None) -> Samples:
    """Digits of our own stroke model, the ten classes in turn."""

    def ink(number: int, rng: np.random.Generator, cells: Cells) -> tuple[np.ndarray, int]:
        wildness = rng.uniform(0.6, 1.5)
        return drawn(strokes_of(number % 10, rng, wildness), rng, cells), number % 10

    return collected(count, (seed, 1), ink, device)


def refused_cells(count: int, seed: int, device: Device | None = None) -> Samples:
    """What is no digit, of our own strokes."""

    def ink(_number: int, rng: np.random.Generator, cells: Cells) -> tuple[np.ndarray, int]:
        return drawn(refused_strokes(rng), rng, cells), NO_DIGIT

    return collected(count, (seed, 2), ink, device)


def public_digits(
    collection: Collection, count: int, seed: int, device: Device | None = None
) -> Samples:
    """Digits of a public collection, each in a cell of ours, in turn until there are enough."""

    def ink(number: int, rng: np.random.Generator, cells: Cells) -> tuple[np.ndarray, int]:
        which = number % len(collection.labels)
        return placed(collection.pictures[which] / 255.0, rng, cells), int(collection.labels[which])

    return collected(count, (seed, 3), ink, device)


def refused_public(
    collection: Collection, count: int, seed: int, device: Device | None = None
) -> Samples:
    """Public digits written over one another, or with something drawn through them."""

    def ink(_number: int, rng: np.random.Generator, cells: Cells) -> tuple[np.ndarray, int]:
        first, second = rng.integers(len(collection.labels), size=2)
        one = placed(collection.pictures[first] / 255.0, rng, cells)
        if can_be_told(int(collection.labels[first]), int(collection.labels[second])):
            other = placed(collection.pictures[second] / 255.0, rng, cells)
        else:
            other = drawn(struck(rng), rng, cells)
        return np.maximum(one, other), NO_DIGIT

    return collected(count, (seed, 4), ink, device)


def collected(count: int, seed: tuple[int, int], ink: Ink, device: Device | None = None) -> Samples:
    """The glyphs of ``count`` cells; each cell has a generator of its own."""
    cells = Cells.usual()
    found = []
    for number in range(count):
        rng = np.random.default_rng([*seed, number])
        picture, label = ink(number, rng, cells)
        one = glyph(scanned(picture, rng, cells, device))
        if isinstance(one, Glyph):
            found.append((one, label))
    return Samples(
        np.stack([np.rint(one.upright * 255).astype(np.uint8) for one, _ in found]),
        np.concatenate([edge_counts(one.plain[None]) for one, _ in found]).astype(np.float16),
        np.array([label for _, label in found], dtype=np.int64),
        count,
    )


def batches(count: int, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Every index once, shuffled, in parts of ``size``; a rest is left out."""
    order = rng.permutation(count)
    yield from (order[at : at + size] for at in range(0, count - size + 1, size))
