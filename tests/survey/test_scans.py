"""The original scans are kept byte for byte, once, and only if they are what was read."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from omr.errors import SurveyError

if TYPE_CHECKING:
    from pathlib import Path

    from omr.survey import Survey

CONTENT = os.urandom(3_000_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Bàn giao 01.PDF"
    path.write_bytes(CONTENT)
    return path


def files(survey: Survey) -> list[Path]:
    return sorted(path for path in (survey.folder / "scans").rglob("*") if path.is_file())


def test_a_scan_is_kept_byte_for_byte(survey: Survey, scan: Path) -> None:
    copy = survey.store_scan(scan, DIGEST)
    assert copy == survey.folder / "scans" / DIGEST[:2] / f"{DIGEST}.pdf"
    scan.unlink()
    assert copy.read_bytes() == CONTENT
    assert survey.scan_path(DIGEST) == copy


def test_the_same_content_is_kept_once(survey: Survey, scan: Path) -> None:
    first = survey.store_scan(scan, DIGEST)
    other = scan.with_name("again.tif")
    other.write_bytes(CONTENT)
    assert survey.store_scan(other, DIGEST) == first
    assert files(survey) == [first]


def test_a_copy_that_was_lost_is_made_again(survey: Survey, scan: Path) -> None:
    survey.store_scan(scan, DIGEST).unlink()
    assert survey.store_scan(scan, DIGEST).read_bytes() == CONTENT


def test_a_scan_that_changed_meanwhile_is_refused(survey: Survey, scan: Path) -> None:
    with scan.open("ab") as still_writing:
        still_writing.write(b"more")
    with pytest.raises(SurveyError, match="changed while it was being read"):
        survey.store_scan(scan, DIGEST)
    assert files(survey) == []
    assert survey.scan_path(DIGEST) is None


def test_a_scan_that_is_gone_is_said(survey: Survey, scan: Path) -> None:
    scan.unlink()
    with pytest.raises(SurveyError, match="could not be copied"):
        survey.store_scan(scan, DIGEST)


def test_without_a_copy_path_and_digest_are_recorded(survey: Survey, scan: Path) -> None:
    survey.note_scan(scan, DIGEST)
    survey.note_scan(scan, DIGEST)
    assert survey.scan_path(DIGEST) == scan
    assert files(survey) == []
    copy = survey.store_scan(scan, DIGEST)
    assert survey.scan_path(DIGEST) == copy
