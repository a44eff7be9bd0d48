"""What is usual on a page: in its print, its grain and dirt, and in its writer's hand.

And the limits where the page as a whole explains what a target alone does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.shapes import has_body, has_mark
from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.layout.model import Shape
    from omr.marks.mark_thresholds import MarkThresholds
    from omr.marks.measure import Measurement

    _Drawn = tuple[float, float, Shape]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on a page: in its empty targets, at its outlines, in its writer's marks.

    ``tone``: how dark empty targets are; ``outline``: how dark outlines are, by how targets are
    drawn; ``strength``: of the page's marks, 0 where they are too few to tell; ``abroad``, ``off``
    and ``away``: what three quarters of the writer's marks (of ``off`` and ``away`` those without
    a body of their own) do not exceed.
    """

    tone: float
    outline: Mapping[_Drawn, float]
    strength: float
    abroad: float
    off: float
    away: float

    def outline_like(self, one: Measurement) -> float:
        """How dark the outlines of targets drawn like this one are."""
        return self.outline[_drawn(one)]


def for_this_page(measured: Sequence[Measurement], limits: MarkThresholds) -> MarkThresholds:
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
    bare = [one for one in measured if one.ink <= limits.bare_ink]
    limits = _for_this_print(bare, limits) if len(bare) >= limits.many_bare else limits
    empty = [one.trace for one in measured if one.ink <= limits.empty_ink]
    usual = limits.usual_trace * float(np.percentile(empty, 75)) if empty else 0.0
    return replace(limits, empty_trace=max(limits.empty_trace, usual))


def _for_this_print(bare: Sequence[Measurement], limits: MarkThresholds) -> MarkThresholds:
    """The limits of what is nothing, where even most of a page's bare targets show a little.

    Outlines that came out ragged or apart, and text that the reference lacks, are all over a page;
    a pen is not.
    """

    def at_least(limit: float, values: list[float], percent: float = limits.usual_percent) -> float:
        usual = limits.beyond_usual * float(np.percentile(values, percent))
        return max(limit, min(usual, limits.most_beyond * limit))

    touch = [one.touch for one in bare]
    specks = [one.touch > limits.blank_touch and one.reach < limits.speck_mm for one in bare]
    is_dirty = sum(specks) >= max(limits.dirty_specks, limits.dirty_page * len(specks))
    return replace(
        limits,
        speck_mm=limits.speck_mm if is_dirty else 0.0,
        empty_touch=at_least(limits.empty_touch, touch),
        blank_touch=max(limits.blank_touch, at_least(limits.empty_touch, touch))
        if np.percentile(touch, limits.usual_percent) > 0
        else limits.blank_touch,
        blank_near=at_least(limits.blank_near, [one.near for one in bare]),
        blank_loose_mm=at_least(
            limits.blank_loose_mm, [one.loose_mm for one in bare], limits.loose_percent
        ),
        blank_label_mm=at_least(
            limits.blank_label_mm, [one.on_label_mm for one in bare], limits.loose_percent
        ),
    )


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


def usual_of(measured: Sequence[Measurement], limits: MarkThresholds) -> Usual:
    """What is usual among these targets of one page."""
    tones = [one.tone for one in measured if one.ink <= limits.empty_ink]
    strengths = [one.strength for one in measured if has_mark(one, limits)]
    everywhere = [one.outline for one in measured]
    abroad = [one.abroad for one in measured if has_mark(one, limits)]
    lines = [one for one in measured if has_mark(one, limits) and not has_body(one, limits)]
    alike: dict[_Drawn, list[float]] = {}
    for one in measured:
        alike.setdefault(_drawn(one), []).append(one.outline)
    return Usual(
        tone=float(np.median(tones)) if tones else 0.0,
        outline={
            drawn: float(np.median(shares if len(shares) >= INK.alike_targets else everywhere))
            for drawn, shares in alike.items()
        },
        strength=float(np.median(strengths)) if len(strengths) >= limits.usual_marks else 0.0,
        abroad=_three_quarters(abroad, limits),
        off=_three_quarters([one.off for one in lines], limits),
        away=_three_quarters([one.away for one in lines], limits),
    )


def _three_quarters(values: Sequence[float], limits: MarkThresholds) -> float:
    """What three quarters of a page's marks do not exceed; 0 where they are too few to tell."""
    return float(np.percentile(values, 75)) if len(values) >= limits.usual_marks else 0.0


def _drawn(one: Measurement) -> _Drawn:
    """Targets of one size and shape are drawn alike; boxes and cells of one page are not."""
    target = one.target
    return round(target.box.w, 1), round(target.box.h, 1), target.shape
