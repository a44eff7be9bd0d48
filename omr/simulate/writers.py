"""Writers: one person's pen and habits, the same over all marks of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from omr.simulate.pens import Pen, PenKind, make_pen

if TYPE_CHECKING:
    import numpy as np


class MarkKind(StrEnum):
    """How a person says *this one*."""

    TICK = "tick"
    LARGE_TICK = "large-tick"
    CROSS = "cross"
    SLASH = "slash"
    FILL = "fill"
    DASH = "dash"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Writer:
    """One hand.

    ``size``: extent of a mark in units of the target. ``slant``: shear of marks and writing.
    ``offset_mm``: where this hand puts its marks off the target's centre, and ``scatter_mm`` by
    how much that varies from mark to mark. ``steadiness_mm``: tremor. ``pressure`` 0 .. 1.
    ``constancy``: how often the preferred kind of mark is used.
    """

    pen: Pen
    kind: MarkKind
    size: float
    slant: float
    offset_mm: tuple[float, float]
    scatter_mm: float
    steadiness_mm: float
    pressure: float
    constancy: float

    def mark_kind(self, rng: np.random.Generator) -> MarkKind:
        """The kind of this hand's next mark."""
        if rng.random() < self.constancy:
            return self.kind
        kinds = list(_KINDS)
        return kinds[int(rng.integers(len(kinds)))]


_PENS = {
    PenKind.BALL_BLUE: 0.58,
    PenKind.BALL_BLACK: 0.12,
    PenKind.BALL_RED: 0.05,
    PenKind.GEL_BLUE: 0.10,
    PenKind.GEL_BLACK: 0.06,
    PenKind.PENCIL: 0.09,
}
"""Share of the pens: mostly blue ball pens, some red and pencil."""
_KINDS = {
    MarkKind.CROSS: 0.46,
    MarkKind.TICK: 0.26,
    MarkKind.LARGE_TICK: 0.06,
    MarkKind.SLASH: 0.07,
    MarkKind.FILL: 0.09,
    MarkKind.DASH: 0.03,
    MarkKind.DOT: 0.03,
}
"""Share of the marks: the form asks for an X; what people do about it is a guess of ours."""


def any_writer(rng: np.random.Generator) -> Writer:
    """Somebody who came to the desk."""
    pens, kinds = list(_PENS), list(_KINDS)
    pen = pens[int(rng.choice(len(pens), p=list(_PENS.values())))]
    kind = kinds[int(rng.choice(len(kinds), p=list(_KINDS.values())))]
    return writer_with(pen, kind, rng)


def writer_with(pen: PenKind, kind: MarkKind, rng: np.random.Generator) -> Writer:
    """Somebody with this kind of pen who marks in this way; the rest as it comes."""
    across, down = rng.normal(0, 0.22, 2)
    return Writer(
        pen=make_pen(pen, rng),
        kind=kind,
        size=float(rng.uniform(0.72, 1.15)),
        slant=float(rng.normal(0.12, 0.12)),
        offset_mm=(float(across), float(down)),
        scatter_mm=float(rng.uniform(0.08, 0.35)),
        steadiness_mm=float(rng.gamma(3.0, 0.016)),
        pressure=float(rng.uniform(0.55, 0.95)),
        constancy=float(rng.choice([1.0, 1.0, 0.95, 0.85])),
    )
