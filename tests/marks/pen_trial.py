"""Every pen and every kind of mark, one to a question, on a few pages of our own form T1."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from printed import GREY, T1, page_of

from omr.outcome import PageRead
from omr.simulate import CAREFUL, MarkKind, PenKind, fill_form, ink_page, scan, writer_with

if TYPE_CHECKING:
    from printed import PrintedSurvey

    from omr.geometry import Box
    from omr.marks.model import State
    from omr.simulate import CaptureSettings, FilledSheet, PaperRaster

SILENT = replace(CAREFUL, comments=0.0)
SERIAL = 1
FAR_MM = 3.5
"""A target with no ink this near to it is surely empty."""


@dataclass(frozen=True)
class Trial:
    """One mark: what was drawn, and what a target came to."""

    pen: PenKind
    kind: MarkKind
    plain: bool
    state: State

    def __str__(self) -> str:
        """As a failing test should name it."""
        return f"{self.kind} by {self.pen}: {self.state}"


@dataclass(frozen=True)
class TriedPage:
    """A page full of trials: each mark's, and the states of the targets that surely are empty."""

    trials: tuple[Trial, ...]
    empty: tuple[State, ...]


@cache
def tried_pages(printed: PrintedSurvey, settings: CaptureSettings = GREY) -> tuple[TriedPage, ...]:
    """All pens with all kinds of mark, scanned with these settings."""
    pairs = list(product(PenKind, MarkKind))
    asked = [q.id for q in printed.form(T1).questions if len(q.options) > 1]
    return tuple(
        _tried(printed, dict(zip(asked, pairs[start : start + len(asked)], strict=False)), settings)
        for start in range(0, len(pairs), len(asked))
    )


def _tried(
    printed: PrintedSurvey,
    marks: dict[str, tuple[PenKind, MarkKind]],
    settings: CaptureSettings,
) -> TriedPage:
    paper: PaperRaster = printed.paper(T1, SERIAL)
    sheets: dict[str, FilledSheet] = {}
    for number, (question, (pen, kind)) in enumerate(marks.items()):
        sheets[question] = _one_mark(printed, question, pen, kind, number)
        paper = ink_page(paper, sheets[question], 1)
    outcome = printed.reader.read_page(page_of(scan(paper, settings, 5)))
    assert isinstance(outcome, PageRead)
    states = {(mark.question, mark.option): mark.state for mark in outcome.marks}
    trials = tuple(
        Trial(pen, kind, sheets[question].answers[question].plain, states[question, answered])
        for question, (pen, kind) in marks.items()
        for answered in [sheets[question].answers[question].value]
    )
    boxes = {(t.question, t.option): t.box for t in printed.layout(T1).pages[0].targets}
    empty = tuple(state for at, state in states.items() if _is_clear_of(boxes[at], sheets))
    return TriedPage(trials, empty)


def _one_mark(
    printed: PrintedSurvey, question: str, pen: PenKind, kind: MarkKind, number: int
) -> FilledSheet:
    """One mark at one question, by a hand that keeps to its kind of mark, and nothing else."""
    form = printed.form(T1)
    seed = [list(PenKind).index(pen), list(MarkKind).index(kind)]
    hand = replace(writer_with(pen, kind, np.random.default_rng(seed)), constancy=1.0)
    options = form.question(question).options
    said = {q.id: "" for q in form.questions if q.has_targets}
    said[question] = options[number % len(options)].code
    layout = printed.layout(T1)
    return fill_form(form, layout, 100 + number, writer=hand, behaviour=SILENT, given=said)


def _is_clear_of(box: Box, sheets: dict[str, FilledSheet]) -> bool:
    near = box.grown(FAR_MM)
    points = np.vstack([i.stroke.points for sheet in sheets.values() for i in sheet.ink[1]])
    low, high = (near.x, near.y), (near.right, near.bottom)
    return not ((points >= low) & (points <= high)).all(axis=1).any()
