"""Profiles: the devices of the field, each a range of settings to draw captures from.

Every number can be set: ``dataclasses.replace(OFFICE, skew_deg=4.0)`` is an office scanner whose
feeder is worse, and the drawn :class:`CaptureSettings` can be changed knob by knob as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from omr.layout.model import Corner
from omr.simulate.settings import (
    Blemishes,
    CaptureSettings,
    Geometry,
    LostCorner,
    Mode,
    Optics,
    Tone,
    Wobble,
)

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of device does. A ``Range`` is drawn from evenly; single numbers are limits.

    ``modes`` and ``dpis`` are equally likely. ``turns``: quarter turns in use. ``skew_deg``,
    ``stretch``, ``shift_mm``, ``tilt_deg``: drawn from -limit .. +limit. ``lost_corner``: share of
    pages with one.
    """

    modes: tuple[Mode, ...] = (Mode.GREY,)
    dpis: tuple[float, ...] = (200.0,)
    jpeg_quality: Range = (70, 85)
    threshold: Range = (0.55, 0.68)
    turns: tuple[int, ...] = (0, 0, 0, 0, 0, 0, 0, 180)
    skew_deg: float = 1.0
    stretch: float = 0.003
    shift_mm: float = 1.5
    print_scale: Range = (0.97, 1.0)
    border_mm: Range = (0.0, 0.0)
    tilt_deg: float = 0.0
    wobble_mm: Range = (0.0, 0.08)
    curl_mm: Range = (0.0, 0.0)
    lost_corner: float = 0.0
    blur_px: Range = (0.35, 0.6)
    sharpen: Range = (0.1, 0.6)
    paper: Range = (238, 254)
    black: Range = (8, 40)
    gamma: Range = (0.9, 1.15)
    shade: Range = (0.0, 0.02)
    shadow: Range = (0.0, 0.0)
    background: Range = (225, 255)
    texture: Range = (0.0, 0.0)
    noise: Range = (0.8, 3.0)
    dust: float = 4.0
    streaks: float = 0.02
    folds: float = 0.05
    stains: float = 0.02
    pepper: Range = (0.0, 0.0)
    show_through: Range = (0.0, 0.05)

    def draw(self, seed: int) -> CaptureSettings:
        """One capture's settings; the same seed gives the same."""
        rng = np.random.default_rng([seed, 4])
        return CaptureSettings(
            dpi=self.dpis[int(rng.integers(len(self.dpis)))],
            mode=self.modes[int(rng.integers(len(self.modes)))],
            jpeg_quality=round(_even(self.jpeg_quality, rng)),
            threshold=_even(self.threshold, rng),
            geometry=self._geometry(rng),
            optics=Optics(_even(self.blur_px, rng), _even(self.sharpen, rng)),
            tone=self._tone(rng),
            blemishes=self._blemishes(rng),
        )

    def _geometry(self, rng: np.random.Generator) -> Geometry:
        return Geometry(
            turn=self.turns[int(rng.integers(len(self.turns)))],
            skew_deg=_around(self.skew_deg, rng),
            stretch=(1 + _around(self.stretch, rng), 1 + _around(self.stretch, rng)),
            shift_mm=(_around(self.shift_mm, rng), _around(self.shift_mm, rng)),
            print_scale=_even(self.print_scale, rng),
            border_mm=_even(self.border_mm, rng),
            pitch_deg=_around(self.tilt_deg, rng),
            yaw_deg=_around(self.tilt_deg, rng),
            lost_corner=_torn(rng) if rng.random() < self.lost_corner else None,
            wobble=Wobble(
                amplitude_mm=_even(self.wobble_mm, rng),
                period_mm=float(rng.uniform(70, 250)),
                phase=float(rng.random()),
                curl_mm=_even(self.curl_mm, rng) * float(rng.choice([-1, 1])),
            ),
        )

    def _tone(self, rng: np.random.Generator) -> Tone:
        warm = float(rng.normal(0, 0.02))
        return Tone(
            paper=_even(self.paper, rng),
            black=_even(self.black, rng),
            gamma=_even(self.gamma, rng),
            shade=_even(self.shade, rng),
            shadow=_even(self.shadow, rng),
            cast=(1 + warm, 1.0, 1 - warm),
            background=_even(self.background, rng),
            texture=_even(self.texture, rng),
        )

    def _blemishes(self, rng: np.random.Generator) -> Blemishes:
        return Blemishes(
            noise=_even(self.noise, rng),
            dust=self.dust,
            streaks=self.streaks,
            folds=self.folds,
            stains=self.stains,
            pepper=_even(self.pepper, rng),
            show_through=_even(self.show_through, rng),
        )


OFFICE = Profile(modes=(Mode.GREY, Mode.GREY, Mode.COLOUR), dpis=(200.0, 300.0))
"""A multifunction printer's feeder in good order, 200 to 300 dpi, grey or colour."""
ONE_BIT = Profile(
    modes=(Mode.ONE_BIT,), dpis=(200.0, 300.0), pepper=(0.0, 0.0006), noise=(2, 8), dust=8.0
)
"""The same device set to black and white."""
POOR = Profile(
    dpis=(150.0,), jpeg_quality=(42, 50), skew_deg=2.0, stretch=0.006, shift_mm=2.5,
    print_scale=(0.94, 1.04), wobble_mm=(0.0, 0.2), blur_px=(0.5, 0.9), sharpen=(0.0, 0.9),
    paper=(205, 245), black=(20, 80), gamma=(0.75, 1.35), shade=(0.0, 0.1), background=(90, 255),
    noise=(2, 7), dust=20.0, streaks=1.0, folds=0.8, stains=0.5, show_through=(0.0, 0.14),
)  # fmt: skip
"""150 dpi, JPEG 45, streaks, folds, show-through, stains."""
PHONE = Profile(
    modes=(Mode.COLOUR,), dpis=(170.0, 220.0), jpeg_quality=(60, 88), turns=(0, 0, 0, 90, 180, 270),
    skew_deg=6.0, stretch=0.0, shift_mm=4.0, print_scale=(0.97, 1.0), border_mm=(14, 34),
    tilt_deg=9.0, wobble_mm=(0.0, 0.0), curl_mm=(0.0, 0.8), blur_px=(0.6, 1.3), sharpen=(0.3, 1.2),
    paper=(185, 240), black=(20, 60), gamma=(0.85, 1.2), shade=(0.05, 0.35), shadow=(0.0, 0.35),
    background=(40, 190), texture=(0, 22), noise=(1.5, 5), dust=0.0, streaks=0.0, folds=0.3,
    stains=0.1, show_through=(0.0, 0.03),
)  # fmt: skip
"""A phone held above a sheet on a desk: perspective, shadow, curl, blur."""
EXTREME = Profile(
    modes=(Mode.GREY, Mode.COLOUR, Mode.ONE_BIT), dpis=(150.0, 200.0, 300.0),
    jpeg_quality=(45, 75), turns=(0, 90, 180, 270), skew_deg=4.0, stretch=0.012, shift_mm=3.0,
    print_scale=(0.94, 1.04), border_mm=(0.0, 8.0), wobble_mm=(0.3, 0.6), lost_corner=0.5,
    paper=(220, 250), black=(15, 60), background=(0, 255), noise=(2, 6), dust=15.0, streaks=0.5,
    folds=0.6, stains=1.0, pepper=(0.0, 0.001), show_through=(0.0, 0.1),
)  # fmt: skip
"""Abused sheets: torn corners, stains, four degrees, 0.6 mm of wobble."""


def _even(limits: Range, rng: np.random.Generator) -> float:
    return float(rng.uniform(*limits))


def _around(limit: float, rng: np.random.Generator) -> float:
    return float(rng.uniform(-limit, limit))


def _torn(rng: np.random.Generator) -> LostCorner:
    """A corner torn off so far that a mark printed 12 mm from the edges is clipped or gone."""
    corner = list(Corner)[int(rng.integers(4))]
    return LostCorner(corner, float(rng.uniform(32, 50)), float(rng.uniform(32, 50)))
