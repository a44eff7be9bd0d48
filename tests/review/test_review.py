"""What the machine would not decide goes out to a person, and comes back checked."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hand_made import DESIGNS, DESK, assembly, sheet
from hypothesis import given
from hypothesis import strategies as st

from omr.errors import UsageError
from omr.responses.model import Doubt
from omr.review import ReviewItem, decidable, parse_decisions, waiting_items, write_review
from omr.review.words import doubt_words
from omr.scan.model import PageName
from omr.survey.model import PageRecord, PageStatus, SheetStatus

if TYPE_CHECKING:
    from pathlib import Path

    from omr.outcome import PageRead
    from omr.survey.model import Decision

NOW = "2026-01-25T09:00:00+07:00"
SHEETS = (
    sheet(
        {"q1": "5+4", "q2": "3", "m": "tt"},
        serial=1,
        doubts={
            "q1": (Doubt.DOUBLE,),
            "m": (Doubt.MARGINAL, Doubt.CORRECTED),
            "n": (Doubt.NUMBER,),
        },
    ),
    sheet({"q1": "5"}, serial=2, reason="duplicate-serial"),
    sheet({"q1": "5"}, serial=3, doubts={"q1": (Doubt.MARGINAL,)}, rejected=True),
)
KNOWN = decidable(DESIGNS, assembly(*SHEETS).pages)
HEADER = ["item", "serial", "source", "image", "question", "reason", "machine", "crop"]


def item(question: str, of: int = 0) -> str:
    return next(a.item for a in SHEETS[of].answers if a.question == question)


def crops(page: PageRead) -> tuple[tuple[str, bytes], ...]:
    return tuple((q.id, b"\xff\xd8" + q.id.encode()) for q in DESK.questions)


def table(*decided: tuple[str, str], reviewer: str = "Lan", separator: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow([*HEADER, "decision", "reviewer"])
    for name, decision in decided:
        writer.writerow([name, *[""] * 7, decision, reviewer])
    return out.getvalue()


def decide(*decided: tuple[str, str]) -> tuple[Decision, ...]:
    return parse_decisions(table(*decided).encode(), KNOWN, NOW)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_review(waiting_items(DESIGNS, SHEETS, crops), tmp_path)
    return tmp_path


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- out ---


def test_the_columns_are_the_contracts(written: Path) -> None:
    assert list(rows(written)[0]) == [*HEADER, "decision", "reviewer"]


def test_every_doubt_has_a_row_with_the_machines_guess_and_its_picture(written: Path) -> None:
    first = rows(written)[0]
    assert (first["serial"], first["question"]) == ("000001B", "q1")
    assert (first["reason"], first["machine"]) == ("double", "5+4")
    assert (first["source"], first["image"]) == ("scan.pdf", "scan.pdf#1")
    assert (first["decision"], first["reviewer"]) == ("", "")
    assert (written / first["crop"]).read_bytes() == b"\xff\xd8q1"


def test_a_waiting_sheet_has_a_row_of_its_own_and_a_rejected_one_none(written: Path) -> None:
    assert [(r["serial"], r["question"], r["reason"]) for r in rows(written)] == [
        ("000001B", "q1", "double"),
        ("000001B", "m", "marginal corrected"),
        ("000001B", "n", "number"),
        ("000002C", "*", "duplicate-serial"),
    ]


def test_no_item_looks_like_a_number_or_a_date_to_a_spreadsheet(written: Path) -> None:
    for row in rows(written):
        digest, number, question = row["item"].split("-", 2)
        assert len(digest) == 12
        assert number.isdecimal()
        assert question


def test_pictures_keep_apart_on_a_disk_that_knows_no_capitals() -> None:
    (first, *_) = waiting_items(DESIGNS, SHEETS, crops)
    ids = ("q1", "Q1", "q_1", "Q_1", "q__1", "q1_")
    names = {replace(first, item=f"3fa9c01b77e2-4-{each}").crop_name.lower() for each in ids}
    assert len(names) == len(ids)


def test_the_page_to_look_at_shows_every_item_and_nothing_from_elsewhere(written: Path) -> None:
    html = (written / "index.html").read_text(encoding="utf-8")
    for row in rows(written):
        assert row["item"] in html
        assert not row["crop"] or f'src="{row["crop"]}"' in html
    assert "http" not in html
    assert "<script" not in html


def differing(*, seen_on_the_copy: bool) -> tuple[ReviewItem, ...]:
    """A sheet read twice with different answers to q1; only the copy may have a picture of it."""
    kept = sheet({"q1": "5"}, serial=4, doubts={"q1": (Doubt.READINGS,)})
    (page,) = kept.pages
    copy = replace(page, name=PageName("again.pdf", 3))

    def pictures(image: PageRead) -> tuple[tuple[str, bytes], ...]:
        return (("q1", b"\xff\xd8copy"),) if seen_on_the_copy and image is copy else ()

    return waiting_items(DESIGNS, [replace(kept, copies=(copy,))], pictures)


def test_a_whole_sheet_names_all_its_pages(tmp_path: Path) -> None:
    """Who must say whether two photocopied pages are of one person needs to find both."""
    one, other = sheet({"q1": "5"}, serial=None), sheet({}, serial=None, name=PageName("b.pdf", 2))
    uncertain = replace(
        one,
        status=SheetStatus.REVIEW,
        reason="pairing-uncertain",
        pages=one.pages + other.pages,
    )
    _, page = write_review(waiting_items(DESIGNS, [uncertain], crops), tmp_path)
    html = page.read_text(encoding="utf-8")
    assert "scan.pdf#1, b.pdf#2" in html
    assert "pairing-uncertain" not in html, "in words"


def test_without_a_picture_the_scans_to_look_at_are_named(tmp_path: Path) -> None:
    _, page = write_review(differing(seen_on_the_copy=False), tmp_path)
    (row,) = rows(tmp_path)
    assert (row["question"], row["reason"], row["machine"]) == ("q1", "readings-differ", "5")
    assert (row["image"], row["crop"]) == ("scan.pdf#4", "")
    assert ": scan.pdf#4, again.pdf#3." in page.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.jpg"))


def test_the_picture_may_come_from_another_image_of_the_paper(tmp_path: Path) -> None:
    write_review(differing(seen_on_the_copy=True), tmp_path)
    (row,) = rows(tmp_path)
    assert row["image"] == "scan.pdf#4"
    assert (tmp_path / row["crop"]).read_bytes() == b"\xff\xd8copy"


def test_words_from_a_form_are_escaped_in_the_page(tmp_path: Path) -> None:
    evil = sheet({"q1": '"><script>'}, doubts={"q1": (Doubt.MARGINAL,)})
    _, page = write_review(waiting_items(DESIGNS, [evil], crops), tmp_path)
    assert "<script" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_words(doubt: Doubt) -> None:
    assert doubt_words(doubt)


# --- in ---


@pytest.mark.parametrize(
    ("question", "written_as", "value"),
    [
        ("q1", "4", "4"),
        ("q1", "4+5", "5+4"),  # in the form's order: a double mark that is really there
        ("q1", "-", ""),
        ("q1", "Không trả lời", ""),
        ("a1", "ND", "nd"),
        ("m", "phi + tt", "tt+phi"),
        ("n", "012", "12"),
        ("n", "-", ""),
        ("z", "Cảm ơn công chức", "Cảm ơn công chức"),
    ],
)
def test_a_decision_about_a_question(question: str, written_as: str, value: str) -> None:
    (decision,) = decide((item(question), written_as))
    assert (decision.item, decision.value) == (item(question), value)
    assert (decision.reviewer, decision.decided_at) == ("Lan", NOW)


@pytest.mark.parametrize(
    ("word", "value"),
    [("valid", "valid"), ("Hợp lệ", "valid"), ("INVALID", "invalid"), ("không hợp lệ", "invalid")],
)
def test_a_decision_about_a_whole_sheet(word: str, value: str) -> None:
    (decision,) = decide((SHEETS[1].item, word))
    assert decision.value == value


def test_an_empty_cell_is_not_decided_yet() -> None:
    assert decide((item("q1"), ""), (item("m"), "tt"))[0].item == item("m")


@pytest.mark.parametrize(
    ("name", "decision", "complaint"),
    [
        (item("q1"), "6", "6"),
        (item("q1"), "5+6", r"5\+6"),
        (item("q1"), "5+5", r"5\+5"),
        (item("n"), "1234", "1234"),
        (item("n"), "nhiều", "nhiều"),
        (SHEETS[1].item, "5", "valid"),
        ("0" * 12 + "-1-q1", "5", "0-1-q1"),
    ],
)
def test_a_wrong_row_is_named_by_its_number_in_the_spreadsheet(
    name: str, decision: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=rf"(dòng|row) 3: .*{complaint}"):
        decide((item("m"), "tt"), (name, decision))


def test_a_table_may_come_back_after_its_page_stopped_counting() -> None:
    (page,) = SHEETS[0].pages
    record = PageRecord(page, PageStatus.DUPLICATE, "other.pdf#1")
    known = decidable(DESIGNS, [record])
    assert parse_decisions(table((item("q1"), "5")).encode(), known, NOW)[0].value == "5"


def test_two_different_decisions_about_one_item_are_refused() -> None:
    with pytest.raises(UsageError, match=r"(dòng|row) 3"):
        decide((item("q1"), "5"), (item("q1"), "4"))
    assert len(decide((item("q1"), "5"), (item("q1"), "5"))) == 1


def test_somebody_must_have_decided() -> None:
    nameless = table((item("q1"), "5"), reviewer="").encode()
    with pytest.raises(UsageError, match="reviewer"):
        parse_decisions(nameless, KNOWN, NOW)
    assert parse_decisions(nameless, KNOWN, NOW, "Hoa")[0].reviewer == "Hoa"


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(UsageError, match="decision"):
        parse_decisions(b"item,answer\r\n", KNOWN, NOW)
    with pytest.raises(UsageError, match="item"):
        parse_decisions(b"", KNOWN, NOW)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_excel_may_save_it_as_it_likes(separator: str, encoding: str) -> None:
    text = table((item("z"), "Tốt; đúng, hẹn"), reviewer="Nguyễn Thị Lan", separator=separator)
    (decision,) = parse_decisions(text.encode(encoding), KNOWN, NOW)
    assert (decision.value, decision.reviewer) == ("Tốt; đúng, hẹn", "Nguyễn Thị Lan")


def test_the_old_windows_encoding_is_understood() -> None:
    # In code page 1258 a tone is a letter of its own after the vowel: "ễ" is "ê" and a tilde.
    text = table((item("q1"), "5"), reviewer="Nguyê\u0303n Thi\u0323 Lan").encode("cp1258")
    assert parse_decisions(text, KNOWN, NOW)[0].reviewer == "Nguyễn Thị Lan"


def test_a_spreadsheet_that_is_no_csv_is_said_to_be_none() -> None:
    with pytest.raises(UsageError, match="CSV"):
        parse_decisions(b"PK\x03\x04\x14\x00\xd2\xff\xfe\x81", KNOWN, NOW)


def test_zeros_that_excel_dropped_from_a_code_are_found_again() -> None:
    from hand_made import SHOP

    from omr.scan.model import PageName

    shop = sheet({}, form=SHOP, serial=None, name=PageName("s.pdf", 1))
    name = next(a.item for a in shop.answers if a.question == "b1")
    (decision,) = parse_decisions(
        table((name, "1")).encode(), decidable(DESIGNS, assembly(shop).pages), NOW
    )
    assert decision.value == "01"


def test_what_was_written_can_be_filled_in_and_taken_back(written: Path) -> None:
    filled = rows(written)
    for row in filled:
        row["decision"] = "valid" if row["question"] == "*" else "-"
        row["reviewer"] = "=Lan"
    out = io.StringIO()
    writer = csv.DictWriter(out, filled[0].keys())
    writer.writeheader()
    writer.writerows(filled)
    decisions = parse_decisions(out.getvalue().encode("utf-8-sig"), KNOWN, NOW)
    assert [d.value for d in decisions] == ["", "", "", "valid"]


@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_the_import(content: bytes) -> None:
    try:
        decisions = parse_decisions(content, KNOWN, NOW)
    except UsageError:
        return
    assert decisions == ()
