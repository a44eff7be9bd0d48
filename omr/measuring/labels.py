"""Words beside targets: which belong to an option, which to its question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.measuring.choose import same_column
from omr.measuring.grouping import Arrangement
from omr.measuring.heads import HEAD_MM, ROW_MM
from omr.measuring.text_lines import PART_MM, joined, lines, overlap, unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.measuring.grouping import Group
    from omr.measuring.heads import ColumnHeads
    from omr.measuring.page_print import PagePrint
    from omr.measuring.words import Word

LABEL_MM = 90.0
"""A label reaches no farther from its target."""
NEXT_LINE = 0.9
"""The next line of one text begins within this many heights of a word."""
BESIDE_MM = 8.0
_ROW_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-zđĐ])[.)]?")
"""The number of a row stands in a cell of its own, at half the height of the row's lines."""
LONGEST = 200
"""Characters of a question's text; the rest is for a person."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Text of a question, and of its targets in their order; empty where nothing was read."""

    question: str
    options: tuple[str, ...]


class Labeller:
    """One page's words, asked about its groups."""

    def __init__(
        self, words: Sequence[Word], page: PagePrint, groups: Sequence[Group], heads: ColumnHeads
    ) -> None:
        """``groups`` are all of the page's; ``heads`` knows what stands above tables' columns."""
        self.words = words
        self.regions = page.regions
        self.groups = groups
        self.targets = [one.box for group in groups for one in group.targets]
        self._heads = heads

    def labels(self, group: Group) -> Labels:
        """The words of one group."""
        if group.arrangement is Arrangement.SCALE:
            return Labels(_shortened(self._row_text(group)), self._heads.of(group))
        beside = [self._beside(one.box, group) for one in group.targets]
        question = self._left_of(group) or self._above(group, [w for ws in beside for w in ws])
        return Labels(_shortened(question), tuple(joined(words) for words in beside))

    # Options

    def _beside(self, box: Box, group: Group) -> list[Word]:
        """Words right (or left) of a target as far as its text goes, with the lines that follow."""
        line = [word for word in self.words if overlap(word.box, box) > 0]
        if not group.label_right:
            before = [word for word in line if word.box.right <= box.x + 1]
            return [w for part in lines(before) for w in unbroken(part, from_right=True)]
        limit = self._right_limit(box)
        inside = [word for word in line if box.right - 1 <= word.box.x and word.box.right <= limit]
        label = [word for part in lines(inside) for word in unbroken(part)]
        single = all(len(row) == 1 for row in group.rows)
        return label + (self._following(box, label, group, limit) if label and single else [])

    def _right_limit(self, box: Box) -> float:
        panel = self.regions.panel(box)
        others = [
            other.x for other in self.targets if other.x > box.right and overlap(other, box) > 0
        ]
        return (
            min(*others, panel.right, box.right + LABEL_MM)
            if others
            else min(panel.right, box.right + LABEL_MM)
        )

    def _following(self, box: Box, label: Sequence[Word], group: Group, limit: float) -> list[Word]:
        """Further lines of a label: indented beyond the target, before the next target."""
        below = [one.box.y for one in group.targets if one.box.y > box.bottom]
        end = min(below, default=box.bottom + ROW_MM)
        found: list[Word] = []
        last = max(word.box.bottom for word in label)
        height = max(word.box.h for word in label)
        below_it = lines([w for w in self.words if w.box.y > box.centre[1] and w.box.bottom < end])
        for line in below_it:
            top = min(word.box.y for word in line)
            if top < last - height / 2:
                continue
            near = [word for word in line if box.x - PART_MM <= word.box.x <= limit]
            if top - last > NEXT_LINE * height or any(word.box.x < box.right for word in near):
                break
            part = unbroken([word for word in near if word.box.right <= limit + 1])
            if not part:
                break
            found += part
            last = max(word.box.bottom for word in part)
        return found

    # Questions

    def _row_text(self, group: Group) -> str:
        """Words left of a scale's row: all of its row of the table, or its own lines."""
        first = group.targets[0].box
        panel = self.regions.panel(first)
        if panel.h > ROW_MM:
            half = self._half_pitch(first)
            panel = Box(panel.x, first.centre[1] - half, panel.w, 2 * half)
        start = max(
            (t.right for t in self.targets if t.right < first.x and overlap(t, first) > 0),
            default=0.0,
        )
        found = [
            word
            for word in self.words
            if panel.y < word.box.centre[1] < panel.bottom and start < word.box.centre[0] < first.x
        ]
        ordered = [word for line in lines(found) for word in line]
        number = min(ordered, key=lambda word: word.box.x, default=None)
        if number is not None and _ROW_NUMBER.fullmatch(number.text):
            ordered.remove(number)
            ordered.insert(0, number)
        return joined(ordered)

    def _half_pitch(self, box: Box) -> float:
        """Half the way to the next target above or below; a line where there is none."""
        steps = [
            abs(other.centre[1] - box.centre[1])
            for other in self.targets
            if same_column(other, box) and other != box
        ]
        return min([*steps, ROW_MM / 2]) / 2

    def _left_of(self, group: Group) -> str:
        """Words of the first row that stand before all labels; labels at the left keep theirs."""
        if not group.label_right:
            return ""
        first = group.rows[0][0].box
        panel = self.regions.panel(first)
        found = [
            word
            for word in self.words
            if overlap(word.box, first) > 0 and panel.x <= word.box.x and word.box.right < first.x
        ]
        return joined(sorted(found, key=lambda word: word.box.x))

    def _above(self, group: Group, labels: Sequence[Word]) -> str:
        """The paragraph above a group, inside its panel, as far up as no other target stands."""
        panel = self.regions.panel(group.targets[0].box)
        left, right = panel.x, panel.right
        if self._has_neighbour(group, panel):
            boxes = [one.box for one in group.targets] + [word.box for word in labels]
            left = max(left, min(box.x for box in boxes) - BESIDE_MM)
            right = min(right, max(box.right for box in boxes) + BESIDE_MM)
        top = min(one.box.y for one in group.targets)
        ceiling = max(
            [panel.y, top - HEAD_MM]
            + [t.bottom for t in self.targets if t.bottom < top and left < t.centre[0] < right]
        )
        found = [
            word
            for word in self.words
            if ceiling < word.box.centre[1] < top
            and word not in labels
            and left < word.box.centre[0] < right
        ]
        kept: list[list[Word]] = []
        for line in reversed(lines(found)):
            height = max(word.box.h for word in line)
            bottom = max(word.box.bottom for word in line)
            if kept and min(w.box.y for w in kept[0]) - bottom > NEXT_LINE * height:
                break
            kept.insert(0, line)
        return joined([word for line in kept for word in line])

    def _has_neighbour(self, group: Group, panel: Box) -> bool:
        """Whether another group stands beside this one in its panel."""
        here = group.box
        return any(
            other is not group
            and other.box.overlaps(panel)
            and other.box.y < here.bottom
            and here.y < other.box.bottom
            for other in self.groups
        )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
