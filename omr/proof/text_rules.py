"""Rules of the paper about what people read: on the page, large enough, nothing over it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.proof import words
from omr.proof.limits import LIMITS
from omr.proof.model import Finding, Rule, Severity
from omr.proof.spans import around, gap, lies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.proof.print_map import PaperPage

TOLERANCE = 0.01
LINE = 1.0
"""What is thinner (mm) is a line, and no ground."""


def texts_off_page(page: PaperPage) -> Iterator[Finding]:
    """What lies beyond the page, or on the edge that printers leave out, is lost."""
    paper = Box(0, 0, page.size.width, page.size.height)
    for one in page.prints:
        if not lies_in(one.body, paper):
            said = words.off_page(one.words)
            yield Finding(Rule.OFF_PAGE, Severity.ERROR, page.number, one.box, (), *said)
        elif not lies_in(one.body, paper.grown(-LIMITS.edge)):
            said = words.near_edge(one.words)
            yield Finding(Rule.UNPRINTABLE_EDGE, Severity.ERROR, page.number, one.box, (), *said)


def texts_too_small(page: PaperPage) -> Iterator[Finding]:
    """Old people read these forms."""
    small = [text for text in page.texts if text.points < LIMITS.points - TOLERANCE]
    if small:
        least = min(small, key=lambda text: text.points)
        severity = Severity.ERROR if least.points < LIMITS.least_points else Severity.ADVICE
        said = words.text_too_small(least.words, least.points, len(small))
        yield Finding(Rule.TEXT_TOO_SMALL, severity, page.number, least.box, (), *said)


def texts_over_texts(page: PaperPage) -> Iterator[Finding]:
    """Two texts in one place cannot be read."""
    for one, other in combinations(page.texts, 2):
        if gap(one.body, other.body) < -LIMITS.overlap:
            place = around((one.box, other.box))
            said = words.text_over_text(one.words, other.words)
            yield Finding(Rule.TEXT_OVER_TEXT, Severity.ERROR, page.number, place, (), *said)


def texts_over_lines(page: PaperPage) -> Iterator[Finding]:
    """A text that a line strikes through looks as if it were struck out; in a box it is worse."""
    lines = [one for one in page.prints if not one.words and min(one.box.w, one.box.h) < LINE]
    targets = [target.box for target in (*page.answers, *page.cells)]
    for text in page.texts:
        in_target = any(text.box.overlaps(box) for box in targets)
        if not in_target and any(gap(text.body, line.box) < -TOLERANCE for line in lines):
            said = words.text_over_line(text.words)
            yield Finding(Rule.TEXT_OVER_LINE, Severity.ADVICE, page.number, text.box, (), *said)
