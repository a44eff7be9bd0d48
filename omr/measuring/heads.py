"""What stands above the columns of a table of targets."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.measuring.choose import same_column
from omr.measuring.grouping import Arrangement
from omr.measuring.text_lines import PART_MM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from omr.measuring.grouping import Group
    from omr.measuring.page_print import PagePrint

    ReadBlock = Callable[[Box], str]

ROW_MM = 30.0
"""A panel no higher than this is a row of a table."""
HEAD_MM = 70.0
"""A head stands no farther above its table's first row."""
NEAREST_MM = 15.0
"""A head's last line stands no farther above the line (or the row) under it."""
LEAST_CELL_MM = 2.5


class ColumnHeads:
    """Heads of one page's columns; each is read by itself, once."""

    def __init__(self, page: PagePrint, groups: Sequence[Group], read_block: ReadBlock) -> None:
        """``read_block`` reads one small area in mm."""
        self._page = page
        self._groups = groups
        self._read_block = read_block
        self._known: dict[tuple[int, ...], str] = {}

    def of(self, scale: Group) -> tuple[str, ...]:
        """The heads above a scale's targets; empty where there is none."""
        top = self._first_row(scale)
        return tuple(self._head(number, top) for number in range(len(top.targets)))

    def _first_row(self, group: Group) -> Group:
        """The topmost scale whose targets stand in the same columns, without another between."""
        top = group
        for other in sorted(self._groups, key=lambda one: -one.box.y):
            if other.box.y >= top.box.y or other.arrangement is not Arrangement.SCALE:
                continue
            if len(other.targets) == len(top.targets) and all(
                same_column(a.box, b.box) for a, b in zip(other.targets, top.targets, strict=True)
            ):
                top = other
        return top

    def _head(self, number: int, first: Group) -> str:
        """The text above one column of a table, read by itself."""
        boxes = [one.box for one in first.targets]
        box = boxes[number]
        panel = self._page.regions.panel(box)
        half = min(b.x - a.x for a, b in pairwise(boxes)) / 2
        left, right = box.centre[0] - half, box.centre[0] + half
        upper = panel.y if panel.h <= ROW_MM else box.y
        area = Box(left, upper - HEAD_MM, right - left, HEAD_MM)
        start = bottom_of_head = upper
        for top, bottom in self._cells_up(area):
            held = self._page.letters.within(Box(left, top, right - left, bottom - top))
            if len(held):
                start, bottom_of_head = self._paragraph_top(held, bottom), bottom
                break
        if start == upper:
            return ""
        area = Box(left + 0.3, start - 1.0, right - left - 0.6, bottom_of_head - start + 0.8)
        key = tuple(round(10 * mm) for mm in (area.x, area.y, area.w, area.h))
        if key not in self._known:
            self._known[key] = self._read_block(area)
        return self._known[key]

    def _cells_up(self, area: Box) -> list[tuple[float, float]]:
        """Top and bottom of what lies between the level lines that cross an area, upwards."""
        middle = Box(area.x + area.w / 4, area.y, area.w / 2, area.h)
        edges = [area.bottom, *(y for y in self._page.ink.level_lines(middle)), area.y]
        edges = sorted((y for y in edges if area.y <= y <= area.bottom), reverse=True)
        return [(upper, lower) for lower, upper in pairwise(edges) if lower - upper > LEAST_CELL_MM]

    def _paragraph_top(self, letters: NDArray[np.float64], bottom: float) -> float:
        """Top of the lowest letters and of those that follow upwards; ``bottom`` if too far."""
        spans: list[tuple[float, float]] = sorted(
            ((y + h, y) for _, y, _, h in letters.tolist()), reverse=True
        )
        if bottom - spans[0][0] > NEAREST_MM:
            return bottom
        start = spans[0][1]
        for low, high in spans:
            if start - low > PART_MM:
                break
            start = min(start, high)
        return start
