"""Bad files beside good ones: each is listed with its reason, and the rest is read."""

from __future__ import annotations

import csv
import json
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pikepdf
import pytest
from printed import T1
from typer.testing import CliRunner

from omr import pipeline
from omr.batch import read
from omr.export import export_survey
from omr.simulate.files import write_image, write_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.survey import Survey

EXPECTED = {
    "bom.png#1": "too-large",
    "cut.pdf#1": "unreadable-file",
    "empty.pdf#1": "unreadable-file",
    "empty.tif#1": "unreadable-file",
    "kep.zip/../trom.jpg#1": "unsafe-name",
    "khoa.pdf#1": "encrypted-file",
    "text.jpg#1": "unreadable-file",
}
"""Page name to the slug of its reason."""


def png_bomb() -> bytes:
    """A PNG that claims 30000 x 30000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def bad(printed: PrintedSurvey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every bad file of the issue, and nothing else."""
    folder = tmp_path_factory.mktemp("bad")
    whole = folder / "whole.pdf"
    write_pdf(whole, [printed.image(T1, 2, printed.filled(T1, 2))])
    content = whole.read_bytes()
    whole.unlink()
    (folder / "cut.pdf").write_bytes(content[: len(content) // 2])
    (folder / "empty.pdf").write_bytes(b"")
    with pikepdf.new() as locked:
        locked.add_blank_page()
        locked.save(folder / "khoa.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    (folder / "text.jpg").write_text("Kính gửi Ủy ban nhân dân xã", encoding="utf-8")
    (folder / "bom.png").write_bytes(png_bomb())
    (folder / "empty.tif").write_bytes(b"")
    with zipfile.ZipFile(folder / "kep.zip", "w") as archive:
        archive.writestr("../trom.jpg", b"\xff\xd8\xff")
    return folder


@pytest.fixture(scope="module")
def good(printed: PrintedSurvey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "tot.jpg"
    write_image(path, printed.image(T1, 1, printed.filled(T1, 1)))
    return path


@pytest.fixture
def survey(printed: PrintedSurvey, tmp_path: Path) -> Survey:
    return printed.copy(tmp_path / "survey")


def slugs(rows: list[tuple[str, str]]) -> dict[str, str]:
    return {name: reason.partition(":")[0] for name, reason in rows}


def test_each_bad_file_is_listed_with_its_reason_and_the_rest_is_read(
    survey: Survey, bad: Path, good: Path, tmp_path: Path
) -> None:
    summary = read(survey, [bad, good], jobs=1)
    assert slugs(list(summary.refused)) == EXPECTED
    assert (summary.sheets, summary.pages_rejected) == (1, len(EXPECTED))
    assert not summary.nothing_readable
    assembly = pipeline.assemble(survey)
    assert [sheet.serial for sheet in assembly.sheets] == [1]
    export_survey(tuple(survey.designs.values()), assembly, tmp_path / "out")
    with (tmp_path / "out" / "pages.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["status"] == "rejected"]
    assert slugs([(row["image"], row["reason"]) for row in rows]) == EXPECTED


def test_nothing_but_bad_files_is_nothing_readable(survey: Survey, bad: Path) -> None:
    summary = read(survey, [bad], jobs=1)
    assert summary.nothing_readable
    assert slugs(list(summary.refused)) == EXPECTED
    again = read(survey, [bad], jobs=1)
    assert again.nothing_readable
    assert again.refused == summary.refused


def test_only_the_files_that_were_named_are_listed(survey: Survey, bad: Path) -> None:
    """All empty files have one content: naming one must not list those read before."""
    read(survey, [bad], jobs=1)
    assert slugs(list(read(survey, [bad / "empty.tif"], jobs=1).refused)) == {
        "empty.tif#1": "unreadable-file"
    }


def test_an_empty_folder_is_nothing_readable(survey: Survey, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    assert read(survey, [tmp_path / "scans"], jobs=1).nothing_readable


@pytest.mark.parametrize(("with_good", "code"), [(True, 0), (False, 3)])
def test_the_exit_code_says_whether_anything_could_be_read(
    survey: Survey, bad: Path, good: Path, with_good: bool, code: int
) -> None:
    from omr.cli.app import app

    survey.close()
    scans = [str(bad), *([str(good)] if with_good else [])]
    called = CliRunner().invoke(app, ["read", str(survey.folder), *scans, "--jobs", "1", "--json"])
    assert called.exit_code == code, called.output
    told = json.loads(called.stdout)
    assert told["pages_rejected"] == len(EXPECTED)
    assert told["sheets"] == int(with_good)


def test_the_next_steps_are_shown_where_a_sheet_was_read(survey: Survey, good: Path) -> None:
    from omr.cli.app import app

    survey.close()
    called = CliRunner().invoke(app, ["read", str(survey.folder), str(good), "--jobs", "1"])
    assert f"omr export {survey.folder}" in called.stdout


def test_a_foreign_picture_alone_was_readable(survey: Survey, tmp_path: Path) -> None:
    """It is refused, but it is a picture: the clerk pointed at the wrong thing, not at nothing."""
    from PIL import Image

    Image.effect_noise((600, 850), 80).save(tmp_path / "anh.png")
    summary = read(survey, [tmp_path / "anh.png"], jobs=1)
    assert not summary.nothing_readable
    assert summary.pages_rejected == 1


def test_a_file_that_was_mended_is_read_then(survey: Survey, good: Path, tmp_path: Path) -> None:
    scan = tmp_path / "dang-chep.jpg"
    scan.write_bytes(good.read_bytes()[:20_000])
    assert read(survey, [scan], jobs=1).pages_rejected == 1
    scan.write_bytes(good.read_bytes())
    summary = read(survey, [scan], jobs=1)
    assert (summary.sheets, summary.pages_rejected) == (1, 0)
