"""A wrong form is refused with file, line, column, the reason and what to do."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from omr import language
from omr.errors import ExitCode, FormError
from omr.form import load_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GOOD = """\
id: demo
title: PHIẾU
heading: {office: UBND XÃ}
scales:
  S2:
    - {code: "2", text: Có, score: 2}
    - {code: "1", text: Không, score: 1}
sections:
  - scale: S2
    questions:
      - {id: q1, text: Câu một}
      - {id: q2, text: Câu hai}
"""

Write = "Callable[[str], Path]"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    yield
    language.use(before)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "form.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(FormError) as caught:
        load_form(path)
    assert caught.value.exit_code is ExitCode.USAGE
    return str(caught.value).replace(f"{path}:", "")


def test_the_form_these_tests_spoil_is_good(write: Write) -> None:
    form = load_form(write(GOOD)).form
    assert [question.id for question in form.questions] == ["q1", "q2"]
    assert [option.score for option in form.question("q1").options] == [2, 1]


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("{id: q2,", "{id: q2, texxt: x,", "12:18: ", "did you mean 'text'"),
        ("heading: {office", "heading: {offfice", "3:11: ", "did you mean 'office'"),
        ("title: PHIẾU\n", "", "1:1: ", "'title' is missing"),
        ("id: q2", "id: q1", "12:14: ", "already used in line 11"),
        ("id: q2", "id: status", "12:14: ", "fixed column of ratings.csv"),
        ("id: q2", "id: 2nd", "12:14: ", "begins with a letter"),
        ('code: "1"', 'code: "2"', "7:14: ", "stands twice"),
        ('code: "1"', "code: a+b", "7:14: ", "no +"),
        ('code: "1"', "code: a b", "7:14: ", "no space"),
        ('code: "1"', "code: null", "7:14: ", "quote it"),
        ('code: "1"', 'cod: "1"', "7:8: ", "did you mean 'code'"),
        ("score: 1}", "score: one}", "7:39: ", "must be a number"),
        ("scale: S2", "scale: S3", "9:12: ", "there is no scale 'S3'"),
        ("text: Câu hai", "text: Câu ☐ hai", "12:28: ", "U+2610"),
        ("text: Câu hai", "text: Câu 🙂", "12:28: ", "not in the font"),
        ("title: PHIẾU", "title: PHIẾU\ntitle: LẠI", "3:1: ", "stands here twice"),
        ("title: PHIẾU", "title: [PHIẾU", "3:8: ", "not valid YAML"),
        ("title: PHIẾU", "title: &a PHIẾU\nsubtitle: *a", "2:8: ", "aliases"),
        ("text: Câu hai", "text: Câu hai, kind: text", "12:33: ", "has no 'kind' of its own"),
        ("text: Câu hai", "text: [Câu hai]", "12:24: ", "must be text"),
    ],
)
def test_a_mistake_is_named_with_line_and_column(
    write: Write, old: str, new: str, where: str, says: str
) -> None:
    assert old in GOOD
    message = refusal(write(GOOD.replace(old, new)))
    assert any(line.startswith(where) and says in line for line in message.splitlines())


def test_several_mistakes_are_listed_together_in_the_order_of_the_file(write: Write) -> None:
    spoiled = GOOD.replace("title: PHIẾU", "titel: PHIẾU").replace("score: 2}", "score: two}")
    lines = refusal(write(spoiled)).splitlines()
    assert [line.split(":")[0] for line in lines] == ["1", "2", "6"]


def test_errors_are_said_in_vietnamese_too(write: Write) -> None:
    language.use(language.Language.VIETNAMESE)
    assert "có phải là “title”" in refusal(write(GOOD.replace("title", "titel")))


@pytest.mark.parametrize("code", ["01", "NO", "12:30", "1_000", "0x1F", "1e3", "yes", "2024-01-05"])
def test_codes_stay_what_they_are_even_without_quotes(write: Write, code: str) -> None:
    form = load_form(write(GOOD.replace('code: "1"', f"code: {code}"))).form
    assert form.question("q1").options[1].code == code


def test_text_is_normalised_to_nfc(write: Write) -> None:
    decomposed = unicodedata.normalize("NFD", GOOD)
    assert decomposed != GOOD
    form = load_form(write(decomposed)).form
    assert form.questions[0].text == "Câu một"
    assert form.title == "PHIẾU"


def test_an_invisible_character_is_named_where_it_stands(write: Write) -> None:
    message = refusal(write(GOOD.replace("Câu hai", "Câu\u200b hai")))
    assert message.startswith("12:27: ")
    assert "U+200B" in message


def test_a_glyph_missing_in_a_block_of_lines_is_found_on_its_line(write: Write) -> None:
    message = refusal(write(GOOD + "intro: >-\n  Kính gửi\n  quý vị ✓ thân mến\n"))
    assert message.startswith("15:10: ")


def test_a_file_that_is_no_text_is_refused_where_it_breaks(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_bytes(b"id: demo\ntitle: \xff\xfe\n")
    assert refusal(path).startswith("2:8: the file is not UTF-8")


@pytest.mark.parametrize("text", ["", "# only a comment\n", "just words\n", "- a\n- b\n"])
def test_a_file_without_a_form_is_refused(write: Write, text: str) -> None:
    assert refusal(write(text)).startswith("1:1: ")


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="cannot be opened"):
        load_form(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("{id: n, kind: number, text: Số}", "add for example digits: 3"),
        ("{id: n, kind: number, digits: 3, text: Số, options: [{code: a, text: A}]}", "no options"),
        ("{id: n, text: Chọn}", "neither options nor scale"),
        ("{id: n, text: Chọn, scale: S2, maximum: 1}", "only for multi"),
        ("{id: n, kind: multi, text: Chọn, scale: S2, maximum: 3}", "more than there are options"),
        ("{id: n, kind: tick, text: Chọn, scale: S2}", "single, multi, yesno, number, text"),
        ("{id: n, kind: text, digits: 2, text: Ghi}", "only for number"),
    ],
)
def test_a_question_whose_parts_disagree_is_refused(write: Write, question: str, says: str) -> None:
    assert says in refusal(write(f"{GOOD}  - questions:\n      - {question}\n"))


def test_options_beside_a_scale_may_not_repeat_its_codes(write: Write) -> None:
    spoiled = GOOD.replace("scale: S2", 'scale: S2\n    also: [{code: "2", text: Khác}]')
    assert refusal(write(spoiled)).startswith("10:19: the code '2' stands twice")


@pytest.mark.parametrize(
    ("text", "where", "plain", "vietnamese"),
    [
        ("id: x\n\ttitle: y\n", "2:1: ", "with a tab", "phím Tab"),
        ("title: Phiếu: một\n", "1:13: ", "a second colon", "dấu hai chấm"),
        ("a:\n  - b\n - c\n", "3:2: ", "not indented like", "thụt vào không khớp"),
        ("a: [1, 2\nb: 3\n", "2:2: ", "since a line before", "mở ở dòng trên"),
        ("a: {x: 1\nb: 3\n", "2:2: ", "since a line before", "mở ở dòng trên"),
        ('a: "abc\nb: c\n', "3:1: ", "never closed", "chưa đóng"),
        ("a: b\nxx\nc: d\n", "3:1: ", "colon after a key", "tên khóa"),
    ],
)
def test_slips_of_yaml_are_said_in_plain_words(
    write: Write, text: str, where: str, plain: str, vietnamese: str
) -> None:
    said = refusal(write(text))
    assert said.startswith(where)
    assert plain in said
    language.use(language.Language.VIETNAMESE)
    said = refusal(write(text))
    assert vietnamese in said
    for parsers in ("expected", "found", "mapping"):
        assert parsers not in said
