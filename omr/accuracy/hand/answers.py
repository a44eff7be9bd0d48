"""What one person does at one question: an answer, a blank, a change of mind, a mishap.

The value follows the rules that the form prints (truth table of single choices): of what was done
with the pen, which option does it say, or must a person look? Where ink reaches what it should
not is seen afterwards, from the ink itself (:mod:`omr.accuracy.hand.truth`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.hand import marks, scrawl
from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import Act
from omr.accuracy.hand.motion import stroke
from omr.form.model import Correction, Kind
from omr.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.hand.writer import Writer
    from omr.form.model import Question

# Mishaps per question for a person of ordinary care; Writer.mishap multiplies them.
_RATES: tuple[tuple[Act, float], ...] = (
    (Act.CIRCLE_CORRECTED, 0.011),
    (Act.CHOSEN_AGAIN, 0.004),
    (Act.ONLY_CIRCLED, 0.002),
    (Act.SCRIBBLED_OUT, 0.006),
    (Act.DOUBLE, 0.006),
    (Act.RING_BOX, 0.003),
    (Act.RING_LABEL, 0.003),
    (Act.MOSTLY_OUTSIDE, 0.003),
    (Act.BARELY_INSIDE, 0.004),
    (Act.PARTLY_OUTSIDE, 0.012),
    (Act.NEIGHBOUR_STROKE, 0.005),
    (Act.SLIP, 0.006),
    (Act.SPECK, 0.006),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it lies on paper: its boxes (mm) by option, and how marks are taken back.

    ``table``: its boxes stand in the columns of a scale, without words beside them.
    """

    question: Question
    boxes: Mapping[str, Box]
    correction: Correction
    table: bool

    def key(self, code: str) -> tuple[str, str]:
        """Question and option, as strokes carry them."""
        return self.question.id, code


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done: the value by the printed rules, the acts, the options marked, the strokes."""

    value: tuple[str, ...] | None
    acts: tuple[Act, ...]
    marked: tuple[str, ...]
    strokes: tuple[Stroke, ...]
    doubtful: bool = False


def answer(rng: np.random.Generator, writer: Writer, row: Row) -> Answer:
    """What this person does at a question with boxes."""
    mishap = _mishap(rng, writer)
    choices = _choices(rng, writer, row.question)
    if mishap in (Act.SLIP, Act.SPECK):
        plain = _plainly(rng, writer, row, choices)
        extra = _stray(rng, writer, row, mishap)
        return Answer(plain.value, (*plain.acts, mishap), plain.marked, (*plain.strokes, extra))
    if mishap is None or not choices:
        return _plainly(rng, writer, row, choices)
    if mishap in (Act.MOSTLY_OUTSIDE, Act.BARELY_INSIDE, Act.PARTLY_OUTSIDE, Act.NEIGHBOUR_STROKE):
        return _misplaced(rng, writer, row, choices[0], mishap)
    if mishap in (Act.RING_BOX, Act.RING_LABEL):
        return _ringed(rng, writer, row, choices[0], mishap)
    return _changed(rng, writer, row, choices, mishap)


def _mishap(rng: np.random.Generator, writer: Writer) -> Act | None:
    rates = np.array([rate for _, rate in _RATES]) * writer.mishap
    index = int(np.searchsorted(np.cumsum(rates), rng.random()))
    return _RATES[index][0] if index < len(_RATES) else None


def _choices(rng: np.random.Generator, writer: Writer, question: Question) -> list[str]:
    """Which options this person wants, in form order; people lean one way over a whole sheet."""
    codes = [option.code for option in question.options]
    if happens(rng, writer.skips):
        return []
    if question.kind is Kind.MULTI:
        most = min(len(codes), question.maximum or 3)
        count = int(rng.integers(1, most + 1))
        if question.maximum and len(codes) > question.maximum and happens(rng, 0.03):
            count = question.maximum + 1
        picked = sorted(int(i) for i in rng.choice(len(codes), size=count, replace=False))
        return [codes[i] for i in picked]
    wish = writer.likes * (len(codes) - 1) + rng.normal(0, 0.18 * len(codes))
    if happens(rng, 0.15):
        wish = rng.uniform(0, len(codes) - 1)
    return [codes[int(np.clip(round(wish), 0, len(codes) - 1))]]


def _kind(rng: np.random.Generator, writer: Writer) -> Act:
    return writer.other if happens(rng, 0.03) else writer.habit


def _plainly(rng: np.random.Generator, writer: Writer, row: Row, choices: list[str]) -> Answer:
    if not choices:
        return Answer((), (Act.BLANK,), (), ())
    kind = _kind(rng, writer)
    strokes: list[Stroke] = []
    for code in choices:
        strokes += marks.mark(rng, writer, kind, row.boxes[code], key=row.key(code))
    maximum = row.question.maximum
    over = maximum is not None and len(choices) > maximum
    acts = (kind, Act.OVER_MAXIMUM) if over else (kind,)
    return Answer(None if over else tuple(choices), acts, tuple(choices), tuple(strokes), over)


def _stray(rng: np.random.Generator, writer: Writer, row: Row, kind: Act) -> Stroke:
    """A slip or speck at one of the row's boxes, marked or not."""
    box = list(row.boxes.values())[int(rng.integers(len(row.boxes)))]
    place = (
        box.x + float(rng.uniform(-0.2, 1.2)) * box.w,
        box.y + float(rng.uniform(-0.2, 1.2)) * box.h,
    )
    if kind is Act.SPECK:
        return scrawl.speck(rng, writer, place)
    reach = float(rng.choice([2.0, 4.0, 12.0])) * float(rng.uniform(0.6, 1.5))
    return scrawl.scrape(rng, writer, place, reach)


# How far off a mark is aimed, in halves of box and mark together.
_FAR = {
    Act.PARTLY_OUTSIDE: (0.30, 0.55),
    Act.BARELY_INSIDE: (0.75, 1.0),
    Act.MOSTLY_OUTSIDE: (0.9, 1.1),
}


def _misplaced(
    rng: np.random.Generator, writer: Writer, row: Row, code: str, mishap: Act
) -> Answer:
    """A mark aimed badly, or one whose stroke runs on into the row below or above."""
    box = row.boxes[code]
    kind = _kind(rng, writer)
    if mishap is Act.NEIGHBOUR_STROKE:
        strokes = _running_on(rng, writer, box, row.key(code))
        return Answer((code,), (Act.SLASH, Act.LARGE), (code,), strokes)
    if kind in (Act.FILL, Act.SCRIBBLE, Act.DOT):
        kind = Act.CROSS
    size = box.w * float(np.clip(writer.size, 0.6, 1.1))
    if mishap is Act.BARELY_INSIDE:
        kind, size = Act.SLASH if kind is Act.CROSS else kind, size * float(rng.uniform(0.35, 0.6))
    angle = rng.uniform(0, 2 * np.pi)
    distance = float(rng.uniform(*_FAR[mishap])) * (box.w + size) / 2
    x = box.centre[0] + distance * float(np.cos(angle))
    y = box.centre[1] + distance * float(np.sin(angle))
    aimed = Box(x - size / 2, y - size / 2, size, size)
    strokes = marks.within(rng, writer, kind, aimed, key=row.key(code))
    return Answer((code,), (kind,), (code,), strokes)


def _running_on(
    rng: np.random.Generator, writer: Writer, box: Box, key: tuple[str, str]
) -> tuple[Stroke, ...]:
    """A long stroke through the box that runs on by a row, or along it, as hurried marks do."""
    side = 1 if happens(rng, 0.5) else -1
    reach = float(rng.uniform(4.0, 9.0))
    lean = float(rng.uniform(-0.25, 0.6))
    x, y = box.centre
    far = (x - side * lean * reach * 0.4, y + side * (box.h / 2 + reach))
    near = (x + side * lean * 2.5, y - side * box.h * 0.45)
    if happens(rng, 0.2):
        far = (x + side * (box.w / 2 + 1.4 * reach), y - abs(lean) * 2)
        near = (x - side * box.w * 0.45, y + abs(lean))
    line = [near, (x + rng.normal(0, 0.2), y + rng.normal(0, 0.2)), far]
    long = stroke(rng, writer, line, question=key[0], option=key[1])
    if happens(rng, 0.5):  # the short leg of a tick
        leg = [(near[0] - 1.6, near[1] - 0.4 * side), near]
        return (stroke(rng, writer, leg, question=key[0], option=key[1]), long)
    other = [(x - box.w * 0.45, y - box.h * 0.4), (x + box.w * 0.45, y + box.h * 0.4)]
    return (long, stroke(rng, writer, other, question=key[0], option=key[1]))


def _ringed(rng: np.random.Generator, writer: Writer, row: Row, code: str, mishap: Act) -> Answer:
    """A ring around an empty box, or around the words beside it, and nothing else."""
    box = row.boxes[code]
    if mishap is Act.RING_LABEL and not row.table:
        width = float(rng.uniform(9, 16))
        centre = (box.right + 1.8 + width / 2, box.centre[1])
        radii = (width / 2, float(rng.uniform(2.6, 3.4)))
        loop = marks.ring(rng, writer, centre, radii, key=row.key(code))
        return Answer(None, (Act.RING_LABEL,), (), (loop,), doubtful=True)
    radius = box.w * float(rng.uniform(0.62, 0.95))
    radii = (radius, radius * float(rng.uniform(0.85, 1.1)))
    loop = marks.ring(rng, writer, box.centre, radii, key=row.key(code))
    return Answer(None, (Act.RING_BOX,), (), (loop,), doubtful=True)


def _changed(
    rng: np.random.Generator, writer: Writer, row: Row, choices: list[str], mishap: Act
) -> Answer:
    """A change of mind, done as the form says or otherwise; or two marks."""
    others = [code for code in row.boxes if code not in choices]
    multi = row.question.kind is Kind.MULTI
    if not others or (multi and mishap is Act.DOUBLE):
        return _plainly(rng, writer, row, choices)
    wrong = others[int(rng.integers(len(others)))]
    fills = writer.habit in (Act.FILL, Act.SCRIBBLE, Act.DOT)
    hand = _Corrector(rng, writer, row, Act.CROSS if fills else writer.habit)
    kept = tuple(stroke for code in choices for stroke in hand.marked(code))
    by_circle = row.correction is Correction.CIRCLE
    marked: tuple[str, ...] = tuple(choices)
    value: tuple[str, ...] | None = None
    if mishap is Act.CIRCLE_CORRECTED:
        strokes = (*hand.circled(wrong), *kept)
        value = marked if by_circle else None
    elif mishap is Act.ONLY_CIRCLED:
        strokes, marked = hand.circled(wrong), ()
        value = () if by_circle else None
    elif mishap is Act.CHOSEN_AGAIN:
        # Crossed, taken back, another one crossed and taken back: the first is filled.
        marked = marked[:1]
        strokes = (*hand.circled(marked[0]), *hand.circled(wrong), *hand.filled(marked[0]))
        value = marked if by_circle and not multi else None
    elif mishap is Act.SCRIBBLED_OUT:
        strokes = (*hand.marked(wrong), *hand.filled(wrong), *kept)
        value = marked if row.correction is Correction.FILL else None
    else:
        strokes = (*kept, *hand.marked(wrong))
        marked = (*marked, wrong)
    return Answer(value, (mishap, hand.kind), marked, strokes, doubtful=True)


@dataclass(frozen=True)
class _Corrector:
    """A writer at one row, changing his mind."""

    rng: np.random.Generator
    writer: Writer
    row: Row
    kind: Act

    def marked(self, code: str) -> tuple[Stroke, ...]:
        box = self.row.boxes[code]
        return marks.mark(self.rng, self.writer, self.kind, box, key=self.row.key(code))

    def circled(self, code: str) -> tuple[Stroke, ...]:
        box = self.row.boxes[code]
        radius = box.w * float(self.rng.uniform(0.68, 1.0))
        key = self.row.key(code)
        around = marks.ring(self.rng, self.writer, box.centre, (radius, radius), key=key)
        return (*self.marked(code), around)

    def filled(self, code: str) -> tuple[Stroke, ...]:
        box = self.row.boxes[code]
        return marks.scribble_out(self.rng, self.writer, box, key=self.row.key(code))
