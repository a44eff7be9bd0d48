"""Files as devices write them: JPEG with its resolution, G4 TIFF, PDF around a JPEG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.accuracy.model import Captured

_JPEG_START, _JPEG_END = b"\xff\xd8", b"\xff\xd9"


def jpeg(
    image: NDArray[np.uint8], quality: int, dpi: float | None = None, *, full_colour: bool = False
) -> bytes:
    """A JPEG of a grey or RGB image; chroma is halved both ways unless ``full_colour``."""
    stream = BytesIO()
    options = {} if dpi is None else {"dpi": (round(dpi), round(dpi))}
    Image.fromarray(image).save(
        stream, "JPEG", quality=quality, subsampling=0 if full_colour else 2, **options
    )
    return stream.getvalue()


def g4(ink: NDArray[np.bool_], dpi: float) -> bytes:
    """A 1-bit TIFF in fax group 4; ``ink`` is True where the page is black."""
    stream = BytesIO()
    Image.fromarray(~ink).save(stream, "TIFF", compression="group4", dpi=(dpi, dpi))
    return stream.getvalue()


def grey_of(captured: Captured) -> NDArray[np.uint8]:
    """(H, W) grey levels of a file that one of these functions made."""
    data = captured.data
    if captured.suffix == ".pdf":
        data = data[data.index(_JPEG_START) : data.rindex(_JPEG_END) + len(_JPEG_END)]
    # The luma of a JPEG, without its colours.
    grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(grey, np.uint8)


def pdf(jpeg_data: bytes, size_px: tuple[int, int], dpi: float, *, colour: bool) -> bytes:
    """A PDF of one page that is one JPEG, as scanners send it by mail or to a folder."""
    width, height = size_px
    points = (width * 72 / dpi, height * 72 / dpi)
    space = "DeviceRGB" if colour else "DeviceGray"
    content = f"q {points[0]:.3f} 0 0 {points[1]:.3f} 0 0 cm /I Do Q".encode()
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{space}"
        f"/BitsPerComponent 8/Filter/DCTDecode/Length {len(jpeg_data)}>>"
    ).encode()
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {points[0]:.3f} {points[1]:.3f}]"
        "/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>"
    ).encode()
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        picture + b"\nstream\n" + jpeg_data + b"\nendstream",
        f"<</Length {len(content)}>>".encode() + b"\nstream\n" + content + b"\nendstream",
    ]
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, body in enumerate(bodies, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for start in starts:
        out += f"{start:010d} 00000 n \n".encode()
    out += f"trailer\n<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
