"""What stands in the digit cells of a number question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEAST_CONFIDENCE = 0.99
"""A number that is less sure goes to a person."""
LEAST_OF_DIGIT = 0.998
"""So does one with a digit that is less sure: a wrong number that was accepted is seen by nobody,
while a look costs a person two seconds. docs/numbers.md has the table of
``scripts/train_digits --check`` by which this was chosen."""


class Fault(StrEnum):
    """Why a cell was not read as a digit."""

    UNPLACED = "unplaced"
    """The cell's own print was not found where it should be."""
    FAINT = "faint"
    """Ink too weak for this scan to be told from paper."""
    TOUCHING = "touching"
    """Ink runs along the cell's outline: part of it may be hidden there."""
    OVERFLOW = "overflow"
    """Ink leaves the cell, or comes in from outside."""
    SIZE = "size"
    """Too small or too large for a digit: a dot, a dash, a filled cell."""
    PIECES = "pieces"
    """In more pieces than any digit."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell. ``digit`` is "0" .. "9", the likeliest one, or "" where there is none to name.

    ``confidence``: 0..1, how sure it is that a person would read this digit; 0 with a ``fault``.
    ``empty``: whether there is no ink in the cell.
    """

    digit: str
    confidence: float
    empty: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class NumberReading:
    """The cells of one number question, from the left.

    ``runs_on``: whether something is written right behind the last cell.
    """

    cells: tuple[CellReading, ...]
    runs_on: bool = False

    @property
    def digits(self) -> str:
        """The likeliest digits without the empty cells; "" if any cell has none to name."""
        written = [cell.digit for cell in self.cells if not cell.empty]
        return "".join(written) if all(written) else ""

    @property
    def confidence(self) -> float:
        """How sure it is that this is the number: 0 unless it is written up to the last cell.

        The product over the written cells: a number is right if all its digits are. Empty cells
        may only lead: in the middle one was forgotten or lost, and after the last digit nobody
        can say whether 5 or 50 was meant.
        """
        written = list(self.cells)
        while written and written[0].empty:
            del written[0]
        if self.runs_on or not written or any(cell.empty or cell.fault for cell in written):
            return 0.0
        product = 1.0
        for cell in written:
            product *= cell.confidence
        return product

    @property
    def is_sure(self) -> bool:
        """Whether the number may be believed without a person."""
        digits = [cell.confidence for cell in self.cells if not cell.empty]
        return self.confidence >= LEAST_CONFIDENCE and min(digits) >= LEAST_OF_DIGIT
