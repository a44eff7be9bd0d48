"""ZIP files: their members are read into memory, never written to disk under their own names.

Threat: a ZIP from elsewhere whose names point outside (``../``, ``/etc``, ``C:``), whose members
unpack to far more than the file, overlap, or ask for a password. Rule: names are only looked at,
sizes are bounded before unpacking, by member and in total; the rest of the ZIP is still read.
Residual risk: unpacking costs up to ``max_image_bytes`` of memory at a time.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.refusal import Reason, Refusal
from omr.scan.folder import is_litter
from omr.scan.not_readable import Detail, NotReadableError, too_large, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from omr.settings import InputLimits

_FLAG_ENCRYPTED = 0x1
_FLAG_UTF8 = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_OFFICE_DOCUMENT = "[Content_Types].xml"


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A file in a ZIP: ``key`` finds it again, ``name`` is its name for people, with ``/``."""

    name: str
    key: str


class Archive:
    """An open ZIP."""

    def __init__(self, path: Path, limits: InputLimits) -> None:
        """Read the directory; refuse a bomb, an office document, or a damaged ZIP."""
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise unreadable(Detail.TRUNCATED) from error
        self._counts = Counter(self._zip.namelist())
        try:
            self._refuse_bombs(path.stat().st_size)
        except BaseException:
            self.close()
            raise

    def _refuse_bombs(self, bytes_on_disk: int) -> None:
        entries = self._zip.infolist()
        if any(entry.filename == _OFFICE_DOCUMENT for entry in entries):
            raise unreadable(Detail.UNSUPPORTED)
        unpacked = sum(entry.file_size for entry in entries)
        allowed = bytes_on_disk * self._limits.max_expansion + self._limits.free_expansion_bytes
        if unpacked > allowed or len(entries) > self._limits.max_members:
            raise too_large(Detail.ZIP_BOMB)

    def members(self) -> Iterator[Member]:
        """The files in the ZIP by name; folders, hidden files and litter are left out."""
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        found = {Member(_shown_name(entry), entry.filename) for entry in entries}
        for member in sorted(found):
            folders_and_name = member.name.split("/")
            safe = _is_safe(member.name)
            if not (safe and any(is_litter(part) for part in folders_and_name)):
                yield member

    def read(self, member: Member) -> bytes:
        """A member's bytes; raises NotReadableError if they are unsafe, encrypted or too many."""
        if not _is_safe(member.name):
            raise NotReadableError(Refusal(Reason.UNSAFE_NAME))
        entry = self._entry(member.key)
        if entry.flag_bits & _FLAG_ENCRYPTED:
            raise NotReadableError(Refusal(Reason.ENCRYPTED_FILE))
        if entry.file_size > self._limits.max_image_bytes:
            raise too_large(Detail.BYTES)
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, EOFError) as error:
            raise unreadable(Detail.DAMAGED) from error

    def _entry(self, key: str) -> zipfile.ZipInfo:
        """The one entry of this name; of two, nobody can say which is meant."""
        if self._counts[key] != 1:
            raise unreadable(Detail.SAME_NAME if self._counts[key] else Detail.CHANGED)
        return self._zip.getinfo(key)

    def close(self) -> None:
        """Close the ZIP."""
        self._zip.close()


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """The member's name with ``/``; macOS writes UTF-8 without saying so in the flags."""
    name = entry.orig_filename.replace("\\", "/")
    if entry.flag_bits & _FLAG_UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _is_safe(name: str) -> bool:
    """Whether a name stays inside the folder it would be unpacked to, on every system."""
    inside = not name.startswith("/") and ".." not in name.split("/")
    return inside and not _DRIVE.match(name) and "\x00" not in name
