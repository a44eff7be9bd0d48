"""What one person writes into the cells of a number question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.hand import digits
from omr.accuracy.hand.answers import Answer
from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import Act
from omr.accuracy.hand.motion import stroke
from omr.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.hand.writer import Writer
    from omr.form.model import Question

# Per question, for a person of ordinary care.
_STRUCK = 0.018
_OVERWRITTEN = 0.012
_OUTSIDE = 0.012
_LEFT = 0.05


def write_number(
    rng: np.random.Generator,
    writer: Writer,
    question: Question,
    cells: Sequence[Box],
    shapes: Mapping[str, int],
) -> Answer:
    """A number in its cells, mostly to the right, one digit each.

    The value has no leading zeros. A digit struck out or written over is for a person to judge,
    and so is one written beside the cells.
    """
    if happens(rng, writer.skips):
        return Answer((), (Act.BLANK,), (), ())
    count = len(cells) if happens(rng, 0.6) else int(rng.integers(1, len(cells) + 1))
    text = "".join(str(int(d)) for d in rng.integers(0, 10, count))
    if text[0] == "0" and happens(rng, 0.8):
        text = str(int(rng.integers(1, 10))) + text[1:]
    left = count < len(cells) and happens(rng, _LEFT)
    first = 0 if left else len(cells) - count
    acts = [Act.DIGITS, *([Act.LEFT_ALIGNED] if left else [])]
    strokes: list[Stroke] = []
    for place, figure in enumerate(text):
        key = (question.id, str(first + place + 1))
        box = _room(rng, writer, cells[first + place])
        strokes += digits.digit(rng, writer, figure, shapes[figure], box, key=key)
    cell = int(rng.integers(count))
    spoilt = _spoil(rng, writer, cells, (question.id, first + cell), text[cell], shapes=shapes)
    if spoilt is not None:
        act, extra = spoilt
        return Answer(None, (*acts, act), (), (*strokes, *extra), doubtful=True)
    return Answer((str(int(text)),), tuple(acts), (), tuple(strokes), doubtful=left)


def _room(rng: np.random.Generator, writer: Writer, cell: Box) -> Box:
    """Where in its cell this writer puts a digit; large hands touch the edges."""
    share = float(np.clip(0.68 * writer.size**0.5 * rng.normal(1, 0.06), 0.42, 0.98))
    height = cell.h * share
    width = min(height * float(rng.normal(0.58, 0.05)), cell.w * 0.95)
    x = cell.centre[0] + writer.aim[0] + float(rng.normal(0, writer.spread * 0.8))
    y = cell.centre[1] + writer.aim[1] + float(rng.normal(0, writer.spread * 0.8))
    return Box(x - width / 2, y - height / 2, width, height)


def _spoil(
    rng: np.random.Generator,
    writer: Writer,
    cells: Sequence[Box],
    place: tuple[str, int],
    written: str,
    *,
    shapes: Mapping[str, int],
) -> tuple[Act, tuple[Stroke, ...]] | None:
    """What makes a number doubtful, and its ink."""
    point = rng.random() / max(writer.mishap, 1e-6)
    cell = cells[place[1]]
    key = (place[0], str(place[1] + 1))
    if point < _STRUCK:
        ends = [(cell.x + 0.5, cell.bottom - 1.5), (cell.right - 0.5, cell.y + 1.5)]
        lines = [stroke(rng, writer, ends, question=key[0], option=key[1])]
        above = Box(cell.x + 1, cell.y - cell.h * 0.55, cell.w * 0.6, cell.h * 0.5)
        new = digits.digit(rng, writer, "4", shapes["4"], above, key=key)
        return Act.DIGIT_STRUCK, (*lines, *new)
    if point < _STRUCK + _OVERWRITTEN:
        other = str((int(written) + int(rng.integers(1, 10))) % 10)
        over = digits.digit(rng, writer, other, shapes[other], _room(rng, writer, cell), key=key)
        return Act.DIGIT_OVERWRITTEN, over
    if point < _STRUCK + _OVERWRITTEN + _OUTSIDE:
        last = cells[-1]
        beside = Box(last.right + 1.5, last.y + 1, last.w * 0.6, last.h * 0.7)
        return Act.DIGIT_OUTSIDE, digits.digit(rng, writer, "0", shapes["0"], beside, key=key)
    return None
