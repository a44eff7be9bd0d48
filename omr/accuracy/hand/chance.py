"""Chance, as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def happens(rng: np.random.Generator, share: float) -> bool:
    """Whether something happens that happens in this share of cases (0..1)."""
    return bool(rng.random() < share)
