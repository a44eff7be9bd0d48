"""From a form to ratings, by the commands alone: nothing lost, nothing silently wrong."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from chain import COPIES, FIRST, T1, T3, UNIT, Chain, omr, rows

if TYPE_CHECKING:
    from pathlib import Path

SHEETS = 7
IMAGES = 10


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chain, dict[str, object]]:
    """The chain up to ``omr read``, and what it said."""
    chain = Chain(tmp_path_factory.mktemp("chain"))
    chain.found_and_print()
    chain.fill_and_scan()
    return chain, json.loads(omr("read", chain.survey, chain.scans, "--jobs", 1, "--json"))


@pytest.fixture
def survey(read: tuple[Chain, dict[str, object]], tmp_path: Path) -> Path:
    """A copy of the folder: a complete survey, by the contract."""
    return shutil.copytree(read[0].survey, tmp_path / "survey")


@pytest.fixture
def truth(read: tuple[Chain, dict[str, object]]) -> dict[str, dict[str, str]]:
    return read[0].truth


def export(survey: Path, to: Path) -> list[dict[str, str]]:
    omr("export", survey, "-o", to)
    return rows(to / "ratings.csv")


def test_read_sums_up_what_it_saw(read: tuple[Chain, dict[str, object]]) -> None:
    told = read[1]
    assert told["pages"] == IMAGES
    assert (told["sheets"], told["blank"], told["pages_rejected"]) == (SHEETS, 1, 0)
    assert told["accepted"] + told["review"] == SHEETS  # type: ignore[operator]
    assert told["refused"] == []
    assert told["seconds"] > 0  # type: ignore[operator]


def test_what_was_issued_is_listed(survey: Path) -> None:
    listed = list(csv.DictReader(omr("issued", survey).lstrip("\ufeff").splitlines()))
    assert list(listed[0]) == ["serial", "unit", "field", "run", "printed_at"]
    assert [int(row["serial"][:6]) for row in listed] == list(range(1, sum(COPIES.values()) + 1))
    assert {row["unit"] for row in listed} == {UNIT}


def test_every_question_is_right_or_waits(
    survey: Path, truth: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    ratings = export(survey, tmp_path / "out")
    assert [row["serial"] for row in ratings] == sorted(truth)
    wrong = [
        f"{row['serial']} {question}: {row[question]!r} instead of {value!r}"
        for row in ratings
        for question, value in truth[row["serial"]].items()
        if question not in row["review"].split() and row[question] != value
    ]
    assert wrong == []
    asked = sum(len(values) for values in truth.values())
    assert sum(len(row["review"].split()) for row in ratings) < 0.15 * asked
    assert {row["form"] for row in ratings} == {T1, T3}
    assert all(row[question] == "" for row in ratings for question in row["review"].split())


def test_marks_and_pages_account_for_every_target_and_image(
    survey: Path, read: tuple[Chain, dict[str, object]], tmp_path: Path
) -> None:
    ratings = export(survey, tmp_path / "out")
    pages = rows(tmp_path / "out" / "pages.csv")
    assert len(pages) == IMAGES
    assert sorted(row["status"] for row in pages) == ["blank"] + ["read"] * (IMAGES - 1)
    named = {name for row in ratings for name in row["pages"].split()}
    assert named == {row["image"] for row in pages if row["status"] == "read"}
    layouts = {one["form"]: one for one in json.loads(omr("layout", survey))}
    targets = {
        form: sum(bool(t["option"]) for page in one["pages"] for t in page["targets"])
        for form, one in layouts.items()
    }
    marks = rows(tmp_path / "out" / "marks.csv")
    assert len(marks) == sum(targets[row["form"]] for row in ratings)
    assert {row["decided_by"] for row in marks} == {"machine"}


def test_a_person_decides_what_waits_and_may_take_it_back(
    survey: Path, truth: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    before = export(survey, tmp_path / "before")
    omr("review", survey, "-o", tmp_path / "xx")
    table = tmp_path / "xx" / "review.csv"
    items = rows(table)
    waiting = [(row["serial"], q) for row in before for q in row["review"].split()]
    assert sorted((item["serial"], item["question"]) for item in items) == sorted(waiting)
    assert items
    assert all((table.parent / item["crop"]).is_file() for item in items)
    for item in items:
        item["decision"] = truth[item["serial"]][item["question"]] or "-"
        item["reviewer"] = "Nguyễn Thị Lan"
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(items[0]))
        writer.writeheader()
        writer.writerows(items)
    omr("review", survey, "--import", table)
    after = export(survey, tmp_path / "after")
    assert {row["status"] for row in after} == {"accepted"}
    for row in after:
        assert {q: row[q] for q in truth[row["serial"]]} == truth[row["serial"]]

    omr("review", survey, "--undo", items[0]["item"], "--reviewer", "Nguyễn Thị Lan")
    undone = {row["serial"]: row for row in export(survey, tmp_path / "undone")}
    assert undone[items[0]["serial"]]["review"].split() == [items[0]["question"]]
    assert "Lan" not in {r["decided_by"] for r in rows(tmp_path / "undone" / "marks.csv")}


def test_the_tally_counts_what_is_decided(survey: Path, tmp_path: Path) -> None:
    ratings = export(survey, tmp_path / "out")
    omr("tally", survey, "--by", "unit", "--csv", tmp_path / "tally.csv")
    shown = omr("tally", survey)
    assert "%" in shown
    counted = rows(tmp_path / "tally.csv")
    assert UNIT in {value for row in counted for value in row.values()}
    assert len(ratings) == SHEETS


def test_a_withdrawn_file_counts_no_more_until_it_is_put_back(survey: Path, tmp_path: Path) -> None:
    before = export(survey, tmp_path / "before")
    omr("withdraw", survey, "một cửa.pdf")
    left = [row["serial"] for row in export(survey, tmp_path / "left")]
    assert len(left) == SHEETS - 3
    reasons = [row["reason"] for row in rows(tmp_path / "left" / "pages.csv")]
    assert reasons.count("withdrawn") == 4
    omr("withdraw", survey, "một cửa.pdf", "--undo")
    assert export(survey, tmp_path / "after") == before


def test_a_missing_second_page_is_said_in_ratings(survey: Path, tmp_path: Path) -> None:
    omr("withdraw", survey, "sipas-8b.jpg")
    row = next(r for r in export(survey, tmp_path) if r["serial"].startswith("000008"))
    assert (row["status"], row["review"], row["reason"]) == ("review", "*", "missing-page:2")


def test_status_knows_what_is_still_out(survey: Path) -> None:
    missing = omr("status", survey, "--missing")
    assert "000006" in missing
    assert "000009" in missing
    assert "000001" not in missing
    assert FIRST[T3] == COPIES[T1] + 1


def test_reading_again_changes_nothing(
    survey: Path, read: tuple[Chain, dict[str, object]], tmp_path: Path
) -> None:
    before = export(survey, tmp_path / "before")
    told = json.loads(omr("read", survey, read[0].scans, "--jobs", 2, "--json"))
    assert told["already_read"] == told["pages"] == IMAGES
    assert export(survey, tmp_path / "after") == before
    for name in ("ratings.csv", "marks.csv", "pages.csv", "ratings.xlsx", "codebook.csv"):
        one, other = tmp_path / "before" / name, tmp_path / "after" / name
        assert one.read_bytes() == other.read_bytes()


def test_another_survey_reads_none_of_it(
    read: tuple[Chain, dict[str, object]], tmp_path: Path
) -> None:
    """Same forms, other key: every page is told to belong elsewhere, and that is no error."""
    omr("init", tmp_path / "other", "--form", T1, "--form", T3)
    scan = read[0].scans / "sipas-7.pdf"
    told = json.loads(omr("read", tmp_path / "other", scan, "--jobs", 1, "--json"))
    assert (told["sheets"], told["pages_rejected"]) == (0, 2)
    assert {refused["reason"].split(":")[0] for refused in told["refused"]} == {"other-survey"}
