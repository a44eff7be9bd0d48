"""Image files: the pixels that were stored, whatever the mode, and the resolution that is said."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, TiffImagePlugin
from scan_files import (
    HEIGHT,
    WIDTH,
    black_white_picture,
    colour_picture,
    encoded,
    grey_picture,
    listed,
    only_page,
    pages,
    written,
)

from omr.scan import PageRef, load_page
from omr.scan.jpeg import read_header

bgr = np.s_[:, :, ::-1]


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}])
@pytest.mark.parametrize("picture", [grey_picture(), colour_picture()], ids=["grey", "colour"])
def test_a_jpeg_is_decoded_as_libjpeg_does(
    tmp_path: Path, picture: np.ndarray, options: dict[str, object]
) -> None:
    data = encoded(picture, "JPEG", quality=85, dpi=(200, 200), **options)
    page = only_page(written(tmp_path / "a.jpg", data))
    expected = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(page.image, expected)
    assert (page.dpi, page.bilevel, page.image.ndim) == (200.0, False, picture.ndim)


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        (grey_picture(), grey_picture()),
        (colour_picture(), colour_picture()[bgr]),
        (black_white_picture(), black_white_picture()),
    ],
    ids=["grey", "colour", "two-levels"],
)
@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_a_lossless_file_gives_back_its_pixels(
    tmp_path: Path, name: str, picture: np.ndarray, shown: np.ndarray
) -> None:
    kind = {"a.png": "PNG", "a.tif": "TIFF"}[name]
    page = only_page(written(tmp_path / name, encoded(picture, kind, dpi=(300, 300))))
    assert np.array_equal(page.image, shown)
    assert page.dpi == pytest.approx(300, abs=0.01)
    assert page.bilevel == (set(np.unique(shown)) == {0, 255})


def test_the_kind_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    path = written(tmp_path / "really a png.pdf", encoded(grey_picture(), "PNG"))
    assert np.array_equal(only_page(path).image, grey_picture())


def test_exif_orientation_is_left_to_the_reader(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    data = encoded(grey_picture(), "JPEG", quality=95, exif=exif)
    assert only_page(written(tmp_path / "a.jpg", data)).image.shape == (HEIGHT, WIDTH)


def test_sixteen_bits_are_cut_to_the_eight_highest(tmp_path: Path) -> None:
    wide = np.random.default_rng(2).integers(0, 65536, (HEIGHT, WIDTH)).astype(np.uint16)
    for name, kind in (("a.png", "PNG"), ("a.tif", "TIFF")):
        page = only_page(written(tmp_path / name, encoded(wide, kind)))
        assert np.array_equal(page.image, (wide >> 8).astype(np.uint8))


def test_transparent_parts_are_white_paper(tmp_path: Path) -> None:
    clear = np.dstack([colour_picture(), np.zeros((HEIGHT, WIDTH), np.uint8)])
    clear[50:60, :, 3] = 255
    page = only_page(written(tmp_path / "a.png", encoded(clear, "PNG")))
    assert (page.image[:50] == 255).all()
    assert np.array_equal(page.image[50:60], clear[50:60, :, :3][bgr])


def test_a_palette_of_greys_is_grey_and_of_colours_is_colour(tmp_path: Path) -> None:
    grey = Image.fromarray(grey_picture() // 16 * 17).convert("RGB").quantize(16)
    colour = Image.fromarray(colour_picture()).quantize(32)
    grey.save(tmp_path / "1.png")
    colour.save(tmp_path / "2.png")
    first, second = pages(tmp_path)
    assert np.array_equal(first.image, np.asarray(grey.convert("L")))
    assert np.array_equal(second.image, np.asarray(colour.convert("RGB"))[bgr])


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_looks_as_it_prints(tmp_path: Path, kind: str) -> None:
    flat = np.full((HEIGHT, WIDTH, 3), (250, 20, 30), np.uint8)
    path = written(tmp_path / "a", encoded(flat, kind, mode="CMYK"))
    assert np.abs(only_page(path).image.astype(int) - flat[bgr]).max() <= 6


@pytest.mark.parametrize("compression", ["group4", "group3", "tiff_lzw", "packbits", "raw"])
def test_every_page_of_a_one_bit_tiff_comes_in_order(tmp_path: Path, compression: str) -> None:
    pictures = [black_white_picture(seed) for seed in range(4)]
    first, *rest = [Image.fromarray(picture).convert("1") for picture in pictures]
    first.save(
        tmp_path / "a.tif",
        save_all=True,
        append_images=rest,
        compression=compression,
        dpi=(200, 200),
    )
    found = pages(tmp_path / "a.tif")
    assert [str(page.name) for page in found] == [f"a.tif#{n}" for n in (1, 2, 3, 4)]
    assert all(page.bilevel and page.dpi == 200 for page in found)
    assert all(
        np.array_equal(page.image, picture) for page, picture in zip(found, pictures, strict=True)
    )


@pytest.mark.parametrize("compression", ["group4", "raw"])
def test_min_is_white_and_reversed_bits_are_understood(tmp_path: Path, compression: str) -> None:
    picture = black_white_picture()
    image = Image.fromarray(picture).convert("1")
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[262] = 0
    image.save(tmp_path / "white.tif", compression=compression, tiffinfo=info)
    assert np.array_equal(only_page(tmp_path / "white.tif").image, picture)
    data = bytearray((tmp_path / "white.tif").read_bytes())
    with Image.open(io.BytesIO(data)) as opened:
        strips = list(zip(opened.tag_v2[273], opened.tag_v2[279], strict=True))
        already_reversed = opened.tag_v2.get(266, 1)
    assert already_reversed == 1
    reverse = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
    for offset, count in strips:
        data[offset : offset + count] = data[offset : offset + count].translate(reverse)
    reversed_bits = with_tag(bytes(data), 266, 2)
    page = only_page(written(tmp_path / "reversed.tif", reversed_bits))
    assert np.array_equal(page.image, picture)


def with_tag(tiff: bytes, tag: int, value: int) -> bytes:
    """A little-endian TIFF with one more SHORT in its only directory, which moves to the end."""
    (start,) = struct.unpack_from("<I", tiff, 4)
    (count,) = struct.unpack_from("<H", tiff, start)
    entries = [tiff[start + 2 + 12 * i : start + 14 + 12 * i] for i in range(count)]
    entries.append(struct.pack("<HHIHH", tag, 3, 1, value, 0))
    entries.sort(key=lambda entry: struct.unpack_from("<H", entry)[0])
    directory = struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    return tiff[:4] + struct.pack("<I", len(tiff)) + tiff[8:] + directory


def test_a_thumbnail_frame_is_not_a_page(tmp_path: Path) -> None:
    page, thumbnail = Image.fromarray(grey_picture()), Image.fromarray(grey_picture()[::8, ::8])
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    page.save(tmp_path / "a.tif", save_all=True, append_images=[thumbnail])
    with Image.open(tmp_path / "a.tif") as check:
        check.seek(1)
        assert check.tag_v2.get(254) == 1
    assert only_page(tmp_path / "a.tif").image.shape == (HEIGHT, WIDTH)


def test_jpeg_in_tiff_is_read(tmp_path: Path) -> None:
    data = encoded(colour_picture(), "TIFF", compression="jpeg", quality=95)
    page = only_page(written(tmp_path / "a.tif", data))
    with Image.open(io.BytesIO(data)) as image:
        assert np.array_equal(page.image, np.asarray(image.convert("RGB"))[bgr])


def test_a_photo_of_a_phone_in_heic_is_read() -> None:
    pytest.importorskip("pi_heif", reason="pi-heif is not installed: HEIC is an optional extra")
    page = only_page(Path(__file__).with_name("photo.heic"))
    assert page.image.shape == (96, 128, 3)
    blue, green, red = page.image[16, 16]
    assert blue > 130
    assert max(green, red) < 60
    assert page.image[60:, 60:].min() > 200


@pytest.mark.parametrize(
    ("said", "believed"), [(200, 200.0), (40, None), (2500, None), (None, None), (0, None)]
)
def test_only_a_resolution_that_can_be_is_believed(
    tmp_path: Path, said: int | None, believed: float | None
) -> None:
    options = {} if said is None else {"dpi": (said, said)}
    for name, kind in (("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.tif", "TIFF")):
        dpi = only_page(written(tmp_path / name, encoded(grey_picture(), kind, **options))).dpi
        assert dpi == (None if believed is None else pytest.approx(believed, abs=0.02))


def test_the_72_dpi_of_a_phone_is_not_believed(tmp_path: Path) -> None:
    photo = np.full((4000, 3000), 200, np.uint8)
    data = encoded(photo, "JPEG", dpi=(72, 72))
    assert only_page(written(tmp_path / "a.jpg", data)).dpi is None


def test_a_fax_is_brought_to_square_pixels_and_stays_black_and_white(tmp_path: Path) -> None:
    picture = black_white_picture()
    data = encoded(picture, "TIFF", mode="1", compression="group4", dpi=(204, 98))
    page = only_page(written(tmp_path / "a.tif", data))
    assert page.image.shape == (round(HEIGHT * 204 / 98), WIDTH)
    assert page.dpi == pytest.approx(204)
    assert page.bilevel
    rows = np.minimum(((np.arange(page.image.shape[0]) + 0.5) * 98 / 204).astype(int), HEIGHT - 1)
    assert np.mean(page.image == picture[rows]) > 0.99


def test_a_page_stretched_by_a_percent_is_left_alone(tmp_path: Path) -> None:
    data = encoded(grey_picture(), "PNG", dpi=(200, 202))
    page = only_page(written(tmp_path / "a.png", data))
    assert np.array_equal(page.image, grey_picture())


def test_a_jpeg_header_is_told_without_decoding() -> None:
    data = encoded(colour_picture(), "JPEG", dpi=(150, 150), comment=b"\xff\xd9 not the end")
    header = read_header(data)
    assert (header.width, header.height, header.components) == (WIDTH, HEIGHT, 3)
    assert header.dpi == (150, 150)


def test_a_page_can_be_taken_in_any_order(tmp_path: Path) -> None:
    pictures = [grey_picture(seed) for seed in range(3)]
    first, *rest = map(Image.fromarray, pictures)
    first.save(tmp_path / "a.tif", save_all=True, append_images=rest)
    refs = [item for item in listed(tmp_path) if isinstance(item, PageRef)]
    for index in (2, 0, 1, 2):
        assert np.array_equal(load_page(refs[index]).image, pictures[index])
