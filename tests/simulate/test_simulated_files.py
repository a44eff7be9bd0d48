"""Files hold the pixels that the device packed, and the truth stands beside them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from omr.simulate import CAREFUL, CaptureSettings, Mode, fill_form, ink_page, scan
from omr.simulate.files import (
    delivered_pixels,
    encoded,
    truth_rows,
    write_image,
    write_pdf,
    write_tiff,
    write_truth,
)

if TYPE_CHECKING:
    from pathlib import Path

    from omr.form.model import Form
    from omr.layout.model import Layout
    from omr.simulate import PaperRaster, ScannedImage


@pytest.fixture(scope="module")
def captures(form: Form, layout: Layout, printed: PaperRaster) -> dict[Mode, ScannedImage]:
    page = ink_page(printed, fill_form(form, layout, 4, behaviour=CAREFUL), 1)
    return {mode: scan(page, CaptureSettings(dpi=150, mode=mode), 4) for mode in Mode}


def embedded(path: Path) -> list[np.ndarray]:
    """The images inside a PDF, unpacked without rendering."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[number] for number in range(len(document))]
        images = [next(iter(page.get_objects())).get_bitmap(render=False) for page in pages]
        return [image.to_numpy().copy() for image in images]
    finally:
        document.close()


def test_g4_keeps_every_bit(captures: dict[Mode, ScannedImage], tmp_path: Path) -> None:
    page = captures[Mode.ONE_BIT]
    assert np.array_equal(delivered_pixels(page), page.pixels)
    write_tiff(tmp_path / "scan.tif", [page, page])
    with Image.open(tmp_path / "scan.tif") as tiff:
        assert tiff.n_frames == 2
        assert tiff.info["compression"] == "group4"
        assert round(tiff.info["dpi"][0]) == 150
        tiff.seek(1)
        assert np.array_equal(np.asarray(tiff.convert("L")), page.pixels)


def test_g4_in_a_pdf_keeps_every_bit(captures: dict[Mode, ScannedImage], tmp_path: Path) -> None:
    page = captures[Mode.ONE_BIT]
    write_pdf(tmp_path / "scan.pdf", [page])
    unpacked = embedded(tmp_path / "scan.pdf")[0].squeeze()
    assert np.array_equal(unpacked > 127, page.pixels > 127)


@pytest.mark.parametrize("mode", [Mode.GREY, Mode.COLOUR])
def test_jpeg_stays_close(captures: dict[Mode, ScannedImage], mode: Mode) -> None:
    page = captures[mode]
    packed = delivered_pixels(page)
    assert packed.shape == page.pixels.shape
    off = np.abs(packed.astype(int) - page.pixels)
    assert 0.2 < off.mean() < 4


def test_a_pdf_holds_the_very_jpegs(captures: dict[Mode, ScannedImage], tmp_path: Path) -> None:
    pages = [captures[Mode.GREY], captures[Mode.COLOUR], captures[Mode.ONE_BIT]]
    write_pdf(tmp_path / "scan.pdf", pages)
    with pikepdf.open(tmp_path / "scan.pdf") as document:
        assert len(document.pages) == 3
        for sheet, page in zip(document.pages[:2], pages, strict=False):
            assert sheet.Resources.XObject.Scan.read_raw_bytes() == encoded(page)
            assert float(sheet.mediabox[2]) == pytest.approx(
                page.pixels.shape[1] * 72 / 150, abs=0.01
            )


def test_files_are_the_same_bytes_every_time(
    captures: dict[Mode, ScannedImage], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_pdf(tmp_path / f"{name}.pdf", captures.values())
        write_tiff(tmp_path / f"{name}.tif", [captures[Mode.ONE_BIT]])
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "two.tif").read_bytes()


@pytest.mark.parametrize(("name", "kind"), [("s.jpg", "JPEG"), ("s.png", "PNG"), ("s.tif", "JPEG")])
def test_single_images_say_their_resolution(
    captures: dict[Mode, ScannedImage], tmp_path: Path, name: str, kind: str
) -> None:
    write_image(tmp_path / name, captures[Mode.COLOUR])
    with Image.open(tmp_path / name) as picture:
        assert round(picture.info["dpi"][0]) == 150
        assert picture.size == captures[Mode.COLOUR].pixels.shape[1::-1]
        assert picture.format == ("TIFF" if name.endswith("tif") else kind)


def test_the_truth_names_image_serial_question_value_and_plainness(
    form: Form, layout: Layout, tmp_path: Path
) -> None:
    sheet = fill_form(form, layout, 4, behaviour=CAREFUL)
    names = [question.id for question in form.questions]
    write_truth(tmp_path / "truth.csv", truth_rows("scan.pdf#1", "000007J", sheet, names))
    text = (tmp_path / "truth.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == ["image", "serial", "question", "value", "plain"]
    assert [row["question"] for row in rows] == [name for name in names if name != "z"]
    for row in rows:
        answer = sheet.answers[row["question"]]
        assert (row["value"], row["plain"]) == (answer.value, str(int(answer.plain)))
