"""Where between the samples a peak lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def vertex(line: Sequence[float], at: int) -> float:
    """Offset (-0.5..0.5) from ``at`` of the top of the parabola through three samples around it.

    0 at the ends of the line, and where the samples make no peak.
    """
    if not 0 < at < len(line) - 1:
        return 0.0
    before, peak, after = (float(value) for value in line[at - 1 : at + 2])
    bend = before - 2 * peak + after
    return 0.0 if bend >= 0 else min(max((before - after) / (2 * bend), -0.5), 0.5)
