"""The chain of frames of a TIFF, walked without decoding (TIFF 6.0 §2; BigTIFF)."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import IO

_NEW_SUBFILE_TYPE = 254
_NOT_A_PAGE = 0b101
"""Bits of NewSubfileType: a reduced picture (thumbnail), or a transparency mask."""
_CLASSIC = 42


@dataclass(frozen=True, slots=True)
class TiffFrames:
    """Indices of the frames that are pages, and whether the chain ended as it should.

    ``complete`` is False if the file ends before its last frame: pages are missing.
    """

    pages: tuple[int, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Format:
    """Sizes of one kind of TIFF: ``order`` < or >, codes of ``struct`` for count and offset."""

    order: str
    count: str
    offset: str
    first_at: int

    def read(self, stream: IO[bytes], code: str) -> int:
        """One unsigned number; struct.error at the end of the file."""
        (value,) = struct.unpack(self.order + code, stream.read(struct.calcsize(code)))
        return int(value)

    @property
    def entry_bytes(self) -> int:
        """Size of a directory entry: tag, type, count and value."""
        return 4 + 2 * struct.calcsize(self.offset)


def tiff_frames(stream: IO[bytes]) -> TiffFrames:
    """Walk the directories of a TIFF from its first; links back end the walk."""
    pages: list[int] = []
    seen: set[int] = set()
    size = stream.seek(0, io.SEEK_END)
    try:
        form = _format(stream)
        stream.seek(form.first_at)
        offset = form.read(stream, form.offset)
        while offset and offset not in seen:
            if offset >= size:
                return TiffFrames(tuple(pages), complete=False)
            seen.add(offset)
            is_page, offset = _directory(stream, form, offset)
            if is_page:
                pages.append(len(seen) - 1)
    except struct.error:
        return TiffFrames(tuple(pages), complete=False)
    return TiffFrames(tuple(pages), complete=True)


def _format(stream: IO[bytes]) -> _Format:
    stream.seek(0)
    order = "<" if stream.read(2) == b"II" else ">"
    (version,) = struct.unpack(order + "H", stream.read(2))
    return _Format(order, "H", "I", 4) if version == _CLASSIC else _Format(order, "Q", "Q", 8)


def _directory(stream: IO[bytes], form: _Format, offset: int) -> tuple[bool, int]:
    """Whether the frame at ``offset`` is a page, and the offset of the next one (0 = none)."""
    stream.seek(offset)
    count = form.read(stream, form.count)
    entries = stream.read(count * form.entry_bytes)
    following = form.read(stream, form.offset)
    for start in range(0, len(entries), form.entry_bytes):
        tag, _, _, value = struct.unpack_from(f"{form.order}HH{form.offset}I", entries, start)
        if tag == _NEW_SUBFILE_TYPE:
            return not value & _NOT_A_PAGE, following
    return True, following
