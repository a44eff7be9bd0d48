"""JPEG streams, from a file or from inside a PDF: sized and checked before they are decoded.

OpenCV is the fastest decoder at hand but fills what is missing with grey and says nothing, so the
end of the stream is looked for first. EXIF orientation is not applied: pixels come as stored.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from omr.scan.not_readable import Detail, check_pixels, unreadable
from omr.scan.pixels import from_pillow, our_limits_only

if TYPE_CHECKING:
    from omr.scan.pixels import Pixels
    from omr.settings import InputLimits

_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame header (ITU-T T.81, table B.1)."""
_SOS = 0xDA
_APP0 = 0xE0
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
_END_OF_IMAGE = b"\xff\xd9"
_JFIF_UNITS = {1: 1.0, 2: 2.54}
"""JFIF density units: dots per inch, dots per centimetre."""
_CMYK_COMPONENTS = 4


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """What stands before the picture data; ``scan_start`` is where those begin."""

    width: int
    height: int
    bits: int
    components: int
    dpi: tuple[float, float] | None
    scan_start: int


def read_header(data: bytes) -> JpegHeader:
    """Parse the markers up to the first scan. Raises NotReadableError if they are not right."""
    frame: tuple[int, int, int, int] | None = None
    dpi = None
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:  # noqa: PLR2004 - a marker
        marker = data[position + 1]
        if marker == 0xFF or marker in _ALONE:  # noqa: PLR2004 - fill byte
            position += 1 if marker == 0xFF else 2  # noqa: PLR2004 - fill byte
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        segment = data[position + 4 : position + 2 + length]
        position += 2 + length
        if marker in _SOF and len(segment) >= 6:  # noqa: PLR2004 - bytes of a frame header
            frame = struct.unpack_from(">BHHB", segment)
        elif marker == _APP0 and segment.startswith(b"JFIF\x00"):
            dpi = _jfif_dpi(segment)
        elif marker == _SOS and frame is not None:
            bits, height, width, components = frame
            return JpegHeader(width, height, bits, components, dpi, position)
    raise unreadable(Detail.TRUNCATED if position >= len(data) else Detail.DAMAGED)


def _jfif_dpi(segment: bytes) -> tuple[float, float] | None:
    if len(segment) < 12:  # noqa: PLR2004 - bytes up to the two densities
        return None
    unit, x, y = struct.unpack_from(">BHH", segment, 7)
    return (x * _JFIF_UNITS[unit], y * _JFIF_UNITS[unit]) if unit in _JFIF_UNITS else None


def checked_header(data: bytes, limits: InputLimits) -> JpegHeader:
    """The header of a stream that is whole and not too large; else NotReadableError."""
    header = read_header(data)
    check_pixels(header.width, header.height, limits.max_pixels)
    if data.rfind(_END_OF_IMAGE) < header.scan_start:
        raise unreadable(Detail.TRUNCATED)
    return header


def decode_jpeg(data: bytes, limits: InputLimits) -> Pixels:
    """Decode one JPEG stream; raises NotReadableError for a damaged, cut or too large one."""
    header = checked_header(data, limits)
    if header.components == _CMYK_COMPONENTS:
        with our_limits_only(), Image.open(io.BytesIO(data)) as image:
            return from_pillow(image)
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise unreadable(Detail.DAMAGED) from error
    if pixels is None or pixels.shape[:2] != (header.height, header.width):
        raise unreadable(Detail.DAMAGED)
    return np.asarray(pixels, np.uint8)


def stored_dpi(data: bytes) -> tuple[float, float] | None:
    """The resolution that a JPEG file states, in its JFIF header or else in EXIF."""
    header = read_header(data)
    if header.dpi is not None:
        return header.dpi
    with our_limits_only(), Image.open(io.BytesIO(data)) as image:
        dpi = image.info.get("dpi")
    return (float(dpi[0]), float(dpi[1])) if dpi else None
