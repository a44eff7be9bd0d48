"""Inking: the strokes that an act leaves on a page, and what else a pen does there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import Box, Size
from omr.simulate.answering import Act, Behaviour, Intent
from omr.simulate.digits import digit
from omr.simulate.marks import mark, ring, slip, solid, speck
from omr.simulate.script import script
from omr.simulate.writers import MarkKind, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from omr.layout.model import Target
    from omr.simulate.strokes import Stroke

    Layer = Callable[[Box, Writer, np.random.Generator], list[Stroke]]

FAINT_PRESSURE = 0.12
"""Pressure of a mark that hardly left the pen."""
LINE_MM = 6.5
"""Height of a handwritten line of comment."""
MARGIN_MM = 8.0
"""Paper at the edge where people do not write."""


@dataclass(frozen=True)
class InkedStroke:
    """A stroke, and whose it is: the target it answers, or empty for a stray or a comment."""

    stroke: Stroke
    question: str = ""
    option: str = ""


def target_ink(
    target: Target, intent: Intent, hand: Writer, rng: np.random.Generator
) -> list[InkedStroke]:
    """What this act leaves at this target; nothing if it is not concerned."""
    if intent.act is Act.NUMBER:
        written = intent.chosen[int(target.option) - 1]
        strokes = [] if written == " " else digit(written, target.box, hand, rng)
    else:
        strokes = [
            stroke for layer in _layers(target, intent) for stroke in layer(target.box, hand, rng)
        ]
    return [InkedStroke(stroke, target.question, target.option) for stroke in strokes]


def comment_ink(frame: Box, hand: Writer, rng: np.random.Generator) -> list[InkedStroke]:
    """A few lines of script within the frame of a text question, under its printed words."""
    height = min(LINE_MM, frame.h / 2)
    lines = int(rng.integers(1, max(2, int(frame.h / height))))
    width = frame.w * float(rng.uniform(0.3, 0.95))
    strokes: list[Stroke] = []
    for number in range(1, lines + 1):
        top = frame.y + number * height
        strokes += script(Box(frame.x + 2, top, width - 4, height), hand, rng)
    return [InkedStroke(stroke) for stroke in strokes]


def stray_ink(
    paper: Size, hand: Writer, behaviour: Behaviour, rng: np.random.Generator
) -> list[InkedStroke]:
    """Slips, specks and a note, anywhere on the paper, print or no print."""
    strokes: list[Stroke] = []
    for _ in range(int(rng.poisson(behaviour.slips))):
        strokes += slip(_anywhere(paper, rng), hand, rng)
    for _ in range(int(rng.poisson(behaviour.specks))):
        strokes += speck(_anywhere(paper, rng), hand, rng)
    if rng.random() < behaviour.margin_notes:
        x, y = _anywhere(paper, rng)
        width = min(float(rng.uniform(20, 60)), paper.width - MARGIN_MM - x)
        strokes += script(Box(x, y, width, LINE_MM), hand, rng)
    return [InkedStroke(stroke) for stroke in strokes]


def _layers(target: Target, intent: Intent) -> tuple[Layer, ...]:
    if target.option in intent.withdrawn:
        return _LAYERS_OF_WITHDRAWN.get(intent.act, (_line_mark, ring))
    if target.option not in intent.chosen:
        return ()
    return _LAYERS.get(intent.act, (_usual_mark,))


def _usual_mark(box: Box, hand: Writer, rng: np.random.Generator) -> list[Stroke]:
    return mark(hand.mark_kind(rng), box, hand, rng)


def _line_mark(box: Box, hand: Writer, rng: np.random.Generator) -> list[Stroke]:
    """A mark that a circle can take back: a circled solid box would mean the opposite."""
    kind = hand.mark_kind(rng)
    full = kind in (MarkKind.FILL, MarkKind.DOT, MarkKind.LARGE_TICK)
    return mark(MarkKind.CROSS if full else kind, box, hand, rng)


def _faint_mark(box: Box, hand: Writer, rng: np.random.Generator) -> list[Stroke]:
    return [
        replace(stroke, pressure=np.minimum(stroke.pressure, FAINT_PRESSURE))
        for stroke in _usual_mark(box, hand, rng)
    ]


_LAYERS: dict[Act, tuple[Layer, ...]] = {
    Act.RING_ONLY: (ring,),
    Act.CHOSEN_AGAIN: (_line_mark, ring, solid),
    Act.FAINT: (_faint_mark,),
}
_LAYERS_OF_WITHDRAWN: dict[Act, tuple[Layer, ...]] = {Act.SCRIBBLED_OUT: (_line_mark, solid)}


def _anywhere(paper: Size, rng: np.random.Generator) -> tuple[float, float]:
    x = rng.uniform(MARGIN_MM, paper.width - MARGIN_MM)
    y = rng.uniform(MARGIN_MM, paper.height - MARGIN_MM)
    return float(x), float(y)
