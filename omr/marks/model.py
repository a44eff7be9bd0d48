"""What a pen left at a target: first as numbers, then as a state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """State of a target."""

    UNMARKED = "unmarked"
    MARGINAL = "marginal"
    MARKED = "marked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Mark:
    """The state of one target, with the ink measured (0..1) and the confidence (0..1)."""

    question: str
    option: str
    state: State
    ink: float
    confidence: float
