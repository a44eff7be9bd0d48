"""What a page break must not part: a title from its first rows, a last row from the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.layout.drawing import Block

HIGHEST = 40.0
"""Rows higher than this are never tied to each other: they fill a page by themselves."""


def kept_together(rows: Sequence[Block]) -> list[Block]:
    """Rows of a section, with its title if it has one.

    Neither the first row nor the last stands alone on its side of a page break, and a title has
    two rows under it.
    """
    rows = list(rows)
    first = 1 if rows[0].keep_with_next else 0
    for number in {first, len(rows) - 2}:
        if first <= number < len(rows) - 1:
            low = max(rows[number].height, rows[number + 1].height) <= HIGHEST
            rows[number] = replace(rows[number], keep_with_next=low)
    return rows
