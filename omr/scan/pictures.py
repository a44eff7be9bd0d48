"""Image files: JPEG, PNG, HEIC, and TIFF with any number of pages."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from PIL import Image

from omr.scan.container import Container, Content, all_bytes
from omr.scan.jpeg import decode_jpeg, stored_dpi
from omr.scan.not_readable import Detail, check_pixels, unreadable
from omr.scan.pixels import StoredImage, from_pillow, our_limits_only
from omr.scan.tiff_structure import tiff_frames

if TYPE_CHECKING:
    from omr.settings import InputLimits

_STRIP_TAGS = ((273, 279), (324, 325))
"""TIFF tags of offsets and byte counts: of strips, of tiles."""


def _pillow_dpi(image: Image.Image) -> tuple[float, float] | None:
    dpi = image.info.get("dpi")
    return (float(dpi[0]), float(dpi[1])) if dpi else None


def _decoded(image: Image.Image, limits: InputLimits) -> StoredImage:
    """Decode an opened image, after looking at its size."""
    check_pixels(*image.size, limits.max_pixels)
    dpi = _pillow_dpi(image)
    try:
        image.load()
    except (OSError, SyntaxError) as error:
        cut = "truncated" in str(error) or "Truncated" in str(error)
        raise unreadable(Detail.TRUNCATED if cut else Detail.DAMAGED) from error
    return StoredImage(from_pillow(image), dpi)


class _OnePicture(Container):
    """A file that is one page; it is read when the page is, and nothing stays open."""

    pages = (0,)
    complete = True

    def __init__(self, content: Content, limits: InputLimits) -> None:
        self._content = content
        self._limits = limits

    def close(self) -> None:
        """Nothing is open."""


class JpegFile(_OnePicture):
    """A JPEG file."""

    def load(self, index: int) -> StoredImage:  # noqa: ARG002 - there is only page 0
        """Decode the picture."""
        data = all_bytes(self._content, self._limits)
        return StoredImage(decode_jpeg(data, self._limits), stored_dpi(data))


class PngFile(_OnePicture):
    """A PNG file."""

    def load(self, index: int) -> StoredImage:  # noqa: ARG002 - there is only page 0
        """Decode the picture."""
        data = all_bytes(self._content, self._limits)
        with our_limits_only(), Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            return _decoded(image, self._limits)


class HeicFile(Container):
    """A HEIC file of a phone: its pictures, already turned as the phone says (libheif does)."""

    complete = True

    def __init__(self, content: Content, limits: InputLimits) -> None:
        """Open the file; refused with ``heic-support-missing`` where pi-heif is not installed."""
        try:
            import pi_heif  # noqa: PLC0415 - an optional extra
        except ImportError as error:
            raise unreadable(Detail.NO_HEIC) from error
        self._limits = limits
        self._heif = pi_heif.open_heif(io.BytesIO(all_bytes(content, limits)))
        self.pages = tuple(range(len(self._heif)))

    def load(self, index: int) -> StoredImage:
        """Decode one picture."""
        picture = self._heif[index]
        width, height = picture.size
        check_pixels(width, height, self._limits.max_pixels)
        with our_limits_only():
            return StoredImage(from_pillow(picture.to_pillow()), None)

    def close(self) -> None:
        """Let the memory go."""
        self._heif = None


class TiffFile(Container):
    """A TIFF of one or more pages; thumbnails among its frames are not pages.

    The TIFF tag Orientation is applied (Pillow does), unlike a JPEG's EXIF orientation.
    """

    def __init__(self, content: Content, limits: InputLimits) -> None:
        """Open the file and walk its frames."""
        self._limits = limits
        self._stream: IO[bytes] = (
            io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
        )
        try:
            self._size = self._stream.seek(0, io.SEEK_END)
            frames = tiff_frames(self._stream)
            self.pages, self.complete = frames.pages, frames.complete
            self._image = self._opened()
        except BaseException:
            self._stream.close()
            raise

    def _opened(self) -> Image.Image:
        self._stream.seek(0)
        if not self.pages:
            raise unreadable(Detail.NO_PAGES if self.complete else Detail.TRUNCATED)
        with our_limits_only():
            return Image.open(self._stream, formats=["TIFF"])

    def load(self, index: int) -> StoredImage:
        """Decode one frame."""
        with our_limits_only():
            self._image.seek(index)
            self._refuse_cut_data()
            return _decoded(self._image, self._limits)

    def _refuse_cut_data(self) -> None:
        tags = self._image.tag_v2  # type: ignore[attr-defined]
        for offsets, counts in _STRIP_TAGS:
            pairs = zip(tags.get(offsets, ()), tags.get(counts, ()), strict=False)
            if any(offset + count > self._size for offset, count in pairs):
                raise unreadable(Detail.TRUNCATED)

    def close(self) -> None:
        """Close the file."""
        self._image.close()
        self._stream.close()
