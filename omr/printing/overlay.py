"""What is printed upon a page beside the form's own print: pen-like strokes, and a line of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from omr.printing.static_page import up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.layout.drawing import Text


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of a pen: at least two points (x, y) in mm on the page, joined by lines.

    ``width`` is the line's width in mm, ``colour`` red, green and blue 0..1.
    """

    points: tuple[tuple[float, float], ...]
    width: float
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one page of one sheet has upon it."""

    strokes: tuple[Stroke, ...] = ()
    texts: tuple[Text, ...] = ()


def strokes_drawing(strokes: Iterable[Stroke]) -> bytes:
    """The operators that draw the strokes with round ends and corners, as a pen leaves them."""
    lines = "\n".join(_drawing(stroke) for stroke in strokes)
    return f"q 1 J 1 j\n{lines}\nQ".encode()


def _drawing(stroke: Stroke) -> str:
    red, green, blue = stroke.colour
    (first, *rest) = (f"{x * mm:.2f} {up(y):.2f}" for x, y in stroke.points)
    path = " ".join(f"{point} l" for point in rest)
    return f"{red:g} {green:g} {blue:g} RG {stroke.width * mm:.3f} w {first} m {path} S"
