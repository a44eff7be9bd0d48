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
    """White between two targets: that of boxes of 4.6 mm in rows of 7 mm (domain: rows >= 7 mm).
    A ring, by which a cross is taken back, reaches up to 1.6 mm beyond its box. Measured on grids:
    at 1.0 mm one taken-back answer in 43 was read wrongly with nobody asked, and of plain crosses
    one in five waits; from 1.5 mm neither. The rest is for hands less careful than simulated."""
    target_side: float = 4.0
    """Shorter side of a target, for hands and eyes: ours have 4.6 mm. Reading alone (measured, with
    marks as small as their boxes) begins to fail on poor scans at 2.5 mm."""
    print_white: float = 1.0
    """White between a target and any text. A cross overshoots its box by so much, and over print it
    is hidden. Measured: text inside a box makes one answer in fifty wrong with nobody asked."""
    line_white: float = 0.7
    """White between a target and a line, so that a cross still shows where its box ends; rules of
    tables are 1.2 mm away at rows of 7 mm. Clear marks are read even over lines (measured)."""
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
