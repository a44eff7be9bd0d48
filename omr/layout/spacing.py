"""How much white stands between things: from tight to roomy, whatever keeps the page count low."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from omr.form.designed import PaperSizes
from omr.layout.measures import TABLE_POINTS, WIDEST_COLUMN
from omr.layout.text import leading

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances that may vary, and the sizes that the author chose, in mm."""

    paragraph: float
    """White above a paragraph, a list of questions or a table."""
    text_points: float
    """Size of the introduction and the instruction, in points (12 to 13)."""
    option_pitch: float
    """From one row of options to the next."""
    row_height: float
    """Least height of a table row."""
    row_padding: float
    """White above and below the words of a table row."""
    writing_pitch: float
    """From one line to write on to the next."""
    column: float
    """Least width of a scale's column."""
    widest_column: float
    """Greatest width of a scale's column."""
    box: float
    """Side of a target."""
    samples: bool
    """Whether samples of marking are drawn under the instruction."""
    tidy: bool
    """Whether options stand in columns even where that takes another row."""


PROVED = PaperSizes()
WIDEN_ROWS = 2.0
"""What a row may gain over its least height, in mm."""
STEPS = 8
EXTRAS = ((True, True), (True, False), (False, True), (False, False))
"""Samples and tidy options: what is given up last stands first."""
TEXT_POINTS = (13.0, 12.0)


def closest(paper: PaperSizes) -> Spacing:
    """As close as the author allows; with the proved sizes, as close as people can still read."""
    is_proved = paper.column >= PROVED.column
    return Spacing(
        paragraph=0.8,
        text_points=TEXT_POINTS[-1],
        option_pitch=paper.row,
        row_height=paper.row,
        row_padding=min(0.3, max(0.0, (paper.row - leading(TABLE_POINTS)) / 2)),
        writing_pitch=7.0,
        column=paper.column,
        widest_column=max(WIDEST_COLUMN, paper.column) if is_proved else paper.column,
        box=paper.box,
        samples=False,
        tidy=False,
    )


def ladders(paper: PaperSizes) -> Iterator[tuple[Spacing, ...]]:
    """All spacings to try, the best first; those of one ladder differ in white only.

    Large letters go before samples, those before tidy options, and those before white. Sizes below
    the proved ones are drawn exactly as asked, never a little wider: what ``omr check`` proves
    shall be what was asked for.
    """
    low = closest(paper)
    high = replace(low, paragraph=2.4, writing_pitch=8.5)
    if paper.row >= PROVED.row:
        high = replace(
            high,
            option_pitch=paper.row + 0.5 * WIDEN_ROWS,
            row_height=paper.row + WIDEN_ROWS,
            row_padding=1.0,
        )
    whites = [_between(low, high, step / STEPS) for step in range(STEPS, -1, -1)]
    for points in TEXT_POINTS:
        for samples, tidy in EXTRAS:
            yield tuple(
                replace(white, text_points=points, samples=samples, tidy=tidy) for white in whites
            )


def _between(low: Spacing, high: Spacing, share: float) -> Spacing:
    """``share`` of the way from the closest to the widest."""
    values = {
        one.name: getattr(low, one.name)
        + share * (getattr(high, one.name) - getattr(low, one.name))
        for one in fields(Spacing)
        if isinstance(getattr(low, one.name), float)
    }
    return replace(low, **values)
