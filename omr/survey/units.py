"""The units of a survey: the offices whose sheets are told apart."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.survey.database import Database


def written_name(name: str) -> str:
    """A unit's or field's name as the survey keeps it: Unicode NFC, no space around it."""
    return unicodedata.normalize("NFC", name).strip()


def unit_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names of a new survey's units; UsageError if one is empty or given twice."""
    written = tuple(written_name(name) for name in names)
    for name in written:
        if not name or written.count(name) > 1:
            raise UsageError(
                say(
                    f"Tên đơn vị “{name}” để trống hoặc bị lặp lại. Hãy sửa --unit.",
                    f"The unit name “{name}” is empty or given twice. Change --unit.",
                )
            )
    return written


def listed_units(database: Database) -> tuple[str, ...]:
    """The survey's units, in the order they were given."""
    return tuple(name for (name,) in database.rows("SELECT name FROM unit ORDER BY position"))


def known_unit(database: Database, name: str) -> str:
    """The unit's name as the survey keeps it; empty stands for no unit in particular.

    Raises:
        UsageError: the survey has units, and this is none of them.
    """
    written, known = written_name(name), listed_units(database)
    if known and written and written not in known:
        raise UsageError(
            say(
                f"Cuộc khảo sát không có đơn vị “{written}”. Các đơn vị đã khai báo: "
                f"{', '.join(known)}.",
                f"The survey has no unit “{written}”. Its units are: {', '.join(known)}.",
            )
        )
    return written
