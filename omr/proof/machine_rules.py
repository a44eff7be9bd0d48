"""Rules of the paper about what the machine needs: marks, page code, serial, gauge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.layout.measures import CODE_MODULES
from omr.proof import words
from omr.proof.limits import LIMITS
from omr.proof.model import Finding, Rule, Severity
from omr.proof.spans import gap, lies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.proof.print_map import PaperPage, Printed
    from omr.proof.words import Said

TOLERANCE = 0.01


def print_at_marks(page: PaperPage) -> Iterator[Finding]:
    """Registration marks need white around them."""
    for mark in page.layout.marks:
        for one, distance in _near(page, mark.box, LIMITS.mark_white):
            said = words.print_at_mark(mark.corner, one.words, distance)
            yield _finding(Rule.PRINT_AT_MARK, page, one, said)


def print_at_code(page: PaperPage) -> Iterator[Finding]:
    """The page code needs its quiet zone."""
    if page.layout.code is None:
        return
    quiet = LIMITS.quiet_modules * page.layout.code.w / CODE_MODULES
    for one, distance in _near(page, page.layout.code, quiet):
        said = words.print_at_code(one.words, distance, quiet)
        yield _finding(Rule.PRINT_AT_CODE, page, one, said)


def code_too_small(page: PaperPage) -> Iterator[Finding]:
    """The page code must be large enough for a poor scan."""
    code = page.layout.code
    if code is not None and code.w < LIMITS.code_side - TOLERANCE:
        said = words.code_too_small(code.w)
        yield Finding(Rule.CODE_TOO_SMALL, Severity.ERROR, page.number, code, (), *said)


def print_at_slots(page: PaperPage) -> Iterator[Finding]:
    """Nothing may stand where serial, unit and field are printed later."""
    for slot in page.slots:
        for one, _ in _near(page, slot, -LIMITS.overlap):
            yield _finding(Rule.PRINT_AT_SERIAL, page, one, words.print_at_slot(one.words))


def print_at_gauge(page: PaperPage) -> Iterator[Finding]:
    """The gauge measures its own print, and white around it."""
    gauge = page.layout.gauge
    if gauge is None:
        return
    for one, distance in _near(page, gauge.box, LIMITS.gauge_white):
        said = words.print_at_gauge(one.words, distance)
        yield _finding(Rule.PRINT_AT_GAUGE, page, one, said)


def machine_parts_near_edge(page: PaperPage) -> Iterator[Finding]:
    """What the machine needs must be printed as a whole."""
    size, layout = page.size, page.layout
    parts = [mark.box for mark in layout.marks]
    parts += [layout.code] if layout.code else []
    parts += [layout.gauge.box] if layout.gauge else []
    sure = Box(0, 0, size.width, size.height).grown(-LIMITS.edge)
    for box in parts:
        if not lies_in(box, sure):
            said = words.machine_part_near_edge()
            yield Finding(Rule.UNPRINTABLE_EDGE, Severity.ERROR, page.number, box, (), *said)


def _near(page: PaperPage, box: Box, white: float) -> Iterator[tuple[Printed, float]]:
    for one in page.prints:
        distance = gap(one.box, box)
        if distance < white - TOLERANCE:
            yield one, distance


def _finding(rule: Rule, page: PaperPage, one: Printed, said: Said) -> Finding:
    return Finding(rule, Severity.ERROR, page.number, one.box, (), *said)
