"""``omr measure --from omrchecker``: the files it writes, what it says, and its exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from omr.form import load_form
from omr.form.designed import MeasuredForm
from tests.measuring.omrchecker import sheets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Omr = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sample = sheets.scanned(sheets.drawn_page())
    step = {"name": "GaussianBlur", "options": {"kSize": [3, 3]}}
    return sheets.write_project(tmp_path / "bai-thi", sample, preProcessors=[step])


def test_a_template_becomes_a_form_its_picture_and_an_overlay(
    omr: Omr, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "moi" / "bai-thi.yaml"
    result = omr("measure", "--from", "omrchecker", folder, "-o", out, "--blank")
    assert result.exit_code == 0
    form = load_form(out)
    assert isinstance(form, MeasuredForm)
    assert (form.form.id, form.blank, len(form.targets)) == ("bai-thi", True, 68)
    assert (out.parent / "bai-thi.overlay.png").is_file()
    said = result.stdout
    assert "68 of 68 boxes lie on a printed bubble" in said
    assert "the column 'Roll' comes as one question a part" in said
    assert "Thái độ → Thai_do" in said
    assert "not used: GaussianBlur" in said
    assert "may hold marks" not in said


def test_a_picture_of_another_paper_ends_with_a_failed_check(
    omr: Omr, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.png"
    words = np.full((1600, 1200), 250, np.uint8)
    for row in range(20):
        text = "not this paper at all"
        cv2.putText(words, text, (90, 90 + 70 * row), cv2.FONT_HERSHEY_SIMPLEX, 2, (30,), 4)
    cv2.imwrite(str(other), words)
    out = tmp_path / "form.yaml"
    result = omr("measure", "--from", "omrchecker", folder, "-o", out, "--image", other)
    assert result.exit_code == 5
    assert out.is_file()
    assert "too many of its boxes lie on no printed bubble" in str(result.exception) + result.output


def test_a_wrong_template_is_refused_with_its_place(omr: Omr, folder: Path, tmp_path: Path) -> None:
    (folder / "template.json").write_text('{"pageDimensions": [600, 800]}', encoding="utf-8")
    result = omr("measure", "--from", "omrchecker", folder, "-o", tmp_path / "form.yaml")
    assert result.exit_code == 2
    assert "fieldBlocks" in str(result.exception) + result.output
