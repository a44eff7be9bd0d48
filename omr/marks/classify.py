"""From what was measured at the targets of a page to their states. Rules, two-sided.

Anything between the thresholds is marginal. The classifier knows nothing of questions: whether
two marks are allowed, or what a circle means, is decided in :mod:`omr.responses`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.model import Mark, State
from omr.marks.thresholds import DEFAULT, INK, MarkThresholds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.layout.model import Shape
    from omr.marks.measure import Measurement

    _Drawn = tuple[float, float, Shape]


UNDECIDED = 0.5
"""Confidence in a state that only a person can confirm, and in what the rules say alone."""


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The states of a page's targets.

    ``unsure_if_empty`` are the questions whose emptiness proves nothing: the pen is so faint for
    this scan that a mark may have vanished.
    """

    marks: tuple[Mark, ...]
    unsure_if_empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual on a page: in its empty targets, at its outlines, in its writer's marks."""

    tone: float
    outline: Mapping[_Drawn, float]
    strength: float
    abroad: float


def classify(
    measured: Sequence[Measurement], bilevel: bool, thresholds: MarkThresholds = DEFAULT
) -> PageMarks:
    """The state of every target of a page, in the order given.

    ``bilevel`` says that the scan is 1-bit: what was below its threshold left no trace there.
    """
    limits = _for_this_page(measured, thresholds)
    usual = _usual(measured, limits)
    marks = tuple(_mark(one, limits, usual) for one in measured)
    questions = frozenset(one.target.question for one in measured)
    if _is_faint(measured, marks, limits, bilevel):
        if bilevel:
            marks = _traces_doubted(measured, marks, limits)
        return PageMarks(marks, questions)
    hidden = (one for one in measured if _may_hide_a_mark(one, limits, bilevel))
    return PageMarks(marks, frozenset(one.target.question for one in hidden))


def _traces_doubted(
    measured: Sequence[Measurement], marks: Sequence[Mark], limits: MarkThresholds
) -> tuple[Mark, ...]:
    """The marks of a 1-bit page whose pen is nearly gone: a few specks may be all that is left.

    So a question is not believed to have one mark only where another of its targets shows any.
    """
    answered = {mark.question for mark in marks if mark.state is State.MARKED}
    return tuple(
        _doubted(mark)
        if mark.state is State.UNMARKED
        and mark.question in answered
        and one.ink + one.specks > limits.bilevel_specks
        and one.speck_count >= limits.broken_specks
        else mark
        for one, mark in zip(measured, marks, strict=True)
    )


def _doubted(mark: Mark) -> Mark:
    return replace(mark, state=State.MARGINAL, confidence=UNDECIDED)


def _may_hide_a_mark(one: Measurement, limits: MarkThresholds, bilevel: bool) -> bool:
    """Whether a target without a mark is not quite as empty as the page's others.

    Under a streak a mark may be lost; a few specks, or a line along the outline or just beside it,
    may be all there is of one. Where another target of the question is marked they mean nothing;
    where none is, a person looks.
    """
    is_specked = bilevel and one.ink + one.specks > limits.bilevel_specks
    is_touched = (
        one.ink > limits.blank_ink
        or one.own_mm > limits.blank_mm
        or one.outside > limits.blank_outside
    )
    has_something = is_specked or is_touched or one.streak > limits.least_streak
    return has_something and not _has_mark(one, limits)


def _is_faint(
    measured: Sequence[Measurement], marks: Sequence[Mark], limits: MarkThresholds, bilevel: bool
) -> bool:
    """Whether marks may have vanished anywhere on this page."""
    if any(one.contrast < limits.least_contrast for one in measured):
        return True
    broken = sum(
        _broken(one, limits) > limits.broken_ink and not _has_mark(one, limits) for one in measured
    )
    clear = sum(mark.state is State.MARKED for mark in marks)
    if bilevel:
        # Nothing at all on a 1-bit page, or marks in pieces: others may be gone altogether.
        return broken >= limits.bilevel_broken or clear == 0
    if clear == 0:
        # A scanner that makes paper quite white takes a pale pencil along, but for a few specks.
        return sum(one.ink + one.specks + one.trace > 0 for one in measured) >= limits.last_traces
    return broken >= max(limits.faint_targets, limits.faint_share * clear)


def _broken(one: Measurement, limits: MarkThresholds) -> float:
    """Share of the inside in traces that are too small for a mark, but more than a dust speck."""
    return one.ink + (one.specks if one.speck_count >= limits.broken_specks else 0.0)


def _for_this_page(measured: Sequence[Measurement], limits: MarkThresholds) -> MarkThresholds:
    """The limits, where the page as a whole explains what a target alone does not.

    What every empty target of a page shows (letters in it, grain, a bent page) is no trace. A
    line through several targets is no pen's. Somebody who answers with small or broken marks
    does so all over the page, and in the middle of the boxes; dust does not.
    """
    crossed = sum(one.streak > limits.streak for one in measured)
    if crossed >= limits.streak_targets:
        limits = replace(limits, streak=1.0)
    if _makes_small_marks(measured, limits):
        limits = replace(limits, dot_ink=limits.small_ink, dot_extent=limits.small_extent)
    empty = [one.trace for one in measured if one.ink <= limits.empty_ink]
    usual = limits.usual_trace * float(np.percentile(empty, 75)) if empty else 0.0
    return replace(limits, empty_trace=max(limits.empty_trace, usual))


def _makes_small_marks(measured: Sequence[Measurement], limits: MarkThresholds) -> bool:
    small = [
        one.target.question
        for one in measured
        if one.ink >= limits.small_ink
        and one.core >= limits.small_core
        and limits.small_extent <= one.extent <= limits.compact_extent
    ]
    questions = {one.target.question for one in measured}
    alone = [question for question in set(small) if small.count(question) == 1]
    return len(alone) >= max(limits.small_questions, limits.small_share * len(questions))


def _usual(measured: Sequence[Measurement], limits: MarkThresholds) -> _Usual:
    tones = [one.tone for one in measured if one.ink <= limits.empty_ink]
    strengths = [one.strength for one in measured if _has_mark(one, limits)]
    everywhere = [one.outline for one in measured]
    abroad = [one.abroad for one in measured if _has_mark(one, limits)]
    alike: dict[_Drawn, list[float]] = {}
    for one in measured:
        alike.setdefault(_drawn(one), []).append(one.outline)
    return _Usual(
        tone=float(np.median(tones)) if tones else 0.0,
        outline={
            drawn: float(np.median(shares if len(shares) >= INK.alike_targets else everywhere))
            for drawn, shares in alike.items()
        },
        strength=float(np.median(strengths)) if len(strengths) >= limits.usual_marks else 0.0,
        abroad=(float(np.percentile(abroad, 75)) if len(abroad) >= limits.usual_marks else 0.0),
    )


def _drawn(one: Measurement) -> _Drawn:
    """Targets of one size and shape are drawn alike; boxes and cells of one page are not."""
    target = one.target
    return round(target.box.w, 1), round(target.box.h, 1), target.shape


def _mark(one: Measurement, limits: MarkThresholds, usual: _Usual) -> Mark:
    state = _state(one, limits, usual)
    return Mark(one.target.question, one.target.option, state, round(one.ink, 4), UNDECIDED)


def _state(one: Measurement, limits: MarkThresholds, usual: _Usual) -> State:
    if not one.found and one.agreement < limits.least_agreement:
        # Nothing there looks like this target: read nothing, not even "empty".
        return State.MARGINAL
    is_mark = _has_mark(one, limits)
    if _is_circled(one, limits) and one.ink < limits.filled_ink:
        return State.CANCELLED if _is_taken_back(one, limits) else State.MARGINAL
    if is_mark:
        return State.MARGINAL if _is_odd_mark(one, limits, usual) else State.MARKED
    return State.UNMARKED if _is_empty(one, limits, usual) else State.MARGINAL


def _is_circled(one: Measurement, limits: MarkThresholds) -> bool:
    is_tight = one.ring >= limits.tight_ring and one.outside >= limits.tight_outside
    return one.ring >= limits.ring or is_tight


def _is_taken_back(one: Measurement, limits: MarkThresholds) -> bool:
    """A broad mark, not a fill, in what is surely one circle, neither struck out nor a stamp."""
    return (
        _has_mark(one, limits)
        and one.ink < limits.solid_ink
        and one.breadth >= limits.broad
        and one.ring >= limits.sure_ring
        and one.outside <= limits.one_circle
        and one.gap <= limits.closed_gap
        and one.through <= limits.struck_mm
    )


def _has_mark(one: Measurement, limits: MarkThresholds) -> bool:
    is_thin = one.ink < limits.thin_ink
    least_agreement = limits.thin_agreement if is_thin else limits.core_agreement
    if one.core < limits.core_ink and one.agreement < least_agreement:
        return False
    if one.longest < limits.piece_extent:
        return False
    stroke = one.ink >= limits.stroke_ink and one.extent >= limits.stroke_extent
    dot = (
        one.ink >= limits.dot_ink
        and one.extent >= limits.dot_extent
        and one.strength >= limits.dot_strength
    )
    return stroke or dot


def _is_odd_mark(one: Measurement, limits: MarkThresholds, usual: _Usual) -> bool:
    """A mark that was perhaps not meant: part of something else, erased, a stain."""
    is_small = one.ink < limits.small_most and one.dotted_ring >= limits.small_ring
    is_full = one.ink >= limits.filled_ink and one.strength >= limits.full_strength
    is_stain = one.edge < limits.soft_edge and not is_full
    is_pale = one.strength < limits.paler * usual.strength
    return is_small or is_stain or is_pale or _is_of_elsewhere(one, limits, usual)


def _is_of_elsewhere(one: Measurement, limits: MarkThresholds, usual: _Usual) -> bool:
    """Whether the ink here is part of something whose body is elsewhere, or that only passes.

    Somebody whose ticks are large makes them so all over the page.
    """
    # Nobody fills a target in passing: fills of crowded targets touch.
    is_filled = one.ink >= limits.solid_ink and one.abroad < limits.long_abroad
    is_straight = one.bend < limits.straight_mm
    is_long = one.abroad >= max(limits.long_abroad, usual.abroad + limits.longer_abroad)
    comes_in = is_long or one.rival >= limits.straight_rival
    is_writing = one.abroad >= limits.writing_abroad and one.sway >= limits.writing_sway_mm
    return (
        (one.foreign >= limits.foreign and not is_filled)
        or (is_long and one.through >= limits.through_mm)
        or one.beside >= limits.writing_mm
        or (is_straight and comes_in)
        or is_writing
    )


def _is_empty(one: Measurement, limits: MarkThresholds, usual: _Usual) -> bool:
    is_speck = one.ink <= limits.speck_ink and one.extent <= limits.speck_extent
    is_grazed = one.foreign >= limits.grazing and one.longest <= limits.grazed_extent
    return (
        (one.ink <= limits.empty_ink or is_speck or is_grazed)
        and (one.specks <= limits.empty_specks or one.speck_count < limits.broken_specks)
        and one.trace <= limits.empty_trace
        and one.streak <= limits.streak
        and one.tone <= usual.tone + limits.empty_tone
        and one.outline <= usual.outline[_drawn(one)] + limits.traced_outline
        and one.outside <= limits.empty_outside
        and one.ring <= limits.empty_ring
        and one.own_mm <= limits.empty_mm
    )
