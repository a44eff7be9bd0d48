"""What a page image shows of its own quality."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GaugeReading:
    """The figures of one page's gauge.

    ``white``: grey value (0..255) of bare paper. ``contrast``: how much of the light solid black
    takes away, 0..1. ``midtone``: darkness of the half-grey step, 0 paper to 1 this page's black;
    0.5 as printed, more where toner or exposure runs dark. ``sharpness``: contrast of the fine
    lines against that of solid black, 0..1, the worse of both directions. ``noise``: spread of
    bare paper as a share of white to black. ``empty_ink``: the most ink measured in the boxes that
    nobody marks, as for any target (0..1). ``shift_mm``: how far the gauge lies from where the
    corner marks put it.
    """

    white: float
    contrast: float
    midtone: float
    sharpness: float
    noise: float
    empty_ink: float
    shift_mm: float
