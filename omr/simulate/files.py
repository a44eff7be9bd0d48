"""Files: what scanners put on a shared folder, and the truth beside it.

Images are packed as devices do it: one JPEG per page embedded in a PDF as it is, or CCITT G4 for
1-bit. Nothing is rendered again, so a reader gets exactly what :func:`encoded` made.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
from PIL import Image, TiffImagePlugin

from omr.simulate.settings import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from omr.simulate.filling import FilledSheet
    from omr.simulate.scanner import ScannedImage

POINTS_PER_INCH = 72
_PDF_DATE = "D:20260101000000Z"


@dataclass(frozen=True, slots=True)
class TruthRow:
    """One question of one page image; ``image`` is named ``file#page``."""

    image: str
    serial: str
    question: str
    value: str
    plain: bool


def encoded(scanned: ScannedImage) -> bytes:
    """The image as the device packs it: JPEG, or a one-page G4 TIFF if it is 1-bit."""
    packed = io.BytesIO()
    dpi = scanned.settings.dpi
    if scanned.settings.mode is Mode.ONE_BIT:
        _picture(scanned).save(packed, "TIFF", compression="group4", dpi=(dpi, dpi))
    else:
        quality = scanned.settings.jpeg_quality
        _picture(scanned).save(packed, "JPEG", quality=quality, dpi=(round(dpi), round(dpi)))
    return packed.getvalue()


def delivered_pixels(scanned: ScannedImage) -> NDArray[np.uint8]:
    """(H, W) or (H, W, 3) uint8: the pixels as they are after packing and unpacking."""
    with Image.open(io.BytesIO(encoded(scanned))) as picture:
        plain = picture.convert("L") if picture.mode == "1" else picture
        return np.asarray(plain, np.uint8)


def write_image(path: Path, scanned: ScannedImage) -> None:
    """One image; the ending chooses: .jpg (grey or colour), .tif, or .png."""
    kind = path.suffix.lower()
    if kind in (".tif", ".tiff"):
        write_tiff(path, [scanned])
    elif kind in (".jpg", ".jpeg"):
        path.write_bytes(encoded(scanned))
    else:
        _picture(scanned).save(path, dpi=(scanned.settings.dpi, scanned.settings.dpi))


def write_tiff(path: Path, pages: Sequence[ScannedImage]) -> None:
    """A multi-page TIFF: G4 where pages are 1-bit, else JPEG."""
    pictures = [_picture(page) for page in pages]
    one_bit = all(page.settings.mode is Mode.ONE_BIT for page in pages)
    dpi = pages[0].settings.dpi
    pictures[0].save(
        path, "TIFF", save_all=True, append_images=pictures[1:],
        compression="group4" if one_bit else "jpeg", dpi=(dpi, dpi),
    )  # fmt: skip


def write_pdf(path: Path, pages: Iterable[ScannedImage]) -> None:
    """A scanner's PDF: each page one embedded JPEG, or one G4 image if it is 1-bit."""
    with pikepdf.new() as document:
        for page in pages:
            _add_page(document, page)
        document.docinfo["/Producer"] = "omr.simulate"
        document.docinfo["/CreationDate"] = _PDF_DATE
        document.save(path, deterministic_id=True)


def truth_rows(
    image: str, serial: str, sheet: FilledSheet, questions: Iterable[str]
) -> list[TruthRow]:
    """The truth of those of ``questions`` that the sheet answers, for one page image."""
    return [
        TruthRow(image, serial, name, sheet.answers[name].value, sheet.answers[name].plain)
        for name in questions
        if name in sheet.answers
    ]


def write_truth(path: Path, rows: Iterable[TruthRow]) -> None:
    """``image,serial,question,value,plain``; plain is 1 or 0."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["image", "serial", "question", "value", "plain"])
        for row in rows:
            writer.writerow([row.image, row.serial, row.question, row.value, int(row.plain)])


def _picture(scanned: ScannedImage) -> Image.Image:
    picture = Image.fromarray(scanned.pixels)
    if scanned.settings.mode is Mode.ONE_BIT:
        return picture.convert("1", dither=Image.Dither.NONE)
    return picture


def _add_page(document: pikepdf.Pdf, page: ScannedImage) -> None:
    """One PDF page that shows one image and nothing else."""
    height, width = page.pixels.shape[:2]
    points = POINTS_PER_INCH / page.settings.dpi
    box = [0, 0, round(width * points, 3), round(height * points, 3)]
    image = pikepdf.Stream(document, _stream_bytes(page))
    facts = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image}
    for name, value in {**facts, "Width": width, "Height": height, **_stream_format(page)}.items():
        image[f"/{name}"] = value
    document.add_blank_page(page_size=(box[2], box[3]))
    added = document.pages[-1]
    added.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    draw = f"q {box[2]} 0 0 {box[3]} 0 0 cm /Scan Do Q".encode()
    added.Contents = pikepdf.Stream(document, draw)


def _stream_format(page: ScannedImage) -> dict[str, pikepdf.Object | int]:
    """What the PDF has to say about the bytes of :func:`_stream_bytes`."""
    height, width = page.pixels.shape[:2]
    if page.settings.mode is Mode.ONE_BIT:
        parameters = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=False)
        return {
            "ColorSpace": pikepdf.Name.DeviceGray, "BitsPerComponent": 1,
            "Filter": pikepdf.Name.CCITTFaxDecode, "DecodeParms": parameters,
        }  # fmt: skip
    is_colour = page.settings.mode is Mode.COLOUR
    space = pikepdf.Name.DeviceRGB if is_colour else pikepdf.Name.DeviceGray
    return {"ColorSpace": space, "BitsPerComponent": 8, "Filter": pikepdf.Name.DCTDecode}


def _stream_bytes(page: ScannedImage) -> bytes:
    """The JPEG, or the one strip of a G4 TIFF (white is 0) without its header."""
    if page.settings.mode is not Mode.ONE_BIT:
        return encoded(page)
    packed = io.BytesIO()
    height = page.pixels.shape[0]
    _picture(page).save(packed, "TIFF", compression="group4", tiffinfo={278: height, 262: 0})
    with Image.open(packed) as tiff:
        assert isinstance(tiff, TiffImagePlugin.TiffImageFile)  # noqa: S101
        offset, count = tiff.tag_v2[273], tiff.tag_v2[279]
    start, length = int(offset[0]), int(count[0])
    return packed.getvalue()[start : start + length]
