"""Migrations: each with its record, in one transaction, once."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omr.survey import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2026-03-02T08:00:00+07:00"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    yield opened
    opened.close()


def names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM migration ORDER BY name")]


def test_every_migration_leaves_its_record(connection: sqlite3.Connection) -> None:
    schema.migrate(connection, NOW)
    assert names(connection) == [name for name, _ in schema.MIGRATIONS]
    assert schema.version_of(connection) == len(schema.MIGRATIONS)


def test_migrating_again_changes_nothing(connection: sqlite3.Connection) -> None:
    schema.migrate(connection, NOW)
    before = connection.total_changes
    schema.migrate(connection, "later")
    assert connection.total_changes == before


def test_an_older_survey_gets_only_what_is_new(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.migrate(connection, NOW)
    connection.execute("INSERT INTO unit (name) VALUES ('Xã Cẩm Vinh')")
    later = ("9999-more", ("CREATE TABLE more (id INTEGER PRIMARY KEY)",))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, later))
    schema.migrate(connection, NOW)
    assert names(connection)[-1] == "9999-more"
    assert connection.execute("SELECT name FROM unit").fetchall() == [("Xã Cẩm Vinh",)]


def test_a_migration_that_fails_leaves_no_trace(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.migrate(connection, NOW)
    version = schema.version_of(connection)
    broken = ("9999-broken", ("CREATE TABLE half (id)", "CREATE NONSENSE"))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, NOW)
    assert schema.version_of(connection) == version
    assert "9999-broken" not in names(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'")
    assert tables.fetchone() == (0,)


def test_every_column_says_that_it_is_never_updated() -> None:
    whole_table = ("PRIMARY KEY (", "CHECK (", "only INTEGER")
    for _, statements in schema.MIGRATIONS:
        for statement in statements:
            lines = [line.strip() for line in statement.splitlines()[1:-1]]
            columns = [line for line in lines if not line.startswith(whole_table)]
            assert not [line for line in columns if "never updated" not in line]


def test_no_statement_updates_or_deletes() -> None:
    package = Path(schema.__file__).parent
    sources = {path.name: path.read_text(encoding="utf-8") for path in package.glob("*.py")}
    assert "schema.py" in sources
    changing = re.compile(r"\b(UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|OR\s+REPLACE)\b")
    assert not [name for name, text in sources.items() if changing.search(text)]
