"""The tables of ``survey.sqlite``, as migrations: named, ordered, each with its record.

A migration and the note that it ran are written in one transaction, so that a database is never
between two versions. ``user_version`` holds how many have run; a database that counts more than
this program knows was made by a newer one, and is left alone.

Nothing that was read or decided is ever updated: a withdrawal, a decision or its undoing is a row
beside the older ones, and a reader takes the latest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.errors import SurveyError
from omr.language import say

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x50484955
"""``PHIU``: marks a SQLite file as a survey of ours (PRAGMA application_id)."""

_SURVEY = (
    """CREATE TABLE migration (
        name TEXT PRIMARY KEY,            -- never updated
        applied_at TEXT NOT NULL          -- never updated
    )""",
    """CREATE TABLE survey (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id TEXT NOT NULL,                 -- never updated: stands in every page code
        key_digest TEXT NOT NULL,         -- never updated: tells a key file of another survey
        created_at TEXT NOT NULL          -- never updated
    )""",
    """CREATE TABLE unit (
        position INTEGER PRIMARY KEY,     -- never updated
        name TEXT NOT NULL UNIQUE         -- never updated: print runs name it
    )""",
    """CREATE TABLE form (
        position INTEGER PRIMARY KEY,     -- never updated: order of the export's columns
        version TEXT NOT NULL UNIQUE,     -- never updated: stands in every page code
        form_id TEXT NOT NULL,            -- never updated
        source_name TEXT NOT NULL,        -- never updated
        pictures TEXT NOT NULL,           -- never updated: JSON, one object per page
        added_at TEXT NOT NULL            -- never updated
    )""",
    """CREATE TABLE print_run (
        number INTEGER PRIMARY KEY,       -- never updated
        form_version TEXT NOT NULL REFERENCES form (version),  -- never updated
        unit TEXT NOT NULL,               -- never updated
        field TEXT NOT NULL,              -- never updated
        first INTEGER NOT NULL,           -- never updated
        last INTEGER NOT NULL CHECK (last >= first),           -- never updated
        printed_at TEXT NOT NULL,         -- never updated
        again INTEGER REFERENCES print_run (number)            -- never updated
    )""",
    "CREATE INDEX print_run_last ON print_run (last)",
    """CREATE TABLE scan (
        sha256 TEXT NOT NULL,             -- never updated
        copy TEXT NOT NULL,               -- never updated: name below scans/, empty for --no-copy
        path TEXT NOT NULL,               -- never updated: where it lay when it was first read
        added_at TEXT NOT NULL,           -- never updated
        PRIMARY KEY (sha256, copy)
    )""",
    """CREATE TABLE page (
        id INTEGER PRIMARY KEY,           -- never updated
        file TEXT NOT NULL,               -- never updated
        page INTEGER NOT NULL,            -- never updated: from 1, inside the file
        sha256 TEXT NOT NULL,             -- never updated: of the file's bytes
        tried_as TEXT NOT NULL,           -- never updated: file, if a later try may do better
        outcome BLOB NOT NULL,            -- never updated: see omr.survey.outcome_code
        recorded_at TEXT NOT NULL         -- never updated
    )""",
    "CREATE UNIQUE INDEX page_once ON page (sha256, page, tried_as)",
    """CREATE TABLE page_ink (
        page INTEGER PRIMARY KEY REFERENCES page (id),         -- never updated
        png BLOB NOT NULL,                -- never updated
        pattern BLOB NOT NULL             -- never updated: see omr.survey.ink_pattern
    )""",
    """CREATE TABLE page_crop (
        page INTEGER NOT NULL REFERENCES page (id),            -- never updated
        position INTEGER NOT NULL,        -- never updated
        question TEXT NOT NULL,           -- never updated
        jpeg BLOB NOT NULL,               -- never updated
        PRIMARY KEY (page, position)
    )""",
    """CREATE TABLE comparison (
        first INTEGER NOT NULL REFERENCES page (id),           -- never updated: the smaller id
        second INTEGER NOT NULL REFERENCES page (id),          -- never updated
        same INTEGER NOT NULL CHECK (same IN (0, 1)),          -- never updated: 1 = one paper
        PRIMARY KEY (first, second),
        CHECK (first < second)
    )""",
    """CREATE TABLE withdrawal (
        id INTEGER PRIMARY KEY,           -- never updated: the latest row of a file holds
        file TEXT NOT NULL,               -- never updated
        sha256 TEXT NOT NULL,             -- never updated
        withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),  -- never updated: 0 = undone
        who TEXT NOT NULL,                -- never updated
        at TEXT NOT NULL                  -- never updated
    )""",
    """CREATE TABLE decision (
        id INTEGER PRIMARY KEY,           -- never updated
        item TEXT NOT NULL,               -- never updated
        undoes INTEGER UNIQUE REFERENCES decision (id),        -- never updated
        value TEXT NOT NULL,              -- never updated
        reviewer TEXT NOT NULL,           -- never updated
        decided_at TEXT NOT NULL          -- never updated
    )""",
    "CREATE INDEX decision_item ON decision (item)",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY,           -- never updated
        what TEXT NOT NULL,               -- never updated: see omr.survey.events
        at TEXT NOT NULL,                 -- never updated
        who TEXT NOT NULL,                -- never updated
        details TEXT NOT NULL             -- never updated: a JSON object
    )""",
)

_RUN_KIND = (
    # never updated: see omr.survey.model.RunKind
    "ALTER TABLE print_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'sheets'",
)

_DECK = (
    """CREATE TABLE deck_answer (
        serial INTEGER NOT NULL,          -- never updated: of a run of the kind "deck"
        position INTEGER NOT NULL,        -- never updated: order of the questions
        question TEXT NOT NULL,           -- never updated
        value TEXT NOT NULL,              -- never updated: what was marked, as in ratings.csv
        waits TEXT NOT NULL CHECK (waits IN ('no', 'may', 'must')),  -- never updated
        PRIMARY KEY (serial, position)
    )""",
)

MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("0001-survey", _SURVEY),
    ("0002-run-kind", _RUN_KIND),
    ("0003-deck", _DECK),
)
"""Name and statements of every migration, in order. Append; never change one that was released."""


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the database has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, now: str) -> None:
    """Bring the database to this program's version; SurveyError if it is of a newer one.

    ``connection`` must be in autocommit mode (``isolation_level=None``).
    """
    refuse_newer(connection)
    for number, (name, statements) in enumerate(MIGRATIONS, start=1):
        if number > version_of(connection):
            _apply(connection, number, name, statements, now)


def refuse_newer(connection: sqlite3.Connection) -> None:
    """SurveyError if a newer program than this one has written the database."""
    version = version_of(connection)
    if version > len(MIGRATIONS):
        raise SurveyError(
            say(
                f"Cuộc khảo sát do phiên bản mới hơn của chương trình tạo ra (lược đồ {version}, "
                f"chương trình này chỉ biết đến {len(MIGRATIONS)}). Hãy cập nhật chương trình omr.",
                f"The survey was made by a newer version of this program (schema {version}, this "
                f"program knows up to {len(MIGRATIONS)}). Update omr and try again.",
            )
        )


def _apply(
    connection: sqlite3.Connection, number: int, name: str, statements: tuple[str, ...], now: str
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if number > version_of(connection):  # another process may have been faster
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (name, now))
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
