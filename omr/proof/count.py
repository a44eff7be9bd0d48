"""From single pages to what a scanner makes of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.proof.model import QuestionTrial, Reading, ScannerTrial
from omr.proof.spans import around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.proof.model import AnswerRead, PageTrial
    from omr.proof.stand import Stand


def scanner_trials(
    stand: Stand, sheets: int, tried: Sequence[PageTrial]
) -> tuple[ScannerTrial, ...]:
    """The pages that were tried, put together for each scanner."""
    trials = []
    for scanner in stand.scanners:
        own = [trial for trial in tried if trial.scanner == scanner.name]
        refusals = tuple(trial.refusal for trial in own if trial.refusal)
        questions = _questions(stand, own)
        trials.append(
            ScannerTrial(scanner.name, scanner.allowance, sheets, len(own), refusals, questions)
        )
    return tuple(trials)


def _questions(stand: Stand, tried: Sequence[PageTrial]) -> tuple[QuestionTrial, ...]:
    """Each question's answers, in the order of the paper."""
    found = []
    for page in stand.layout.pages:
        read = [answer for trial in tried if trial.page == page.number for answer in trial.answers]
        for question in stand.questions_on(page.number):
            box = around(t.box for t in page.targets if t.question == question)
            answers = [answer for answer in read if answer.question == question]
            found.append(
                QuestionTrial(
                    question, page.number, box,
                    right=_count(answers, Reading.RIGHT),
                    review=_count(answers, Reading.REVIEW),
                    lost=_count(answers, Reading.LOST),
                    wrong=tuple(a for a in answers if a.reading is Reading.WRONG),
                )
            )  # fmt: skip
    return tuple(found)


def _count(answers: Sequence[AnswerRead], reading: Reading) -> int:
    return sum(answer.reading is reading for answer in answers)
