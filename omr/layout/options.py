"""Where the options of a question stand: in columns where they fit, else in even rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from omr.layout.measures import OPTION_GAP, TABLE_POINTS, WIDTH
from omr.layout.text import Run, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.form.model import Option

SIDE_BY_SIDE = 4.0
"""Least white between the end of an option's words and the next box."""
WIDEST_GAP = 12.0
MOST_COLUMNS = 8
ROUNDING = 1e-6
OPTION_INDENT = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """An option's place: row from 0, and mm from the left edge of the options."""

    row: int
    x: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All options of a question, in their order.

    ``columns`` are the left edges of the columns in which all of them stand, empty where the rows
    differ.
    """

    places: tuple[Place, ...]
    columns: tuple[float, ...]

    @property
    def rows(self) -> int:
        """Number of rows of options."""
        return self.places[-1].row + 1


def arrange(
    widths: Sequence[float],
    room: float,
    *,
    tidy: bool,
    shared: Sequence[tuple[float, ...]] = (),
) -> Arrangement:
    """The best arrangement of options of these widths in ``room`` mm.

    Columns if they take no more rows than the fewest (one more if ``tidy``); the first of those
    that are ``shared`` if possible, so that questions below one another stand in line.
    """
    fewest = len(_even_rows(widths, room))
    most = fewest + (1 if tidy and fewest > 1 else 0)
    for columns in (*shared, *_columns(widths, room)):
        found = in_columns(widths, columns, room)
        if found and found.rows <= most:
            return found
    return _in_rows(widths, room)


def in_columns(
    widths: Sequence[float], columns: tuple[float, ...], room: float
) -> Arrangement | None:
    """One option to a column, row by row; None where one is wider than its column."""
    places = [Place(n // len(columns), columns[n % len(columns)]) for n in range(len(widths))]
    ends = [place.x + width for place, width in zip(places, widths, strict=True)]
    for number, end in enumerate(ends):
        is_last = number + 1 == len(ends) or places[number + 1].row > places[number].row
        if end > (room + ROUNDING if is_last else places[number + 1].x - SIDE_BY_SIDE + ROUNDING):
            return None
    return Arrangement(tuple(places), columns)


def option_width(option: Option, box: float) -> float:
    """Width of an option with its box; FormError where it does not fit on one line of the page."""
    room = WIDTH - OPTION_INDENT - box - OPTION_GAP
    (line,) = wrap([Run(option.text.replace(" ", "\u00a0"))], TABLE_POINTS, room)
    return box + OPTION_GAP + line.width


def _columns(widths: Sequence[float], room: float) -> Iterator[tuple[float, ...]]:
    """Columns to try, many before few: equal ones, then each as wide as its own options need."""
    for count in range(min(MOST_COLUMNS, len(widths)), min(1, len(widths) - 1), -1):
        cell = min(room / count, max(widths) + WIDEST_GAP)
        yield tuple(cell * rank for rank in range(count))
        widest = [max(widths[rank::count]) for rank in range(count)]
        gap = min(WIDEST_GAP, (room - sum(widest)) / max(1, count - 1))
        yield tuple(sum(widest[:rank]) + gap * rank for rank in range(count))


def _in_rows(widths: Sequence[float], room: float) -> Arrangement:
    """Rows of even length; what comes second, third... in a row stands in line where it can."""
    rows = _even_rows(widths, room)
    starts = [_starts([widths[n] for n in row]) for row in rows]
    for rank in range(1, max(len(row) for row in rows)):
        _align(rows, starts, widths, room, rank)
    return Arrangement(
        tuple(Place(number, x) for number, row in enumerate(starts) for x in row), ()
    )


def _starts(widths: Sequence[float]) -> list[float]:
    """Where the options of one row begin, one close behind the other."""
    starts, x = [], 0.0
    for width in widths:
        starts.append(x)
        x += width + SIDE_BY_SIDE
    return starts


def _align(
    rows: Sequence[Sequence[int]],
    starts: list[list[float]],
    widths: Sequence[float],
    room: float,
    rank: int,
) -> None:
    """Push the options of this rank right to the farthest of them, in rows that have the room."""
    having = [n for n, row in enumerate(rows) if len(row) > rank]
    for farthest in sorted((starts[n][rank] for n in having), reverse=True):
        able = []
        for n in having:
            rest = sum(widths[i] + SIDE_BY_SIDE for i in rows[n][rank:]) - SIDE_BY_SIDE
            if starts[n][rank] <= farthest and farthest + rest <= room:
                able.append(n)
        if len(able) > 1:
            for n in able:
                shift = farthest - starts[n][rank]
                starts[n][rank:] = [x + shift for x in starts[n][rank:]]
            return


def _even_rows(widths: Sequence[float], room: float) -> list[list[int]]:
    """The options by rows: as few rows as possible, and those of nearly the same length."""

    @cache
    def best(start: int) -> tuple[int, float, tuple[int, ...]]:
        if start == len(widths):
            return 0, 0.0, ()
        found: tuple[int, float, tuple[int, ...]] = (len(widths) + 1, 0.0, ())
        length = -SIDE_BY_SIDE
        for end in range(start + 1, len(widths) + 1):
            length += widths[end - 1] + SIDE_BY_SIDE
            if length > room and end > start + 1:
                break
            rows, cost, ends = best(end)
            found = min(found, (rows + 1, cost + (room - length) ** 2, (end, *ends)))
        return found

    ends = best(0)[2]
    return [list(range(a, b)) for a, b in zip((0, *ends[:-1]), ends, strict=True)]
