"""People who fill in forms: what they say, and the ink they leave.

``fill`` is one person with one pen, one habit and one degree of care on one sheet, by seed;
``draw`` puts that ink on a printed page; ``befallen`` adds to the truth what happened to the paper
afterwards, ``vanished`` what the image shows nothing of. Written from descriptions of real paper
and from real scans, without knowledge of the reader.
"""

from __future__ import annotations

from omr.accuracy.hand.filling import fill
from omr.accuracy.hand.ink import draw
from omr.accuracy.hand.model import Act, FilledSheet, Pen, PenKind, Stroke
from omr.accuracy.hand.truth import befallen
from omr.accuracy.hand.vanished import View, vanished

__all__ = [
    "Act",
    "FilledSheet",
    "Pen",
    "PenKind",
    "Stroke",
    "View",
    "befallen",
    "draw",
    "fill",
    "vanished",
]
