"""What a tally says: counts, and the shares that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.form.model import Question

_HUNDREDTH = Decimal("0.01")


class Grouping(StrEnum):
    """What the sheets of a tally may be told apart by."""

    UNIT = "unit"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Share:
    """``best`` answers with one of the two best scores out of ``scored`` answers with a score.

    The index TOP2 of the classic SIPAS method. Answers without a score (blank, no opinion, a
    double mark) are in neither number.
    """

    best: int = 0
    scored: int = 0

    def __add__(self, other: Share) -> Share:
        """Pool two shares: answers are added, never percentages."""
        return Share(self.best + other.best, self.scored + other.scored)

    @property
    def percent(self) -> Decimal | None:
        """Per cent with two decimals, halves rounded up (12.125 gives 12.13); None for nothing."""
        if not self.scored:
            return None
        exact = Decimal(100 * self.best) / Decimal(self.scored)
        return exact.quantize(_HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class QuestionTally:
    """One question of one form.

    ``counts`` are (option code, answers) in the form's order, empty for a number question.
    ``answered + blank + double + waiting`` is the number of sheets of this form that are not
    rejected. ``double`` have more marks than allowed: a person or the form's rule said so.
    ``share`` is None where the question has no scale of at least three scores.
    """

    form: str
    question: Question
    counts: tuple[tuple[str, int], ...]
    answered: int
    blank: int
    double: int
    waiting: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class FactorTally:
    """The pooled share of all questions of one factor."""

    factor: str
    share: Share


@dataclass(frozen=True, slots=True)
class GroupTally:
    """The tally of the sheets of one unit or field; ``name`` is empty for all sheets together.

    ``sheets`` counts those that are not rejected, ``waiting`` those of them where something
    waits for a person, ``rejected`` the invalid ones. ``overall`` pools every scored question.
    """

    name: str
    sheets: int
    waiting: int
    rejected: int
    questions: tuple[QuestionTally, ...]
    factors: tuple[FactorTally, ...]
    overall: Share
