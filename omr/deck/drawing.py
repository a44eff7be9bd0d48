"""A planned sheet as what is printed upon each of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.deck.strokes import mark_strokes
from omr.fonts import Style, text_width
from omr.layout.drawing import Text
from omr.printing import Overlay

if TYPE_CHECKING:
    from omr.deck.model import PlannedSheet
    from omr.layout.model import Layout

BANNER = "PHIẾU THỬ MÁY IN, MÁY QUÉT – KHÔNG TÍNH VÀO KẾT QUẢ"
"""On the paper, so that nobody takes it for a respondent's."""
BANNER_POINTS = 11.0
BANNER_BASELINE = 10.0
"""Above the heading, between the corner marks; mm from the paper's edge."""


def sheet_overlays(sheet: PlannedSheet, layout: Layout, seed: str) -> tuple[Overlay, ...]:
    """What stands upon each page of the sheet, in the layout's order.

    ``seed`` tells the sheet from its neighbours, so that no two are marked by the same movement.
    """
    marks = {(mark.question, mark.option): mark for mark in sheet.marks}
    banner = (_banner(layout.size.width),)
    return tuple(
        Overlay(
            tuple(
                stroke
                for target in page.targets
                if (mark := marks.get((target.question, target.option))) is not None
                for stroke in mark_strokes(mark, target.box, seed)
            ),
            banner,
        )
        for page in layout.pages
    )


def _banner(width: float) -> Text:
    left = (width - text_width(BANNER, Style.BOLD, BANNER_POINTS)) / 2
    return Text(left, BANNER_BASELINE, BANNER, Style.BOLD, BANNER_POINTS)
