"""How a file with pages is opened, by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.scan import pictures
from omr.scan.file_kind import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from omr.scan.container import Container, Content
    from omr.settings import InputLimits


def open_container(kind: FileKind, content: Content, limits: InputLimits) -> Container:
    """Open ``content``, which is of ``kind`` (not a ZIP); decoding is left to ``load``."""
    return _opener(kind)(content, limits)


def _opener(kind: FileKind) -> Callable[[Content, InputLimits], Container]:
    if kind is FileKind.PDF:
        from omr.scan.pdf import PdfFile  # noqa: PLC0415 - two libraries only PDFs need

        return PdfFile
    return {
        FileKind.JPEG: pictures.JpegFile,
        FileKind.PNG: pictures.PngFile,
        FileKind.TIFF: pictures.TiffFile,
        FileKind.HEIC: pictures.HeicFile,
    }[kind]
