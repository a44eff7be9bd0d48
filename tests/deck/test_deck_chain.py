"""``omr deck``: printed, scanned, read, compared; and whatever is altered on the way is found."""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from deck_makers import BITS, GREY, PX_PER_MM, Deck, omr
from PIL import Image

from omr.identity import format_serial
from omr.outcome import PageRead
from omr.responses.model import Response
from omr.scan.model import PageName
from omr.simulate import render_pdf_page, scan
from omr.simulate.files import write_image
from omr.survey import Survey
from omr.survey.model import RunKind, Waits
from omr.survey.outcome_code import decode_outcome, encode_outcome

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.simulate import CaptureSettings, ScannedImage
    from omr.survey.model import ExpectedAnswer


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def plain(deck: Deck, serial: int) -> list[ExpectedAnswer]:
    """The answers of one sheet that must be read, and are not empty."""
    with Survey.open(deck.survey) as survey:
        (run,) = survey.runs()
        answers = survey.expected_answers(run)[serial]
        scale = [a for a in answers if a.question.startswith("q")]
    return [a for a in scale if a.waits is Waits.NO and a.value]


def box_of(deck: Deck, question: str, option: str) -> Box:
    with Survey.open(deck.survey) as survey:
        (design,) = survey.designs.values()
    targets = design.layout.pages[0].targets
    return next(t.box for t in targets if (t.question, t.option) == (question, option))


def swapped(image: ScannedImage, pairs: list[tuple[Box, Box]]) -> NDArray[np.uint8]:
    """The image with what is seen at each pair of targets exchanged, outlines and all."""
    pixels = image.pixels.copy()
    for one, other in pairs:
        here, there = (patch(image, box) for box in (one, other))
        pixels[here], pixels[there] = image.pixels[there], image.pixels[here]
    return pixels


def patch(image: ScannedImage, box: Box) -> tuple[slice, slice]:
    """The pixels of a target with a margin, as many for every target of one size."""
    left, top = np.rint(image.locate(box.grown(0.9).corners())[0]).astype(int)
    side = round((box.w + 1.8) * image.settings.dpi / 25.4)
    return slice(top, top + side), slice(left, left + side)


def read_altered(deck: Deck, page: int, pixels: NDArray[np.uint8]) -> None:
    """The office scans one page again, and somebody has been at the image."""
    altered = deck.root / "altered.png"
    write_image(altered, replace(deck.images[page], pixels=pixels))
    omr("read", deck.survey, altered, "--jobs", "1")


def test_a_grey_scan_of_the_desk_form_passes(desk: Deck) -> None:
    said = omr("deck", desk.survey, "--compare").stdout
    assert "Passed" in said
    assert "6 test sheets, 6 page images read" in said


EVERY_KIND = """
id: moi-loai
heading: {authority: ỦY BAN NHÂN DÂN TỈNH, office: ỦY BAN NHÂN DÂN XÃ}
title: PHIẾU MỌI LOẠI
intro: Kính đề nghị Ông/Bà cho ý kiến.
correction: fill
scales:
  S3:
    - {code: "3", text: Tốt, score: 3}
    - {code: "2", text: Vừa, score: 2}
    - {code: "1", text: Kém, score: 1}
sections:
  - questions:
      - {id: tuoi, kind: number, digits: 2, text: "Tuổi:"}
      - {id: ho_so, kind: number, digits: 3, text: "Số hồ sơ:"}
      - id: uu_tien
        kind: multi
        maximum: 2
        text: "Cần ưu tiên (chọn tối đa 2):"
        options:
          - {code: a, text: Thủ tục}
          - {code: b, text: Thời gian}
          - {code: c, text: Phí}
          - {code: d, text: Thái độ}
  - scale: S3
    questions:
      - {id: q1, label: "1", text: Nơi ngồi chờ}
      - {id: q2, label: "2", text: Thái độ công chức}
  - questions:
      - {id: y_kien, kind: text, lines: 2, text: "Ý kiến khác:"}
"""


@pytest.mark.parametrize("settings", [GREY, BITS], ids=["grey", "1bit"])
def test_digits_several_marks_and_another_rule_pass(
    tmp_path: Path, settings: CaptureSettings
) -> None:
    form = tmp_path / "mẫu.yaml"
    form.write_text(EVERY_KIND, encoding="utf-8")
    deck = Deck.make(tmp_path / "deck", form)
    assert deck.pages == 5
    deck.scan_all(settings)
    omr("read", deck.survey, deck.scans, "--jobs", "1")
    assert "Passed" in omr("deck", deck.survey, "--compare").stdout


@pytest.mark.parametrize(
    ("form", "settings"),
    [
        pytest.param("t1-mot-cua", BITS, id="t1-1bit"),
        pytest.param("t3-sipas", GREY, id="t3-grey", marks=pytest.mark.full),
        pytest.param("t3-sipas", BITS, id="t3-1bit", marks=pytest.mark.full),
    ],
)
def test_every_form_passes_in_every_mode(
    tmp_path: Path, form: str, settings: CaptureSettings
) -> None:
    deck = Deck.make(tmp_path / "deck", form)
    deck.scan_all(settings)
    omr("read", deck.survey, deck.scans)
    assert "Passed" in omr("deck", deck.survey, "--compare").stdout


def test_the_expected_ratings_lie_beside_the_pdf(desk: Deck) -> None:
    table = rows(desk.root / "deck-ratings.csv")
    with Survey.open(desk.survey) as survey:
        (run,) = survey.runs()
        assert run.kind is RunKind.DECK
        expected = survey.expected_answers(run)
    assert [row["serial"] for row in table] == [format_serial(serial) for serial in expected]
    assert {row["unit"] for row in table} == {"Xã Cẩm Vinh"}


def test_the_deck_counts_nowhere(desk: Deck, tmp_path: Path) -> None:
    omr("export", desk.survey, "-o", tmp_path)
    assert rows(tmp_path / "ratings.csv") == rows(tmp_path / "marks.csv") == []
    listed = {(row["status"], row["reason"]) for row in rows(tmp_path / "pages.csv")}
    assert listed == {("read", "test-deck")}
    assert len(omr("issued", desk.survey).stdout.splitlines()) == 1
    status = omr("status", desk.survey).stdout
    assert "6 sheets printed, 6 page images read" in status
    assert omr("status", desk.survey, "--missing", "--waiting").stdout == ""
    said = omr("read", desk.survey, desk.scans).stdout
    assert "0 sheets" in said
    assert "6 page images are of a test deck" in said
    assert f"omr deck {desk.survey} --compare" in said
    assert "omr export" not in said


def test_an_altered_answer_is_found(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    answer = plain(deck, 2)[0]
    other = "1" if answer.value != "1" else "5"
    boxes = tuple(box_of(deck, answer.question, code) for code in (answer.value, other))
    read_altered(deck, 2, swapped(deck.images[2], [boxes]))
    said = omr("deck", deck.survey, "--compare", code=5).output
    assert f"sheet {format_serial(2)}, page 1, question {answer.question} (altered.png#1)" in said
    assert f"printed {answer.value}, read {other}" in said


def test_swapped_marks_are_found(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    first, second = plain(deck, 3)[:2]
    assert first.value != second.value
    pairs = [
        (box_of(deck, answer.question, first.value), box_of(deck, answer.question, second.value))
        for answer in (first, second)
    ]
    read_altered(deck, 3, swapped(deck.images[3], pairs))
    said = omr("deck", deck.survey, "--compare", code=5).output
    for answer, other in ((first, second), (second, first)):
        where = f"question {answer.question} (altered.png#1)"
        assert f"{where}: printed {answer.value}, read {other.value}" in said


def test_dust_on_the_glass_is_found(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    answer = plain(deck, 1)[0]
    empty = box_of(deck, answer.question, "1" if answer.value != "1" else "5")
    pixels = deck.images[1].pixels.copy()
    place = patch(deck.images[1], empty)
    top, left = place[0].start, place[1].start
    pixels[top + 24 : top + 30, left + 22 : left + 30] = 60
    read_altered(deck, 1, pixels)
    said = omr("deck", deck.survey, "--compare", code=5).output
    where = f"question {answer.question} (altered.png#1)"
    assert f"{where}: printed {answer.value} plainly, yet it waits for a person" in said


def test_print_fitted_to_the_page_fails_though_every_mark_is_read(
    desk: Deck, tmp_path: Path
) -> None:
    deck = desk.copy(tmp_path / "deck")
    fitted = replace(GREY, geometry=replace(GREY.geometry, print_scale=0.94))
    paper = render_pdf_page(deck.root / "deck.pdf", 4, PX_PER_MM)
    write_image(deck.root / "fitted.png", scan(paper, fitted, 4))
    omr("read", deck.survey, deck.root / "fitted.png", "--jobs", "1")
    said = omr("deck", deck.survey, "--compare", code=5).output
    assert "wrong print scale: 1 pages at 94" in said
    assert "100 % (Actual size)" in said
    assert "Passed" not in said
    assert "  sheet " not in said


def test_a_dropped_sheet_is_found_until_it_is_read(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    omr("withdraw", deck.survey, "04.jpg")
    said = omr("deck", deck.survey, "--compare", code=5).output
    assert f"sheet {format_serial(4)}: not read" in said
    omr("withdraw", deck.survey, "04.jpg", "--undo")
    omr("deck", deck.survey, "--compare")


def test_an_altered_record_is_found(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    answer = plain(deck, 5)[-1]
    other = "1" if answer.value != "1" else "5"
    database = sqlite3.connect(deck.survey / "survey.sqlite")
    with database:
        select = "SELECT id, sha256, outcome FROM page WHERE file = '05.jpg'"
        ((row, sha256, blob),) = database.execute(select)
        page = decode_outcome(blob, PageName("05.jpg", 1), sha256)
        assert isinstance(page, PageRead)
        responses = tuple(
            Response(r.question, (other,)) if r.question == answer.question else r
            for r in page.responses
        )
        changed = encode_outcome(replace(page, responses=responses))
        database.execute("UPDATE page SET outcome = ? WHERE id = ?", (changed, row))
    database.close()
    said = omr("deck", deck.survey, "--compare", code=5).output
    assert f"question {answer.question} (05.jpg#1): printed {answer.value}, read {other}" in said


def test_a_deck_can_be_printed_again_with_its_marks(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    again = deck.root / "again.pdf"
    omr("print", deck.survey, "--again", "2-3", "-o", again)
    for page, number in ((1, 2), (2, 3)):
        first = render_pdf_page(deck.root / "deck.pdf", number, 5.0).pixels
        assert np.array_equal(render_pdf_page(again, page, 5.0).pixels, first)
    omr("deck", deck.survey, "--compare")  # the deck that was issued is still the one compared


def test_a_deck_that_this_program_would_mark_otherwise_is_not_printed_again(
    desk: Deck, tmp_path: Path
) -> None:
    deck = desk.copy(tmp_path / "deck")
    database = sqlite3.connect(deck.survey / "survey.sqlite")
    with database:
        database.execute("UPDATE deck_answer SET value = '' WHERE serial = 2 AND value = '5'")
    database.close()
    said = omr("print", deck.survey, "--again", "2-3", "-o", deck.root / "x.pdf", code=2).output
    assert "made by another version" in said
    assert not (deck.root / "x.pdf").exists()
    with Survey.open(deck.survey) as survey:
        assert len(survey.runs()) == 1
    # What was printed holds, not what this program would print: now the readings differ.
    assert "printed –, read 5" in omr("deck", deck.survey, "--compare", code=5).output


def test_wrong_use_is_said(desk: Deck, tmp_path: Path) -> None:
    deck = desk.copy(tmp_path / "deck")
    assert "Choose one" in omr("deck", deck.survey, code=2).output
    assert "Choose one" in omr("deck", deck.survey, "--compare", "-o", "x.pdf", code=2).output
    taken = deck.root / "deck.pdf"
    assert "No serial was issued" in omr("deck", deck.survey, "-o", taken, code=2).output
    assert (
        "No test deck of t9" in omr("deck", deck.survey, "--compare", "--form", "t9", code=2).output
    )
    with Survey.open(deck.survey) as survey:
        assert len(survey.runs()) == 1


def test_each_form_has_a_deck_of_its_own(tmp_path: Path) -> None:
    survey = tmp_path / "survey"
    omr("init", survey, "--form", "t1-mot-cua", "--form", "t2-giai-quyet-tthc")
    first, second = "t1-mot-cua", "t2-giai-quyet-tthc"
    assert first in omr("deck", survey, "-o", tmp_path / "a.pdf", code=2).output
    for name in (first, second, first):
        omr("deck", survey, "-o", tmp_path / "a.pdf", "--form", name, "--force")
    said = omr("deck", survey, "--compare", code=5).output
    assert f"Form {first}, print run 3" in said  # the newest of its decks
    assert f"Form {second}, print run 2" in said
    with Survey.open(survey) as opened:
        assert rows(tmp_path / "a-ratings.csv")[0].keys() >= {
            question.id for design in opened.designs.values() for question in design.form.questions
        }
    assert "print run 1" not in said
    assert first not in omr("deck", survey, "--compare", "--form", second, code=5).output


def test_paper_printed_elsewhere_has_no_deck(tmp_path: Path) -> None:
    picture = np.full((600, 400), 255, np.uint8)
    picture[100:140, 50:350] = 0
    Image.fromarray(picture).save(tmp_path / "blank.png")
    (tmp_path / "old.yaml").write_text(MEASURED, encoding="utf-8")
    omr("init", tmp_path / "survey", "--form", tmp_path / "old.yaml")
    for chosen in ((), ("--form", "phieu-cu")):
        said = omr("deck", tmp_path / "survey", "-o", tmp_path / "deck.pdf", *chosen, code=2).output
        assert "measured form cannot be printed" in said
    assert not (tmp_path / "deck.pdf").exists()


MEASURED = """
id: phieu-cu
title: Phiếu cũ
measured: {reference: blank.png, blank: true, capture: flatbed}
questions:
  - id: q1
    kind: single
    options:
      - {code: "1", text: Tốt, shape: box, box_px: [60, 300, 20, 20]}
      - {code: "0", text: Kém, shape: box, box_px: [120, 300, 20, 20]}
"""
