"""Read the page code from its known place, and the printed serial where the code is destroyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cv2
import numpy as np
import zxingcpp

from omr.identity import format_serial, parse_serial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from omr.geometry import Box, PageTransform

CODE_PX_PER_MM = 8.0
"""A module of 0.62 mm becomes 5 px: enough for the reader, and noise is averaged out."""
CODE_MARGIN_MM = 4.0
SAUVOLA_MM = 5.0
"""Window of the local threshold: a few modules wide, so that each holds black and white."""
SERIAL_PX_PER_MM = 12.0
SERIAL_MARGIN_MM = 1.0


def read_code(gray: NDArray[np.uint8], page: PageTransform, box: Box) -> bytes | None:
    """The bytes of the page code printed in ``box`` (mm), None if no code can be read there."""
    patch = upright_patch(gray, page, box.grown(CODE_MARGIN_MM), CODE_PX_PER_MM)
    for picture in _code_looks(patch):
        found = zxingcpp.read_barcodes(
            picture,
            formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
            try_rotate=False,
            try_downscale=False,
            try_invert=False,
        )
        for barcode in found:
            if barcode.valid:
                return bytes(barcode.bytes)
    return None


def read_serial(gray: NDArray[np.uint8], page: PageTransform, box: Box) -> str:
    """The serial printed in ``box`` as OCR reads it, empty unless its check character is right.

    A hint for the person who will look for the paper, never an identity: nothing signs it.
    """
    import pytesseract  # noqa: PLC0415 - only a page whose code is destroyed pays for it

    patch = upright_patch(gray, page, box.grown(SERIAL_MARGIN_MM), SERIAL_PX_PER_MM)
    try:
        text = pytesseract.image_to_string(patch, config="--psm 7")
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError):
        return ""
    for word in re.findall(r"\d{6,10}\s?[A-Za-z]", text):
        number = parse_serial(word)
        if number is not None:
            return format_serial(number)
    return ""


def upright_patch(
    gray: NDArray[np.uint8], page: PageTransform, area: Box, px_per_mm: float
) -> NDArray[np.uint8]:
    """The part of the image that shows ``area`` (mm), upright, at ``px_per_mm``; white outside."""
    size = (round(area.w * px_per_mm), round(area.h * px_per_mm))
    to_mm = np.array(
        [
            [1 / px_per_mm, 0, area.x + 0.5 / px_per_mm],
            [0, 1 / px_per_mm, area.y + 0.5 / px_per_mm],
            [0, 0, 1],
        ]
    )
    return np.asarray(
        cv2.warpPerspective(
            gray,
            page.matrix @ to_mm,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=255,
        ),
        dtype=np.uint8,
    )


def _code_looks(patch: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """The patch as it is, then mended in the ways that recover most codes from 1-bit noise."""
    yield patch
    yield np.asarray(cv2.GaussianBlur(patch, (0, 0), 1.2), dtype=np.uint8)
    yield np.asarray(cv2.medianBlur(patch, 5), dtype=np.uint8)
    level, _ = cv2.threshold(patch, 0, 255, cv2.THRESH_OTSU)
    blurred = cv2.GaussianBlur(patch, (0, 0), 2.0)
    yield np.where(blurred > level, 255, 0).astype(np.uint8)
    yield np.asarray(
        cv2.resize(cv2.medianBlur(patch, 3), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC),
        dtype=np.uint8,
    )
    yield _binarised(patch)


def _binarised(patch: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Black and white by a threshold that follows stains and shadows (Sauvola 2000)."""
    from skimage.filters import threshold_sauvola  # noqa: PLC0415 - only few pages come this far

    window = 2 * round(SAUVOLA_MM * CODE_PX_PER_MM / 2) + 1
    smooth = cv2.GaussianBlur(patch, (0, 0), 1.0)
    return np.where(smooth > threshold_sauvola(smooth, window, k=0.2), 255, 0).astype(np.uint8)
