"""Field labels and bubble values as the ids and codes of the form language."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from omr.form.rules import RATINGS_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 40
"""Characters of an id or a code."""


def ids_of(labels: Iterable[str]) -> list[str]:
    """An id for every label: plain letters, digits, - and _, and no two alike."""
    return _distinct((_plain_id(label) for label in labels), frozenset(RATINGS_COLUMNS))


def codes_of(values: Iterable[str]) -> list[str]:
    """A code for every value: no white space and no +, because + joins codes in the export."""
    return _distinct(
        ("-".join(value.replace("+", " plus ").split()) or "x" for value in values), frozenset()
    )


def _plain_id(label: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", _without_accents(label)).strip("_")
    return plain if re.match(r"[A-Za-z_]", plain) else f"q{plain}"


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _distinct(names: Iterable[str], taken: frozenset[str]) -> list[str]:
    found: list[str] = []
    used = set(taken)
    for name in names:
        candidate, number = name[:LONGEST], 1
        while candidate in used:
            number += 1
            candidate = f"{name[: LONGEST - 4]}_{number}"
        used.add(candidate)
        found.append(candidate)
    return found
