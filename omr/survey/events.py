"""The event log: what was done to a survey, when and by whom. Rows are only ever added."""

from __future__ import annotations

import getpass
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omr.survey.database import Database


class What(StrEnum):
    """Every kind of event there is."""

    INIT = "init"
    """The survey was made: its forms and units."""
    ADD_FORM = "add-form"
    """A form, or a new version of one, was frozen into the survey."""
    PRINT = "print"
    """New serials were issued."""
    PRINT_MASTER = "print-master"
    """A sheet without a serial was printed, to be photocopied."""
    REPRINT = "reprint"
    """Serials that were issued before were printed again."""
    READ_BEGUN = "read-begun"
    """A reading began; the details name the process."""
    READ_DONE = "read-done"
    """A reading ended; the details count its new page images."""
    WITHDRAW = "withdraw"
    """A file was taken out again."""
    UNDO_WITHDRAW = "undo-withdraw"
    """A withdrawn file counts again."""
    DECIDE = "decide"
    """A person decided what had been waiting."""
    UNDO_DECIDE = "undo-decide"
    """A decision was taken back."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. ``at`` is an ISO 8601 time with offset."""

    what: What
    at: str
    who: str
    details: Mapping[str, object]


def now() -> str:
    """The present moment as the survey writes it: ISO 8601 in local time, with offset."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def current_user() -> str:
    """The name under which the person at this computer is signed in; empty if it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def log(database: Database, what: What, who: str = "", **details: object) -> None:
    """Add an event, inside the transaction of what it tells of."""
    text = json.dumps(details, ensure_ascii=False, sort_keys=True)
    database.insert(
        "INSERT INTO event (what, at, who, details) VALUES (?, ?, ?, ?)",
        (what.value, now(), who or current_user(), text),
    )


def events(database: Database) -> tuple[Event, ...]:
    """Everything that was done, in order."""
    rows = database.rows("SELECT what, at, who, details FROM event ORDER BY id")
    return tuple(Event(What(what), at, who, json.loads(text)) for what, at, who, text in rows)
