"""A pen, its strokes, and a sheet that somebody filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from omr.accuracy.model import Said


class Act(StrEnum):
    """What was done at a question: the fixed list of ``Said.acts``."""

    # what the mark is
    BLANK = "blank"
    BLANK_SHEET = "blank-sheet"
    CROSS = "cross"
    TICK = "tick"
    SLASH = "slash"
    DASH = "dash"
    DOT = "dot"
    FILL = "fill"
    SCRIBBLE = "scribble"
    # how it was made
    SMALL = "small"
    LARGE = "large"
    THIN = "thin"
    THICK = "thick"
    PENCIL = "pencil"
    RED = "red"
    OVER_OUTLINE = "over-outline"
    PARTLY_OUTSIDE = "partly-outside"
    FAINT = "faint"
    BARELY_INSIDE = "barely-inside"
    MOSTLY_OUTSIDE = "mostly-outside"
    # what was taken back, or said twice
    CIRCLE_CORRECTED = "circle-corrected"
    CHOSEN_AGAIN = "chosen-again"
    ONLY_CIRCLED = "only-circled"
    SCRIBBLED_OUT = "scribbled-out"
    DOUBLE = "double"
    OVER_MAXIMUM = "over-maximum"
    RING_BOX = "ring-around-box"
    RING_LABEL = "ring-around-label"
    # what came there without being meant
    SLIP = "slip"
    SPECK = "speck"
    NEIGHBOUR_STROKE = "neighbour-stroke"
    REACHES_OTHER_BOX = "reaches-other-box"
    WRITING_NEAR = "writing-near"
    # number cells
    DIGITS = "digits"
    LEFT_ALIGNED = "left-aligned"
    DIGIT_AT_EDGE = "digit-at-edge"
    DIGIT_OUTSIDE = "digit-outside"
    DIGIT_STRUCK = "digit-struck"
    DIGIT_OVERWRITTEN = "digit-overwritten"
    # what befell the paper afterwards (see hand.befallen)
    DAMAGED = "damaged"
    # what the device lost of the ink (see hand.vanished)
    HARDLY_SEEN = "hardly-seen"
    VANISHED = "vanished"


class PenKind(StrEnum):
    """What people write with."""

    BALL = "ball"
    GEL = "gel"
    PENCIL = "pencil"
    FELT = "felt"


@dataclass(frozen=True, slots=True)
class Pen:
    """One pen in one hand.

    ``absorption`` is the optical density (natural logarithm) of a full stroke for red, green and
    blue light; ``width`` in mm; ``grain`` (0..1) is how far the tooth of the paper breaks the line,
    ``rail`` (0..1) how much paler the middle of a fast line is (double track of a ball),
    ``skip`` (0..1) the share of a line where the ink fails.
    """

    kind: PenKind
    colour: str
    absorption: tuple[float, float, float]
    width: float
    grain: float
    rail: float
    skip: float


@dataclass(frozen=True, eq=False, slots=True)
class Stroke:
    """One movement of the pen on paper.

    ``points`` (N, 2) mm, ``width`` (N,) mm and ``density`` (N,) 0..1 of the pen's full darkness.
    ``question`` and ``option`` say where it was meant; empty for strays and writing, whose kind
    is then ``stray``.
    """

    points: NDArray[np.float32]
    width: NDArray[np.float32]
    density: NDArray[np.float32]
    question: str = ""
    option: str = ""
    stray: Act | None = None


@dataclass(frozen=True, eq=False)
class FilledSheet:
    """What one person did to one sheet: the truth of every question, and the ink by page."""

    seed: int
    pen: Pen
    said: tuple[Said, ...]
    strokes: Mapping[int, tuple[Stroke, ...]]
