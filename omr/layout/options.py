"""Where the options of a question stand: beside its words, or in rows under them.

Several arrangements are tried; the lowest wins, and of equally low ones the tidiest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.layout.measures import BOX_SIDE, OPTION_GAP, TABLE_POINTS, WIDTH
from omr.layout.text import Run, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.form.model import Option

SIDE_BY_SIDE = 5.0
"""Least white between the end of an option's words and the next box."""
WIDEST_GAP = 12.0
MOST_COLUMNS = 8
OPTION_INDENT = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """An option's place: row from 0, and mm from the left edge of the options."""

    row: int
    x: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All options of a question, in their order; ``indent`` is where they begin, from the margin.

    ``beside`` tells whether their first row is the row of the question's words.
    """

    indent: float
    beside: bool
    places: tuple[Place, ...]

    @property
    def rows(self) -> int:
        """Number of rows of options."""
        return self.places[-1].row + 1


def arrange(options: tuple[Option, ...], words: float, leads: tuple[float, ...]) -> Arrangement:
    """The best arrangement of options for a question whose words take ``words`` mm.

    ``leads`` are indents to try for options beside the words, the best liked first.
    """
    widths = [option_width(option) for option in options]
    candidates = [
        Arrangement(lead, True, tuple(_places(widths, WIDTH - lead)))
        for lead in leads
        if lead >= words + SIDE_BY_SIDE / 2 and max(widths) <= WIDTH - lead
    ]
    below = tuple(_places(widths, WIDTH - OPTION_INDENT))
    candidates.append(Arrangement(OPTION_INDENT, False, below))
    return min(candidates, key=lambda one: one.rows + (0 if one.beside else 1))


def option_width(option: Option) -> float:
    """Width of an option with its box."""
    return BOX_SIDE + OPTION_GAP + option_line_width(option)


def option_line_width(option: Option) -> float:
    """Width of an option's words; FormError where they do not fit on one line of the page."""
    room = WIDTH - OPTION_INDENT - BOX_SIDE - OPTION_GAP
    (line,) = wrap([Run(option.text.replace(" ", "\u00a0"))], TABLE_POINTS, room)
    return line.width


def _places(widths: list[float], room: float) -> Iterator[Place]:
    """Options in columns if that takes no more rows than one after the other would."""
    flowing = list(_flow(widths, room, SIDE_BY_SIDE))
    for columns in range(1, MOST_COLUMNS + 1):
        cell = min(room / columns, max(widths) + WIDEST_GAP)
        places = list(_columns(widths, cell, columns))
        if places[-1].row <= flowing[-1].row:
            return iter(places)
    return iter(flowing)


def _flow(widths: list[float], room: float, gap: float) -> Iterator[Place]:
    row, x = 0, 0.0
    for width in widths:
        if x and x + width > room:
            row, x = row + 1, 0.0
        yield Place(row, x)
        x += width + gap


def _columns(widths: list[float], cell: float, columns: int) -> Iterator[Place]:
    """Cells of equal width; a long option takes several."""
    row = column = 0
    for width in widths:
        cells = min(columns, -int(-(width + SIDE_BY_SIDE) // cell))
        # The last option of a row needs no white after it.
        if column and column * cell + width > columns * cell:
            row, column = row + 1, 0
        yield Place(row, column * cell)
        column += cells
