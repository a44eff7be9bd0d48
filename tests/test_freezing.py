"""Freezing: what is printed, and what reading compares with, is fixed once and for good."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed import T1

from omr.errors import FormError, SurveyError
from omr.form import find_form
from omr.freezing import freeze, typeset_frozen
from omr.survey import Survey

if TYPE_CHECKING:
    from pathlib import Path

    from printed import PrintedSurvey

MEASURED = """\
id: cu
title: Phiếu cũ
measured:
  reference: mẫu.png
  blank: true
  capture: feeder
questions:
  - id: q1
    kind: single
    options:
      - {code: a, shape: box, box_px: [100, 200, 20, 20]}
      - {code: b, shape: oval, box_px: [160, 200, 30, 20]}
"""


def a_measured_form(folder: Path) -> Path:
    picture = np.full((1100, 850), 255, np.uint8)
    picture[200:220, 100:120] = 90
    (folder / "mẫu.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    path = folder / "cu.form.yaml"
    path.write_text(MEASURED, encoding="utf-8")
    return path


def test_freezing_twice_gives_the_same_version_and_the_same_picture() -> None:
    one, other = (freeze(find_form(T1)).reference for _ in range(2))
    assert one.layout.version == other.layout.version
    for page, same in zip(one.pages, other.pages, strict=True):
        np.testing.assert_array_equal(page.image, same.image)


def test_the_picture_shows_the_print_where_the_layout_has_it() -> None:
    """Every target's outline is dark and its inside white, at the place the layout says."""
    page = freeze(find_form(T1)).reference.pages[0]
    for target in page.layout.targets:
        box = target.box.scaled(page.pixels_per_mm)
        inner = target.box.grown(-1.0).scaled(page.pixels_per_mm)
        left = round(box.x)
        edge = page.image[round(box.y + box.h / 2), left - 3 : left + 4]
        inside = page.image[
            round(inner.y) : round(inner.bottom), round(inner.x) : round(inner.right)
        ]
        assert edge.min() < 160, target
        if target.option:
            assert inside.min() > 240, target


def test_what_a_survey_froze_is_set_again_as_it_was(printed: PrintedSurvey) -> None:
    with Survey.open(printed.folder) as survey:
        for version in survey.form_versions:
            assert typeset_frozen(survey, version).layout == survey.design(version).layout


def test_a_frozen_form_that_would_come_out_differently_is_not_printed(
    printed: PrintedSurvey, tmp_path: Path
) -> None:
    """Somebody edited the file inside the survey: its print could not be read."""
    with printed.copy(tmp_path / "survey") as survey:
        version = printed.layout(T1).version
        source = survey.form_source(version)
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("Nơi đón tiếp", "Nơi tiếp đón"), encoding="utf-8")
        with pytest.raises(SurveyError):
            typeset_frozen(survey, version)


def test_a_measured_form_brings_its_own_picture(tmp_path: Path) -> None:
    path = a_measured_form(tmp_path)
    reference = freeze(path).reference
    (page,) = reference.pages
    assert reference.layout.is_measured
    assert page.image.shape == (1100, 850)
    assert page.pixels_per_mm == pytest.approx(850 / 210)
    (first, *_) = page.layout.targets
    assert (first.box.x, first.box.w) == pytest.approx((100 * 210 / 850, 20 * 210 / 850))


def test_a_picture_that_cannot_be_decoded_is_said(tmp_path: Path) -> None:
    path = a_measured_form(tmp_path)
    (tmp_path / "mẫu.png").write_bytes(b"not a picture")
    with pytest.raises(FormError, match="mẫu"):
        freeze(path)


OFFICE = """\
id: nhanh
include: chung.yaml
title: PHIẾU CỦA {co_quan}
sections:
  - scale: S2
    questions: [Thái độ phục vụ]
"""
COMMON = """\
variables: {co_quan: UBND XÃ}
heading: {office: "{co_quan}"}
scales:
  S2: [Tốt: 2, Kém: 1]
"""


def test_a_survey_keeps_its_form_complete_and_the_authors_files_beside_it(tmp_path: Path) -> None:
    """What was included may be gone or changed by the time of the next print."""
    path, shared = tmp_path / "nhanh.yaml", tmp_path / "chung.yaml"
    path.write_text(OFFICE, encoding="utf-8")
    shared.write_text(COMMON, encoding="utf-8")
    frozen = freeze(path, {"co_quan": "UBND XÃ CẨM VINH"})
    with Survey.create(tmp_path / "survey", [frozen]) as survey:
        (version,) = survey.form_versions
        kept = survey.form_source(version).parent
        assert (kept / "author" / "nhanh.yaml").read_text(encoding="utf-8") == OFFICE
        assert (kept / "author" / "chung.yaml").read_text(encoding="utf-8") == COMMON
        assert "--set co_quan=UBND XÃ CẨM VINH" in survey.form_source(version).read_text("utf-8")
        path.unlink()
        shared.unlink()
        shutil.rmtree(kept / "author")
        pages = typeset_frozen(survey, version)
        assert pages.form.title == "PHIẾU CỦA UBND XÃ CẨM VINH"
        assert pages.layout == survey.design(version).layout


def test_a_survey_of_an_earlier_version_kept_the_authors_file_and_still_prints(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cu.yaml"
    path.write_text(EARLIER, encoding="utf-8")
    with Survey.create(tmp_path / "survey", [freeze(path)]) as survey:
        (version,) = survey.form_versions
        source = survey.form_source(version)
        shutil.rmtree(source.parent / "author")
        shutil.copy(path, source)
        assert typeset_frozen(survey, version).layout == survey.design(version).layout


EARLIER = """\
id: cu
title: PHIẾU CŨ
heading: {authority: UBND TỈNH, office: UBND XÃ}
instruction: "Nếu chọn nhầm, khoanh tròn dấu X đã chọn rồi đánh dấu X vào ô khác; muốn chọn lại ô \\
  đã khoanh thì tô kín ô đó."
scales:
  S2:
    - {code: "2", text: Tốt, score: 2}
    - {code: "1", text: Kém, score: 1}
sections:
  - title: Thông tin chung
    questions:
      - {id: a1, label: A1, text: "Ông/Bà là:", options: [{code: "1", text: Người dân}]}
      - {id: tuoi, kind: number, digits: 2, text: "Tuổi:"}
  - scale: S2
    head: Nội dung
    also: [{code: NA, text: Không liên quan}]
    questions:
      - {id: q1, label: "1", factor: CC, text: Thái độ phục vụ}
"""
