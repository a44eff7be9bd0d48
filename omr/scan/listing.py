"""Which page images a file holds, found without decoding any of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from omr.refusal import Reason, Refusal
from omr.scan.archive import Archive, Member
from omr.scan.file_kind import HEAD_BYTES, FileKind, kind_of
from omr.scan.model import FileRefusal, PageName, PageRef, ScanFile
from omr.scan.not_readable import (
    Detail,
    NotReadableError,
    refusals_for_failures,
    too_large,
    unreadable,
)
from omr.scan.opening import open_container
from omr.settings import INPUT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from omr.scan.container import Content
    from omr.settings import InputLimits

Listed = PageRef | FileRefusal


def list_pages(
    file: ScanFile, sha256: str, limits: InputLimits = INPUT_LIMITS
) -> list[PageRef | FileRefusal]:
    """The page images of ``file``, whose digest is ``sha256``, in the file's order.

    What cannot be reached is in the list as a refusal, under the name of its file (or ZIP member)
    and page 1; a TIFF that was cut lists the frames it still has and then one refusal. The digest
    of a member that cannot be unpacked is the ZIP's. Never raises for bad content.
    """
    try:
        with refusals_for_failures():
            kind = _kind_on_disk(file.path, limits)
            if kind is FileKind.ZIP:
                return list(_members(file, sha256, limits))
            return _pages(
                file.path, kind, PageRef(PageName(file.name, 1), file.path, sha256, 0), limits
            )
    except NotReadableError as error:
        return [FileRefusal(PageName(file.name, 1), sha256, error.refusal)]


def _kind_on_disk(path: Path, limits: InputLimits) -> FileKind:
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        raise too_large(Detail.BYTES)
    with path.open("rb") as stream:
        return _known_kind(stream.read(HEAD_BYTES))


def _known_kind(head: bytes) -> FileKind:
    if not head:
        raise unreadable(Detail.EMPTY)
    kind = kind_of(head)
    if kind is None:
        raise unreadable(Detail.UNSUPPORTED)
    return kind


def _members(file: ScanFile, sha256: str, limits: InputLimits) -> Iterator[Listed]:
    archive = Archive(file.path, limits)
    try:
        members = list(archive.members())
        if not members:
            raise unreadable(Detail.NO_PAGES)
        for member in members:
            yield from _member_pages(file, archive, member, sha256, limits)
    finally:
        archive.close()


def _member_pages(
    file: ScanFile, archive: Archive, member: Member, archive_sha256: str, limits: InputLimits
) -> list[Listed]:
    name = PageName(f"{file.name}/{member.name}", 1)
    sha256 = archive_sha256
    try:
        with refusals_for_failures():
            content = archive.read(member)
            sha256 = hashlib.sha256(content).hexdigest()
            kind = _known_kind(content[:HEAD_BYTES])
            if kind is FileKind.ZIP:
                raise unreadable(Detail.NESTED_ZIP)
            first = PageRef(name, file.path, sha256, 0, member.key)
            return _pages(content, kind, first, limits)
    except NotReadableError as error:
        return [FileRefusal(name, sha256, error.refusal)]


def _pages(content: Content, kind: FileKind, first: PageRef, limits: InputLimits) -> list[Listed]:
    """References to the pages of ``content``, made from ``first``, and what is missing."""
    container = open_container(kind, content, limits)
    try:
        listed: list[Listed] = [
            PageRef(
                PageName(first.name.file, index + 1), first.path, first.sha256, index, first.member
            )
            for index in container.pages
        ]
        complete = container.complete
    finally:
        container.close()
    if not complete:
        missing = PageName(first.name.file, container.pages[-1] + 2)
        refusal = Refusal(Reason.UNREADABLE_FILE, Detail.TRUNCATED)
        listed.append(FileRefusal(missing, first.sha256, refusal))
    return listed
