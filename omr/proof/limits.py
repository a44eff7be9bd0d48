"""The limits of the paper rules, in mm and points, with their reasons.

What is called measured was tried with the simulator and the reader as they stand
(docs/forms.md, "Prove it"): the limit lies a little on the safe side of where reading fails.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules of the paper ask for."""

    target_white: float = 2.3
    """White between two targets. A cross overshoots its box by up to 1 mm, and a ring around a
    cross, by which a mark is taken back, by 1.2 mm: with less white it touches the next box."""
    target_side: float = 4.0
    """Shorter side of a target. A smaller one is missed by many a cross (measured), and by eyes."""
    print_white: float = 1.0
    """White between a target and any text. A cross overshoots its box by so much, and over print it
    is hidden. Measured: text inside a box makes one answer in fifty wrong with nobody asked."""
    line_white: float = 0.7
    """White between a target and a line: a table's rules are 1.2 mm away at rows of 7 mm."""
    shade: float = 0.15
    """Darkest ground under a target. A 1-bit scanner turns what is darker to specks."""
    mark_white: float = 2.0
    """White around a registration mark: one and a third of its modules; found by its outer edge."""
    quiet_modules: float = 4.0
    """White around the page code, in its modules (ISO/IEC 18004, 5.3.8: 4X)."""
    code_side: float = 14.0
    """Side of the page code. Measured, 24 codes on each of five scanners: all are read at 13 mm, at
    12 mm 1-bit scans at 150 dpi begin to fail, at 10 mm those at 200 dpi, at 8 mm hardly one."""
    gauge_white: float = 1.0
    """White around the print-and-scan gauge."""
    edge: float = 5.0
    """Office printers leave 4 to 5 mm of every edge unprinted."""
    column: float = 12.0
    """From box to box along a row: a column that a pen does not miss."""
    points: float = 12.0
    """Size of what people read (Nghị định 30/2020; many respondents are old)."""
    least_points: float = 9.0
    """Smaller than this, text is none for old eyes at arm's length: capitals of 2 mm."""
    overlap: float = 0.3
    """Two texts that share more than this, both ways, are printed over each other."""


LIMITS = Limits()
