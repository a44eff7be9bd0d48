"""From sheets to counts: a long table of answers, cross-tabulated by pandas.

Every decided question of every sheet that is not rejected counts. What still waits is counted
beside it; where a whole sheet waits, so do all its questions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from omr.form.model import Kind
from omr.survey.model import SheetStatus
from omr.tally.model import FactorTally, Grouping, GroupTally, QuestionTally, Share

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from omr.form.model import Form, Question
    from omr.survey.model import Design, SheetRecord

_WAITING, _BLANK, _DOUBLE, _ANSWERED = "waiting", "blank", "double", "answered"
_BEST, _SCORED = "best", "scored"
_FEWEST_SCORES = 3
"""Scores that a scale must have for its two best to say anything."""

Key = tuple[str, str]
"""Form id and question id."""


def tally(
    designs: Sequence[Design], sheets: Sequence[SheetRecord], by: Grouping | None = None
) -> tuple[GroupTally, ...]:
    """The tally of all sheets (``by`` None: one group), or of each unit or field by name.

    ``designs`` are all forms of the survey, in its order; questions come in theirs. Versions of one
    form are counted together.
    """
    by_version = {form.layout.version: form.form for form in designs}
    questions = _questions(designs)
    names = {id(sheet): "" if by is None else getattr(sheet, by.value) for sheet in sheets}
    groups = sorted(set(names.values())) if by is not None else [""]
    return tuple(
        _group(name, [s for s in sheets if names[id(s)] == name], by_version, questions)
        for name in groups
    )


@dataclass(frozen=True, slots=True)
class _Fact:
    """One thing that was counted once: ``what`` is an option's code where ``is_option``."""

    form: str
    question: str
    what: str
    is_option: bool


def _questions(designs: Sequence[Design]) -> Mapping[Key, Question]:
    """The questions that can be counted, each as its latest version has it."""
    found: dict[Key, Question] = {}
    for design in designs:
        for question in design.form.questions:
            if question.kind is not Kind.TEXT:
                key = design.form.id, question.id
                found[key] = _with_options_of(found.get(key, question), question)
    return found


def _with_options_of(older: Question, newer: Question) -> Question:
    """The newer version of a question, with the options that only the older one has at its end."""
    codes = {option.code for option in newer.options}
    dropped = tuple(option for option in older.options if option.code not in codes)
    return replace(newer, options=newer.options + dropped)


def _group(
    name: str,
    sheets: Sequence[SheetRecord],
    forms: Mapping[str, Form],
    questions: Mapping[Key, Question],
) -> GroupTally:
    counted = [sheet for sheet in sheets if sheet.status is not SheetStatus.REJECTED]
    facts = [fact for sheet in counted for fact in _facts(sheet, forms[sheet.form_version])]
    table = pd.DataFrame(facts, columns=["form", "question", "what", "is_option"])
    counts = table.groupby(["form", "question", "what", "is_option"]).size()
    lines = tuple(_line(key, question, counts.to_dict()) for key, question in questions.items())
    return GroupTally(
        name=name,
        sheets=len(counted),
        waiting=sum(sheet.status is SheetStatus.REVIEW for sheet in counted),
        rejected=len(sheets) - len(counted),
        questions=lines,
        factors=_factors(lines),
        overall=sum((line.share for line in lines if line.share), Share()),
    )


def _facts(sheet: SheetRecord, form: Form) -> Iterator[_Fact]:
    answers = {answer.question: answer for answer in sheet.answers}
    for question in form.questions:
        if question.kind is Kind.TEXT:
            continue
        answer = answers.get(question.id)
        waits = "*" in sheet.waiting or answer is None or bool(answer.doubts)
        value = "" if answer is None or waits else answer.value
        outcome = _WAITING if waits else _outcome(question, value)
        yield _Fact(form.id, question.id, outcome, is_option=False)
        if outcome == _ANSWERED and question.has_targets:
            yield from _chosen(form.id, question, value)


def _outcome(question: Question, value: str) -> str:
    if not value:
        return _BLANK
    too_many = question.has_targets and value.count("+") >= question.most
    return _DOUBLE if too_many else _ANSWERED


def _chosen(form: str, question: Question, value: str) -> Iterator[_Fact]:
    for code in value.split("+"):
        yield _Fact(form, question.id, code, is_option=True)
        if question.kind is Kind.SINGLE and (best := _best_scores(question)):
            score = question.option(code).score
            if score is not None:
                yield _Fact(form, question.id, _SCORED, is_option=False)
            if score in best:
                yield _Fact(form, question.id, _BEST, is_option=False)


def _best_scores(question: Question) -> frozenset[float]:
    """The two highest scores of the question's scale; empty where it has no scale."""
    scores = {option.score for option in question.options if option.score is not None}
    enough = question.kind is Kind.SINGLE and len(scores) >= _FEWEST_SCORES
    return frozenset(sorted(scores)[-2:]) if enough else frozenset()


def _line(key: Key, question: Question, counts: Mapping[Hashable, int]) -> QuestionTally:
    def how_many(what: str, *, is_option: bool = False) -> int:
        return int(counts.get((*key, what, is_option), 0))

    return QuestionTally(
        form=key[0],
        question=question,
        counts=tuple((o.code, how_many(o.code, is_option=True)) for o in question.options),
        answered=how_many(_ANSWERED),
        blank=how_many(_BLANK),
        double=how_many(_DOUBLE),
        waiting=how_many(_WAITING),
        share=Share(how_many(_BEST), how_many(_SCORED)) if _best_scores(question) else None,
    )


def _factors(lines: Sequence[QuestionTally]) -> tuple[FactorTally, ...]:
    """Pooled shares of the factors, in the order in which the questions name them."""
    pooled: dict[str, Share] = {}
    for line in lines:
        if line.share is not None and line.question.factor:
            pooled[line.question.factor] = pooled.get(line.question.factor, Share()) + line.share
    return tuple(FactorTally(factor, share) for factor, share in pooled.items())
