"""The thresholds by which measurements become states: all of them, and only here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkThresholds:
    """Where unmarked ends and marked begins; between them a person looks.

    ``empty_ink``: ink share up to which a target is unmarked. A speck that survives dusting
    covers 0.012.
    ``sure_ink`` and ``sure_extent``: a mark has at least this much ink *and* this reach. A thin
    (0.35 mm) tick in a 5 mm box covers 0.07 and spans 0.7 of it; a stroke that strays in from a
    neighbour reaches less far.
    ``least_strength``: ink fainter than this may be a shadow, show-through or an erased mark.
    ``ring``: share of directions from which on ink around a target may be a correcting circle.
    ``least_agreement``: a target whose own print was not found is read only if what was seen
    there is at least this much like its print.
    """

    empty_ink: float = 0.014
    sure_ink: float = 0.045
    sure_extent: float = 0.45
    least_strength: float = 0.32
    ring: float = 0.62
    least_agreement: float = 0.30


DEFAULT = MarkThresholds()
