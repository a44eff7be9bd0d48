"""Files of a SCAN argument: all of them, in one order, each once."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

import pytest
from scan_files import encoded, grey_picture, listed, reasons, written

from omr.errors import UsageError
from omr.scan import file_digest, list_files
from omr.survey.folder import SurveyFolder

if TYPE_CHECKING:
    from pathlib import Path


def names(scan: Path) -> list[str]:
    return [file.name for file in list_files(scan)]


def test_a_file_is_known_by_its_base_name(tmp_path: Path) -> None:
    path = written(tmp_path / "sâu" / "Phiếu 1.jpg", b"x")
    assert names(path) == ["Phiếu 1.jpg"]


def test_a_folder_is_walked_whole_and_in_code_point_order(tmp_path: Path) -> None:
    wanted = ["10.pdf", "9.pdf", "B/1.tif", "a/b.png", "a/Á/2.tif", "ă.jpg", "đ.jpg"]
    for name in reversed(wanted):
        written(tmp_path / name, b"x")
    assert names(tmp_path) == wanted
    assert [file.path for file in list_files(tmp_path)] == [tmp_path / name for name in wanted]


def test_hidden_files_and_litter_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "Desktop.ini", "._a.jpg", ".git/a.jpg", "a.jpg"):
        written(tmp_path / name, b"x")
    assert names(tmp_path) == ["a.jpg"]


def test_litter_that_is_named_is_refused_with_a_reason(tmp_path: Path) -> None:
    assert reasons(written(tmp_path / "Thumbs.db", b"\xd0\xcf")) == [
        "unreadable-file:unsupported-type"
    ]


def test_a_survey_folder_among_the_scans_is_not_read_again(tmp_path: Path) -> None:
    written(SurveyFolder(tmp_path / "survey").database, b"x")
    written(tmp_path / "survey" / "scans" / "0f" / "0f12", b"%PDF-1.7")
    written(tmp_path / "a.jpg", b"x")
    assert names(tmp_path) == ["a.jpg"]


def test_whatever_could_be_a_scan_is_listed(tmp_path: Path) -> None:
    for name in ("Phiếu.bmp", "ghi chú.txt", "phiếu", "units.csv"):
        written(tmp_path / name, b"BM what is this")
    assert reasons(tmp_path) == ["unreadable-file:unsupported-type"] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    written(tmp_path / "a" / "1.jpg", b"x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "twice").symlink_to(tmp_path / "a")
    assert names(tmp_path) == ["a/1.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_to_a_file_is_followed_and_a_broken_one_is_said(tmp_path: Path) -> None:
    written(tmp_path / "elsewhere" / "1.png", encoded(grey_picture(), "PNG"))
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "1.png").symlink_to(tmp_path / "elsewhere" / "1.png")
    (scans / "2.png").symlink_to(tmp_path / "gone.png")
    assert reasons(scans) == ["ok", "unreadable-file:cannot-open"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_still_listed_and_can_be_stored(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff1.png", "wb") as stream:  # noqa: PTH123 - bytes
        stream.write(encoded(grey_picture(), "PNG"))
    assert names(tmp_path) == ["\\xff1.png"]
    assert reasons(tmp_path) == ["ok"]
    assert str(listed(tmp_path)[0].name).encode() == b"\\xff1.png#1"


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFO on Windows")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert names(tmp_path) == []
    with pytest.raises(UsageError):
        list_files(tmp_path / "pipe.jpg")


def test_a_path_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.pdf"):
        list_files(tmp_path / "none.pdf")


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    assert file_digest(written(tmp_path / "a", data)) == hashlib.sha256(data).hexdigest()


def test_a_file_that_cannot_be_read_has_no_digest_and_a_reason(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", b"%PDF-1.7")
    (file,) = list_files(path)
    path.unlink()
    assert file_digest(file.path) == ""
