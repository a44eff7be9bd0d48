"""Rules of the paper about targets: room for the pen, and nothing else where a mark belongs."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from omr.proof import words
from omr.proof.limits import LIMITS
from omr.proof.model import Finding, Rule, Severity
from omr.proof.spans import around, gap, lies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.layout.model import Target
    from omr.proof.print_map import PaperPage, Printed

TOLERANCE = 0.01
"""Millimetres that rounding may take from a distance."""


def targets_too_near(page: PaperPage) -> Iterator[Finding]:
    """Boxes need white between them: marks overshoot, and rings take marks back."""
    pairs = [
        (gap(one.box, other.box), one, other)
        for one, other in combinations((*page.answers, *page.cells), 2)
        if not (one in page.cells and other in page.cells)
    ]
    near = [pair for pair in pairs if pair[0] < LIMITS.target_white - TOLERANCE]
    if not near:
        return
    white, one, other = min(near, key=lambda pair: pair[0])
    # Paper that somebody else printed can no longer be changed: only boxes that share paper are an
    # error there, the simulation judges the rest.
    severity = Severity.ADVICE if page.is_measured and white >= 0 else Severity.ERROR
    yield Finding(
        Rule.TARGETS_TOO_NEAR,
        severity,
        page.number,
        around((one.box, other.box)),
        _names(target for pair in near for target in pair[1:]),
        *words.targets_too_near(one, other, white, len(near), measured=page.is_measured),
    )


def targets_too_small(page: PaperPage) -> Iterator[Finding]:
    """A box must be large enough to be hit."""
    small = [t for t in page.answers if min(t.box.w, t.box.h) < LIMITS.target_side - TOLERANCE]
    if page.is_measured or not small:
        return
    side = min(min(target.box.w, target.box.h) for target in small)
    yield Finding(
        Rule.TARGET_TOO_SMALL,
        Severity.ERROR,
        page.number,
        around(target.box for target in small),
        _names(small),
        *words.target_too_small(side, len(small)),
    )


def print_at_targets(page: PaperPage) -> Iterator[Finding]:
    """Nothing else may be printed in a target or close to it; told once for each text."""
    near: dict[str, list[tuple[float, Target]]] = {}
    for target in (*page.answers, *page.cells):
        for one in page.prints:
            distance = gap(one.box, target.box)
            if distance < _white_at(page, target, one) - TOLERANCE:
                near.setdefault(one.words, []).append((distance, target))
    for text, found in near.items():
        distance, target = min(found, key=lambda pair: pair[0])
        yield Finding(
            Rule.PRINT_AT_TARGET,
            Severity.ERROR,
            page.number,
            target.box,
            _names(target for _, target in found),
            *words.print_at_target(target, text, distance),
        )


def _white_at(page: PaperPage, target: Target, one: Printed) -> float:
    """How far this print must stay from this target; people write digits between their lines."""
    if one.darkness <= LIMITS.shade:
        return float("-inf")
    if target in page.cells:
        return 0.0
    return LIMITS.print_white if one.words else LIMITS.line_white


def targets_outside_marks(page: PaperPage) -> Iterator[Finding]:
    """Between the registration marks a place is known; beyond them it is guessed."""
    if not page.layout.marks:
        return
    frame = around(mark.box for mark in page.layout.marks)
    outside = [t for t in (*page.answers, *page.cells) if not lies_in(t.box, frame)]
    if outside:
        yield Finding(
            Rule.TARGET_OUTSIDE_MARKS,
            Severity.ERROR,
            page.number,
            around(target.box for target in outside),
            _names(outside),
            *words.target_outside_marks(len(outside)),
        )


def columns_too_narrow(page: PaperPage) -> Iterator[Finding]:
    """A scale's columns must be wide enough to be told apart at a glance."""
    if page.is_measured:
        return
    narrow = [
        (right.box.centre[0] - left.box.centre[0], left, right)
        for left, right in pairwise(page.answers)
        if left.question == right.question
        and abs(left.box.y - right.box.y) < left.box.h / 2
        and not _words_between(page, left, right)
        and right.box.centre[0] - left.box.centre[0] < LIMITS.column - TOLERANCE
    ]
    if narrow:
        width, one, other = min(narrow, key=lambda found: found[0])
        yield Finding(
            Rule.COLUMN_TOO_NARROW,
            Severity.ADVICE,
            page.number,
            around((one.box, other.box)),
            _names(target for found in narrow for target in found[1:]),
            *words.column_too_narrow(width),
        )


def _words_between(page: PaperPage, left: Target, right: Target) -> bool:
    """Whether a text stands between two targets of one row, as in a line of options."""
    y = left.box.centre[1]
    return any(
        left.box.right < text.box.x < right.box.x and text.box.y < y < text.box.bottom
        for text in page.texts
    )


def _names(targets: Iterator[Target] | list[Target]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((target.question, target.option) for target in targets))
