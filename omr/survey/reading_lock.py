"""One reading at a time: a lock that the operating system takes back when its process dies.

The lock is an exclusive transaction on an empty SQLite file, which locks alike on Linux, Windows
and macOS; a killed reading leaves nothing behind that somebody would have to clear.
"""

from __future__ import annotations

import contextlib
import os
import platform
import sqlite3
from typing import TYPE_CHECKING

from omr.errors import SurveyError
from omr.language import say
from omr.survey import events
from omr.survey.database import explain_operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from omr.survey.database import Database


@contextlib.contextmanager
def reading(database: Database, lock: Path, sources: tuple[str, ...]) -> Iterator[None]:
    """Hold the right to read into this survey; begin and end stand in the event log.

    Raises:
        SurveyError: another reading is under way.
    """
    connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise SurveyError(explain_operation(lock, error)) from error
            raise SurveyError(_under_way(database)) from error
        before = _count(database)
        with database.transaction():
            events.log(
                database,
                events.What.READ_BEGUN,
                sources=list(sources),
                process=os.getpid(),
                computer=platform.node(),
            )
        try:
            yield
        finally:
            with database.transaction():
                new = _count(database) - before
                events.log(database, events.What.READ_DONE, new_pages=new)
    finally:
        connection.close()


def _count(database: Database) -> int:
    return int(database.rows("SELECT count(*) FROM page")[0][0])


def _under_way(database: Database) -> str:
    begun = [event for event in events.events(database) if event.what is events.What.READ_BEGUN]
    by = "?"
    if begun:
        last = begun[-1]
        by = f"{last.who}, {last.details['computer']}, {last.details['process']}, {last.at}"
    return say(
        f"Một lệnh omr read khác đang đọc vào cuộc khảo sát này ({by}). Hãy đợi lệnh đó xong rồi "
        "chạy lại.",
        f"Another omr read is reading into this survey ({by}). Wait until it is done and try "
        "again.",
    )
