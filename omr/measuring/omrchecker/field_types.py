"""The field types that OMRChecker knows by name: the values of the bubbles and their direction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldType:
    """Values in the order of the paper; one below the other if ``vertical``."""

    values: tuple[str, ...]
    vertical: bool


_DIGITS = tuple("0123456789")
VERSION_1: dict[str, FieldType] = {
    "QTYPE_INT": FieldType(_DIGITS, vertical=True),
    "QTYPE_INT_FROM_1": FieldType((*_DIGITS[1:], "0"), vertical=True),
    "QTYPE_MCQ4": FieldType(tuple("ABCD"), vertical=False),
    "QTYPE_MCQ5": FieldType(tuple("ABCDE"), vertical=False),
    "QTYPE_MCQ4_RTL": FieldType(tuple("DCBA"), vertical=False),
    "QTYPE_MCQ5_RTL": FieldType(tuple("EDCBA"), vertical=False),
}
"""Those of ``fieldBlocks``."""
EARLY: dict[str, FieldType] = VERSION_1 | {
    "QTYPE_ROLL": FieldType(_DIGITS, vertical=True),
    "QTYPE_MED": FieldType(("E", "H"), vertical=True),
}
"""Those of ``qBlocks``."""
