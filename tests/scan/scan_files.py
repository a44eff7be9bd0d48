"""Real files for the tests of this folder, made on the spot: pictures, PDFs, what they give."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from omr.refusal import Refusal
from omr.scan import (
    FileRefusal,
    PageRef,
    ScanFile,
    ScannedPage,
    file_digest,
    list_files,
    list_pages,
    load_page,
)
from omr.scan.jpeg import read_header

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 165, 234
"""A4 at 20 dpi: small, and of no symmetry."""
A4 = (595, 842)


def grey_picture(seed: int = 0) -> np.ndarray:
    """Noise with a black corner, so that a turn, a mirror or a lost level would show."""
    picture = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH)).astype(np.uint8)
    picture[:40, :30] = 0
    return picture


def colour_picture(seed: int = 0) -> np.ndarray:
    """Like :func:`grey_picture`, RGB."""
    return np.dstack([grey_picture(seed + channel) for channel in range(3)])


def black_white_picture(seed: int = 0) -> np.ndarray:
    """0 and 255, mostly white."""
    return np.where(grey_picture(seed) > 60, 255, 0).astype(np.uint8)


def encoded(picture: np.ndarray, kind: str, *, mode: str | None = None, **options: object) -> bytes:
    """A picture (grey or RGB) as the bytes of a file that Pillow writes."""
    image = Image.fromarray(picture)
    stream = io.BytesIO()
    (image.convert(mode) if mode else image).save(stream, kind, **options)
    return stream.getvalue()


def tiff_strip(data: bytes) -> bytes:
    """The bytes of the only strip of a TIFF."""
    with Image.open(io.BytesIO(data)) as image:
        tags = image.tag_v2
        assert len(tags[273]) == 1
        return data[tags[273][0] : tags[273][0] + tags[279][0]]


def group4(picture: np.ndarray) -> bytes:
    """A bare T.6 stream of a black and white picture, its white coded as PDF's BlackIs1 has it."""
    tiff = encoded(picture, "TIFF", mode="1", compression="group4", tiffinfo={278: len(picture)})
    return tiff_strip(tiff)


def pdf_of(
    *pictures: tuple[bytes, dict[str, object]],
    content: bytes = b"q 595 0 0 842 0 0 cm /Im0 Do Q",
    page_size: tuple[float, float] = A4,
    rotate: int = 0,
) -> pikepdf.Pdf:
    """A PDF of one page that has ``pictures`` (stream, dictionary) as /Im0, /Im1, ..."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=page_size)
    table = Dictionary()
    for number, (data, entries) in enumerate(pictures):
        stream = pikepdf.Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, **entries)
        table[f"/Im{number}"] = pdf.make_indirect(stream)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(XObject=table, Font=Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(content)
    if rotate:
        page.obj.Rotate = rotate
    return pdf


def saved(pdf: pikepdf.Pdf, path: Path, **options: object) -> Path:
    """Write and close the PDF."""
    pdf.save(path, **options)
    pdf.close()
    return path


def raw_grey(picture: np.ndarray, **entries: object) -> tuple[bytes, dict[str, object]]:
    """A picture stream of plain 8-bit samples."""
    height, width = picture.shape[:2]
    space = Name.DeviceGray if picture.ndim == 2 else Name.DeviceRGB
    plain = {"Width": width, "Height": height, "BitsPerComponent": 8, "ColorSpace": space}
    return picture.tobytes(), {**plain, **entries}


def jpeg_stream(data: bytes, **entries: object) -> tuple[bytes, dict[str, object]]:
    """A picture stream of JPEG."""
    header = read_header(data)
    space = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}[header.components]
    plain = {"Width": header.width, "Height": header.height, "ColorSpace": space}
    return data, {**plain, "BitsPerComponent": 8, "Filter": Name.DCTDecode, **entries}


def one_bit_stream(data: bytes, **entries: object) -> tuple[bytes, dict[str, object]]:
    """A picture stream of 1-bit data of the usual size."""
    plain = {"Width": WIDTH, "Height": HEIGHT, "BitsPerComponent": 1}
    return data, {**plain, "ColorSpace": Name.DeviceGray, **entries}


def fax_parameters(*, black_is_1: bool = True) -> Dictionary:
    """Parameters of a group 4 stream."""
    return Dictionary(K=-1, Columns=WIDTH, Rows=HEIGHT, BlackIs1=black_is_1)


def palette(*colours: tuple[int, int, int]) -> Array:
    """An indexed colour space."""
    table = b"".join(bytes(colour) for colour in colours)
    return Array([Name.Indexed, Name.DeviceRGB, len(colours) - 1, pikepdf.String(table)])


def listed(scan: Path) -> list[PageRef | FileRefusal]:
    """All pages of a file or folder."""
    files = list(list_files(scan))
    return [item for file in files for item in list_pages(file, file_digest(file.path))]


def pages(scan: Path) -> list[ScannedPage]:
    """All pages of a file or folder, none of which may be refused."""
    loaded = [load_page(item) for item in listed(scan) if isinstance(item, PageRef)]
    refused = [item for item in loaded if isinstance(item, Refusal)]
    assert not refused
    return [item for item in loaded if isinstance(item, ScannedPage)]


def only_page(scan: Path) -> ScannedPage:
    """The one page of a file."""
    (page,) = pages(scan)
    return page


def reasons(scan: Path) -> list[str]:
    """What became of each page of a file or folder: ``ok`` or the slug of its refusal."""
    outcomes = []
    for item in listed(scan):
        outcome = item.refusal if isinstance(item, FileRefusal) else load_page(item)
        outcomes.append(str(outcome) if isinstance(outcome, Refusal) else "ok")
    return outcomes


def written(path: Path, data: bytes) -> Path:
    """Write a file, and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def scan_file(path: Path) -> ScanFile:
    """A file as its own SCAN argument."""
    return ScanFile(path.name, path)
