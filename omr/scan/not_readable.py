"""How the decoders of this folder say "not this file": one exception that carries the refusal.

It never leaves the folder: :func:`omr.scan.list_pages` and :func:`omr.scan.load_page` hand on the
refusal as a value. The details, as ``pages.csv`` has them after the colon, are all listed here.
"""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from omr.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


class Detail(StrEnum):
    """What exactly is wrong with a file."""

    EMPTY = "empty-file"
    """The file has no bytes."""
    NOT_READABLE = "cannot-open"
    """The operating system does not hand out the file: rights, a vanished disk, a broken link."""
    UNSUPPORTED = "unsupported-type"
    """The content is none of PDF, TIFF, JPEG, PNG, HEIC and ZIP, whatever the name says."""
    TRUNCATED = "truncated"
    """The file ends before its data do."""
    DAMAGED = "damaged"
    """The content does not follow its format."""
    NO_PAGES = "no-pages"
    """A container (PDF, TIFF, ZIP) without a page."""
    NESTED_ZIP = "zip-in-zip"
    """A ZIP inside a ZIP is not opened: unpack the outer one."""
    SAME_NAME = "two-members-of-one-name"
    """A ZIP with two members of one name: unpack it by hand and look at both."""
    NO_HEIC = "heic-support-missing"
    """pi-heif is not installed (``pip install "phieu-omr[heic]"``), or save the photo as JPEG."""
    PIXEL_FORMAT = "pixel-format"
    """Pixels that are no picture of paper, such as floating point."""
    PIXELS = "pixels"
    """With ``too-large``: more pixels than the settings allow."""
    BYTES = "bytes"
    """With ``too-large``: more bytes than the settings allow."""
    PAGES = "pages"
    """With ``too-large``: more pages than the settings allow."""
    ZIP_BOMB = "zip-bomb"
    """With ``too-large``: a ZIP that unpacks to far more than it is."""
    CHANGED = "changed"
    """The page was there when the file was listed, and is not any more."""


class NotReadableError(Exception):
    """This file, member or page is refused."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry ``refusal``."""
        super().__init__(str(refusal))
        self.refusal = refusal


def unreadable(detail: Detail) -> NotReadableError:
    """The exception that says ``unreadable-file:detail``."""
    return NotReadableError(Refusal(Reason.UNREADABLE_FILE, detail))


def too_large(detail: Detail) -> NotReadableError:
    """The exception that says ``too-large:detail``."""
    return NotReadableError(Refusal(Reason.TOO_LARGE, detail))


def check_pixels(width: int, height: int, limit: int) -> None:
    """Refuse an image of ``width`` × ``height`` px above ``limit`` px, or of no pixels."""
    if width * height > limit:
        raise too_large(Detail.PIXELS)
    if width < 1 or height < 1:
        raise unreadable(Detail.DAMAGED)


@contextmanager
def refusals_for_failures() -> Iterator[None]:
    """Turn whatever a decoder throws at damaged content into ``unreadable-file:damaged``.

    The decoders (Pillow, pikepdf, pypdfium2, zipfile, libheif) document no closed list of what
    they raise for bad input; one bad file must never stop the others. A library that is broken
    itself (ImportError) is no fault of the file and is raised on.
    """
    try:
        yield
    except (NotReadableError, ImportError, NameError):
        raise
    except MemoryError as error:
        raise too_large(Detail.BYTES) from error
    except OSError as error:
        detail = Detail.NOT_READABLE if error.errno is not None else Detail.DAMAGED
        raise unreadable(detail) from error
    except Exception as error:
        raise unreadable(Detail.DAMAGED) from error
