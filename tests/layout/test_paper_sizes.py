"""What an author asks of the paper is drawn as asked: sizes, notes, bases, the letter's line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from omr import language
from omr.errors import FormError
from omr.fonts import Style
from omr.form import DesignedForm, find_form, load_form
from omr.form.designed import Asked, Note, PaperSizes, QuestionList
from omr.form.model import Correction, Form, Kind, Question
from omr.layout import Typeset, typeset
from omr.layout.drawing import Fill, Outline, Text
from omr.layout.measures import LEFT, PARAGRAPH_INDENT
from omr.layout.model import Shape

if TYPE_CHECKING:
    from omr.geometry import Box


def designed(name: str = "t7-doanh-nghiep") -> DesignedForm:
    form = load_form(find_form(name))
    assert isinstance(form, DesignedForm)
    return form


def rows(sheet: Typeset) -> list[list[Box]]:
    """The boxes of every criterion; the table of this form is never parted."""
    criteria = [question.id for question in sheet.form.questions if question.factor]
    targets = [target for page in sheet.layout.pages for target in page.targets]
    found = ([t.box for t in targets if t.question == name] for name in criteria)
    return [boxes for boxes in found if boxes]


def texts(sheet: Typeset, page: int = 0) -> list[Text]:
    return [item for item in sheet.pages[page].items if isinstance(item, Text)]


@pytest.mark.parametrize(("box", "row"), [(4.6, 6.6), (4.0, 7.0), (6.0, 5.0), (5.0, 9.5)])
def test_boxes_and_rows_are_drawn_as_asked(box: float, row: float) -> None:
    sheet = typeset(replace(designed(), paper=PaperSizes(box=box, row=row)))
    found = rows(sheet)
    assert {one.w for boxes in found for one in boxes} == {box}
    assert {one.h for boxes in found for one in boxes} == {box}
    apart = [lower[0].y - upper[0].y for upper, lower in pairwise(found)]
    if row < PaperSizes().row:
        assert apart == pytest.approx([row] * len(apart), abs=2e-3)
    else:
        assert min(apart) >= row - 2e-3


@pytest.mark.parametrize("column", [8.0, 12.4, 20.0])
def test_columns_are_as_wide_as_asked_or_as_their_words(column: float) -> None:
    # The longest word of the scale, "thường", needs 12.16 mm and its white.
    sheet = typeset(replace(designed(), paper=PaperSizes(column=column)))
    least = max(column, 12.15)
    assert rows(sheet)
    for boxes in rows(sheet):
        for left, right in pairwise(boxes):
            assert least <= round(right.x - left.x, 3) <= least + 0.7


@pytest.mark.parametrize("side", [8.0, 18.0, 26.0])
def test_the_page_code_keeps_its_middle(side: float) -> None:
    page = typeset(replace(designed(), paper=PaperSizes(code=side))).layout.pages[0]
    assert page.code is not None
    assert page.code.w == page.code.h == side
    assert page.code.centre == pytest.approx((18, 121))
    assert page.code in page.varying


def test_a_note_stands_where_its_author_put_it_whatever_is_there() -> None:
    form = designed()
    target = typeset(form).layout.pages[0].targets[0].box
    note = Note("Ghi chú\nhai *dòng*", 1, target.x, target.y, 9.0)
    plain, noted = typeset(form), typeset(replace(form, notes=(note,)))
    added = [text for text in texts(noted) if text not in texts(plain)]
    assert [text.text for text in added] == ["Ghi chú", "hai ", "dòng"]
    assert [text.style for text in added] == [Style.REGULAR, Style.REGULAR, Style.ITALIC]
    assert added[0].x == target.x
    assert target.y < added[0].baseline < target.y + 4 < added[1].baseline
    assert {text.points for text in added} == {9.0}
    assert noted.layout.pages == plain.layout.pages
    assert noted.layout.version != plain.layout.version


@pytest.mark.parametrize("even", [False, True])
def test_a_note_on_no_page_is_refused(even: bool) -> None:
    paper = PaperSizes(even_pages=even)
    form = replace(designed(), notes=(Note("Ghi chú", 2, 40, 40, 12.0),), paper=paper)
    before = language.current()
    language.use(language.Language.ENGLISH)
    try:
        with pytest.raises(FormError, match=r"'Ghi chú' is on page 2, but the form has 1 page"):
            typeset(form)
    finally:
        language.use(before)


def test_bases_and_the_line_of_the_letter_stand_between_title_and_introduction() -> None:
    letter = "(Kèm theo Công văn số 537/UBND ngày 06 tháng 12 năm 2021)"
    bases = ("Căn cứ Quyết định số 3396/QĐ-UBND;", "Căn cứ Văn bản số 2036/UBND-NV.")
    form = replace(designed(), attachment=letter, bases=bases)
    found = {text.text: text for text in texts(typeset(form))}
    order = [found[one] for one in (form.title, form.subtitle, letter, *bases)]
    assert [one.baseline for one in order] == sorted(one.baseline for one in order)
    assert found[letter].style is Style.ITALIC
    for base in bases:
        assert found[base].style is Style.ITALIC
        assert found[base].x == LEFT + PARAGRAPH_INDENT
    intro = next(one for text, one in found.items() if text.startswith("Nhằm"))
    assert intro.baseline > found[bases[-1]].baseline
    assert intro.x == LEFT + PARAGRAPH_INDENT


def test_large_letters_give_way_only_where_they_would_cost_a_page() -> None:
    assert typeset(designed("t1-mot-cua")).text_points == 13
    assert typeset(designed("t3-sipas")).text_points == 13
    tight = designed("t2-giai-quyet-tthc")
    assert typeset(tight).text_points == 12
    shorter = replace(tight, sections=tight.sections[1:])
    assert typeset(shorter).text_points == 13


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Correction.CIRCLE, ["chọn ô này", "bỏ chọn", "chọn lại"]),
        (Correction.FILL, ["chọn ô này", "bỏ chọn"]),
        (Correction.NONE, []),
    ],
)
def test_samples_show_the_rule_of_the_form(rule: Correction, words: list[str]) -> None:
    form = designed()
    sheet = typeset(replace(form, form=replace(form.form, correction=rule)))
    items = sheet.pages[0].items
    found = [
        text.text for text in texts(sheet) if text.text in ("chọn ô này", "bỏ chọn", "chọn lại")
    ]
    assert found == words
    targets = [target.box for target in sheet.layout.pages[0].targets]
    gauge = sheet.layout.pages[0].gauge
    assert gauge is not None
    boxes = [one.box for one in items if isinstance(one, Outline) and one.shape is Shape.BOX]
    samples = [box for box in boxes if box not in targets and box not in gauge.empties]
    assert len(samples) == len(words)
    rings = [one for one in items if isinstance(one, Outline) and one.shape is Shape.OVAL]
    assert len(rings) == (rule is Correction.CIRCLE)
    filled = [one for one in items if isinstance(one, Fill) and one.box in samples]
    assert len(filled) == (rule is not Correction.NONE)


def test_samples_give_way_before_they_cost_a_page_or_large_letters() -> None:
    assert "bỏ chọn" in [text.text for text in texts(typeset(designed("t1-mot-cua")))]
    assert "bỏ chọn" not in [text.text for text in texts(typeset(designed("t2-giai-quyet-tthc")))]
    silent = replace(designed(), instruction="")
    assert "bỏ chọn" not in [text.text for text in texts(typeset(silent))]


@pytest.mark.parametrize("even", [False, True])
@pytest.mark.parametrize(("name", "pages"), [("t7-doanh-nghiep", 1), ("t3-sipas", 2)])
def test_only_a_page_that_another_follows_asks_to_turn_over(
    name: str, pages: int, even: bool
) -> None:
    sheet = typeset(replace(designed(name), paper=PaperSizes(even_pages=even)))
    asking = [
        "(Xin xem tiếp trang sau)" in [text.text for text in texts(sheet, page)]
        for page in range(pages)
    ]
    assert asking == [True] * (pages - 1) + [False]


def test_digit_cells_under_long_words_stand_under_their_first_word() -> None:
    question = Question("n", Kind.NUMBER, "Số hồ sơ đã nộp " * 9, digits=3)
    form = designed()
    asked = (Asked(question, "A2"),)
    sheet = typeset(
        replace(
            form,
            form=Form("n", "n", (question,)),
            sections=(QuestionList("", asked),),
        )
    )
    cells = [target.box for target in sheet.layout.pages[0].targets]
    words = next(text for text in texts(sheet) if text.text.startswith("Số hồ sơ"))
    label = next(text for text in texts(sheet) if text.text == "A2.")
    assert label.x == LEFT
    assert cells[0].x == pytest.approx(words.x, abs=2e-3)
    assert cells[0].y > words.baseline + 4


def test_a_column_that_few_rows_use_is_shown_on_their_page_only() -> None:
    sheet = typeset(designed("t3-sipas"))
    heads = [[text.text for text in texts(sheet, page)] for page in (0, 1)]
    assert [one.count("liên") for one in heads] == [0, 1]
    assert [one.count("TT") for one in heads] == [1, 1]
    last = {
        target.option: target.box.x
        for target in sheet.layout.pages[1].targets
        if target.question == sheet.form.questions[-7].id
    }
    assert list(last)[-1] == "NA"
    above = [t for t in sheet.layout.pages[1].targets if t.option in last and t.option != "NA"]
    columns = {t.box.x for t in above if t.question in {q.id for q in sheet.form.questions[6:28]}}
    assert columns == {x for option, x in last.items() if option != "NA"}
