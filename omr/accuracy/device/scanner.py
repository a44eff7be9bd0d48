"""Office scanners and their feeders, from good to abused.

Light goes paper, lens, pixel, noise, sharpening, levels, file. Sizes of blur and noise were taken
from real scans (docs/simulated-people.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.accuracy.device import files, wear
from omr.accuracy.device.chance import happens
from omr.accuracy.device.feeder import fed, image_size, sheet_outline
from omr.accuracy.device.geometry import taken
from omr.accuracy.device.light import coded, curved, reflected, sharpened
from omr.accuracy.device.model import A4, Capture
from omr.accuracy.device.noise import add_noise, slow
from omr.accuracy.device.one_bit import one_bit
from omr.accuracy.device.toner import copied
from omr.accuracy.model import Profile
from omr.geometry import MM_PER_INCH, Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.accuracy.device.geometry import Geometry
    from omr.accuracy.model import PaperSide

# What happens how often, per profile.
_DPI = {
    Profile.OFFICE: ((200, 0.55), (300, 0.35), (240, 0.10)),
    Profile.BILEVEL: ((200, 0.6), (300, 0.4)),
    Profile.POOR: ((150, 1.0),),
    Profile.ABUSED: ((150, 0.15), (200, 0.55), (300, 0.3)),
}


# Whoever copies filled sheets turns the machine darker until pencil and blue ink come through.
_DARK_COPY = (195.0, 222.0)
_TWO_THIRDS = 2 / 3
_SHRINKING_MM = 0.042
"""Blur that looking at two thirds of the pixels makes by itself: it is part of the lens's."""
_LINES = 64
"""Lines of an image that are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One scanner on one day. ``lens`` is the blur's standard deviation in mm of paper."""

    profile: Profile
    dpi: int
    colour: bool
    bilevel: bool
    quality: int
    lens: float
    white: float
    flare: float
    noise: float
    grain: float
    sharpen: float
    black_level: float
    white_level: float
    as_pdf: bool

    @property
    def px_per_mm(self) -> float:
        """Resolution."""
        return self.dpi / MM_PER_INCH


def scan(front: PaperSide, back: PaperSide | None, profile: Profile, seed: int) -> Capture:
    """Feed a sheet through an office scanner."""
    rng = np.random.default_rng((seed, 0x5CA))
    settings = _settings(rng, profile)
    notes = [f"{settings.dpi} dpi", "colour" if settings.colour else "grey"]
    size = image_size(rng, profile, settings.px_per_mm)
    geometry = fed(rng, profile, settings.px_per_mm, size, notes)
    light, raster, damage = _paper(rng, front, back, settings, notes)
    image, more = _seen(rng, light, raster, settings, geometry=geometry, size=size, notes=notes)
    data, suffix = _file(rng, image, settings, notes)
    return Capture(
        data=data,
        suffix=suffix,
        px_per_mm=geometry.resolution((A4[0] / 2, A4[1] / 2)),
        size_px=size,
        geometry=geometry,
        damage=(*damage, *more),
        notes=tuple(notes),
    )


def _settings(rng: np.random.Generator, profile: Profile) -> Settings:
    choices, weights = zip(*_DPI[profile], strict=True)
    dpi = int(rng.choice(choices, p=weights))
    bilevel = profile is Profile.BILEVEL or (profile is Profile.ABUSED and happens(rng, 0.2))
    colour_share = {Profile.OFFICE: 0.4, Profile.POOR: 0.35, Profile.ABUSED: 0.45}.get(profile, 0.0)
    poor = profile in (Profile.POOR, Profile.ABUSED)
    quality = {
        Profile.POOR: 45,
        Profile.ABUSED: int(rng.choice([45, 60, 75, 85])),
    }.get(profile, int(rng.integers(70, 91)))
    clips = happens(rng, 0.55)
    white = float(rng.uniform(244, 266))
    return Settings(
        profile=profile,
        dpi=dpi,
        colour=bool(not bilevel and happens(rng, colour_share)),
        bilevel=bilevel,
        quality=quality,
        lens=float(rng.uniform(0.06, 0.10) * (1.25 if poor else 1.0)),
        white=white,
        flare=float(rng.uniform(0.004, 0.02)),
        noise=float(rng.uniform(0.8, 2.6) * (1.6 if poor else 1.0)),
        grain=float(rng.choice([0.0, 0.5, 0.9])),
        sharpen=float(rng.choice([0.0, 0.4, 0.9], p=[0.4, 0.4, 0.2])),
        black_level=float(rng.uniform(5, 35)),
        # Paper comes out white, and not what people wrote in pencil.
        white_level=float(white * rng.uniform(0.93, 0.97) if clips else rng.uniform(246, 256)),
        as_pdf=bool(not bilevel and happens(rng, 0.3)),
    )


def _shrunk(settings: Settings) -> float:
    """How much smaller than it was drawn the paper is looked at: no scanner needs all of it."""
    if settings.dpi <= 150:  # noqa: PLR2004
        return 0.5
    return _TWO_THIRDS if settings.dpi <= 200 else 1.0  # noqa: PLR2004


def _paper(
    rng: np.random.Generator,
    front: PaperSide,
    back: PaperSide | None,
    settings: Settings,
    notes: list[str],
) -> tuple[NDArray[np.uint8], float, tuple[Box, ...]]:
    """Light of the sheet after all that befell it, its resolution, and where it was hurt."""
    raster = front.px_per_mm
    pixels = front.pixels if settings.colour else _grey(rng, front.pixels)
    profile = settings.profile
    damage: list[Box] = []
    factor = _shrunk(settings)
    if factor < 1:
        way = cv2.INTER_LINEAR if factor == _TWO_THIRDS else cv2.INTER_AREA
        small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=way)
        pixels, raster = np.asarray(small, np.uint8), raster * factor
    if profile is Profile.POOR and happens(rng, 0.12):
        notes.append("copied when filled")
        pixels = _copied(rng, pixels, raster)
    light = reflected(pixels)
    if profile in (Profile.POOR, Profile.ABUSED):
        damage += _worn(rng, light, raster, profile, notes)
    through = {Profile.POOR: 0.22, Profile.ABUSED: 0.15}.get(profile, 0.06)
    if back is not None:
        wear.show_through(light, _behind(back), float(rng.uniform(0, through)), raster)
    elif profile in (Profile.POOR, Profile.ABUSED) and happens(rng, 0.2):
        # The next sheet of a folded bundle: the same form, the other way round.
        wear.show_through(light, _behind(front)[::-1], float(rng.uniform(0, 0.12)), raster)
    return light, raster, tuple(damage)


def _copied(
    rng: np.random.Generator, pixels: NDArray[np.uint8], raster: float
) -> NDArray[np.uint8]:
    """A photocopy of the filled sheet; colours are lost even where the scanner sees them."""
    if pixels.ndim == 2:  # noqa: PLR2004 - grey
        return copied(pixels, raster, rng, _DARK_COPY)
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.asarray(
        cv2.cvtColor(copied(grey, raster, rng, _DARK_COPY), cv2.COLOR_GRAY2RGB), np.uint8
    )


def _worn(
    rng: np.random.Generator,
    light: NDArray[np.uint8],
    raster: float,
    profile: Profile,
    notes: list[str],
) -> list[Box]:
    damage: list[Box] = []
    if happens(rng, 0.35):
        for _ in range(int(rng.integers(1, 3))):
            damage += wear.fold(light, raster, rng)
        notes.append("folded")
    stained = 0.5 if profile is Profile.ABUSED else 0.15
    if happens(rng, stained):
        damage += wear.ring_stain(light, raster, rng)
        notes.append("ring stain")
    if happens(rng, stained):
        damage += wear.smear(light, raster, rng)
        notes.append("smear")
    wear.specks(light, raster, rng, int(rng.exponential(40)))
    return damage


def _behind(side: PaperSide) -> NDArray[np.uint8]:
    small = side.pixels[::2, ::2, 1]
    return np.ascontiguousarray(small)


def _grey(rng: np.random.Generator, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey as devices see it: by luminance, or with their green light alone."""
    if happens(rng, 0.25):
        return np.asarray(cv2.extractChannel(pixels, 1), np.uint8)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _seen(
    rng: np.random.Generator,
    light: NDArray[np.uint8],
    raster: float,
    settings: Settings,
    *,
    geometry: Geometry,
    size: tuple[int, int],
    notes: list[str],
) -> tuple[NDArray[np.uint8], tuple[Box, ...]]:
    """The image before it becomes a file."""
    # The pixel's own area blurs like a Gaussian of 0.29 of its side; remapping adds a little.
    blur = float(np.hypot(settings.lens, 0.29 / settings.px_per_mm))
    if _shrunk(settings) == _TWO_THIRDS:
        blur = float(np.sqrt(blur**2 - _SHRINKING_MM**2))
    blur *= raster
    soft = cv2.GaussianBlur(light, (0, 0), blur)
    image = taken(np.asarray(soft, np.uint8), raster, geometry, size, (64, 4))
    grey = coded(image, settings.white, 2.2, settings.flare)
    _lit(rng, grey)
    streaked = _streaks(rng, grey, settings, geometry, notes)
    torn = _sheet_end(rng, grey, settings, geometry, notes)
    grey = add_noise(grey, settings.noise, settings.grain, rng)
    grey = sharpened(grey, settings.sharpen, 1.0)
    if not settings.bilevel:
        grey = curved(grey, settings.black_level, settings.white_level)
    return grey, (*streaked, *torn)


def _lit(rng: np.random.Generator, image: NDArray[np.uint8]) -> None:
    """The lamp is not even along the bar, and single sensors differ a little."""
    width = image.shape[1]
    gain = -np.abs(3.0 * slow(rng, width, 6)) + rng.normal(0, 0.5, width)
    shift = np.round(gain).astype(np.int16)
    channels = image.shape[2] if image.ndim == 3 else 1  # noqa: PLR2004
    lines = np.tile(np.repeat(shift, channels), (_LINES, 1)).reshape(_LINES, *image.shape[1:])
    for top in range(0, image.shape[0], _LINES):
        part = image[top : top + _LINES]
        cv2.add(part, lines[: len(part)], part, dtype=cv2.CV_8U)


def _streaks(
    rng: np.random.Generator,
    image: NDArray[np.uint8],
    settings: Settings,
    geometry: Geometry,
    notes: list[str],
) -> tuple[Box, ...]:
    """Dirt on the glass of a feeder: lines down the whole image, where the sheet ran past it."""
    share = {Profile.POOR: 0.4, Profile.ABUSED: 0.25}.get(settings.profile, 0.02)
    if rng.random() >= share:
        return ()
    places: list[Box] = []
    height, width = image.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        wide = max(1, round(float(rng.uniform(0.08, 0.3)) * settings.px_per_mm))
        left = int(rng.integers(0, width - wide))
        depth = float(rng.choice([rng.uniform(8, 40), rng.uniform(40, 130)], p=[0.75, 0.25]))
        run = depth * np.clip(0.8 + 0.4 * slow(rng, height, 20), 0.0, 1.3)
        light_line = happens(rng, 0.2)
        band = image[:, left : left + wide].astype(np.int16)
        change = (-run if not light_line else run * 0.6)[:, None]
        band += (change[..., None] if band.ndim == 3 else change).astype(np.int16)  # noqa: PLR2004
        image[:, left : left + wide] = np.clip(band, 0, 255)
        if depth > 40:  # noqa: PLR2004 - as dark as a pen's line
            rows = np.arange(0, height, 3.0 * settings.px_per_mm)
            track = geometry.to_paper(np.stack([np.full(len(rows), left + wide / 2), rows], axis=1))
            places += [Box(x - 0.3, y - 2.0, 0.6, 4.0) for x, y in track]
    notes.append("streaks")
    return tuple(places)


def _sheet_end(
    rng: np.random.Generator,
    image: NDArray[np.uint8],
    settings: Settings,
    geometry: Geometry,
    notes: list[str],
) -> tuple[Box, ...]:
    """What lies around the sheet, and where a corner is torn off."""
    shade = int(rng.choice([rng.uniform(4, 30), rng.uniform(200, 250)], p=[0.35, 0.65]))
    outline, damage = sheet_outline(rng, settings.profile, notes)
    seen = geometry.locate_sheet(outline)
    height, width = image.shape[:2]
    far = np.array(
        [(-width, -height), (2 * width, -height), (2 * width, 2 * height), (-width, 2 * height)]
    )
    # All between the two outlines: what is not sheet.
    around = [np.round(corners * 16).astype(np.int32) for corners in (far, seen)]
    cv2.fillPoly(image, around, (shade,) * 3, cv2.LINE_AA, 4)
    on_paper = geometry.on_print(damage) if len(damage) else damage
    return tuple(Box(float(x) - 1.5, float(y) - 1.5, 3.0, 3.0) for x, y in on_paper)


def _file(
    rng: np.random.Generator, image: NDArray[np.uint8], settings: Settings, notes: list[str]
) -> tuple[bytes, str]:
    if settings.bilevel:
        return files.g4(one_bit(rng, image, settings.px_per_mm, notes), settings.dpi), ".tif"
    data = files.jpeg(image, settings.quality, settings.dpi)
    notes.append(f"q{settings.quality}")
    if settings.as_pdf:
        size = (image.shape[1], image.shape[0])
        return files.pdf(data, size, settings.dpi, colour=settings.colour), ".pdf"
    return data, ".jpg"
