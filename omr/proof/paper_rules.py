"""All rules of the paper, in the order in which their findings are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.proof import machine_rules, target_rules, text_rules
from omr.proof.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from omr.proof.model import Finding
    from omr.proof.print_map import PaperPage

    PaperRule = Callable[[PaperPage], Iterator[Finding]]

RULES: tuple[PaperRule, ...] = (
    machine_rules.code_too_small,
    machine_rules.print_at_marks,
    machine_rules.print_at_code,
    machine_rules.print_at_slots,
    machine_rules.print_at_gauge,
    machine_rules.machine_parts_near_edge,
    target_rules.targets_too_near,
    target_rules.targets_too_small,
    target_rules.print_at_targets,
    target_rules.targets_outside_marks,
    target_rules.columns_too_narrow,
    text_rules.texts_off_page,
    text_rules.texts_over_texts,
    text_rules.texts_over_lines,
    text_rules.texts_too_small,
)
"""A rule looks at one page and yields what it objects to; it knows nothing of the others."""


def paper_findings(pages: Iterable[PaperPage]) -> tuple[Finding, ...]:
    """What the rules object to: errors first, then by page and rule."""
    found = [finding for page in pages for rule in RULES for finding in rule(page)]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.ERROR))
