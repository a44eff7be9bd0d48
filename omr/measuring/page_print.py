"""What is printed on one page beside its targets: ink, letters and panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.measuring.ink import DARK, PALE, InkSums, Pieces
from omr.measuring.regions import Regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.geometry import Box


@dataclass(frozen=True, eq=False)
class PagePrint:
    """What measuring asks of a page.

    ``ink`` is print of any tint; ``letters`` are pieces of black print that have a letter's size
    and belong to no target.
    """

    ink: InkSums
    letters: Pieces
    regions: Regions

    @staticmethod
    def of(reflected: NDArray[np.float32], targets: Sequence[Box]) -> PagePrint:
        """From a page's reflectance at PPM."""
        ink = (reflected < DARK).astype(np.uint8)
        letters = Pieces.of(ink).letters(targets)
        every = InkSums.of((reflected < PALE).astype(np.uint8))
        return PagePrint(every, letters, Regions.of(reflected))
