"""What a proof says: what is wrong on the paper, and how its simulated scans were read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.geometry import Box


class Severity(StrEnum):
    """Whether the form may be used in spite of it."""

    ERROR = "error"
    ADVICE = "advice"


class Rule(StrEnum):
    """The rules of the paper. The value is the slug that ``--json`` gives."""

    TARGETS_TOO_NEAR = "targets-too-near"
    TARGET_TOO_SMALL = "target-too-small"
    PRINT_AT_TARGET = "print-at-target"
    TARGET_OUTSIDE_MARKS = "target-outside-marks"
    COLUMN_TOO_NARROW = "column-too-narrow"
    PRINT_AT_MARK = "print-at-mark"
    PRINT_AT_CODE = "print-at-code"
    PRINT_AT_SERIAL = "print-at-serial"
    PRINT_AT_GAUGE = "print-at-gauge"
    CODE_TOO_SMALL = "code-too-small"
    OFF_PAGE = "off-page"
    UNPRINTABLE_EDGE = "unprintable-edge"
    TEXT_TOO_SMALL = "text-too-small"
    TEXT_OVER_TEXT = "text-over-text"
    TEXT_OVER_LINE = "text-over-line"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing on the paper that a rule objects to.

    ``box`` is where, in mm on ``page``; ``targets`` are the (question, option) pairs that it
    concerns. ``what`` is wrong, ``why`` that matters, ``change`` is what to do about it.
    """

    rule: Rule
    severity: Severity
    page: int
    box: Box
    targets: tuple[tuple[str, str], ...]
    what: str
    why: str
    change: str


class Reading(StrEnum):
    """How a simulated answer was read."""

    RIGHT = "right"
    REVIEW = "review"
    """It waits for a person."""
    WRONG = "wrong"
    """Read as something else, and nobody would have been asked: a silent error."""
    LOST = "lost"
    """The scanner lost the mark, so that nobody can see it in the image (1-bit, faint pen)."""
    BY_HAND = "by-hand"
    """What waits whatever the form is like: digits that were not read for sure, and what waits on a
    1-bit page that shows no mark: nobody can tell whether none was made or all were lost."""


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """One question of one simulated page: what was said, and what the reader made of it."""

    question: str
    said: str
    read: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class PageTrial:
    """One page on one scanner. ``refusal`` is empty where the page was found and read."""

    scanner: str
    sheet: int
    page: int
    refusal: str
    answers: tuple[AnswerRead, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionTrial:
    """One question on one scanner, over all sheets; ``box`` bounds its targets on ``page``.

    ``wrong`` are the answers read wrongly with nobody asked; of ``lost`` ones the image has no
    mark any more.
    """

    question: str
    page: int
    box: Box
    right: int
    review: int
    lost: int
    wrong: tuple[AnswerRead, ...]

    @property
    def answers(self) -> int:
        """How often it was answered, or left blank, on a page that was found."""
        return self.right + self.review + self.lost + len(self.wrong)


@dataclass(frozen=True, slots=True)
class Allowance:
    """The largest shares that a scanner may cost.

    Of answers that wait, over the whole form and for any one question, and of pages refused.
    """

    review: float
    review_of_question: float
    refused: float


@dataclass(frozen=True, slots=True)
class ScannerTrial:
    """All sheets on one scanner. What always goes to a person (BY_HAND) is not counted."""

    scanner: str
    allowance: Allowance
    sheets: int
    pages: int
    refusals: tuple[str, ...]
    questions: tuple[QuestionTrial, ...]

    @property
    def found(self) -> int:
        """Pages that were found and read."""
        return self.pages - len(self.refusals)

    @property
    def answers(self) -> int:
        """Answers on the pages that were found."""
        return sum(question.answers for question in self.questions)

    @property
    def right(self) -> int:
        """Answers read as they were meant, with nobody asked."""
        return sum(question.right for question in self.questions)

    @property
    def review(self) -> int:
        """Answers that wait for a person."""
        return sum(question.review for question in self.questions)

    @property
    def lost(self) -> int:
        """Answers whose marks the scanner lost."""
        return sum(question.lost for question in self.questions)

    @property
    def wrong(self) -> int:
        """Answers read wrongly, with nobody asked, though their marks are in the image."""
        return sum(len(question.wrong) for question in self.questions)

    @property
    def troubled(self) -> tuple[QuestionTrial, ...]:
        """Questions that were read wrongly, or wait more often than allowed; the worst first."""
        limit = self.allowance.review_of_question
        found = [q for q in self.questions if q.wrong or q.review > limit * q.answers]
        return tuple(sorted(found, key=lambda q: (-len(q.wrong), -q.review)))

    @property
    def too_much_review(self) -> bool:
        """Whether more answers wait for a person than this scanner may leave; one always may."""
        return self.review > math.ceil(self.allowance.review * self.answers)

    @property
    def passed(self) -> bool:
        """Whether a form that is read like this can be used with this scanner."""
        return (
            self.found > 0
            and len(self.refusals) <= self.allowance.refused * self.pages
            and not self.too_much_review
            and not self.troubled
        )


class Verdict(StrEnum):
    """What a proof comes to."""

    PROVED = "proved"
    NOT_READABLE = "not-readable"
    """The simulated sheets were not read well enough, or a rule of the paper is broken."""
    NOT_PROVED = "not-proved"
    """Nothing is wrong, but no answer could be tried: there is no picture of the blank paper, or no
    question that is answered by marks."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a form can be read, and what to change.

    ``trials`` is empty for a measured form whose picture is not blank.
    """

    form: str
    version: str
    pages: int
    findings: tuple[Finding, ...]
    trials: tuple[ScannerTrial, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings for which the form may not be used."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def verdict(self) -> Verdict:
        """What it all comes to."""
        if self.errors or not all(trial.passed for trial in self.trials):
            return Verdict.NOT_READABLE
        return Verdict.PROVED if self.answers else Verdict.NOT_PROVED

    @property
    def answers(self) -> int:
        """Answers that were compared, on all scanners together."""
        return sum(trial.answers for trial in self.trials)
