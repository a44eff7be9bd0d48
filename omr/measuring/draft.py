"""What measuring found on one page, before a person has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from omr.form.model import Kind
    from omr.geometry import Box
    from omr.layout.model import Shape


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """One option: its code, the words beside it (may be empty) and its place.

    ``box_px`` is in pixels of the draft's picture and spans whole pixels: x = 0 is its left edge.
    """

    code: str
    text: str
    shape: Shape
    box_px: Box


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """Targets that belong together, in the order of the paper. ``kind`` is single or multi."""

    id: str
    kind: Kind
    text: str
    targets: tuple[DraftTarget, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that may be a target and was not taken, and why in a few words."""

    box_px: Box
    why: str


@dataclass(frozen=True, eq=False)
class Draft:
    """A measured form in the making. Two are equal only if they are one.

    ``picture`` is uint8 (H, W) grey, the reference on which all boxes lie; ``blank`` is False where
    its targets may hold marks; ``capture`` is a note (feeder, flatbed, phone), may be empty.
    """

    form_id: str
    title: str
    picture: NDArray[np.uint8]
    blank: bool
    capture: str
    questions: tuple[DraftQuestion, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def targets(self) -> int:
        """How many targets all questions have."""
        return sum(len(question.targets) for question in self.questions)
