"""The four corner marks as squares to draw: ArUco dictionary 4x4_50, ids 0 to 3.

The bit patterns are copied from OpenCV's predefined dictionary (a test compares them), so that
printing does not need OpenCV. A mark is 6 x 6 modules: a black frame around 4 x 4 bits, 1 white.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.layout.model import RegistrationMark

MODULES = 6
BITS: tuple[tuple[str, str, str, str], ...] = (
    ("1011", "0101", "0011", "0010"),
    ("0000", "1111", "1001", "1010"),
    ("0011", "0011", "0010", "1101"),
    ("1001", "1001", "0100", "0110"),
)


def mark_rectangles(mark: RegistrationMark) -> tuple[Box, ...]:
    """The black rectangles of a mark, in mm on the page."""
    frame = "0" * MODULES
    rows = [frame, *(f"0{bits}0" for bits in BITS[mark.marker_id]), frame]
    black = [[bit == "0" for bit in row] for row in rows]
    return tuple(rectangles(black, mark.box))


def rectangles(black: Sequence[Sequence[bool]], box: Box) -> Iterator[Box]:
    """Black modules of a square symbol as rectangles, runs in a row joined into one."""
    side = box.w / len(black)
    for row, modules in enumerate(black):
        column = 0
        while column < len(modules):
            start = column
            while column < len(modules) and modules[column]:
                column += 1
            if column > start:
                width = (column - start) * side
                yield Box(box.x + start * side, box.y + row * side, width, side)
            column += 1
