"""What a test deck's sheets are marked with, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.survey.model import ExpectedAnswer


class MarkKind(StrEnum):
    """What is drawn at a target."""

    CROSS = "cross"
    TICK = "tick"
    SLASH = "slash"
    FILL = "fill"
    LIGHT = "light"
    """A cross by a light hand: paler, but plain to see."""
    CIRCLED = "circled"
    """A cross in a circle: taken back."""
    DIGIT = "digit"
    WRITING = "writing"
    """Lines as of handwriting, in a comment's frame."""


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """One mark. ``option`` is that of its target: a code, a digit cell's place, or empty."""

    question: str
    option: str
    kind: MarkKind
    digit: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """One sheet of a deck: its marks, and what must be read of every question, in form order."""

    marks: tuple[PlannedMark, ...]
    expected: tuple[ExpectedAnswer, ...]
