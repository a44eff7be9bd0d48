"""The four corner marks as squares to draw: ArUco dictionary 4x4_50, ids 0 to 3.

The bit patterns are copied from OpenCV's predefined dictionary (a test compares them), so that
printing does not need OpenCV. A mark is 6 x 6 modules: a black frame around 4 x 4 bits, 1 white.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.layout.model import RegistrationMark

MODULES = 6
BITS: tuple[tuple[str, str, str, str], ...] = (
    ("1011", "0101", "0011", "0010"),
    ("0000", "1111", "1001", "1010"),
    ("0011", "0011", "0010", "1101"),
    ("1001", "1001", "0100", "0110"),
)


def mark_modules(mark: RegistrationMark) -> tuple[tuple[bool, ...], ...]:
    """The 6 x 6 modules of a mark, row by row; True is black."""
    frame = "0" * MODULES
    rows = (frame, *(f"0{bits}0" for bits in BITS[mark.marker_id]), frame)
    return tuple(tuple(bit == "0" for bit in row) for row in rows)
