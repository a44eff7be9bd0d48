"""A number on paper, from the pen to the tables: printed, filled in, scanned, read, exported."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from omr import pipeline
from omr.freezing import freeze
from omr.simulate import CAREFUL, CaptureSettings, Mode, fill_form, ink_page, render_pdf_page, scan
from omr.simulate.files import write_image
from omr.simulate.pens import PenKind
from omr.simulate.writers import MarkKind, writer_with
from omr.survey import Survey

if TYPE_CHECKING:
    from pathlib import Path

FORM = """
id: so
heading: {authority: ỦY BAN NHÂN DÂN TỈNH, office: ỦY BAN NHÂN DÂN XÃ}
title: PHIẾU SỐ
sections:
  - questions:
      - {id: tuoi, kind: number, digits: 2, text: "Tuổi:"}
      - {id: so_lan, kind: number, digits: 2, text: "Số lần đi lại:"}
      - {id: ho_so, kind: number, digits: 4, text: "Số hồ sơ:"}
      - {id: trong, kind: number, digits: 3, text: "Số ngày chờ:"}
      - {id: co, kind: yesno, text: "Có phải đi lại không?"}
"""
SAID = (
    {"tuoi": "42", "so_lan": "7", "ho_so": "3806", "trong": "", "co": "1"},
    {"tuoi": "65", "so_lan": "10", "ho_so": "9123", "trong": "", "co": "0"},
    {"tuoi": "18", "so_lan": "3", "ho_so": "5074", "trong": "", "co": "1"},
)
UNIT = "Xã An Bình"
NUMBERS = ("tuoi", "so_lan", "ho_so")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True)
class Office:
    """A survey whose sheets were read, and the tables that came of it."""

    survey: Path
    tables: Path

    def table(self, name: str) -> list[dict[str, str]]:
        return rows(self.tables / name)


@pytest.fixture(scope="module", params=[Mode.GREY, Mode.ONE_BIT], ids=["grey", "1bit"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    root = tmp_path_factory.mktemp("numbers")
    (root / "so.yaml").write_text(FORM, encoding="utf-8")
    frozen = [freeze(root / "so.yaml")]
    known = {"survey_id": "5eed00000001", "key": bytes(range(32))}  # the same print every time
    with Survey.create(root / "survey", frozen, [UNIT], **known) as survey:
        pipeline.print_sheets(survey, len(SAID), UNIT, "", root / "so.pdf")
        (design,) = survey.designs.values()
    (root / "scans").mkdir()
    for number, said in enumerate(SAID):
        hand = writer_with(PenKind.BALL_BLUE, MarkKind.CROSS, np.random.default_rng(number))
        sheet = fill_form(
            design.form, design.layout, 40 + number, writer=hand, behaviour=CAREFUL, given=said
        )
        paper = ink_page(render_pdf_page(root / "so.pdf", number + 1, 10.0), sheet, 1)
        image = scan(paper, CaptureSettings(mode=request.param), number)
        write_image(root / "scans" / f"{number}.png", image)
    with Survey.open(root / "survey") as survey:
        pipeline.read(survey, [root / "scans"])
        pipeline.export_results(survey, root / "tables")
        pipeline.review_out(survey, root / "tables")
    return Office(root / "survey", root / "tables")


def test_an_accepted_number_is_the_one_that_was_written(office: Office) -> None:
    for row, said in zip(office.table("ratings.csv"), SAID, strict=True):
        waiting = row["review"].split()
        for question in NUMBERS:
            assert row[question] == ("" if question in waiting else said[question])


def test_some_numbers_need_no_person(office: Office) -> None:
    read = [row[question] for row in office.table("ratings.csv") for question in NUMBERS]
    assert len(read) == len(SAID) * len(NUMBERS)
    assert sum(bool(number) for number in read) >= 1


def test_empty_cells_are_no_answer(office: Office) -> None:
    for row in office.table("ratings.csv"):
        assert row["trong"] == ""
        assert "trong" not in row["review"].split()


def test_what_waits_has_its_picture_and_a_guess_without_leading_zeros(office: Office) -> None:
    serials = [row["serial"] for row in office.table("ratings.csv")]
    for row in office.table("review.csv"):
        if row["question"] in NUMBERS:
            assert row["reason"] == "number"
            assert (office.tables / row["crop"]).is_file()
            said = SAID[serials.index(row["serial"])][row["question"]]
            assert row["machine"] in {"", said}


def test_every_cell_has_its_row_among_the_marks(office: Office) -> None:
    cells = [row for row in office.table("marks.csv") if row["question"] == "ho_so"]
    assert [row["option"] for row in cells] == ["1", "2", "3", "4"] * len(SAID)
    assert {row["decided_by"] for row in cells} == {"machine"}
    assert "unmarked" not in {row["state"] for row in cells}
