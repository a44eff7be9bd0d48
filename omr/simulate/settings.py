"""Settings of one capture: every knob of the simulated scanner or camera, all of known value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.layout.model import Corner


class Mode(StrEnum):
    """What the device delivers."""

    GREY = "grey"
    COLOUR = "colour"
    ONE_BIT = "1-bit"


@dataclass(frozen=True, slots=True)
class LostCorner:
    """A corner torn off or folded over, along a line that cuts ``across`` and ``down`` mm."""

    corner: Corner
    across_mm: float
    down_mm: float


@dataclass(frozen=True, slots=True)
class Wobble:
    """How the paper slips under the line of sensors while it is fed (down the image).

    Displacement in mm at distance v down the image: along ``amplitude_mm * sin(2 pi (v / period_mm
    + phase))``, sideways a quarter of it; ``curl_mm`` bends rows as curled paper does (zero in the
    middle, ``curl_mm`` at both sides).
    """

    amplitude_mm: float = 0.0
    period_mm: float = 120.0
    phase: float = 0.0
    curl_mm: float = 0.0

    @property
    def is_still(self) -> bool:
        """Whether nothing moves at all."""
        return self.amplitude_mm == 0 and self.curl_mm == 0


@dataclass(frozen=True, slots=True)
class Geometry:
    """How the paper lay.

    ``turn``: 0, 90, 180 or 270 degrees clockwise, as the image shows the page. ``skew_deg``
    clockwise. ``stretch`` along image x and y, 1 is true. ``shift_mm`` right and down.
    ``print_scale``: size of the print about the page's centre ("fit to page"); the paper keeps its
    size. ``border_mm``: what is seen beyond a true-sized page on each side. ``pitch_deg`` and
    ``yaw_deg`` tilt a camera at ``distance_mm``.
    """

    turn: int = 0
    skew_deg: float = 0.0
    stretch: tuple[float, float] = (1.0, 1.0)
    shift_mm: tuple[float, float] = (0.0, 0.0)
    print_scale: float = 1.0
    border_mm: float = 0.0
    pitch_deg: float = 0.0
    yaw_deg: float = 0.0
    distance_mm: float = 400.0
    lost_corner: LostCorner | None = None
    wobble: Wobble = field(default_factory=Wobble)

    def __post_init__(self) -> None:
        """Refuse what is not a turn."""
        if self.turn not in (0, 90, 180, 270):
            message = f"a page is turned by 0, 90, 180 or 270 degrees, not {self.turn}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Optics:
    """``blur_px``: Gaussian sigma of lens and motion in image px, beside the pixel's own area.

    ``sharpen`` 0 .. 1.5: the unsharp mask that scanners and phones apply.
    """

    blur_px: float = 0.45
    sharpen: float = 0.3


@dataclass(frozen=True, slots=True)
class Tone:
    """How light becomes grey: 0 .. 255.

    ``paper`` and ``black`` are the levels of white paper and of solid print, ``gamma`` bends
    between them. ``shade`` 0 .. 1 darkens one side smoothly (phone, book edge); ``cast`` tints.
    ``shadow`` 0 .. 1: a hand's or phone's soft shadow over part of the page. ``background`` is the
    level beyond the paper, ``texture`` the sigma of a desk's grain there.
    """

    paper: float = 248.0
    black: float = 22.0
    gamma: float = 1.0
    shade: float = 0.0
    shadow: float = 0.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    background: float = 255.0
    texture: float = 0.0


@dataclass(frozen=True, slots=True)
class Blemishes:
    """What should not be there. Counts are expected numbers over the page.

    ``noise`` is the sensor's sigma in grey levels; ``pepper`` the share of isolated wrong pixels
    in 1-bit images; ``show_through`` 0 .. 1 how much of the back shines through.
    """

    noise: float = 2.0
    dust: float = 3.0
    streaks: float = 0.0
    folds: float = 0.0
    stains: float = 0.0
    pepper: float = 0.0
    show_through: float = 0.0


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """One capture. ``threshold`` 0 .. 1 between black and paper, for 1-bit only."""

    dpi: float = 200.0
    mode: Mode = Mode.GREY
    jpeg_quality: int = 75
    threshold: float = 0.6
    geometry: Geometry = field(default_factory=Geometry)
    optics: Optics = field(default_factory=Optics)
    tone: Tone = field(default_factory=Tone)
    blemishes: Blemishes = field(default_factory=Blemishes)
