"""Filling: one person fills in one sheet, and we know what they said.

A question is *plain* if its own act leaves no doubt and the ink bears that out: every chosen
target has a clear mark, no other target of the question is touched, and nobody else's ink (a
neighbour's long tick, a slip, a speck, a word) reaches any of its targets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.form.model import Kind
from omr.simulate.answering import (
    ORDINARY,
    Act,
    Behaviour,
    Intent,
    intend,
    intent_of,
    without_oddities,
)
from omr.simulate.inking import InkedStroke, comment_ink, stray_ink, target_ink
from omr.simulate.paper import PaperRaster
from omr.simulate.pens import Pen, contrast, draw_strokes
from omr.simulate.writers import Writer, any_writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from omr.form.model import Form, Question
    from omr.geometry import Box, Size
    from omr.layout.model import Layout, PageLayout, Target

    Ink = tuple[InkedStroke, ...]

TOUCH_MM = 0.4
"""Ink whose middle comes this near a target counts as touching it."""
CLEAR_MM = 1.0
"""A mark with less of its path inside its target is not clear (VVSG 2.0, 1.1.6: a line of 1 mm
across the box is always found)."""
FAINT_CONTRAST = 0.34
"""A mark that takes away less of the light than this is faint: not clear."""
OFF_CENTRE = 0.25
"""How far beside its target the middle of a clear mark may be, in widths of the target."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Truth of one question: its value as in ``ratings.csv``, whether it is plain, and the act."""

    value: str
    plain: bool
    act: Act


@dataclass(frozen=True)
class FilledSheet:
    """One sheet as somebody filled it in: ink by page number, truth by question id.

    Text questions have no truth: what stands there is script without words.
    """

    writer: Writer
    answers: dict[str, Answer]
    ink: dict[int, Ink]
    seed: int


def fill_form(
    form: Form,
    layout: Layout,
    seed: int,
    *,
    writer: Writer | None = None,
    behaviour: Behaviour = ORDINARY,
    given: Mapping[str, str] | None = None,
) -> FilledSheet:
    """Fill in a sheet. The same arguments give the same sheet.

    ``writer`` None: anybody. ``given``: what is to be said at some questions, as in
    ``ratings.csv``; the same said on two papers needs no more than two seeds.
    """
    rng = np.random.default_rng([seed, 1])
    hand = writer or any_writer(rng)
    said = given or {}
    intents = {
        question.id: intent_of(question, said[question.id])
        if question.id in said
        else intend(question, _fitting(question, behaviour), rng)
        for question in form.questions
        if question.kind is not Kind.TEXT
    }
    person = _Person(hand, behaviour, intents)
    ink = {page.number: person.fill(page, layout.size, rng) for page in layout.pages}
    traces = {number: _Traces.of(strokes, hand.pen) for number, strokes in ink.items()}
    answers = {
        name: Answer(intent.value, _is_plain(name, intent, layout, traces), intent.act)
        for name, intent in intents.items()
    }
    return FilledSheet(hand, answers, ink, seed)


def ink_page(blank: PaperRaster, sheet: FilledSheet, page: int) -> PaperRaster:
    """The printed page with the sheet's ink on it; ``blank`` stays as it is."""
    written = PaperRaster(blank.pixels.copy(), blank.size)
    rng = np.random.default_rng([sheet.seed, 2, page])
    draw_strokes(written, (inked.stroke for inked in sheet.ink[page]), sheet.writer.pen, rng)
    return written


@dataclass(frozen=True, slots=True)
class _Person:
    """A hand with something to say."""

    hand: Writer
    behaviour: Behaviour
    intents: dict[str, Intent]

    def fill(self, page: PageLayout, paper: Size, rng: np.random.Generator) -> Ink:
        """All strokes on one page, in the order of its targets, strays last."""
        inked: list[InkedStroke] = []
        for target in page.targets:
            if target.question in self.intents:
                inked += target_ink(target, self.intents[target.question], self.hand, rng)
            elif rng.random() < self.behaviour.comments:
                inked += comment_ink(target.box, self.hand, rng)
        return (*inked, *stray_ink(paper, self.hand, self.behaviour, rng))


def _fitting(question: Question, behaviour: Behaviour) -> Behaviour:
    return without_oddities(behaviour) if len(question.options) == 1 else behaviour


def _is_plain(question: str, intent: Intent, layout: Layout, traces: dict[int, _Traces]) -> bool:
    return intent.is_regular and all(
        traces[page.number].bear_out(target, intent)
        for page in layout.pages
        for target in page.targets
        if target.question == question
    )


@dataclass(frozen=True)
class _Traces:
    """All of a page's strokes as one path.

    (N, 2) points, and for each the mm from the point before, the ink's contrast and its owner.
    """

    points: NDArray[np.float64]
    steps: NDArray[np.float64]
    contrasts: NDArray[np.float64]
    owners: NDArray[np.int64]
    names: dict[tuple[str, str], int]

    @staticmethod
    def of(ink: Ink, pen: Pen) -> _Traces:
        """The traces of a page's ink, all of one pen."""
        names: dict[tuple[str, str], int] = {}
        owners = [names.setdefault((i.question, i.option), len(names)) for i in ink]
        lengths = [len(inked.stroke.points) for inked in ink]
        return _Traces(
            np.vstack([np.empty((0, 2)), *(inked.stroke.points for inked in ink)]),
            np.concatenate([np.empty(0), *(inked.stroke.steps() for inked in ink)]),
            np.repeat(np.array([contrast(inked.stroke, pen) for inked in ink]), lengths),
            np.repeat(np.array(owners, np.int64), lengths),
            names,
        )

    def bear_out(self, target: Target, intent: Intent) -> bool:
        """Whether the ink at this target is its own, and clear, or there is none."""
        own = self.owners == self.names.get((target.question, target.option), -1)
        if _inside(self.points[~own], target.box.grown(TOUCH_MM)).any():
            return False
        return not own.any() or intent.act is Act.NUMBER or self._is_clear(own, target.box)

    def _is_clear(self, own: NDArray[np.bool_], box: Box) -> bool:
        """Dark enough, enough of it in its box, and its middle not beside the box."""
        if self.contrasts[own].mean() < FAINT_CONTRAST:
            return False
        points = self.points[own]
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        length = float(self.steps[own][_inside(points, box)].sum())
        spread = box.grown(OFF_CENTRE * max(box.w, box.h))
        return length >= CLEAR_MM and bool(_inside(middle[None, :], spread)[0])


def _inside(points: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    """(N,) which of (N, 2) points lie in the box."""
    low, high = np.array([box.x, box.y]), np.array([box.right, box.bottom])
    return np.asarray(((points >= low) & (points <= high)).all(axis=1))
