"""A reference picture made ready for many comparisons, once per form and process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from omr.registration.blank_print import blank_print
from omr.registration.keypoints import Features, find_features
from omr.registration.likeness import Windows, counted_area, long_rules
from omr.registration.straighten import resampled
from omr.registration.tiles import TILE_PPM, Tiles, choose_tiles, soften

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.reference import ReferencePage

FEATURE_PPM = 4.5
"""Resolution (px per mm) at which features are taken: 114 dpi, where letters of 8 pt still have a
shape and a page has few enough features to be compared in a moment."""
COARSE_TILE_MM = 14.0
"""Side of the tiles that bring the page in: large enough to hold several words."""
FINE_TILE_MM = 10.0
"""Side of the tiles that settle and verify it: half a line of print and what surrounds it."""

TARGET_MARGIN_MM = 2.5
"""Marks overflow their targets, and their blur reaches further: so much around is not compared."""
NEAR_MM = 12.0
"""Print within this distance of a target belongs to its question: a label, a number, a head."""
ROW_MM = 5.0
"""Print no further above or below a target than this stands in its row, and is its question."""


@dataclass(frozen=True, eq=False)
class PreparedReference:
    """What matching needs of one reference page.

    ``size_mm`` is (width, height) of the paper; ``features`` have positions in mm; ``print`` is
    the softened picture at :data:`TILE_PPM`; ``coarse`` and ``fine`` are its tiles;
    ``beside_targets`` (N,) tells which fine tiles hold the questions: near a target or in the row
    of one; ``windows`` leaves out targets and rules. Compared and hashed by identity.
    """

    reference: ReferencePage
    size_mm: tuple[float, float]
    features: Features
    print: NDArray[np.float32]
    coarse: Tiles
    fine: Tiles
    beside_targets: NDArray[np.bool_]
    windows: Windows

    @property
    def targets_mm(self) -> NDArray[np.float64]:
        """(N, 2) middles of the targets."""
        return _middles(self.reference)


def prepare(reference: ReferencePage) -> PreparedReference:
    """Features and tiles of a reference page."""
    height, width = reference.image.shape
    size_mm = (width / reference.pixels_per_mm, height / reference.pixels_per_mm)
    small = resampled(blank_print(reference), FEATURE_PPM / reference.pixels_per_mm)
    found = find_features(small)
    features = Features((found.points + 0.5) / FEATURE_PPM, found.descriptors)
    soft = soften(resampled(blank_print(reference), TILE_PPM / reference.pixels_per_mm))
    fine = choose_tiles(soft, FINE_TILE_MM, FINE_TILE_MM * 0.8)
    boxes = [target.box for target in reference.layout.targets]
    counted = counted_area(soft.shape, boxes, TARGET_MARGIN_MM)
    counted[long_rules(soft)] = 0
    return PreparedReference(
        reference=reference,
        size_mm=size_mm,
        features=features,
        print=soft,
        coarse=choose_tiles(soft, COARSE_TILE_MM, COARSE_TILE_MM / 2),
        fine=fine,
        beside_targets=_beside(fine.centres_mm, _middles(reference)),
        windows=Windows(counted, FINE_TILE_MM),
    )


def _middles(reference: ReferencePage) -> NDArray[np.float64]:
    """(N, 2) middles of a reference's targets, mm."""
    centres = [target.box.centre for target in reference.layout.targets]
    return np.array(centres, dtype=float).reshape(-1, 2)


def _beside(points: NDArray[np.float64], targets: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points lie near a target or in the row of one."""
    away = points[:, None] - targets[None]
    near = np.linalg.norm(away, axis=2) <= NEAR_MM
    return np.asarray((near | (np.abs(away[:, :, 1]) <= ROW_MM)).any(axis=1))


class _ByIdentity:
    """A reference as a dictionary key: pictures are compared by being the same object."""

    def __init__(self, reference: ReferencePage) -> None:
        self.reference = reference

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.reference is self.reference

    def __hash__(self) -> int:
        return id(self.reference)


@lru_cache(maxsize=64)
def _remembered(key: _ByIdentity) -> PreparedReference:
    return prepare(key.reference)


def prepared(reference: ReferencePage) -> PreparedReference:
    """:func:`prepare`, done once per reference object and process."""
    return _remembered(_ByIdentity(reference))
