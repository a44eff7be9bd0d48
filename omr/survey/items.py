"""Stable names of what a person decides: a question of a page, or a whole sheet.

An item is named by the page image it was seen on: the first 12 digits of the file's SHA-256, the
page in the file, and the question, as in ``3fa9c01b77e2-4-q7``. So its name depends neither on the
order of reading nor on the file's name. ``*`` for the question means the whole paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.outcome import PageOutcome

WHOLE_SHEET = "*"
"""Stands for the question in the item of a whole sheet."""

VALID = "valid"
"""Decision about a whole sheet: it counts as it is."""
INVALID = "invalid"
"""Decision about a whole sheet: it does not count."""

_DIGITS = 12
_SHAPE = re.compile(rf"([0-9a-f]{{{_DIGITS}}})-([1-9]\d*)-(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ItemName:
    """The parts of an item's name: start of the file's SHA-256, page from 1, question or ``*``."""

    digest: str
    page: int
    question: str


def question_item(page: PageOutcome, question: str) -> str:
    """The item of one question on a page image."""
    return f"{page.sha256[:_DIGITS]}-{page.name.page}-{question}"


def sheet_item(page: PageOutcome) -> str:
    """The item of the whole paper that a page image belongs to."""
    return question_item(page, WHOLE_SHEET)


def parse_item(item: str) -> ItemName | None:
    """The parts of an item's name, None if it is not one."""
    match = _SHAPE.fullmatch(item)
    if match is None:
        return None
    digest, page, question = match.groups()
    return ItemName(digest, int(page), question)
