"""What the people and machines of the accuracy bench hand over: ink, files, and the truth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Profile(StrEnum):
    """Under which circumstances sheets are captured: the rows of the accuracy table."""

    OFFICE = "office"
    BILEVEL = "1-bit"
    POOR = "poor"
    PHONE = "phone"
    ABUSED = "abused"


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said to one question, as someone who watched them would know.

    ``value``: option codes in form order, empty where nothing was said; for a number question the
    one string of its digits. None where the rules ask for a person (two marks, a mark beside a
    solid box, a ring around an empty box): whatever a machine accepts there is wrong.
    ``plain``: the question's own marks leave no doubt by the rules, and no stray, correction,
    stain or stroke of a neighbour touches the row. ``acts``: what was done there, in words of a
    fixed list, for the tables ("cross", "blank", "circle-corrected", "neighbour-stroke", ...).
    """

    question: str
    value: tuple[str, ...] | None
    plain: bool
    acts: tuple[str, ...]


@dataclass(frozen=True)
class PaperSide:
    """One side of a sheet, (H, W, 3) uint8 RGB at ``px_per_mm``; (0, 0) mm is its top left."""

    pixels: NDArray[np.uint8]
    px_per_mm: float


class Captured(Protocol):
    """A file as a device writes it, and where on its image every place of the paper went."""

    @property
    def data(self) -> bytes:
        """The file, byte for byte."""
        ...

    @property
    def suffix(self) -> str:
        """Of the file's name: ``.jpg``, ``.tif`` or ``.pdf``."""
        ...

    @property
    def px_per_mm(self) -> float:
        """Pixels of the image to one millimetre of paper, about the middle of the sheet."""
        ...

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) px, pixel centres at whole numbers, where (N, 2) mm of the paper are seen."""
        ...
