"""A test deck: pre-marked sheets that prove an office's own printer and scanner.

What is marked where is planned from the form (:mod:`plan`), drawn as pen strokes (:mod:`strokes`),
written down beside the PDF (:mod:`expected_table`) and kept in the survey; what was read is held
against it (:mod:`comparison`).
"""

from omr.deck.comparison import (
    LEAST_SCALE,
    MOST_SCALE,
    DeckResult,
    Difference,
    Fault,
    PageFigures,
    compare,
)
from omr.deck.expected_table import expected_table
from omr.deck.plan import plan_deck
from omr.deck.printed import deck_overlays

__all__ = [
    "LEAST_SCALE",
    "MOST_SCALE",
    "DeckResult",
    "Difference",
    "Fault",
    "PageFigures",
    "compare",
    "deck_overlays",
    "expected_table",
    "plan_deck",
]
