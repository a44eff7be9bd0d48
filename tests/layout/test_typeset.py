"""The shipped forms on paper: pages, clearances, sizes, versions."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from omr import language
from omr.errors import FormError
from omr.fonts import text_width
from omr.form import DesignedForm, find_form, load_form
from omr.form.designed import Heading
from omr.form.model import Kind
from omr.geometry import Box
from omr.layout import Typeset, typeset
from omr.layout.drawing import Rule, Text
from omr.layout.head import NATION_LEFT, heading_block
from omr.layout.measures import BOX_LINE, CODE_MODULES, PAPER

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("t1-mot-cua", "t3-sipas")


def designed(name: str) -> DesignedForm:
    form = load_form(find_form(name))
    assert isinstance(form, DesignedForm)
    return form


@pytest.fixture(scope="module", params=NAMES)
def sheet(request: pytest.FixtureRequest) -> Typeset:
    return typeset(designed(request.param))


def form_of(tmp_path: Path, sections: str, intro: str = "") -> DesignedForm:
    path = tmp_path / "form.yaml"
    path.write_text(
        "id: demo\ntitle: PHIẾU\nheading: {office: UBND XÃ}\n"
        f"intro: {intro}\n"
        "scales:\n  S2: [{code: a, text: Rất tốt, score: 2}, {code: b, text: Kém, score: 1}]\n"
        f"sections:\n{sections}",
        encoding="utf-8",
    )
    form = load_form(path)
    assert isinstance(form, DesignedForm)
    return form


@pytest.mark.parametrize(("name", "pages"), [("t1-mot-cua", 1), ("t3-sipas", 2)])
def test_the_shipped_forms_take_the_pages_they_should(name: str, pages: int) -> None:
    assert len(typeset(designed(name)).pages) == pages


@pytest.mark.parametrize(("name", "pages"), [("t1-mot-cua", 1), ("t3-sipas", 2)])
def test_long_names_of_offices_cost_no_page(name: str, pages: int) -> None:
    form = designed(name)
    heading = replace(
        form.heading,
        authority="ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
        office="ỦY BAN NHÂN DÂN PHƯỜNG ĐÔNG HƯNG THUẬN",
    )
    assert len(typeset(replace(form, heading=heading)).pages) == pages


def test_every_option_has_exactly_one_target_in_the_order_of_the_form(sheet: Typeset) -> None:
    found = [(t.question, t.option) for page in sheet.layout.pages for t in page.targets]
    expected = [
        (question.id, code)
        for question in sheet.form.questions
        for code in ([o.code for o in question.options] or [""])
    ]
    assert found == expected


def test_boxes_are_4_5_to_5_mm(sheet: Typeset) -> None:
    marked = {question.id for question in sheet.form.questions if question.has_targets}
    for page in sheet.layout.pages:
        for target in page.targets:
            if target.question in marked:
                assert 4.5 <= target.box.w == target.box.h <= 5


def test_targets_keep_clear_of_each_other_and_of_marks_and_code(sheet: Typeset) -> None:
    for page in sheet.layout.pages:
        boxes = [target.box for target in page.targets]
        for one, other in combinations(boxes, 2):
            assert not one.grown(0.7).overlaps(other.grown(0.7))
        assert page.code is not None
        reserved = [page.code.grown(4 * page.code.w / CODE_MODULES), *(m.box for m in page.marks)]
        for box in boxes:
            assert not any(box.overlaps(area.grown(0.2)) for area in reserved)


def test_scale_columns_and_rows_are_far_enough_apart(sheet: Typeset) -> None:
    criteria = [q for q in sheet.form.questions if q.factor]
    for page in sheet.layout.pages:
        rows = {
            question.id: [t.box for t in page.targets if t.question == question.id]
            for question in criteria
        }
        lines = [boxes for boxes in rows.values() if boxes]
        for boxes in lines:
            for left, right in pairwise(boxes):
                assert right.x - left.x >= 12
        for upper, lower in pairwise(lines):
            assert lower[0].y - upper[0].y >= 7


def test_boxes_are_7_mm_apart_and_clear_of_rules(sheet: Typeset) -> None:
    for drawing, page in zip(sheet.pages, sheet.layout.pages, strict=True):
        boxes = [target.box for target in page.targets if target.option]
        heights = sorted({box.y for box in boxes})
        assert min(lower - upper for upper, lower in pairwise(heights)) >= 6.998
        rules = [item for item in drawing.items if isinstance(item, Rule)]
        for rule in rules:
            drawn = Box(rule.x1, rule.y1, rule.x2 - rule.x1, rule.y2 - rule.y1)
            ink = drawn.grown(rule.width / 2)
            clear = 1.0 + BOX_LINE / 2 - 1e-3
            assert not any(box.grown(clear).overlaps(ink) for box in boxes)


def test_words_of_a_frame_leave_room_to_write_behind_or_under_them(tmp_path: Path) -> None:
    for words in ("Ghi:", "Ý kiến của Ông/Bà " * 6, "Ý kiến của Ông/Bà " * 9):
        for lines in (1, 3):
            question = f"{{id: z, kind: text, lines: {lines}, text: '{words.strip()}'}}"
            sheet = typeset(form_of(tmp_path, f"  - questions: [{question}]\n"))
            frame = sheet.layout.pages[0].targets[0].box
            items = sheet.pages[0].items
            inside = [t for t in items if isinstance(t, Text) and frame.y < t.baseline]
            last = max(inside, key=lambda text: text.baseline)
            assert last.baseline <= frame.bottom - 1.5
            dots = [rule for rule in items if isinstance(rule, Rule) and rule.dotted]
            assert len(dots) == lines - 1
            assert all(rule.x2 - rule.x1 >= 60 for rule in dots)
            under = [rule for rule in dots if rule.y1 == pytest.approx(last.baseline, abs=0.01)]
            ends = last.x + text_width(last.text, last.style, last.points)
            assert all(rule.x1 > ends for rule in under)


def test_nothing_people_read_is_under_12_points(sheet: Typeset) -> None:
    for page in sheet.pages:
        assert min(item.points for item in page.items if isinstance(item, Text)) >= 12
        assert page.serial is not None
        assert page.serial.points >= 12


def test_the_same_form_gives_the_same_paper_and_version(sheet: Typeset) -> None:
    again = typeset(designed(sheet.form.id))
    assert again == sheet
    assert len(sheet.layout.version) == 64
    int(sheet.layout.version, 16)


def test_another_word_or_another_place_is_another_version() -> None:
    form = designed("t1-mot-cua")
    version = typeset(form).layout.version
    question = replace(form.form.questions[0], text="Ông/Bà là ai:")
    other_form = replace(form.form, questions=(question, *form.form.questions[1:]))
    changed = (
        replace(form, form=other_form),
        replace(form, intro=form.intro + " Xin cảm ơn!"),
        replace(form, instruction=form.instruction.replace("**X**", "X")),
    )
    versions = {typeset(one).layout.version for one in changed}
    assert len(versions | {version}) == 4


def test_page_code_serial_and_marks_are_where_reading_looks(sheet: Typeset) -> None:
    for page in sheet.layout.pages:
        assert page.code == Box(9, 112, 18, 18)
        assert page.serial in page.varying
        assert page.code in page.varying
        assert [mark.marker_id for mark in page.marks] == [0, 1, 2, 3]
        for mark in page.marks:
            to_edges = (mark.box.x, PAPER.width - mark.box.right)
            assert min(to_edges) == 12
            assert min(mark.box.y, PAPER.height - mark.box.bottom) == 12


def test_titles_and_table_heads_are_never_parted_from_their_rows(tmp_path: Path) -> None:
    for count in range(18, 30):
        rows = "".join(f"      - {{id: q{n}, text: Câu hỏi số {n}}}\n" for n in range(count))
        sections = (
            f"  - scale: S2\n    head: Đầu bảng\n    questions:\n{rows}"
            "  - title: Phần sau\n    scale: S2\n    head: Đầu bảng\n    questions:\n"
            "      - {id: last, text: Câu cuối}\n"
        )
        sheet = typeset(form_of(tmp_path, sections))
        for drawing, layout in zip(sheet.pages, sheet.layout.pages, strict=True):
            texts = [item.text for item in drawing.items if isinstance(item, Text)]
            assert "Đầu bảng" in texts
            has_last = any(target.question == "last" for target in layout.targets)
            assert ("Phần sau" in texts) == has_last


def test_a_page_that_has_no_end_is_refused(tmp_path: Path) -> None:
    sections = "  - questions: [{id: z, kind: text, lines: 20, text: Ghi}]\n"
    sheet = typeset(form_of(tmp_path, sections))
    assert len(sheet.pages) == 1
    language_before = language.current()
    language.use(language.Language.ENGLISH)
    try:
        with pytest.raises(FormError, match="higher than a page"):
            typeset(form_of(tmp_path, sections, intro="rất dài " * 800))
    finally:
        language.use(language_before)


def test_a_number_question_has_a_cell_for_each_digit(tmp_path: Path) -> None:
    sections = "  - questions: [{id: n, kind: number, digits: 3, text: Số lần}]\n"
    sheet = typeset(form_of(tmp_path, sections))
    assert sheet.form.questions[0].kind is Kind.NUMBER
    targets = sheet.layout.pages[0].targets
    assert [target.option for target in targets] == ["1", "2", "3"]
    assert targets[0].box.right < targets[1].box.x


def test_a_long_option_text_is_refused_in_words_not_cut(tmp_path: Path) -> None:
    text = "dài " * 60
    sections = f"  - questions: [{{id: n, text: Chọn, options: [{{code: a, text: {text}}}]}}]\n"
    with pytest.raises(FormError, match="dài"):
        typeset(form_of(tmp_path, sections))


def test_rules_and_text_stay_on_the_page_between_the_margins(sheet: Typeset) -> None:
    for page in sheet.pages:
        for item in page.items:
            if isinstance(item, Rule):
                assert item.x1 >= 30
                assert item.x2 <= 195
            elif isinstance(item, Text):
                assert item.x >= 30


@pytest.mark.parametrize(
    ("office", "lines"),
    [
        ("ỦY BAN NHÂN DÂN XÃ AN BÌNH", ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH"]),
        ("UỶ BAN NHÂN DÂN PHƯỜNG HÒA THUẬN", ["UỶ BAN NHÂN DÂN", "PHƯỜNG HÒA THUẬN"]),
        ("UBND XÃ AN BÌNH", ["UBND XÃ AN BÌNH"]),
    ],
)
def test_an_office_stands_below_its_kind_of_body(office: str, lines: list[str]) -> None:
    heading, _ = heading_block(Heading("", office, "CỘNG HÒA", "Độc lập"))
    words = [item for item in heading.items if isinstance(item, Text) and item.x < NATION_LEFT]
    assert [text.text for text in words] == lines
    assert len({text.baseline for text in words}) == len(lines)
