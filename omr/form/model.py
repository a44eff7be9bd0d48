"""What a form asks: questions, options, scores. No geometry here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SINGLE = "single"
    MULTI = "multi"
    NUMBER = "number"
    TEXT = "text"


OFF_PAPER = MappingProxyType({"on_paper": False})
"""Metadata of a field that changes nothing on the paper, and so not the form's version."""


class Correction(StrEnum):
    """How somebody takes a mark back: the rule that the form prints and the reader obeys."""

    CIRCLE = "circle"
    """Circle the wrong cross and mark another; a circled box filled solid is chosen again."""
    FILL = "fill"
    """Fill the wrong box solid and mark another."""
    NONE = "none"
    """No rule: whatever looks like a correction is for a person."""


class DoubleMarks(StrEnum):
    """What becomes of more clear marks than a question allows."""

    PERSON = "person"
    """A person looks: was one of them a correction, or meant more?"""
    VOID = "void"
    """It is taken as it stands: recorded, shown in the tables, counted for no option."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. ``score`` is None where it does not count (no opinion, or no scale)."""

    code: str
    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``options`` is empty for text and number questions.

    ``factor`` is the SIPAS factor code (TC, TT, CC, KQ, GY, CHUNG), or empty.
    ``maximum`` is the most options that may be chosen in a multi question, None without limit.
    ``digits`` is the number of digit cells of a number question.
    """

    id: str
    kind: Kind
    text: str
    options: tuple[Option, ...] = ()
    factor: str = ""
    maximum: int | None = None
    digits: int = 0

    @property
    def has_targets(self) -> bool:
        """Whether people answer it by marking targets."""
        return self.kind in (Kind.SINGLE, Kind.MULTI)

    @property
    def most(self) -> int:
        """How many of its options may be chosen."""
        if self.kind is Kind.SINGLE:
            return 1
        return self.maximum if self.maximum is not None else len(self.options)

    def option(self, code: str) -> Option:
        """The option with this code; KeyError if there is none."""
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Form:
    """One design, as far as its meaning goes: what reading, export and tally need of it.

    ``double`` is the office's own rule and on no paper: it is not part of the form's version.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    correction: Correction = Correction.CIRCLE
    double: DoubleMarks = field(default=DoubleMarks.PERSON, metadata=OFF_PAPER)
    _index: dict[str, Question] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        """Index the questions by id."""
        object.__setattr__(self, "_index", {question.id: question for question in self.questions})

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if there is none."""
        return self._index[question_id]
