"""A picture stream of a PDF, as it is: sized, checked for its end, and decoded without drawing."""

from __future__ import annotations

import math
import re
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2

from omr.scan.jpeg import checked_header, decode_jpeg
from omr.scan.not_readable import Detail, check_pixels, unreadable
from omr.scan.pdf_placement import POINTS_PER_INCH
from omr.scan.pixels import StoredImage, grey_if_grey

if TYPE_CHECKING:
    from omr.scan.pdf_placement import Placement, Vector
    from omr.scan.pixels import Pixels
    from omr.settings import InputLimits

_JPEG = "/DCTDecode"
_FLATE = "/FlateDecode"
_UNPACKABLE = frozenset(
    {_FLATE, "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"}
)
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/G": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/RGB": 3}
_JPX_SIZE = re.compile(rb"\xff\x4f\xff\x51.{4}(.{16})", re.DOTALL)
"""Start of a JPEG 2000 codestream and its size fields (ITU-T T.800 A.5.1)."""
_PNG_PREDICTORS = 10
"""Predictors from here on put a filter byte before every row."""
_END_OF_FAX = 0x001001
"""EOFB: two end-of-line codes (ITU-T T.6, 2.4.1.1)."""
_FAX_TAIL_BYTES = 16


def decode_picture(
    picture: pikepdf.Object, placement: Placement, limits: InputLimits
) -> StoredImage:
    """The stored pixels of a page's one picture, with the resolution that its size on paper gives.

    Raises NotReadableError for a picture that is cut, damaged or too large.
    """
    pixels = _stored_pixels(picture, placement, limits)
    height, width = pixels.shape[:2]
    dpi = width / _inches(placement.columns), height / _inches(placement.rows)
    return StoredImage(pixels, dpi)


def check_picture(picture: pikepdf.Object, limits: InputLimits) -> None:
    """Raise NotReadableError for a picture that is cut or too large, without decoding a JPEG."""
    check_pixels(int(picture.Width), int(picture.Height), limits.max_pixels)
    filters = _filters(picture)
    last = filters[-1] if filters else ""
    if last == _JPEG:
        checked_header(_jpeg_stream(picture, filters, limits), limits)
    elif last == "/JPXDecode":
        _check_jpx(picture, limits)
    elif last == "/CCITTFaxDecode":
        _check_fax(picture)
    elif set(filters) <= _UNPACKABLE:
        _samples(picture, filters)


def _stored_pixels(picture: pikepdf.Object, placement: Placement, limits: InputLimits) -> Pixels:
    filters = _filters(picture)
    check_pixels(int(picture.Width), int(picture.Height), limits.max_pixels)
    as_stored = "/Decode" not in picture and _channels(picture) in (1, 3)
    if as_stored and filters and filters[-1] == _JPEG:
        return decode_jpeg(_jpeg_stream(picture, filters, limits), limits)
    if as_stored and filters in ([], [_FLATE]) and not _predictor(picture) and _bits(picture) == 8:  # noqa: PLR2004 - bits
        return _from_samples(picture, _samples(picture, filters))
    check_picture(picture, limits)
    return _from_pdfium(placement)


def _from_pdfium(placement: Placement) -> Pixels:
    """Decoded by pdfium: exact for 1-bit, palette, JBIG2, JPEG 2000; CMYK approximately."""
    try:
        bitmap = placement.image.get_bitmap(render=False)
    except pypdfium2.PdfiumError as error:
        raise unreadable(Detail.DAMAGED) from error
    pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    if pixels.ndim == 2:  # noqa: PLR2004 - grey
        return pixels
    return grey_if_grey(np.ascontiguousarray(pixels[:, :, :3]))


def _from_samples(picture: pikepdf.Object, samples: bytes) -> Pixels:
    height, width, channels = int(picture.Height), int(picture.Width), _channels(picture)
    array = np.frombuffer(samples, np.uint8, height * width * channels)
    if channels == 1:
        return array.reshape(height, width)
    return np.ascontiguousarray(array.reshape(height, width, channels)[:, :, ::-1])


def _inches(side: Vector) -> float:
    return max(math.hypot(*side), 1e-6) / POINTS_PER_INCH


def _filters(picture: pikepdf.Object) -> list[str]:
    filters = picture.get("/Filter")
    if filters is None:
        return []
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    return [str(name) for name in names]


def _parameters(picture: pikepdf.Object) -> pikepdf.Object:
    """The decoding parameters of the last filter."""
    parameters = picture.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) else None
    return parameters if isinstance(parameters, pikepdf.Dictionary) else pikepdf.Dictionary()


def _predictor(picture: pikepdf.Object) -> int:
    """The predictor of LZW and Flate (ISO 32000, table 8), 0 where there is none."""
    predictor = int(_parameters(picture).get("/Predictor", 1))
    return 0 if predictor == 1 else predictor


def _bits(picture: pikepdf.Object) -> int:
    return 1 if bool(picture.get("/ImageMask", False)) else int(picture.get("/BitsPerComponent", 8))


def _channels(picture: pikepdf.Object) -> int:
    """Samples per pixel that are plain grey (1) or RGB (3); 0 for all other colour spaces."""
    space = picture.get("/ColorSpace")
    if isinstance(space, pikepdf.Array):
        if str(space[0]) == "/ICCBased":
            return {1: 1, 3: 3}.get(int(space[1].get("/N", 0)), 0)
        space = space[0]
    return _CHANNELS.get(str(space), 0)


def _samples_per_pixel(picture: pikepdf.Object) -> int:
    """Samples per pixel of any colour space (4 where unknown: more than enough is never missed)."""
    space = picture.get("/ColorSpace")
    family = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if family in ("/Indexed", "/I", "/Separation", "/None", "None"):
        return 1
    if family == "/ICCBased":
        return int(space[1].get("/N", 1))  # type: ignore[index]
    return 4 if family in ("/DeviceCMYK", "/CMYK") else max(_channels(picture), 1)


def _jpeg_stream(picture: pikepdf.Object, filters: list[str], limits: InputLimits) -> bytes:
    """The JPEG inside the stream, unwrapped from a Flate around it if there is one."""
    data = picture.read_raw_bytes()
    for name in filters[:-1]:
        if name != _FLATE:
            raise unreadable(Detail.DAMAGED)
        data = _inflated(data, limits.max_image_bytes)
    return data


def _samples(picture: pikepdf.Object, filters: list[str]) -> bytes:
    """The unpacked samples; refused if there are fewer than the picture needs."""
    row = -(-int(picture.Width) * _samples_per_pixel(picture) * _bits(picture) // 8)
    needed = row * int(picture.Height)
    packed = picture.read_raw_bytes()
    if not filters:
        samples = packed
    elif filters == [_FLATE]:
        filter_bytes = int(picture.Height) if _predictor(picture) >= _PNG_PREDICTORS else 0
        needed += filter_bytes
        samples = _inflated(packed, needed)
    elif len(packed) <= 2 * needed + 65536:
        samples = picture.read_bytes()
    else:
        raise unreadable(Detail.DAMAGED)
    if len(samples) < needed:
        raise unreadable(Detail.TRUNCATED)
    return samples


def _inflated(data: bytes, limit: int) -> bytes:
    """At most ``limit`` bytes of a zlib stream, as many as there are before damage or its end."""
    try:
        return zlib.decompressobj().decompress(data, limit)
    except zlib.error as error:
        raise unreadable(Detail.DAMAGED) from error


def _check_jpx(picture: pikepdf.Object, limits: InputLimits) -> None:
    """The codestream's own size counts: it may differ from what the PDF says of it."""
    found = _JPX_SIZE.search(picture.read_raw_bytes())
    if found is None:
        raise unreadable(Detail.DAMAGED)
    right, bottom, left, top = struct.unpack(">4I", found[1])
    check_pixels(right - left, bottom - top, limits.max_pixels)


def _check_fax(picture: pikepdf.Object) -> None:
    """A group 4 stream (T.6) that says it ends with its end mark must have it."""
    parameters = _parameters(picture)
    if int(parameters.get("/K", 0)) >= 0 or not bool(parameters.get("/EndOfBlock", True)):
        return
    tail = int.from_bytes(picture.read_raw_bytes()[-_FAX_TAIL_BYTES:], "big")
    if not any(
        tail >> shift & 0xFFFFFF == _END_OF_FAX for shift in range(8 * (_FAX_TAIL_BYTES - 3))
    ):
        raise unreadable(Detail.TRUNCATED)
