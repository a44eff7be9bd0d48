"""What a question's marks mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """Why a question waits for a person. The value is written to ``review.csv``."""

    MARGINAL = "marginal"
    """A mark that may or may not be one."""
    DOUBLE = "double"
    """More marks than the question allows."""
    CORRECTED = "corrected"
    """Ink around a target: a correction, or a circled answer."""
    FAINT = "faint"
    """No mark was seen, but the pen is so faint for this scan that one may have vanished."""
    WRITING = "writing"
    """No target is marked, but somebody wrote beside them."""
    UNPLACED = "unplaced"
    """The print around a target was not found where it should be."""
    NUMBER = "number"
    """Something stands in the cells of a number question that was not read for sure."""
    READINGS = "readings-differ"
    """Two images of one paper were read differently: it was changed, or one scan is worse."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Why the absence of marks is not believed, and which options may be meant all the same."""

    doubt: Doubt
    guess: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to one question: option codes in form order, and whether it waits.

    A number question has one code: its number, without leading zeros. ``codes`` is the machine's
    best guess; while ``doubts`` is not empty it counts for nothing.
    """

    question: str
    codes: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def value(self) -> str:
        """The codes as the exports write them, joined with ``+``."""
        return "+".join(self.codes)
