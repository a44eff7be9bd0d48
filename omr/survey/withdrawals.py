"""Taking a wrongly read file out again, on record, and back in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say
from omr.survey import events

if TYPE_CHECKING:
    from omr.survey.database import Database

_SHORTEST_DIGEST = 8


@dataclass(frozen=True, slots=True, order=True)
class ReadFile:
    """A file (or a ZIP's member) that is on record: its name, and the SHA-256 of its content."""

    file: str
    sha256: str


def read_files(database: Database) -> tuple[ReadFile, ...]:
    """Every file on record, by name."""
    rows = database.rows("SELECT DISTINCT file, sha256 FROM page")
    return tuple(sorted(ReadFile(file, sha256) for file, sha256 in rows))


def withdrawn(database: Database) -> frozenset[ReadFile]:
    """The files that are withdrawn at present."""
    rows = database.rows(
        """SELECT file, sha256 FROM withdrawal WHERE withdrawn AND id IN (
            SELECT max(id) FROM withdrawal GROUP BY file, sha256)"""
    )
    return frozenset(ReadFile(file, sha256) for file, sha256 in rows)


def withdraw(database: Database, scan: str, who: str) -> tuple[ReadFile, ...]:
    """Take out the file with this name or digest, or all members of this ZIP.

    Raises:
        UsageError: no such file is on record, several share the name, or it is withdrawn already.
    """
    return _change(database, scan, who, withdraw=True)


def undo(database: Database, scan: str, who: str) -> tuple[ReadFile, ...]:
    """Let a withdrawn file count again; errors as in :func:`withdraw`."""
    return _change(database, scan, who, withdraw=False)


def _change(database: Database, scan: str, who: str, *, withdraw: bool) -> tuple[ReadFile, ...]:
    with database.transaction():
        out = withdrawn(database)
        named = _named(read_files(database), scan)
        changing = tuple(file for file in named if (file not in out) is withdraw)
        if not changing:
            raise UsageError(_nothing_to_do(scan, withdraw=withdraw))
        name = who or events.current_user()
        for file in changing:
            database.insert(
                "INSERT INTO withdrawal (file, sha256, withdrawn, who, at) VALUES (?, ?, ?, ?, ?)",
                (file.file, file.sha256, int(withdraw), name, events.now()),
            )
        what = events.What.WITHDRAW if withdraw else events.What.UNDO_WITHDRAW
        events.log(database, what, name, files=[file.file for file in changing])
    return changing


def _named(known: tuple[ReadFile, ...], scan: str) -> tuple[ReadFile, ...]:
    """The files that ``scan`` means: a digest (or its start), a name, or a ZIP of members."""
    wanted = scan.replace("\\", "/").removeprefix("./")
    if len(wanted) >= _SHORTEST_DIGEST:
        by_digest = tuple(file for file in known if file.sha256.startswith(wanted.lower()))
        if by_digest:
            return by_digest
    by_name = tuple(file for file in known if file.file == wanted)
    if len(by_name) > 1:
        raise UsageError(_several(wanted, by_name))
    found = by_name or tuple(file for file in known if file.file.startswith(f"{wanted}/"))
    if not found and "/" in wanted:  # a path as it was given to `omr read`: known by its base name
        return _named(known, wanted.rpartition("/")[2])
    if not found:
        raise UsageError(_unknown(scan))
    return found


def _several(name: str, files: tuple[ReadFile, ...]) -> str:
    digests = ", ".join(file.sha256[:12] for file in files)
    return say(
        f"Có {len(files)} tệp khác nhau cùng tên {name}. Hãy ghi mã SHA-256 của tệp cần rút thay "
        f"cho tên: {digests}.",
        f"{len(files)} different files are called {name}. Name the one you mean by its SHA-256 "
        f"instead: {digests}.",
    )


def _unknown(scan: str) -> str:
    return say(
        f"Chưa đọc tệp nào tên {scan}. Hãy xem tên tệp trong cột source của pages.csv.",
        f"No file called {scan} was read. See the column source of pages.csv for the names.",
    )


def _nothing_to_do(scan: str, *, withdraw: bool) -> str:
    if withdraw:
        return say(
            f"Tệp {scan} đã được rút ra từ trước; không có gì thay đổi.",
            f"The file {scan} is withdrawn already; nothing was changed.",
        )
    return say(
        f"Tệp {scan} không ở trạng thái đã rút; không có gì để khôi phục.",
        f"The file {scan} is not withdrawn; there is nothing to take back.",
    )
