"""The commands on a survey that was printed and read: what they say, write and refuse."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Omr = Callable[..., Result]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_issued_lists_every_serial_in_printing_order(omr: Omr, survey: Path) -> None:
    listed = list(csv.DictReader(io.StringIO(omr("issued", survey).stdout)))
    assert [row["serial"] for row in listed] == [
        *("000001B", "000002C", "000003D", "000004F", "000005G", "000006H")
    ]
    assert list(listed[0]) == ["serial", "unit", "field", "run", "printed_at"]
    assert (listed[0]["unit"], listed[0]["run"]) == ("Xã Cẩm Vinh", "1")


def test_status_counts_and_lists_on_request(omr: Omr, survey: Path) -> None:
    counts = [line.split()[-1] for line in omr("status", survey).stdout.splitlines()[:7]]
    assert counts == ["6", "3", "2", "1", "0", "3", "1"]
    assert omr("status", survey, "--missing").stdout.split() == ["000004F", "000005G", "000006H"]
    assert omr("status", survey, "--waiting").stdout.split() == ["000003D", "q2"]
    assert "photo.jpg#1\tno-marks-found" in omr("status", survey, "--rejected").stdout


def test_export_writes_the_files_and_says_what_waits(
    omr: Omr, survey: Path, tmp_path: Path
) -> None:
    result = omr("export", survey, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "waiting for review: 1." in result.stdout
    ratings = rows(tmp_path / "out" / "ratings.csv")
    assert [row["status"] for row in ratings] == ["accepted", "accepted", "review"]


def test_review_goes_out_and_comes_back_once(omr: Omr, survey: Path, tmp_path: Path) -> None:
    omr("review", survey, "-o", tmp_path / "xx")
    table = tmp_path / "xx" / "review.csv"
    (waiting,) = rows(table)
    assert (waiting["question"], waiting["machine"]) == ("q2", "5+4")
    table.write_text(f"item;decision\n{waiting['item']};5+4\n", encoding="utf-8")

    first = omr("review", survey, "--import", table, "--reviewer", "Lan")
    assert "1 new" in first.stdout
    assert "0 new" in omr("review", survey, "--import", table, "--reviewer", "Lan").stdout
    omr("export", survey, "-o", tmp_path / "out")
    third = rows(tmp_path / "out" / "ratings.csv")[2]
    assert (third["status"], third["q2"]) == ("accepted", "5+4")
    marks = rows(tmp_path / "out" / "marks.csv")
    decided = {row["decided_by"] for row in marks if row["question"] == "q2"}
    assert decided == {"machine", "Lan"}

    undone = omr("review", survey, "--undo", waiting["item"], "--reviewer", "Lan")
    assert undone.exit_code == 0
    assert omr("status", survey, "--waiting").stdout.split() == ["000003D", "q2"]


def test_decisions_that_were_not_imported_yet_are_never_overwritten(
    omr: Omr, survey: Path, tmp_path: Path
) -> None:
    omr("review", survey, "-o", tmp_path)
    table = tmp_path / "review.csv"
    (waiting,) = rows(table)
    filled = f"item,decision,reviewer\n{waiting['item']},4,Lan\n"
    table.write_text(filled, encoding="utf-8")
    refused = omr("review", survey, "-o", tmp_path)
    assert (refused.exit_code, table.read_text(encoding="utf-8")) == (2, filled)
    assert "--import" in refused.stderr
    omr("review", survey, "--import", table)
    assert omr("review", survey, "-o", tmp_path).exit_code == 0
    assert rows(table) == []


def test_a_wrong_table_changes_nothing(omr: Omr, survey: Path, tmp_path: Path) -> None:
    omr("review", survey, "-o", tmp_path)
    (waiting,) = rows(tmp_path / "review.csv")
    bad = tmp_path / "bad.csv"
    bad.write_text(f"item,decision,reviewer\n{waiting['item']},5,Lan\nnobody,5,Lan\n")
    result = omr("review", survey, "--import", bad)
    assert result.exit_code == 2
    assert "row 3" in result.stderr
    assert omr("status", survey, "--waiting").stdout


def test_review_wants_exactly_one_thing_to_do(omr: Omr, survey: Path) -> None:
    assert omr("review", survey).exit_code == 2
    assert omr("review", survey, "--undo", "x").exit_code == 2


def test_a_missing_table_is_said_in_plain_words(omr: Omr, survey: Path) -> None:
    result = omr("review", survey, "--import", survey / "none.csv")
    assert result.exit_code == 2
    assert "none.csv" in result.stderr


def test_tally_shows_the_index_and_writes_it(omr: Omr, survey: Path, tmp_path: Path) -> None:
    result = omr("tally", survey, "--csv", tmp_path / "t.csv")
    assert result.exit_code == 0
    index = rows(tmp_path / "t.csv")[-1]
    assert (index["best"], index["scored"], index["percent"]) == ("28", "29", "96.55")
    assert "96.55%" in result.stdout


def test_tally_by_unit_names_the_unit(omr: Omr, survey: Path) -> None:
    assert "Xã Cẩm Vinh: 3 sheets" in omr("tally", survey, "--by", "unit").stdout
    assert omr("tally", survey, "--by", "colour").exit_code == 2


def test_withdraw_takes_a_file_out_and_back_in(omr: Omr, survey: Path) -> None:
    assert "scan.pdf" in omr("withdraw", survey, "scan.pdf").stdout
    assert omr("status", survey).stdout.splitlines()[1].split()[-1] == "0"
    assert omr("withdraw", survey, "scan.pdf", "--undo").exit_code == 0
    assert omr("status", survey).stdout.splitlines()[1].split()[-1] == "3"
    assert omr("withdraw", survey, "unknown.pdf").exit_code == 2


def test_print_refuses_to_overwrite_before_it_issues(
    omr: Omr, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "p.pdf"
    out.write_bytes(b"precious")
    refused = omr("print", survey, "--copies", "2", "-o", out)
    assert refused.exit_code == 2
    assert out.read_bytes() == b"precious"
    assert len(omr("issued", survey).stdout.splitlines()) == 7
    printed = omr("print", survey, "--copies", "2", "-o", out, "--force")
    assert "000007J – 000008K" in printed.stdout
    assert out.read_bytes().startswith(b"%PDF")


def test_print_again_takes_serials_as_printed(omr: Omr, survey: Path, tmp_path: Path) -> None:
    result = omr("print", survey, "--again", "000002C-000003D", "-o", tmp_path / "p.pdf")
    assert "(again): 2 sheets" in result.stdout
    assert len(omr("issued", survey).stdout.splitlines()) == 7


def test_a_master_is_printed_on_record_and_issues_nothing(
    omr: Omr, survey: Path, tmp_path: Path
) -> None:
    before = omr("issued", survey).stdout
    printed = omr("print", survey, "--unnumbered", "--field", "Đất đai", "-o", tmp_path / "m.pdf")
    assert printed.exit_code == 0
    assert "Print run 2: one master without a serial" in printed.stdout
    assert "Count the papers" not in printed.stdout  # a form of one page has nothing to pair
    assert (tmp_path / "m.pdf").stat().st_size > 10_000
    assert omr("issued", survey).stdout == before
    assert omr("status", survey).stdout.splitlines()[0].split()[-1] == "6"


def test_a_master_of_two_pages_says_what_the_order_of_scanning_cannot_show(
    omr: Omr, tmp_path: Path
) -> None:
    assert omr("init", tmp_path / "two", "--form", "t3-sipas", "--unit", "U").exit_code == 0
    printed = omr(
        "print", tmp_path / "two", "--unnumbered", "--unit", "U", "-o", tmp_path / "m.pdf"
    )
    assert "draws in two papers at once" in printed.stdout
    assert printed.stdout.count("Count the papers of each stack") == 1


@pytest.mark.parametrize("also", [("--copies", "3"), ("--again", "1-2")])
def test_a_master_is_printed_alone(
    omr: Omr, survey: Path, tmp_path: Path, also: tuple[str, str]
) -> None:
    result = omr("print", survey, "--unnumbered", *also, "-o", tmp_path / "m.pdf")
    assert result.exit_code != 0
    assert not (tmp_path / "m.pdf").exists()


@pytest.mark.parametrize("wrong", [("--again", "abc"), (), ("--again", "1-2", "--copies", "3")])
def test_print_says_what_it_needs(
    omr: Omr, survey: Path, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    assert omr("print", survey, *wrong, "-o", tmp_path / "p.pdf").exit_code == 2


def test_forms_and_layout_speak_of_the_shipped_forms(omr: Omr) -> None:
    assert "t1-mot-cua" in omr("forms").stdout
    described = json.loads(omr("layout", "t1-mot-cua").stdout)
    assert set(described) == {"form", "version", "page_size_mm", "questions", "pages"}
    assert omr("check", "no-such-form").exit_code == 2


def test_init_makes_a_survey_and_never_a_second_one_over_it(omr: Omr, tmp_path: Path) -> None:
    made = omr("init", tmp_path / "new", "--form", "t1-mot-cua", "--unit", "A", "--unit", "B")
    assert made.exit_code == 0
    assert "omr print" in made.stdout
    assert omr("init", tmp_path / "new", "--form", "t1-mot-cua").exit_code == 2


def test_a_folder_that_is_no_survey_ends_with_code_4(omr: Omr, tmp_path: Path) -> None:
    result = omr("status", tmp_path)
    assert result.exit_code == 4
    assert result.stderr.startswith("Error:")


def test_nothing_readable_ends_with_code_3_and_json_all_the_same(
    omr: Omr, survey: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.jpg").write_text("not a picture")
    result = omr("read", survey, tmp_path / "bad.jpg", "--jobs", "1", "--json")
    assert result.exit_code == 3
    summary = json.loads(result.stdout)
    assert (summary["pages"], summary["pages_rejected"], summary["sheets"]) == (1, 1, 0)
    assert summary["refused"][0]["reason"].startswith("unreadable-file")


def test_read_names_each_refused_page_in_words(omr: Omr, survey: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_text("not a picture")
    result = omr("read", survey, tmp_path / "bad.jpg", "--jobs", "1")
    assert "1 × The file is damaged" in result.stdout
    assert "[bad.jpg#1]" in result.stdout
    assert "Next:" not in result.stdout, "a scan without a sheet has nothing to export"


def test_json_is_alone_on_stdout_in_a_real_process(survey: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_text("not a picture")
    done = subprocess.run(
        [sys.executable, "-m", "omr", "read", survey, tmp_path / "bad.jpg", "--jobs=1", "--json"],
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.returncode == 3
    assert set(json.loads(done.stdout)) >= {
        *("pages", "sheets", "accepted", "review", "rejected", "pages_rejected", "seconds")
    }
    assert b"Traceback" not in done.stderr
