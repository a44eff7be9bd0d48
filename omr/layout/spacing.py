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


TIGHT = Spacing(
    paragraph=1.0,
    option_pitch=6.0,
    row_height=7.0,
    row_padding=0.3,
    writing_pitch=6.6,
    columns=64.5,
)
ROOMY = Spacing(
    paragraph=2.4,
    option_pitch=7.2,
    row_height=8.6,
    row_padding=1.0,
    writing_pitch=8.0,
    columns=80.0,
)
STEPS = 8
COLUMNS = (80.0, 72.0, 64.5)


def spacings() -> Iterator[Spacing]:
    """All spacings to try, the roomiest first; white between rows goes before wide columns."""
    for step in range(STEPS, -1, -1):
        white = _between(step / STEPS)
        for columns in COLUMNS:
            yield replace(white, columns=columns)


def _between(share: float) -> Spacing:
    """``share`` of the way from tight to roomy."""
    values = {
        one.name: getattr(TIGHT, one.name)
        + share * (getattr(ROOMY, one.name) - getattr(TIGHT, one.name))
        for one in fields(Spacing)
    }
    return Spacing(**values)
