"""The shipped forms: found by name, and worded exactly as the field has them."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from eight_forms import QUESTIONS, SECTION_TITLES, TITLES

from omr.errors import FormError
from omr.form import DesignedForm, find_form, load_form, shipped_forms
from omr.form.designed import ScaleTable
from omr.form.model import Correction, Kind
from omr.identity import PageIdentity, encode_page, new_key, new_survey_id
from omr.layout import typeset
from omr.printing import SheetToPrint, print_sheets

if TYPE_CHECKING:
    from pathlib import Path

INTRO = (
    "Nhằm nâng cao chất lượng phục vụ người dân, tổ chức, Ủy ban nhân dân xã ……… kính đề nghị "
    "Ông/Bà cho ý kiến bằng cách trả lời các câu hỏi dưới đây. Phiếu không ghi tên; thông tin chỉ "
    "được dùng để tổng hợp chung. Xin trân trọng cảm ơn!"
)
INSTRUCTION = (
    "*Cách ghi:* Đánh dấu **X** vào **một** ô phù hợp ở mỗi câu. Nếu chọn nhầm, khoanh tròn dấu X "
    "đã chọn rồi đánh dấu X vào ô khác; muốn chọn lại ô đã khoanh thì tô kín ô đó. Không viết, "
    "không gấp lên các ô vuông đen ở góc phiếu. Ghi xong, bỏ phiếu vào hòm phiếu."
)
NAMES = sorted(QUESTIONS)


@cache
def shipped(name: str) -> DesignedForm:
    form = load_form(find_form(name))
    assert isinstance(form, DesignedForm)
    return form


@cache
def printed_text(name: str) -> str:
    """The text layer of the printed form as somebody searches it: composed letters, one space."""
    pages = typeset(shipped(name))
    survey, version, key = new_survey_id(), pages.layout.version, new_key()
    codes = [
        encode_page(PageIdentity(survey, version, 1, page.number), key)
        for page in pages.layout.pages
    ]
    pdf = io.BytesIO()
    print_sheets(pages, [SheetToPrint(1, "", "", tuple(codes))], pdf)
    document = pypdfium2.PdfDocument(pdf.getvalue())
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", " ".join(texts)))


def test_the_eight_forms_are_listed_and_no_shared_file_among_them() -> None:
    assert sorted(shipped_forms()) == NAMES


def test_a_path_goes_before_a_shipped_name(tmp_path: Path) -> None:
    path = tmp_path / "t1-mot-cua"
    path.write_text("id: x", encoding="utf-8")
    assert find_form(str(path)) == path


def test_an_unknown_name_is_answered_with_the_shipped_ones() -> None:
    with pytest.raises(FormError, match=r"t1-mot-cua.*t3-sipas"):
        find_form("t1-mot-cuaa")


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_every_form_is_the_common_one(name: str) -> None:
    form = shipped(name)
    assert form.form.id == name
    assert (form.title, form.subtitle) == TITLES[name]
    assert form.form_number == f"Mẫu số {name[:2].upper()}"
    assert form.heading.nation == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert form.heading.motto == "Độc lập - Tự do - Hạnh phúc"
    assert form.intro == INTRO
    assert form.instruction == INSTRUCTION
    assert form.form.correction is Correction.CIRCLE
    assert form.date_line == "Ngày …… tháng …… năm ………"


@pytest.mark.parametrize("name", NAMES)
def test_every_question_and_option_is_there_verbatim_and_in_order(name: str) -> None:
    asked = [one for section in shipped(name).sections for one in section.questions]
    assert [one.question.id for one in asked] == [one.id for one in QUESTIONS[name]]
    for found, wanted in zip(asked, QUESTIONS[name], strict=True):
        question = found.question
        kind = question.kind.value + (f" {question.maximum}" if question.maximum else "")
        assert (found.label, question.factor) == (wanted.label, wanted.factor), wanted
        assert (kind, question.text) == (wanted.kind, wanted.text)
        assert question.options == wanted.options
        if question.kind is Kind.TEXT:
            assert found.lines == 3


@pytest.mark.parametrize("name", NAMES)
def test_the_scale_is_a_table_and_only_some_rows_may_be_not_relevant(name: str) -> None:
    tables = [one for one in shipped(name).sections if isinstance(one, ScaleTable)]
    rows = [row.question.id for table in tables for row in table.questions]
    assert rows == [one.id for one in QUESTIONS[name] if one.is_row]
    for table in tables:
        codes = {option.code for row in table.questions for option in row.question.options}
        assert {option.code for option in table.columns} == codes


@pytest.mark.parametrize("name", NAMES)
def test_every_criterion_has_a_factor_and_every_scored_option_its_score(name: str) -> None:
    for question in shipped(name).form.questions:
        scores = [option.score for option in question.options]
        if any(score is not None for score in scores):
            assert question.factor in {"TC", "TT", "CC", "KQ", "GY", "CHUNG"}
            assert all(o.score is not None or o.code == "NA" for o in question.options)
        else:
            assert question.factor == ""


def test_t3_has_the_titles_of_the_five_factors() -> None:
    titles = [section.title for section in shipped("t3-sipas").sections if section.title]
    assert titles == [*SECTION_TITLES, "VI. Câu hỏi chung"]


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_text_holds_every_question_and_option_verbatim(name: str) -> None:
    text = printed_text(name)
    for wanted in (*TITLES[name], INTRO, INSTRUCTION.replace("*", "")):
        assert wanted in text
    for asks in QUESTIONS[name]:
        numbered = f"{asks.label}. {asks.text}" if asks.label and not asks.is_row else asks.text
        assert numbered in text
        for option in asks.options:
            assert option.text in text
