"""What a file with pages offers, whatever its format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from omr.scan.not_readable import Detail, too_large, unreadable

if TYPE_CHECKING:
    from omr.scan.pixels import StoredImage
    from omr.settings import InputLimits

Content = Path | bytes
"""A file on disk, or the bytes of a ZIP's member."""


class Container(Protocol):
    """An open file with pages. Its methods raise NotReadableError, never anything else on purpose.

    ``pages`` are the indices that ``load`` takes; ``complete`` is False if pages are missing at
    the end because the file was cut.
    """

    pages: tuple[int, ...]
    complete: bool

    def load(self, index: int) -> StoredImage:
        """Decode the page with this index."""

    def close(self) -> None:
        """Let go of the file."""


def all_bytes(content: Content, limits: InputLimits) -> bytes:
    """The content in memory; refused if it is larger than an image may be."""
    if isinstance(content, bytes):
        return content
    if content.stat().st_size > limits.max_image_bytes:
        raise too_large(Detail.BYTES)
    data = content.read_bytes()
    if not data:
        raise unreadable(Detail.EMPTY)
    return data
