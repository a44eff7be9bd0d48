"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

from enum import Enum, auto

HEAD_BYTES = 1024
"""Bytes that :func:`kind_of` wants: ISO 32000 readers look for ``%PDF-`` in the first 1024."""

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class FileKind(Enum):
    """Kinds of file that can hold page images."""

    PDF = auto()
    TIFF = auto()
    JPEG = auto()
    PNG = auto()
    HEIC = auto()
    ZIP = auto()


_BEGINNINGS = {
    b"\xff\xd8\xff": FileKind.JPEG,
    b"II*\x00": FileKind.TIFF,
    b"MM\x00*": FileKind.TIFF,
    b"II+\x00": FileKind.TIFF,
    b"MM\x00+": FileKind.TIFF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"PK\x03\x04": FileKind.ZIP,
    b"PK\x05\x06": FileKind.ZIP,
}


def kind_of(head: bytes) -> FileKind | None:
    """The kind of the file that begins with ``head``, or None if it is none of ours."""
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    if b"%PDF-" in head[:HEAD_BYTES]:
        return FileKind.PDF
    return None
