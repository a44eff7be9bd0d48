"""What a device delivers, and what befell the sheet on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from omr.accuracy.device.geometry import Geometry
    from omr.geometry import Box

A4 = (210.0, 297.0)


@dataclass(frozen=True, eq=False)
class Capture:
    """A file as a device wrote it (see :class:`omr.accuracy.model.Captured`).

    ``damage`` are places of the paper (mm) where a fold, stain, tear or heavy streak lies: a row
    that they touch is not plain. ``notes`` say in words how the picture was taken, for reports.
    """

    data: bytes
    suffix: str
    px_per_mm: float
    size_px: tuple[int, int]
    geometry: Geometry
    damage: tuple[Box, ...]
    notes: tuple[str, ...]

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) px, pixel centres at whole numbers, where (N, 2) mm of the paper are seen."""
        return self.geometry.locate(points_mm)
