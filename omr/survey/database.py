"""The one connection to ``survey.sqlite``: opening, transactions, and errors in plain words.

WAL with ``synchronous=FULL``: what a transaction has committed survives a killed process and a
power cut. Readers never wait for the writer; a second writer waits up to ``BUSY_SECONDS``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from omr.errors import SurveyError
from omr.language import say
from omr.survey import schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

BUSY_SECONDS = 20.0


class Database:
    """A survey's database. Every error of SQLite leaves it as a SurveyError."""

    def __init__(self, path: Path) -> None:
        """Connect to an existing file, or make an empty one. Nothing is checked yet."""
        self._path = path
        with _plain_words(path):
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._connection.execute("PRAGMA foreign_keys = ON")

    @classmethod
    def create(cls, path: Path, now: str) -> Database:
        """A new database with all tables."""
        database = cls(path)
        with database._closing_on_error(), _plain_words(path):
            database._connection.execute("PRAGMA journal_mode = WAL")
            database._connection.execute("PRAGMA synchronous = FULL")
            database._connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            schema.migrate(database._connection, now)
        return database

    @classmethod
    def open(cls, path: Path, now: str) -> Database:
        """An existing database, brought to this program's version.

        Raises:
            SurveyError: it is not a survey, damaged, of a newer version, or cannot be written.
        """
        _refuse_read_only(path)
        database = cls(path)
        with database._closing_on_error(), _plain_words(path):
            application = database._connection.execute("PRAGMA application_id").fetchone()[0]
            if application != schema.APPLICATION_ID:
                raise SurveyError(_not_ours(path))
            database._connection.execute("PRAGMA synchronous = FULL")
            schema.migrate(database._connection, now)
        return database

    def close(self) -> None:
        """Close the connection; the write-ahead log is folded into the file."""
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is committed at the end, or not at all.

        The write lock is taken at the start, so that what is read inside cannot grow stale.
        """
        with _plain_words(self._path):
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query gives."""
        with _plain_words(self._path):
            return self._connection.execute(query, parameters).fetchall()

    def each(self, query: str, parameters: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that a query gives, one at a time."""
        with _plain_words(self._path):
            yield from self._connection.execute(query, parameters)

    def insert(self, statement: str, parameters: tuple[Any, ...]) -> int | None:
        """Run one INSERT; the new row's id, None if it was passed over (ON CONFLICT DO NOTHING)."""
        with _plain_words(self._path):
            cursor = self._connection.execute(statement, parameters)
            return cursor.lastrowid if cursor.rowcount == 1 else None

    @contextlib.contextmanager
    def _closing_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise


@contextlib.contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite reports into what happened to the survey, and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise SurveyError(explain_operation(path, error)) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise  # our own mistake: not a damaged file
        raise SurveyError(_damaged(path, error)) from error


def explain_operation(path: Path, error: sqlite3.OperationalError) -> str:
    """What an error of SQLite means for the survey whose file ``path`` is, and what to do."""
    match (error.sqlite_errorcode or 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return say(
                f"Cuộc khảo sát {path.parent} đang được một chương trình khác ghi. Hãy đợi chương "
                "trình đó xong rồi chạy lại.",
                f"Another program is writing to the survey {path.parent}. Wait until it is done "
                "and try again.",
            )
        case sqlite3.SQLITE_FULL:
            return say(
                f"Ổ đĩa chứa {path.parent} đã đầy; những gì đã ghi trước đó vẫn còn nguyên. Hãy "
                "giải phóng dung lượng rồi chạy lại.",
                f"The disk that holds {path.parent} is full; what was recorded before is safe. "
                "Free some space and try again.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return _read_only(path)
        case _:
            return _damaged(path, error)


def _refuse_read_only(path: Path) -> None:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise SurveyError(_read_only(path))


def _read_only(path: Path) -> str:
    return say(
        f"Không ghi được vào cuộc khảo sát {path.parent} (thư mục chỉ cho đọc). Hãy chép cả thư "
        "mục sang nơi có quyền ghi, hoặc xin quyền ghi.",
        f"The survey {path.parent} cannot be written (the folder is read-only). Copy the whole "
        "folder to a place where you may write, or ask for the right to write.",
    )


def _damaged(path: Path, error: Exception) -> str:
    return say(
        f"Tệp {path} của cuộc khảo sát bị hỏng ({error}). Hãy lấy lại thư mục khảo sát từ bản sao "
        "lưu; đừng xóa tệp này.",
        f"The survey's file {path} is damaged ({error}). Restore the survey folder from a backup; "
        "do not delete this file.",
    )


def _not_ours(path: Path) -> str:
    return say(
        f"{path} không phải là cơ sở dữ liệu của một cuộc khảo sát. Hãy kiểm tra lại đường dẫn thư "
        "mục khảo sát.",
        f"{path} is not the database of a survey. Check the path of the survey folder.",
    )
