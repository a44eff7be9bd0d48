"""The page code drawn: a QR symbol (ISO/IEC 18004) of version 3, level M, as one vector path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import zxingcpp
from reportlab.lib.units import mm

from omr.layout.measures import CODE_MODULES
from omr.printing.static_page import up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Box

QR_VERSION = 3
_BLACK_RUN = re.compile(rb"\x01+")


def code_modules(code: bytes) -> NDArray[np.bool_]:
    """The (29, 29) modules of the symbol with these bytes, without quiet zone; True is black.

    The version is asked for: bytes that happen to be digits would fit a smaller symbol, and the
    layout counts on modules of one size.
    """
    symbol = zxingcpp.create_barcode(
        code, zxingcpp.BarcodeFormat.QRCode, ec_level="M", version=QR_VERSION
    )
    pixels: NDArray[np.uint8] = np.asarray(symbol.to_image(scale=1, add_quiet_zones=False))
    if pixels.shape != (CODE_MODULES, CODE_MODULES):
        message = f"{len(code)} bytes made a symbol of {pixels.shape} modules"
        raise ValueError(message)
    return np.asarray(pixels == 0, dtype=np.bool_)


def code_drawing(code: bytes, box: Box) -> bytes:
    """The operators that draw the symbol of a page code in its box (mm).

    It is one path in units of modules: no seams between touching modules, and short numbers.
    """
    black = code_modules(code)
    side = box.w * mm / len(black)
    runs = b" ".join(
        b"%d %d %d 1 re" % (run.start(), row, run.end() - run.start())
        for row, modules in enumerate(black)
        for run in _BLACK_RUN.finditer(modules.tobytes())
    )
    place = f"{side:.5f} 0 0 {-side:.5f} {box.x * mm:.4f} {up(box.y):.4f} cm".encode()
    return b"q %b %b f Q" % (place, runs)
