"""Bad input: each file is refused with its reason, the others are read, nothing is raised."""

from __future__ import annotations

import builtins
import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from scan_files import (
    HEIGHT,
    WIDTH,
    colour_picture,
    encoded,
    grey_picture,
    jpeg_stream,
    listed,
    pdf_of,
    raw_grey,
    reasons,
    saved,
    scan_file,
    written,
)

from omr.refusal import Reason, Refusal
from omr.scan import FileRefusal, PageName, PageRef, file_digest, list_pages, load_page
from omr.settings import INPUT_LIMITS, InputLimits

SIDE = 30_000


def good_pdf(path: Path, pages: int = 3) -> Path:
    pdf = pdf_of(jpeg_stream(encoded(grey_picture(), "JPEG")))
    for _ in range(pages - 1):
        pdf.pages.append(pdf.pages[0])
    return saved(pdf, path)


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = bytes(1 + -(-width // 8))
    data = zlib.compress(row * height, 1) if height < SIDE else zlib.compress(row * 100)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def tiff_claiming(width: int, height: int) -> bytes:
    image = Image.fromarray(grey_picture()).convert("1")
    stream = io.BytesIO()
    image.save(stream, "TIFF", compression="group4")
    data = bytearray(stream.getvalue())
    (start,) = struct.unpack_from("<I", data, 4)
    for entry in range(start + 2, start + 2 + 12 * struct.unpack_from("<H", data, start)[0], 12):
        tag = struct.unpack_from("<H", data, entry)[0]
        if tag in (256, 257):
            struct.pack_into("<HII", data, entry + 2, 4, 1, width if tag == 256 else height)
    return bytes(data)


def jpeg_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded(grey_picture(), "JPEG"))
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, height, width)
    return bytes(data)


def test_a_text_file_named_jpg(tmp_path: Path) -> None:
    written(tmp_path / "a.jpg", "Đây không phải là ảnh.\n".encode())
    assert reasons(tmp_path) == ["unreadable-file:unsupported-type"]


@pytest.mark.parametrize("name", ["a.tif", "a.pdf", "a.jpg", "a.zip", "a"])
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    assert reasons(written(tmp_path / name, b"")) == ["unreadable-file:empty-file"]


def test_bombs_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    written(tmp_path / "1.png", png_claiming(SIDE, SIDE))
    written(tmp_path / "2.tif", tiff_claiming(SIDE, SIDE))
    written(tmp_path / "3.jpg", jpeg_claiming(SIDE, SIDE))
    size = {"Width": SIDE, "Height": SIDE, "Filter": pikepdf.Name.FlateDecode}
    saved(pdf_of(raw_grey(grey_picture(), **size)), tmp_path / "4.pdf")
    saved(pdf_of(jpeg_stream(jpeg_claiming(SIDE, SIDE))), tmp_path / "5.pdf")
    assert reasons(tmp_path) == ["too-large:pixels"] * 5


def test_a_jpeg2000_bomb_is_judged_by_its_own_size_and_not_by_the_pdf(tmp_path: Path) -> None:
    data = bytearray(encoded(grey_picture(), "JPEG2000"))
    struct.pack_into(">II", data, data.index(b"\xff\x4f\xff\x51") + 6 + 2, SIDE, SIDE)
    entries = {"Width": WIDTH, "Height": HEIGHT, "Filter": pikepdf.Name.JPXDecode}
    path = saved(pdf_of((bytes(data), entries)), tmp_path / "a.pdf")
    assert reasons(path) == ["too-large:pixels"]


def test_an_a3_page_at_600_dpi_is_not_too_large() -> None:
    assert INPUT_LIMITS.max_pixels > 7016 * 9921


def test_a_page_between_pillows_limit_and_ours_is_read_without_a_warning(tmp_path: Path) -> None:
    path = written(tmp_path / "a.png", png_claiming(10_000, 11_000))
    assert path.stat().st_size < 1_000_000
    assert reasons(path) == ["ok"]
    assert Image.MAX_IMAGE_PIXELS == 89478485


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95, 0.995])
def test_a_truncated_picture_is_never_read_as_half_a_page(
    tmp_path: Path, kind: str, part: float
) -> None:
    data = encoded(grey_picture(), kind)
    (reason,) = reasons(written(tmp_path / "a", data[: int(len(data) * part)]))
    assert reason.split(":")[0] == "unreadable-file"


@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=["baseline", "progressive"])
def test_a_jpeg_without_its_end_says_so(tmp_path: Path, options: dict[str, bool]) -> None:
    data = encoded(colour_picture(), "JPEG", **options)
    assert reasons(written(tmp_path / "a.jpg", data[:-2])) == ["unreadable-file:truncated"]


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_photo(tmp_path: Path) -> None:
    thumbnail = b"Exif\x00\x00" + encoded(grey_picture()[:32, :32], "JPEG")
    data = encoded(grey_picture(), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    whole = data[:2] + segment + data[2:]
    assert reasons(written(tmp_path / "whole.jpg", whole)) == ["ok"]
    cut = whole[: len(whole) // 2]
    assert b"\xff\xd9" in cut
    assert reasons(written(tmp_path / "cut.jpg", cut)) == ["unreadable-file:truncated"]


def test_a_cut_tiff_gives_the_pages_it_has_and_says_that_more_are_missing(tmp_path: Path) -> None:
    first, *rest = [Image.fromarray(grey_picture(seed)) for seed in range(4)]
    stream = io.BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=rest)
    data = stream.getvalue()
    path = written(tmp_path / "a.tif", data[: int(len(data) * 0.6)])
    outcomes = reasons(path)
    assert outcomes[:2] == ["ok", "ok"]
    assert outcomes[-1] == "unreadable-file:truncated"
    assert len(outcomes) < 5


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.95, 0.999])
def test_a_truncated_pdf_gives_no_page_that_is_not_whole(tmp_path: Path, part: float) -> None:
    data = good_pdf(tmp_path / "good.pdf").read_bytes()
    path = written(tmp_path / "cut.pdf", data[: int(len(data) * part)])
    assert all(reason.startswith("unreadable-file") for reason in reasons(path))
    assert reasons(path)


def test_a_pdf_that_asks_for_a_password(tmp_path: Path) -> None:
    pdf = pikepdf.open(good_pdf(tmp_path / "good.pdf"))
    secret = pikepdf.Encryption(owner="chủ", user="mật khẩu")
    saved(pdf, tmp_path / "secret.pdf", encryption=secret)
    assert reasons(tmp_path) == ["ok"] * 3 + ["encrypted-file"]


def test_a_pdf_with_an_owners_password_only_is_read(tmp_path: Path) -> None:
    pdf = pikepdf.open(good_pdf(tmp_path / "good.pdf"))
    saved(pdf, tmp_path / "owner.pdf", encryption=pikepdf.Encryption(owner="chủ", user=""))
    assert reasons(tmp_path / "owner.pdf") == ["ok"] * 3


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    (reason,) = reasons(saved(pikepdf.new(), tmp_path / "a.pdf"))
    assert reason == "unreadable-file:no-pages"


def test_a_picture_that_is_missing_in_a_pdf_is_not_a_blank_page(tmp_path: Path) -> None:
    pdf = pdf_of(jpeg_stream(encoded(grey_picture(), "JPEG")))
    del pdf.pages[0].obj.Resources.XObject["/Im0"]
    assert reasons(saved(pdf, tmp_path / "a.pdf")) == ["unreadable-file:damaged"]


@pytest.mark.parametrize("strips", [1, 2])
def test_a_picture_that_is_cut_in_a_whole_pdf(tmp_path: Path, strips: int) -> None:
    jpeg = encoded(grey_picture(), "JPEG")
    flate = zlib.compress(grey_picture().tobytes())
    flate_entries = raw_grey(grey_picture(), Filter=pikepdf.Name.FlateDecode)[1]
    content = b"q 595 0 0 842 0 0 cm /Im0 Do Q " * strips
    cut = [
        (jpeg_stream(jpeg)[1], jpeg[: len(jpeg) // 2]),
        (flate_entries, flate[: len(flate) // 2]),
        (raw_grey(grey_picture())[1], grey_picture().tobytes()[:-1]),
    ]
    for number, (entries, data) in enumerate(cut):
        saved(pdf_of((data, entries), content=content), tmp_path / f"{number}.pdf")
    assert reasons(tmp_path) == ["unreadable-file:truncated"] * 3


def test_a_huge_page_is_not_drawn(tmp_path: Path) -> None:
    lines = b"0 0 m 14400 14400 l S"
    path = saved(pdf_of(content=lines, page_size=(14400, 14400)), tmp_path / "a.pdf")
    assert reasons(path) == ["too-large:pixels"]


def test_a_huge_page_with_one_picture_gives_the_picture(tmp_path: Path) -> None:
    content = b"q 14400 0 0 14400 0 0 cm /Im0 Do Q"
    pdf = pdf_of(raw_grey(grey_picture()), content=content, page_size=(14400, 14400))
    (ref,) = listed(saved(pdf, tmp_path / "a.pdf"))
    assert isinstance(ref, PageRef)
    page = load_page(ref)
    assert not isinstance(page, Refusal)
    assert np.array_equal(page.image, grey_picture())
    assert page.dpi is None


def test_a_file_above_the_limit_of_bytes_is_not_opened(tmp_path: Path) -> None:
    path = good_pdf(tmp_path / "a.pdf")
    limits = InputLimits(max_file_bytes=1000)
    (item,) = list_pages(scan_file(path), file_digest(path), limits)
    assert isinstance(item, FileRefusal)
    assert str(item.refusal) == "too-large:bytes"


def test_a_file_that_vanished_or_changed_after_listing(tmp_path: Path) -> None:
    path = good_pdf(tmp_path / "a.pdf")
    last = listed(path)[-1]
    assert isinstance(last, PageRef)
    path.unlink()
    assert load_page(last) == Refusal(Reason.UNREADABLE_FILE, "cannot-open")
    good_pdf(path, pages=1)
    assert load_page(last) == Refusal(Reason.UNREADABLE_FILE, "changed")


def test_without_pi_heif_a_photo_is_refused_with_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real_import = builtins.__import__

    def without_heif(name: str, *arguments: object, **more: object) -> object:
        if name == "pi_heif":
            raise ImportError(name)
        return real_import(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without_heif)
    monkeypatch.delitem(sys.modules, "pi_heif", raising=False)
    path = Path(__file__).with_name("photo.heic")
    assert reasons(path) == ["unreadable-file:heic-support-missing"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    written(tmp_path / "1.jpg", b"not a picture")
    good_pdf(tmp_path / "2.pdf")
    written(tmp_path / "3.tif", b"")
    written(tmp_path / "4.png", encoded(grey_picture(), "PNG"))
    assert [reason == "ok" for reason in reasons(tmp_path)] == [False, *[True] * 3, False, True]


@given(
    st.sampled_from(["JPEG", "PNG", "TIFF", "PDF", "ZIP"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_damage_anywhere_is_an_answer_and_never_an_exception(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damage: list[tuple[int, int]]
) -> None:
    data = bytearray(whole_file(kind))
    for place, value in damage:
        data[place % len(data)] = value
    path = written(tmp_path_factory.mktemp("damaged") / "a", bytes(data))
    for item in listed(path):
        if isinstance(item, PageRef):
            page = load_page(item)
            assert isinstance(page, Refusal) or page.image.dtype == np.uint8
        else:
            assert item.name == PageName(item.name.file, item.name.page)


def whole_file(kind: str) -> bytes:
    small = grey_picture()[:24, :16]
    if kind == "PDF":
        stream = io.BytesIO()
        with pdf_of(jpeg_stream(encoded(small, "JPEG"))) as pdf:
            pdf.save(stream)
        return stream.getvalue()
    if kind == "ZIP":
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.png", encoded(small, "PNG"))
            archive.writestr("b.jpg", encoded(small, "JPEG"))
        return stream.getvalue()
    return encoded(small, kind)
