"""The original scans, byte for byte, by content: ``scans/<first 2 digits>/<sha256><suffix>``."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from omr.errors import SurveyError
from omr.language import say
from omr.survey import events
from omr.survey.disk import sync_folder

if TYPE_CHECKING:
    from omr.survey.database import Database

_CHUNK = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def store_scan(database: Database, scans: Path, path: Path, sha256: str) -> Path:
    """Copy a scan into the survey, once per content; returns the copy.

    The copy is written beside its place, synced to the disk, checked against ``sha256`` and only
    then given its name.

    Raises:
        SurveyError: the file changed since its digest was taken, or the copy cannot be written.
    """
    kept = _copy_of(database, scans, sha256)
    if kept is not None and kept.is_file():
        return kept
    name = f"{sha256[:2]}/{sha256}{_suffix(path)}"
    copy = scans / name
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        _copy_checked(path, copy, sha256)
    except OSError as error:
        raise SurveyError(_cannot_copy(path, scans, error)) from error
    _note(database, path, sha256, name)
    return copy


def note_scan(database: Database, path: Path, sha256: str) -> None:
    """Record path and digest of a scan that stays where it is (``omr read --no-copy``)."""
    _note(database, path, sha256, "")


def scan_path(database: Database, scans: Path, sha256: str) -> Path | None:
    """Where the scan with this digest lies: the survey's copy, or its own place; None if unknown.

    Where the survey has no copy, the file may have been moved away in the meantime.
    """
    kept = _copy_of(database, scans, sha256)
    if kept is not None:
        return kept
    rows = database.rows("SELECT path FROM scan WHERE sha256 = ?", (sha256,))
    return Path(rows[0][0]) if rows else None


def _copy_of(database: Database, scans: Path, sha256: str) -> Path | None:
    rows = database.rows("SELECT copy FROM scan WHERE sha256 = ? AND copy != ''", (sha256,))
    return scans / rows[0][0] if rows else None


def _note(database: Database, path: Path, sha256: str, copy: str) -> None:
    with database.transaction():
        database.insert(
            "INSERT INTO scan VALUES (?, ?, ?, ?) ON CONFLICT (sha256, copy) DO NOTHING",
            (sha256, copy, str(path.absolute()), events.now()),
        )


def _copy_checked(path: Path, copy: Path, sha256: str) -> None:
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}.part")
    try:
        digest = hashlib.sha256()
        with path.open("rb") as source, unfinished.open("wb") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != sha256:
            raise SurveyError(_changed(path))
        unfinished.replace(copy)
        sync_folder(copy.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _changed(path: Path) -> str:
    return say(
        f"Tệp {path} đã thay đổi trong lúc đang đọc. Hãy đợi máy quét ghi xong tệp rồi đọc lại.",
        f"The file {path} changed while it was being read. Wait until the scanner has finished "
        "writing it and read it again.",
    )


def _cannot_copy(path: Path, scans: Path, error: OSError) -> str:
    return say(
        f"Không chép được {path} vào {scans} ({error.strerror}). Hãy kiểm tra dung lượng ổ đĩa và "
        "quyền ghi.",
        f"{path} could not be copied to {scans} ({error.strerror}). Check the disk's free space "
        "and your right to write there.",
    )
