"""The files of a SCAN argument, in an order that does not depend on the disk."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say
from omr.scan.model import ScanFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SURVEY_FILE = "survey.sqlite"
"""A folder that holds this file is a survey: its stored originals are not scans to be read."""
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def is_litter(base_name: str) -> bool:
    """Whether a name is hidden, or what Windows and macOS leave in every folder."""
    return base_name.startswith(".") or base_name.lower() in _LITTER


def list_files(scan: Path) -> Iterator[ScanFile]:
    """The files that ``scan`` means: itself, or all below it if it is a folder.

    Folders are walked in code-point order of their names, the same on every system. Hidden files,
    litter (``Thumbs.db``, ``.DS_Store``, ``desktop.ini``) and survey folders are passed over;
    everything else is listed, whatever its type: what cannot be read is refused by
    :func:`omr.scan.list_pages`, never silently left out. Links are followed, each real folder
    once. Raises UsageError if ``scan`` is neither a file nor a folder.
    """
    if scan.is_dir():
        return _walk(scan, "", set())
    if scan.is_file():
        return iter([ScanFile(_writable(scan.name), scan)])
    raise UsageError(
        say(
            f"Không có tệp hoặc thư mục {scan}. Hãy kiểm tra lại đường dẫn.",
            f"There is no file or folder {scan}. Check the path.",
        )
    )


def _walk(folder: Path, prefix: str, seen: set[str]) -> Iterator[ScanFile]:
    real = os.path.realpath(folder)
    if real in seen or (folder / SURVEY_FILE).is_file():
        return
    seen.add(real)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names, in one order on every system
    except OSError:
        yield ScanFile(prefix.rstrip("/") or _writable(folder.name), folder)
        return
    for base_name in names:
        path, name = folder / base_name, prefix + _writable(base_name)
        if is_litter(base_name):
            continue
        if path.is_dir():
            yield from _walk(path, f"{name}/", seen)
        elif path.is_file() or path.is_symlink():
            yield ScanFile(name, path)


def _writable(name: str) -> str:
    r"""The name with bytes that are not UTF-8 shown as ``\xNN``, so that it can be stored."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, hexadecimal; empty if the file cannot be read.

    Why it cannot is said by :func:`omr.scan.list_pages`, as a refusal.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
