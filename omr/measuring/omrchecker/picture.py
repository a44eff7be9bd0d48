"""One picture as OMRChecker sees it: grey, and turned as the camera's note says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, UnidentifiedImageError

from omr.errors import UsageError
from omr.language import say
from omr.scan import PageRef, ScanFile, close_files, file_digest, list_pages, load_page
from omr.scan.model import ScannedPage

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_ORIENTATION = 0x0112
_TURNS = {2: (0, True), 3: (2, False), 4: (2, True), 5: (1, True), 6: (3, False)}
_TURNS |= {7: (3, True), 8: (1, False)}
"""EXIF orientation as quarter turns to the left, after mirroring left to right."""


def grey_picture(path: Path) -> NDArray[np.uint8]:
    """The first page of a picture or PDF, uint8 (H, W).

    Unlike scans that are read, a photograph is turned as its EXIF note says, because OMRChecker
    does so too and the template was drawn on what it showed.

    Raises:
        UsageError: the file cannot be read.
    """
    why = ""
    try:
        for listed in list_pages(ScanFile(path.name, path), file_digest(path)):
            if not isinstance(listed, PageRef):
                why = str(listed.refusal)
                continue
            page = load_page(listed)
            if isinstance(page, ScannedPage):
                return _turned(page.gray(), _orientation(path))
            why = str(page)
    finally:
        close_files()
    raise UsageError(
        say(
            f"Không đọc được ảnh {path} ({why}); hãy chọn ảnh khác bằng --image.",
            f"The picture {path} cannot be read ({why}); choose another with --image.",
        )
    )


def _turned(gray: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    turns, mirrored = _TURNS.get(orientation, (0, False))
    picture = gray[:, ::-1] if mirrored else gray
    return np.ascontiguousarray(np.rot90(picture, turns))


def _orientation(path: Path) -> int:
    try:
        with Image.open(path) as picture:
            return int(picture.getexif().get(_ORIENTATION, 1))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        return 1  # a PDF, or a kind of picture that knows no orientation
