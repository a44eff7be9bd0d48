"""Field labels: ``q1..10`` stands for q1, q2, … q10, as OMRChecker writes ranges."""

from __future__ import annotations

import re

_RANGE = re.compile(r"([^.\d]+)(\d+)\.{2,3}(\d+)")
MOST_FIELDS = 2_000
"""More fields than any sheet has: a slip such as q1..100000 must not fill the memory."""


class LabelError(ValueError):
    """A range that is none: ``reason`` is form, order or length."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def labels_of(written: str) -> tuple[str, ...]:
    """The labels that one entry of ``fieldLabels`` stands for.

    Two or three dots make a range, both ends included: a name without digits and dots, a first
    number, a larger last number. Everything without a dot is a label as it stands.

    Raises:
        LabelError: dots but no range (form), not rising (order), or endless (length).
    """
    if "." not in written:
        return (written,)
    found = _RANGE.fullmatch(written)
    if found is None:
        raise LabelError("form")
    name, first, last = found[1], int(found[2]), int(found[3])
    if first >= last:
        raise LabelError("order")
    if last - first >= MOST_FIELDS:
        raise LabelError("length")
    return tuple(f"{name}{number}" for number in range(first, last + 1))
