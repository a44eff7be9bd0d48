"""Which targets answer one question, from where they stand and where the words stand.

Three arrangements are known:

- a *scale*: targets side by side with no words between them, as in a table; each row is a question;
- a *line*: "1. Are you ...?  [] yes  [] no": words at the left of the row's first label; the row
  is a question, with the rows below it that continue it;
- a *list*: targets one below the other in one panel, in one or several columns, until something
  is written across the targets' own column: the next question's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.measuring.choose import same_column, same_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from omr.measuring.choose import Candidate
    from omr.measuring.ink import Pieces
    from omr.measuring.regions import Regions

    Edge = Callable[["Group"], float]

SCALE_GAP_MM = 32.0
"""Targets of a scale stand no farther apart."""
LIST_GAP_MM = 40.0
"""Options of a list follow each other within this."""
LABEL_REACH_MM = 80.0
WORDS = 3
"""So many letters are words; fewer may be a number, a bullet or dust."""
HEAD_MM = 14.0
"""The head of a list's column stands within this above it."""
WORD_SPACE_MM = 5.0
"""A wider gap in a line of print parts two texts."""
LINE_MM = 3.0


class Arrangement(Enum):
    """How a question's targets stand."""

    SCALE = "scale"
    LINE = "line"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Group:
    """Targets of one question: rows from the top, each from left to right."""

    arrangement: Arrangement
    rows: tuple[tuple[Candidate, ...], ...]
    label_right: bool = True

    @property
    def targets(self) -> tuple[Candidate, ...]:
        """All of them in reading order."""
        return tuple(one for row in self.rows for one in row)

    @property
    def box(self) -> Box:
        """The rectangle around them."""
        boxes = [one.box for one in self.targets]
        x, y = min(box.x for box in boxes), min(box.y for box in boxes)
        return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


def rows_of(targets: Sequence[Candidate]) -> list[list[Candidate]]:
    """Targets in rows, from the top; each row from left to right."""
    rows: list[list[Candidate]] = []
    for one in sorted(targets, key=lambda target: target.box.centre[1]):
        if rows and same_row(rows[-1][0].box, one.box):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda target: target.box.x) for row in rows]


class Grouper:
    """One page's letters and panels, asked about its targets."""

    def __init__(self, letters: Pieces, regions: Regions) -> None:
        """``letters`` belong to no target."""
        self.letters = letters
        self.regions = regions

    def groups(self, targets: Sequence[Candidate]) -> list[Group]:
        """All questions of the page, in no order."""
        scales: list[Group] = []
        others: list[Candidate] = []
        for row in rows_of(targets):
            for run in self._runs(row):
                if len(run) > 1:
                    scales.append(Group(Arrangement.SCALE, (tuple(run),)))
                else:
                    others += run
        panels: dict[int, list[Candidate]] = {}
        for one in others:
            panels.setdefault(self.regions.around(one.box), []).append(one)
        return scales + [
            group for panel, held in panels.items() for group in self._in_panel(panel, held)
        ]

    def _runs(self, row: Sequence[Candidate]) -> list[list[Candidate]]:
        """The row cut wherever words or much room stand between two targets."""
        runs = [[row[0]]]
        for before, after in pairwise(row):
            left, right = before.box, after.box
            between = Box(left.right, left.y, right.x - left.right, left.h)
            if between.w > SCALE_GAP_MM or self.letters.count(between):
                runs.append([])
            runs[-1].append(after)
        return runs

    def _in_panel(self, panel: int, held: Sequence[Candidate]) -> list[Group]:
        """Lines and lists among targets of one panel that are in no scale."""
        area = self.regions.rectangle(panel)
        label_right = self._labels_stand_right(held, area)
        blocks: list[list[list[Candidate]]] = []
        for row in rows_of(held):
            joined = blocks and not (label_right and self._opens_line(row, area))
            if joined and self._continues(blocks[-1][-1], row):
                blocks[-1].append(row)
            else:
                blocks.append([row])
        return [group for block in blocks for group in self._questions(block, area, label_right)]

    def _labels_stand_right(self, held: Sequence[Candidate], area: Box) -> bool:
        """Whether most targets have the nearest letters of their row at their right."""
        nearer = 0
        for box in (one.box for one in held):
            end, start = min(area.right, box.right + LABEL_REACH_MM), box.x - LABEL_REACH_MM
            right = self.letters.within(Box(box.right, box.y, end - box.right, box.h))
            before = max(area.x, start)
            left = self.letters.within(Box(before, box.y, box.x - before, box.h))
            to_right = right[:, 0].min() - box.right if len(right) else LABEL_REACH_MM
            to_left = box.x - (left[:, 0] + left[:, 2]).max() if len(left) else LABEL_REACH_MM
            nearer += to_right <= to_left
        return bool(2 * nearer >= len(held))

    def _opens_line(self, row: Sequence[Candidate], area: Box) -> bool:
        """Whether words stand at the left of the row's first target, inside its panel."""
        first = row[0].box
        return self.letters.count(Box(area.x, first.y, first.x - area.x, first.h)) >= WORDS

    def _continues(self, above: Sequence[Candidate], row: Sequence[Candidate]) -> bool:
        """Whether targets stand under those of the row above, with nothing written between."""
        ways = [
            (one.box, other.box)
            for one in above
            for other in row
            if same_column(one.box, other.box) and other.box.y - one.box.bottom <= LIST_GAP_MM
        ]
        return bool(ways) and not any(self._written_between(*way) for way in ways)

    def _written_between(self, above: Box, below: Box) -> bool:
        column = Box(below.x, above.bottom, below.w, below.y - above.bottom)
        return self.letters.count(column) > 0

    def _questions(
        self, block: Sequence[Sequence[Candidate]], area: Box, label_right: bool
    ) -> list[Group]:
        """One question, or one for each column where every column has a head of its own."""
        if len(block) == 1 and len(block[0]) > 1:
            return [Group(Arrangement.LINE, (tuple(block[0]),), label_right)]
        is_line = label_right and self._opens_line(block[0], area)
        columns = _columns(block)
        if not is_line and len(columns) > 1 and self._heads(columns, area) == len(columns):
            return [
                Group(Arrangement.LIST, tuple((one,) for one in column), label_right)
                for column in columns
            ]
        arrangement = Arrangement.LINE if is_line else Arrangement.LIST
        return [Group(arrangement, tuple(tuple(row) for row in block), label_right)]

    def _heads(self, columns: Sequence[Sequence[Candidate]], area: Box) -> int:
        """How many columns a text above the block belongs to: it begins after the one before."""
        top = min(column[0].box.y for column in columns)
        found = self.letters.within(Box(area.x, top - HEAD_MM, area.w, HEAD_MM - 0.5))
        if not len(found):
            return 0
        lowest = float((found[:, 1] + found[:, 3]).max())
        line = found[found[:, 1] + found[:, 3] > lowest - LINE_MM]
        starts = _text_starts(line)
        heads, after = 0, area.x
        for column in columns:
            right = max(one.box.right for one in column)
            heads += any(after <= start <= right for start in starts)
            after = right
        return heads


def _columns(block: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    columns: list[list[Candidate]] = []
    for row in block:
        for one in row:
            for column in columns:
                if same_column(column[-1].box, one.box):
                    column.append(one)
                    break
            else:
                columns.append([one])
    return sorted(columns, key=lambda column: column[0].box.x)


def _text_starts(line: NDArray[np.float64]) -> list[float]:
    """Where the texts of a line begin; (N, 4) letters of one line."""
    starts: list[float] = []
    end = float("-inf")
    for x, _, w, _ in sorted(line.tolist()):
        if x - end > WORD_SPACE_MM:
            starts.append(x)
        end = max(end, x + w)
    return starts


def in_reading_order(groups: Sequence[Group]) -> list[Group]:
    """From the top; groups whose heights overlap stand in columns, read one after the other."""
    if len(groups) < 2:  # noqa: PLR2004 - nothing to order
        return list(groups)
    for low, high in ((_top, _bottom), (_left, _right)):
        parts = _parted(groups, low, high)
        if len(parts) > 1:
            return [group for part in parts for group in in_reading_order(part)]
    return sorted(groups, key=lambda group: (group.box.y, group.box.x))


def _parted(groups: Sequence[Group], low: Edge, high: Edge) -> list[list[Group]]:
    """Groups in parts between which an empty strip goes across."""
    parts: list[list[Group]] = []
    end = float("-inf")
    for group in sorted(groups, key=low):
        if low(group) >= end or not parts:
            parts.append([])
        parts[-1].append(group)
        end = max(end, high(group))
    return parts


def _top(group: Group) -> float:
    return group.box.y


def _bottom(group: Group) -> float:
    return group.box.bottom


def _left(group: Group) -> float:
    return group.box.x


def _right(group: Group) -> float:
    return group.box.right
