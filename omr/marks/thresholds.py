"""The thresholds by which measurements become states: all of them, and only here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkThresholds:
    """Where unmarked ends and marked begins; between them a person looks.

    Shares are of the target's inside (4 mm square in a 5 mm box) unless said otherwise.

    ``empty_ink``: an unmarked target has no more ink than this; a speck that survives dusting
    covers 0.012. ``speck_ink``, ``speck_extent``: a single speck up to 0.8 mm across is dust as
    well. ``empty_specks``: ... and no more than this in specks; salt and pepper of 1-bit
    scans comes to 0.005, a pencil mark that a 1-bit scan has broken up to more.
    ``empty_outside``: ... and no more ink around it than this share of the surroundings, nor in
    more directions than ``empty_ring``: an empty box in a circle is no empty box.

    ``stroke_ink``, ``stroke_extent``: a stroke has this much ink *and* this reach. A thin
    (0.35 mm) tick in a 5 mm box covers 0.07 and spans 0.7 of it; a stroke that strays in from a
    neighbour reaches less far.
    ``dot_ink``, ``dot_extent``, ``dot_strength``: a deliberate dot is compact but dark and large
    (1.1 mm across covers 0.055); a speck is smaller, a stain is paler.

    ``ring``: ink around a target in this share of directions may be a correcting circle, unless
    the target is filled (``solid_ink``): a fill runs over its outline, and filling a circled box
    chooses it again.
    ``least_agreement``: a target whose own print was not found is read only if what was seen
    there is at least this much like its print.
    ``faint_targets``, ``faint_share``: from so many targets with traces too small for a mark on,
    and so many for each clear mark, the writer's pen is too faint for this scan, and empty
    questions on the page are not believed.
    """

    empty_ink: float = 0.014
    speck_ink: float = 0.022
    speck_extent: float = 0.19
    empty_specks: float = 0.0065
    empty_outside: float = 0.06
    empty_ring: float = 0.45
    stroke_ink: float = 0.045
    stroke_extent: float = 0.45
    dot_ink: float = 0.055
    dot_extent: float = 0.25
    dot_strength: float = 0.33
    ring: float = 0.58
    solid_ink: float = 0.60
    least_agreement: float = 0.30
    faint_targets: int = 3
    faint_share: float = 0.4


DEFAULT = MarkThresholds()
