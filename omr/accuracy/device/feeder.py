"""How a feeder takes a sheet: where the print lies on it, how it is turned, and how it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.device.chance import happens
from omr.accuracy.device.geometry import Feed, Geometry, moving, scaling, turning
from omr.accuracy.device.model import A4
from omr.accuracy.device.noise import slow
from omr.accuracy.model import Profile

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SKEW_DEG = {Profile.OFFICE: 1.5, Profile.BILEVEL: 1.5, Profile.POOR: 2.0, Profile.ABUSED: 4.0}


def image_size(rng: np.random.Generator, profile: Profile, px_per_mm: float) -> tuple[int, int]:
    """A4, or a little more where the scanner does not cut to the sheet."""
    more = (0.0, 0.0)
    if happens(rng, 0.3):
        more = (float(rng.uniform(0, 6)), float(rng.uniform(0, 12)))
    if profile is Profile.ABUSED:
        more = (more[0] + 4, more[1] + 8)
    return round((A4[0] + more[0]) * px_per_mm), round((A4[1] + more[1]) * px_per_mm)


def fed(
    rng: np.random.Generator,
    profile: Profile,
    px_per_mm: float,
    size: tuple[int, int],
    notes: list[str],
) -> Geometry:
    """One sheet through a feeder; what is worth telling of it goes into ``notes``."""
    middle = (A4[0] / 2, A4[1] / 2)
    shrunk = happens(rng, 0.25)
    printed = 0.97 if shrunk else float(rng.normal(1.0, 0.0015))
    if profile in (Profile.POOR, Profile.ABUSED) and happens(rng, 0.25):
        printed *= float(rng.uniform(0.985, 1.012))  # a photocopier's idea of 100 %
    print_skew = np.radians(float(np.clip(rng.normal(0, 0.12), -0.4, 0.4)))
    shift = np.clip(rng.normal(0, 0.7, 2), -2, 2)
    print_place = moving(float(shift[0]), float(shift[1])) @ turning(print_skew, printed, middle)
    limit = _SKEW_DEG[profile]
    usual = limit / 2.2 if profile is Profile.ABUSED else 0.5
    skew = float(np.clip(rng.normal(0, usual), -limit, limit))
    upside_down = happens(rng, 0.1)
    place = turning(float(np.radians(skew + 180 * upside_down)), 1.0, middle)
    spare = (size[0] / px_per_mm - A4[0], size[1] / px_per_mm - A4[1])
    slip = np.clip(rng.normal(0, 0.8, 2), -2, 2)
    place = moving(spare[0] / 2 + float(slip[0]), min(spare[1], 2.0) + float(slip[1])) @ place
    notes += [f"print {printed:.3f}", f"skew {skew:.2f}", *(["upside down"] if upside_down else [])]
    lens = moving(-0.5, -0.5) @ scaling(px_per_mm)
    return Geometry(printed=print_place, place=place, bend=_feed(rng, profile), lens=lens)


def _feed(rng: np.random.Generator, profile: Profile) -> Feed:
    """Speed errors of the rollers: slow swings and their turns, small slips, a drift sideways."""
    at = np.arange(-20.0, 340.0, 0.25)
    count = len(at)
    wobble = {Profile.ABUSED: 0.6, Profile.POOR: 0.25}.get(profile, 0.12)
    reach = float(rng.uniform(0.25, 1.0)) * wobble
    speed = slow(rng, count, 9) + 0.5 * slow(rng, count, 30)
    turn_mm = float(rng.uniform(25, 60))  # circumference of a roller that runs out of true
    speed += 0.8 * np.sin(2 * np.pi * (at / turn_mm + rng.random()))
    along = np.cumsum(speed - speed.mean()) * 0.25
    along *= reach / max(float(np.abs(along - along.mean()).max()), 1e-6)
    for _ in range(int(rng.poisson(2.0 if profile is Profile.ABUSED else 0.5))):
        place, length = rng.uniform(10, 290), rng.uniform(1.0, 4.0)
        slip = float(rng.uniform(-0.25, 0.25)) * reach / 0.3
        along += np.clip(slip, -0.3, 0.3) / (
            1 + np.exp(-np.clip((at - place) / length * 4, -30, 30))
        )
    stretch = float(rng.normal(0, 0.0015 if profile is not Profile.ABUSED else 0.004))
    along += stretch * (at - 148)
    across = 0.4 * reach * slow(rng, count, 6) + float(rng.normal(0, 0.0006)) * (at - 148)
    turn = np.cumsum(slow(rng, count, 7)) * 0.25
    turn *= 0.35 * reach / 105 / max(float(np.abs(turn).max()), 1e-6)
    return Feed(at=at, along=along, across=across, turn=turn, middle=A4[0] / 2)


def sheet_outline(
    rng: np.random.Generator, profile: Profile, notes: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(N, 2) mm around the sheet, and points along a torn edge (none if it is whole)."""
    width, height = A4
    corners = [np.array(c, dtype=float) for c in ((0, 0), (width, 0), (width, height), (0, height))]
    tears = profile is Profile.ABUSED and happens(rng, 0.45)
    torn = int(rng.integers(4)) if tears else -1
    line: list[NDArray[np.float64]] = []
    damage: list[NDArray[np.float64]] = []
    for index, corner in enumerate(corners):
        if index == torn:
            before, after = corners[index - 1], corners[(index + 1) % 4]
            size = rng.uniform(6, 38, 2)
            start = corner + (before - corner) / np.linalg.norm(before - corner) * size[0]
            end = corner + (after - corner) / np.linalg.norm(after - corner) * size[1]
            steps = np.linspace(0, 1, 12)[:, None]
            ragged = start + (end - start) * steps + rng.normal(0, 0.5, (12, 2))
            line += list(ragged)
            damage += list(ragged)
            notes.append("torn corner")
        else:
            line.append(corner)
    return _dense(np.array(line)), np.array(damage)


def _dense(polygon: NDArray[np.float64]) -> NDArray[np.float64]:
    following = np.roll(polygon, -1, axis=0)
    steps = np.linspace(0, 1, 30, endpoint=False)[:, None, None]
    return (polygon + (following - polygon) * steps).transpose(1, 0, 2).reshape(-1, 2)
