"""ZIP files: their members are pages like any other, and a hostile one does no harm."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from scan_files import (
    encoded,
    grey_picture,
    jpeg_stream,
    listed,
    pages,
    pdf_of,
    reasons,
    saved,
    scan_file,
    written,
)

from omr.scan import FileRefusal, PageRef, file_digest, list_pages
from omr.settings import InputLimits

if TYPE_CHECKING:
    from pathlib import Path

PNG = encoded(grey_picture(), "PNG")


def zip_of(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_members_are_named_after_the_zip_and_come_in_order(tmp_path: Path) -> None:
    stream = io.BytesIO()
    frames = [Image.fromarray(grey_picture(seed)) for seed in (1, 2)]
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:])
    pdf = saved(pdf_of(jpeg_stream(encoded(grey_picture(), "JPEG"))), tmp_path / "x.pdf")
    members = {"z.tif": stream.getvalue(), "Phiếu 2/b.pdf": pdf.read_bytes(), "a.png": PNG}
    zip_of(tmp_path / "scans" / "đợt 1" / "quét.zip", members)
    found = pages(tmp_path / "scans")
    assert [str(page.name) for page in found] == [
        "đợt%201/quét.zip/Phiếu%202/b.pdf#1",
        "đợt%201/quét.zip/a.png#1",
        "đợt%201/quét.zip/z.tif#1",
        "đợt%201/quét.zip/z.tif#2",
    ]
    assert np.array_equal(found[1].image, grey_picture())
    assert np.array_equal(found[3].image, grey_picture(2))
    assert [page.sha256 for page in found[1:3]] == [
        hashlib.sha256(members[name]).hexdigest() for name in ("a.png", "z.tif")
    ]


def test_names_that_point_outside_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    names = [
        "../out.png",
        "/etc/out.png",
        "C:\\out.png",
        "a/../../out.png",
        "..\\out.png",
        "ok.png",
    ]
    path = zip_of(tmp_path / "in" / "a.zip", dict.fromkeys(names, PNG))
    assert sorted(reasons(path)) == ["ok", *["unsafe-name"] * 5]
    assert [item.name.file for item in listed(path) if isinstance(item, PageRef)] == [
        "a.zip/ok.png"
    ]
    assert {entry.name for entry in tmp_path.rglob("*")} == {"in", "a.zip"}


def test_hidden_members_and_litter_are_passed_over(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.png", "a/.DS_Store", "Thumbs.db", "a/", "a/1.png"]
    path = zip_of(tmp_path / "a.zip", {name: PNG if name[-1] != "/" else b"" for name in names})
    assert [str(item.name) for item in listed(path)] == ["a.zip/a/1.png#1"]


def test_utf8_names_are_known_with_and_without_the_flag(tmp_path: Path) -> None:
    data = bytearray(zip_of(tmp_path / "a.zip", {"Phiếu.png": PNG}).read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + place
        (flags,) = struct.unpack_from("<H", data, at)
        assert flags & 0x800
        struct.pack_into("<H", data, at, flags & ~0x800)
    written(tmp_path / "b.zip", bytes(data))
    found = pages(tmp_path)
    assert [page.name.file for page in found] == ["a.zip/Phiếu.png", "b.zip/Phiếu.png"]


def test_an_encrypted_member_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"1.png": PNG, "2.png": PNG})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + place
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    assert reasons(written(path, bytes(data))) == ["encrypted-file", "ok"]


def test_a_damaged_member_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"1.png": PNG, "2.png": PNG}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[len(PNG) // 2] ^= 0xFF
    assert reasons(written(path, bytes(data))) == ["unreadable-file:damaged", "ok"]


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "unreadable-file:no-pages"),
        ({"a.txt": b"text"}, "unreadable-file:unsupported-type"),
        ({"a.png": b""}, "unreadable-file:empty-file"),
        ({"[Content_Types].xml": b"<x/>", "word/a.png": PNG}, "unreadable-file:unsupported-type"),
    ],
    ids=["empty", "text", "empty-member", "office-document"],
)
def test_a_zip_without_pages_says_why(
    tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    assert reasons(zip_of(tmp_path / "a.zip", members)) == [reason]


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner" / "a.zip", {"1.png": PNG}).read_bytes()
    path = zip_of(tmp_path / "outer.zip", {"a.zip": inner, "2.png": PNG})
    assert reasons(path) == ["ok", "unreadable-file:zip-in-zip"]


def test_a_truncated_zip(tmp_path: Path) -> None:
    data = zip_of(tmp_path / "a.zip", {"1.png": PNG}).read_bytes()
    path = written(tmp_path / "b.zip", data[: len(data) // 2])
    assert reasons(path) == ["unreadable-file:truncated"]


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {f"{n}.tif": bytes(2_000_000) for n in range(3)})
    limits = InputLimits(free_expansion_bytes=1_000_000)
    (item,) = list_pages(scan_file(path), file_digest(path), limits)
    assert isinstance(item, FileRefusal)
    assert str(item.refusal) == "too-large:zip-bomb"


def test_a_member_that_is_too_large_is_not_unpacked(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"1.tif": bytes(1_000_000), "2.png": PNG})
    items = list_pages(scan_file(path), file_digest(path), InputLimits(max_image_bytes=500_000))
    assert isinstance(items[0], FileRefusal)
    assert str(items[0].refusal) == "too-large:bytes"
    assert isinstance(items[1], PageRef)


def test_two_members_of_one_name_are_refused_and_not_one_of_them_taken(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.png", PNG)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("1.png", encoded(grey_picture(1), "PNG"))
        archive.writestr("2.png", PNG)
    assert reasons(tmp_path) == ["unreadable-file:two-members-of-one-name", "ok"]
