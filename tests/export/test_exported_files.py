"""What stands in the exported files, read as other programs read them.

The folder ``golden`` holds the whole small export. If a change of it is meant, renew it with
``OMR_RENEW_GOLDEN=1 pytest tests/export`` and look at the difference before committing it.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import openpyxl
import pandas as pd
import pytest
from hand_made import DESIGNS

from omr.errors import UsageError
from omr.export import EXPORTED_FILES, export_survey

if TYPE_CHECKING:
    from omr.survey.model import Assembly

GOLDEN = Path(__file__).parent / "golden"
CSV_FILES = [name for name in EXPORTED_FILES if name.endswith(".csv")]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", CSV_FILES)
def test_the_small_export_is_the_golden_one(exported: Path, name: str) -> None:
    if os.environ.get("OMR_RENEW_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_bytes((exported / name).read_bytes())
    assert (exported / name).read_bytes() == (GOLDEN / name).read_bytes(), (
        "renew with: OMR_RENEW_GOLDEN=1 pytest tests/export"
    )


def test_all_five_files_are_written_and_nothing_else_is_left(exported: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == sorted(EXPORTED_FILES)


@pytest.mark.parametrize("name", EXPORTED_FILES)
def test_the_same_survey_gives_the_same_bytes(
    tmp_path: Path, exported: Path, survey: Assembly, name: str
) -> None:
    with patch("time.time", return_value=2_000_000_000.0):
        export_survey(DESIGNS, survey, tmp_path / "later")
    assert (tmp_path / "later" / name).read_bytes() == (exported / name).read_bytes()


@pytest.mark.parametrize("name", CSV_FILES)
def test_csv_has_a_bom_and_crlf_and_parses_back_in_pandas_as_in_csv(
    exported: Path, name: str
) -> None:
    content = (exported / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    table = pd.read_csv(exported / name, dtype=str, keep_default_na=False)
    assert table.to_dict("records") == rows(exported / name)


def test_ratings_columns_are_the_contracts(exported: Path) -> None:
    header = (exported / "ratings.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == (
        "serial,form,unit,field,opening,status,review,reason,a1,q1,q2,q3,m,n,z,b1,pages"
    )


def test_marks_and_pages_columns_are_the_contracts(exported: Path) -> None:
    assert ",".join(rows(exported / "marks.csv")[0]) == (
        "serial,source,image,page,question,option,state,ink,confidence,decided_by"
    )
    assert ",".join(rows(exported / "pages.csv")[0]) == (
        "source,sha256,image,serial,page,status,reason,dpi,rotation,scale_x,scale_y,residual_mm,"
        "gauge_white,gauge_contrast,gauge_midtone,gauge_sharpness,gauge_noise,gauge_empty_ink,"
        "gauge_shift_mm"
    )


def test_an_accepted_sheet_shows_its_answers(exported: Path) -> None:
    first = rows(exported / "ratings.csv")[0]
    assert first["serial"] == "000001B"
    assert first["status"] == "accepted"
    assert (first["q1"], first["q3"], first["m"], first["n"]) == ("5", "kyk", "tt+phi", "7")
    assert first["pages"] == "scan.pdf#1"


def test_a_confirmed_double_mark_stays_and_numbers_lose_their_zeros(exported: Path) -> None:
    second = rows(exported / "ratings.csv")[1]
    assert (second["q1"], second["n"], second["status"]) == ("5+4", "12", "accepted")


def test_a_waiting_question_is_an_empty_cell_and_named(exported: Path) -> None:
    third = rows(exported / "ratings.csv")[2]
    assert (third["status"], third["review"], third["q2"], third["q1"]) == ("review", "q2", "", "5")


def test_a_waiting_sheet_shows_nothing_but_why(exported: Path) -> None:
    fourth = rows(exported / "ratings.csv")[3]
    assert (fourth["review"], fourth["reason"], fourth["q1"]) == ("*", "duplicate-serial", "")
    assert fourth["pages"] == "thư%20mục/a.pdf#1"


def test_a_rejected_sheet_waits_for_nothing(exported: Path) -> None:
    fifth = rows(exported / "ratings.csv")[4]
    assert (fifth["status"], fifth["review"]) == ("rejected", "")


def test_a_sheet_without_serial_is_known_by_its_pages(exported: Path) -> None:
    last = rows(exported / "ratings.csv")[-1]
    assert (last["serial"], last["pages"], last["b1"]) == ("", "x.zip/1.jpg#1", "01")


def test_text_from_outside_cannot_run(exported: Path) -> None:
    second = rows(exported / "ratings.csv")[1]
    assert second["unit"] == "'=cmd()"
    assert second["z"] == "'=1+1, rồi\n“tốt”"


def test_a_mark_is_decided_by_the_machine_or_by_a_name(exported: Path) -> None:
    deciders = {
        (row["serial"], row["question"]): row["decided_by"] for row in rows(exported / "marks.csv")
    }
    assert deciders["000001B", "q1"] == "machine"
    assert deciders["000002C", "q1"] == "Lan"


def test_every_target_of_every_read_page_has_a_row(exported: Path, survey: Assembly) -> None:
    targets = sum(len(page.marks) for sheet in survey.sheets for page in sheet.pages)
    assert len(rows(exported / "marks.csv")) == targets


def test_a_refused_page_is_listed_with_its_reason_and_encoded_name(exported: Path) -> None:
    refused = rows(exported / "pages.csv")[0]
    assert (refused["source"], refused["image"]) == ("lạ #1.jpg", "lạ%20%231.jpg#1")
    assert (refused["status"], refused["reason"]) == ("rejected", "other-survey:a1b2c3d4e5f6")


def test_a_negative_turn_stays_a_number(exported: Path) -> None:
    read = rows(exported / "pages.csv")[1]
    assert (read["rotation"], read["scale_x"], read["residual_mm"]) == ("-0.51", "1.0012", "0.05")


def test_a_gauge_stands_behind_the_geometry_or_leaves_its_cells_empty(exported: Path) -> None:
    refused, read = rows(exported / "pages.csv")[:2]
    assert (read["gauge_white"], read["gauge_sharpness"]) == ("245", "0.7")
    assert (refused["gauge_white"], refused["gauge_shift_mm"]) == ("", "")


def test_the_codebook_explains_every_option(exported: Path) -> None:
    book = {(r["form"], r["question"], r["option"]): r for r in rows(exported / "codebook.csv")}
    assert book["mot-cua", "q3", "kyk"]["score"] == ""
    assert book["mot-cua", "q1", "5"]["option_text"] == "Rất hài lòng"
    assert book["mot-cua", "q1", "5"]["score"] == "5"
    assert ("mot-cua", "z", "") in book


def test_the_spreadsheet_keeps_text_as_text_and_numbers_as_numbers(exported: Path) -> None:
    sheet = openpyxl.load_workbook(exported / "ratings.xlsx")["ratings"]
    header = [cell.value for cell in sheet[1]]
    second = dict(zip(header, sheet[3], strict=True))
    assert second["serial"].value == "000002C"
    assert (second["q2"].value, second["q2"].data_type) == (3, "n")
    assert (second["q1"].value, second["q1"].data_type) == ("5+4", "s")
    assert (second["unit"].value, second["unit"].data_type) == ("=cmd()", "s")
    codes = {row[0].value for row in sheet.iter_rows(min_row=2, min_col=header.index("b1") + 1)}
    assert "01" in codes


def test_the_spreadsheet_holds_codebook_and_columns_too(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "ratings.xlsx")
    assert book.sheetnames == ["ratings", "codebook", "columns"]
    described = {(row[0].value, row[1].value) for row in book["columns"].iter_rows(min_row=2)}
    assert {("ratings.csv", "review"), ("marks.csv", "ink"), ("review.csv", "item")} <= described


def test_a_file_that_cannot_be_replaced_leaves_the_old_ones(
    exported: Path, survey: Assembly
) -> None:
    before = {name: (exported / name).read_bytes() for name in EXPORTED_FILES}
    locked = PermissionError(13, "in use", str(exported / "ratings.csv"))
    with (
        patch.object(io, "open", side_effect=locked),
        pytest.raises(UsageError, match=r"ratings\.csv"),
    ):
        export_survey(DESIGNS, survey, exported)
    assert {name: (exported / name).read_bytes() for name in EXPORTED_FILES} == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, survey: Assembly) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="file"):
        export_survey(DESIGNS, survey, tmp_path / "file" / "out")
