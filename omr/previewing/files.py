"""Previews as files: one PDF, or a PNG for each page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2

from omr.errors import UsageError
from omr.geometry import MM_PER_INCH
from omr.language import say
from omr.previewing.drawing import preview_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omr.previewing.shown import Shown

PX_PER_MM = 8.0
POINTS_PER_INCH = 72
ENDINGS = (".pdf", ".png")


def write_preview(forms: Sequence[Shown], out: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write the pages of these forms, one after the other; returns the files.

    A PNG holds one page: of several the files are ``NAME-1.png``, ``NAME-2.png`` and so on.
    UsageError for another ending, or if a file is there already and ``force`` is not given.
    """
    if out.suffix.lower() not in ENDINGS:
        raise UsageError(
            say(
                f"Không ghi được {out.name}: tên tệp phải kết thúc bằng .pdf hoặc .png.",
                f"{out.name} cannot be written: its name must end in .pdf or .png.",
            )
        )
    paths = _paths(forms, out)
    _refuse_overwriting(paths, force=force)
    pdfs = [preview_pdf(shown) for shown in forms]
    if out.suffix.lower() == ".pdf":
        out.write_bytes(_joined(pdfs))
    else:
        pictures = [picture for pdf in pdfs for picture in _pictures(pdf)]
        for path, picture in zip(paths, pictures, strict=True):
            path.write_bytes(picture)
    return paths


def _paths(forms: Sequence[Shown], out: Path) -> tuple[Path, ...]:
    pages = sum(len(shown.layout.pages) for shown in forms)
    if out.suffix.lower() == ".pdf" or pages == 1:
        return (out,)
    return tuple(out.with_stem(f"{out.stem}-{number}") for number in range(1, pages + 1))


def _refuse_overwriting(paths: Sequence[Path], *, force: bool) -> None:
    there = [path for path in paths if path.exists()]
    if there and not force:
        raise UsageError(
            say(
                f"{there[0]} đã có. Hãy chọn tên khác, hoặc thêm --force để ghi đè.",
                f"{there[0]} is there already. Choose another name, or add --force to overwrite.",
            )
        )


def _joined(pdfs: Sequence[bytes]) -> bytes:
    if len(pdfs) == 1:
        return pdfs[0]
    joined = io.BytesIO()
    with pikepdf.new() as document:
        for pdf in pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as one:
                document.pages.extend(one.pages)
        document.save(joined, deterministic_id=True)
    return joined.getvalue()


def _pictures(pdf: bytes) -> list[bytes]:
    """Every page as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(page) for page in document]
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage) -> bytes:
    stream = io.BytesIO()
    picture = page.render(scale=PX_PER_MM * MM_PER_INCH / POINTS_PER_INCH).to_pil()
    picture.save(stream, "PNG", dpi=(PX_PER_MM * MM_PER_INCH,) * 2)
    return stream.getvalue()
