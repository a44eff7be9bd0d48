"""What was read: page outcomes as they came, in the order of recording.

A page image is known by its content: the digest of its file and the page in it. Content that is
on record is never recorded again, whatever its file is called now; so a reading that was cut off
goes on where it stopped, and a repeated one adds nothing. Refusals of ``TRIED_AGAIN`` are known by
the file's name as well, and do not count as read: once the page is read, the refusal is passed
over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.outcome import PageRead, PageRefused
from omr.refusal import Reason
from omr.scan.model import PageName
from omr.survey import events
from omr.survey.ink_pattern import ink_pattern
from omr.survey.outcome_code import decode_outcome, encode_outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omr.outcome import PageOutcome
    from omr.survey.database import Database

TRIED_AGAIN = frozenset(
    {
        Reason.UNREADABLE_FILE,
        Reason.ENCRYPTED_FILE,
        Reason.UNSAFE_NAME,
        Reason.TOO_LARGE,
        Reason.INTERNAL_ERROR,
    }
)
"""Refusals that say nothing about the paper: another setting, a program installed since or a newer
version of this one may read what could not be read then."""

_COMMIT_EVERY = 64
_BY_CONTENT = "FROM page WHERE sha256 = ? AND page = ? AND tried_as = ''"


def record(database: Database, outcomes: Iterable[PageOutcome]) -> int:
    """Record outcomes as they arrive; returns how many were new.

    Every ``_COMMIT_EVERY`` outcomes are committed together, and the rest when the iterable ends
    *or raises*: an interrupted reading keeps all that it had handed over.
    """
    new, waiting = 0, []
    try:
        for outcome in outcomes:
            waiting.append(outcome)
            if len(waiting) >= _COMMIT_EVERY:
                batch, waiting = waiting, []
                new += _record_batch(database, batch)
    finally:
        new += _record_batch(database, waiting)
    return new


def known_pages(database: Database) -> frozenset[tuple[str, int]]:
    """(digest of the file, page from 1) of every page image on record, withdrawn ones too."""
    rows = database.rows("SELECT sha256, page FROM page WHERE tried_as = ''")
    return frozenset((sha256, page) for sha256, page in rows)


def page_ids(database: Database) -> dict[tuple[str, int], int]:
    """The row of every page image on record, by (digest of the file, page from 1)."""
    rows = database.rows("SELECT sha256, page, id FROM page WHERE tried_as = ''")
    return {(sha256, page): number for sha256, page, number in rows}


def is_read(database: Database, name: PageName, sha256: str) -> bool:
    """Whether this content is on record, under this or another file name."""
    return bool(database.rows(f"SELECT 1 {_BY_CONTENT}", (sha256, name.page)))


def outcomes(database: Database) -> Iterator[PageOutcome]:
    """Every outcome on record, without its pictures: ``ink`` and ``crops`` are empty.

    Refusals of pages that were read later are passed over.
    """
    query = """SELECT file, page, sha256, outcome FROM page AS this
        WHERE tried_as = '' OR NOT EXISTS (
            SELECT 1 FROM page
            WHERE sha256 = this.sha256 AND page = this.page AND tried_as = '')
        ORDER BY id"""
    for file, page, sha256, blob in database.each(query):
        yield decode_outcome(blob, PageName(file, page), sha256)


def with_pictures(database: Database, page: PageRead) -> PageRead:
    """The same page with its ink map and the pictures of its waiting questions."""
    return replace(page, ink=ink(database, page), crops=crops(database, page))


def ink(database: Database, page: PageRead) -> bytes:
    """The 1-bit PNG of the page's ink; empty if the page is not on record."""
    rows = database.rows(
        f"SELECT png FROM page_ink WHERE page = (SELECT id {_BY_CONTENT})",  # noqa: S608 - fixed
        (page.sha256, page.name.page),
    )
    return rows[0][0] if rows else b""


def patterns(database: Database) -> dict[tuple[str, int], bytes]:
    """The ink pattern of every page without a serial, by (digest of the file, page from 1)."""
    rows = database.rows(
        "SELECT sha256, page.page, pattern FROM page JOIN page_ink ON page_ink.page = page.id"
    )
    return {(sha256, page): pattern for sha256, page, pattern in rows if pattern}


def crops(database: Database, page: PageRead) -> tuple[tuple[str, bytes], ...]:
    """(question, JPEG) of every question that waited when the page was read."""
    rows = database.rows(
        "SELECT question, jpeg FROM page_crop "  # noqa: S608 - fixed
        f"WHERE page = (SELECT id {_BY_CONTENT}) ORDER BY position",
        (page.sha256, page.name.page),
    )
    return tuple((question, jpeg) for question, jpeg in rows)


def _record_batch(database: Database, batch: list[PageOutcome]) -> int:
    if not batch:
        return 0
    with database.transaction():
        return sum(_record_one(database, outcome) for outcome in batch)


def _record_one(database: Database, outcome: PageOutcome) -> bool:
    tried_as = outcome.name.file if may_be_tried_again(outcome) else ""
    row = database.insert(
        "INSERT INTO page (file, page, sha256, tried_as, outcome, recorded_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sha256, page, tried_as) DO NOTHING",
        (
            outcome.name.file,
            outcome.name.page,
            outcome.sha256,
            tried_as,
            encode_outcome(outcome),
            events.now(),
        ),
    )
    if row is not None and isinstance(outcome, PageRead):
        _record_pictures(database, row, outcome)
    return row is not None


def may_be_tried_again(outcome: PageOutcome) -> bool:
    """Whether this is a refusal of ``TRIED_AGAIN``: on record under its file's name only."""
    return isinstance(outcome, PageRefused) and outcome.refusal.reason in TRIED_AGAIN


def _record_pictures(database: Database, row: int, page: PageRead) -> None:
    is_numbered = page.identity is not None and page.identity.serial is not None
    pattern = b"" if is_numbered else ink_pattern(page.ink)
    database.insert("INSERT INTO page_ink VALUES (?, ?, ?)", (row, page.ink, pattern))
    for position, (question, jpeg) in enumerate(page.crops):
        database.insert(
            "INSERT INTO page_crop VALUES (?, ?, ?, ?)", (row, position, question, jpeg)
        )
