"""What comes out of a scanner's file: page images, each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from omr.refusal import Refusal


@dataclass(frozen=True, slots=True, order=True)
class PageName:
    """Name of a page image: ``file`` relative to the SCAN argument, ``page`` from 1."""

    file: str
    page: int

    def __str__(self) -> str:
        """``file#page`` with space, ``#`` and ``%`` percent-encoded, as the exports have it."""
        encoded = self.file.replace("%", "%25").replace(" ", "%20").replace("#", "%23")
        return f"{encoded}#{self.page}"


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where one page image lies: small and picklable, it is what a worker gets.

    ``path`` is the file on disk, ``member`` the name inside a ZIP (else empty), ``index`` the page
    inside the file or member, from 0. ``sha256`` is the hexadecimal digest of the file's bytes
    (of the member's bytes, for a ZIP).
    """

    name: PageName
    path: Path
    sha256: str
    index: int
    member: str = ""


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A file (or ZIP member) of which no page can be reached, with its reason."""

    name: PageName
    sha256: str
    refusal: Refusal


@dataclass(frozen=True)
class ScannedPage:
    """One page image as the scanner gave it.

    ``image`` is uint8, (H, W) grey or (H, W, 3) BGR; a 1-bit scan is grey with only 0 and 255 and
    has ``bilevel`` set. ``dpi`` is what the file says, None where it says nothing: a hint only.
    """

    name: PageName
    sha256: str
    image: NDArray[np.uint8]
    dpi: float | None
    bilevel: bool

    def gray(self) -> NDArray[np.uint8]:
        """The image as (H, W) grey."""
        if self.image.ndim == 2:  # noqa: PLR2004 - grey already
            return self.image
        return cv2.cvtColor(self.image, cv2.COLOR_BGR2GRAY)  # type: ignore[return-value]
