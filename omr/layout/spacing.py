"""How much white stands between things: from tight to roomy, whatever keeps the page count low."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances that may vary, in mm."""

    paragraph: float
    """White above a paragraph, a list of questions or a table."""
    text_points: float
    """Size of the introduction and the instruction, in points (12 to 13)."""
    option_pitch: float
    """From one row of options to the next."""
    row_height: float
    """Least height of a table row (7 mm at the least, for people and for scanners)."""
    row_padding: float
    """White above and below the words of a table row."""
    writing_pitch: float
    """From one line to write on to the next."""
    columns: float
    """Width of all columns of a scale together, so far as their words allow."""


ROOMY = Spacing(
    paragraph=2.4,
    text_points=13.0,
    option_pitch=7.6,
    row_height=8.6,
    row_padding=1.0,
    writing_pitch=8.0,
    columns=80.0,
)
SNUG = Spacing(
    paragraph=0.8,
    text_points=12.0,
    option_pitch=7.0,
    row_height=7.4,
    row_padding=0.3,
    writing_pitch=6.6,
    columns=63.6,
)
"""As close as is still good for pens and scanners: boxes 7 mm apart, 1.2 mm clear of rules."""
TIGHT = replace(SNUG, option_pitch=6.0, row_height=7.0)
"""Only where another page would be needed otherwise: long names of offices over a full page."""
STEPS = 8
COLUMNS = (80.0, 72.0, 63.6)
TEXT_POINTS = (13.0, 12.0)


def spacings() -> Iterator[Spacing]:
    """All spacings to try, the roomiest first.

    Large letters go before white between rows, and that before wide columns.
    """
    for points in TEXT_POINTS:
        yield from (replace(one, text_points=points) for one in _towards(SNUG, ROOMY))
    yield from _towards(TIGHT, SNUG)


def _towards(closest: Spacing, widest: Spacing) -> Iterator[Spacing]:
    """From the widest to the closest, each with all widths of columns."""
    for step in range(STEPS, -1, -1):
        white = _between(closest, widest, step / STEPS)
        for columns in COLUMNS:
            yield replace(white, columns=columns)


def _between(closest: Spacing, widest: Spacing, share: float) -> Spacing:
    """``share`` of the way from the closest to the widest."""
    values = {
        one.name: getattr(closest, one.name)
        + share * (getattr(widest, one.name) - getattr(closest, one.name))
        for one in fields(Spacing)
    }
    return Spacing(**values)
