"""Dotted leaders: they carry the eye from the end of the words to the boxes."""

from __future__ import annotations

import math

from omr.layout.drawing import Rule
from omr.layout.measures import DOT_LINE, DOT_PITCH

AFTER_WORDS = 1.2
SHORTEST = 6.0


def leader(start: float, end: float, baseline: float) -> tuple[Rule, ...]:
    """The leader after words that end at ``start``, or nothing where there is little to bridge.

    The dots of all leaders that end at the same place stand below one another.
    """
    steps = math.floor((end - start - AFTER_WORDS) / DOT_PITCH)
    if steps * DOT_PITCH < SHORTEST:
        return ()
    return (Rule(end - steps * DOT_PITCH, baseline, end, baseline, DOT_LINE, dotted=True),)
