"""Who fills the sheet: one pen, one habit, one size, one slant, one degree of care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import Act, Pen, PenKind
from omr.accuracy.model import Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

# Kind, colour, absorption (R, G, B), width in mm (least, most), share of the writers. Domain notes:
# blue ball pens mostly. Widths: thin pens of the real 1-bit scans 0.28 mm, felt pens 0.68 mm.
_PENS: tuple[tuple[PenKind, str, tuple[float, float, float], tuple[float, float], float], ...] = (
    (PenKind.BALL, "blue", (2.1, 1.55, 0.55), (0.24, 0.42), 0.50),
    (PenKind.BALL, "black", (2.1, 2.1, 2.0), (0.24, 0.42), 0.15),
    (PenKind.BALL, "red", (0.22, 1.7, 1.5), (0.26, 0.42), 0.05),
    (PenKind.GEL, "black", (2.9, 2.9, 2.8), (0.34, 0.55), 0.07),
    (PenKind.GEL, "blue", (2.6, 2.0, 0.7), (0.34, 0.55), 0.09),
    (PenKind.PENCIL, "HB", (1.15, 1.15, 1.12), (0.32, 0.55), 0.05),
    (PenKind.PENCIL, "2B", (1.7, 1.7, 1.65), (0.40, 0.70), 0.05),
    (PenKind.FELT, "black", (2.7, 2.7, 2.6), (0.60, 1.00), 0.02),
    (PenKind.FELT, "blue", (2.4, 1.7, 0.6), (0.60, 1.00), 0.02),
)

# Forms ask for a cross; most people make one.
_HABITS: tuple[tuple[Act, float], ...] = (
    (Act.CROSS, 0.52),
    (Act.TICK, 0.25),
    (Act.SLASH, 0.06),
    (Act.SCRIBBLE, 0.04),
    (Act.FILL, 0.06),
    (Act.DASH, 0.035),
    (Act.DOT, 0.035),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """One person. Lengths in mm, angles in radians, shares 0..1.

    ``size`` is the side of a mark in sides of its box; ``aim`` the usual offset from the middle,
    ``spread`` its standard deviation; ``slant`` turns everything written; ``tremor`` the amplitude
    of a shaking hand; ``taper`` how thin strokes end; ``hook`` how often they begin with one;
    ``joined`` whether a cross is made without lifting the pen. ``care`` multiplies all mishaps.
    """

    pen: Pen
    habit: Act
    other: Act
    size: float
    aim: tuple[float, float]
    spread: float
    slant: float
    tremor: float
    taper: float
    hook: float
    joined: bool
    pressure: float
    faint: bool
    mishap: float
    skips: float
    likes: float


def a_writer(rng: np.random.Generator, profile: Profile) -> Writer:
    """Draw a person."""
    pen = _a_pen(rng)
    sloppy = float(np.clip(rng.lognormal(-0.15, 0.45), 0.35, 2.6))
    mishap = float(rng.choice([0.35, 1.0, 3.0], p=[0.60, 0.30, 0.10]))
    faint = pen.kind is PenKind.PENCIL and happens(rng, 0.12)
    habit = _weighted(rng, _HABITS)
    size = float(np.clip(rng.lognormal(-0.10, 0.22), 0.5, 1.75))
    if habit is Act.TICK and happens(rng, 0.12):
        size *= 1.5
    return Writer(
        pen=pen,
        habit=habit,
        other=_weighted(rng, _HABITS),
        size=size,
        aim=(float(rng.normal(0, 0.25)), float(rng.normal(0, 0.22))),
        spread=0.22 * sloppy,
        slant=float(rng.normal(0.05, 0.12)),
        tremor=float(rng.choice([0.02, 0.045, 0.12], p=[0.6, 0.32, 0.08])),
        taper=float(rng.uniform(0.1, 0.6)),
        hook=float(rng.choice([0.05, 0.35], p=[0.7, 0.3])),
        joined=happens(rng, 0.18),
        pressure=float(rng.uniform(0.22, 0.36) if faint else rng.uniform(0.75, 1.0)),
        faint=faint,
        mishap=mishap * (1.3 if profile is Profile.ABUSED else 1.0),
        skips=float(rng.choice([0.01, 0.05, 0.25, 0.92], p=[0.62, 0.30, 0.065, 0.015])),
        likes=float(rng.beta(2.2, 1.4)),
    )


def _a_pen(rng: np.random.Generator) -> Pen:
    index = int(rng.choice(len(_PENS), p=np.array([row[4] for row in _PENS])))
    kind, colour, absorption, (least, most), _ = _PENS[index]
    strength = float(rng.uniform(0.85, 1.15))
    red, green, blue = absorption
    grain = {PenKind.BALL: 0.25, PenKind.GEL: 0.08, PenKind.PENCIL: 0.75, PenKind.FELT: 0.10}[kind]
    ball = kind is PenKind.BALL
    return Pen(
        kind=kind,
        colour=colour,
        absorption=(red * strength, green * strength, blue * strength),
        width=float(rng.uniform(least, most)),
        grain=grain * float(rng.uniform(0.7, 1.3)),
        rail=float(rng.uniform(0.2, 0.6)) if ball and happens(rng, 0.3) else 0.0,
        skip=float(rng.choice([0.0, 0.05, 0.15], p=[0.75, 0.2, 0.05])) if ball else 0.0,
    )


def _weighted(rng: np.random.Generator, table: Sequence[tuple[Act, float]]) -> Act:
    weights = np.array([weight for _, weight in table])
    return table[int(rng.choice(len(table), p=weights / weights.sum()))][0]
