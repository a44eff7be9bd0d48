"""What an author may say about the paper: sizes, notes, bases, attachment, rule of correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr import language
from omr.errors import FormError
from omr.form import DesignedForm, load_form
from omr.form.designed import Note, PaperSizes
from omr.form.instruction import RULES
from omr.form.model import Correction, DoubleMarks
from omr.layout import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = """\
id: demo
title: PHIẾU
heading: {office: UBND XÃ}
sections:
  - questions:
      - {id: q1, text: Câu một, options: [{code: "1", text: Có}]}
"""
COMMON = (
    "*Cách ghi:* Đánh dấu **X** vào **một** ô phù hợp ở mỗi câu. Nếu chọn nhầm, khoanh tròn dấu X "
    "đã chọn rồi đánh dấu X vào ô khác; muốn chọn lại ô đã khoanh thì tô kín ô đó. Không viết, "
    "không gấp lên các ô vuông đen ở góc phiếu. Ghi xong, bỏ phiếu vào hòm phiếu."
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    yield
    language.use(before)


def loaded(folder: Path, more: str = "") -> DesignedForm:
    path = folder / "form.yaml"
    path.write_text(FORM + more, encoding="utf-8")
    form = load_form(path)
    assert isinstance(form, DesignedForm)
    return form


def refusal(folder: Path, more: str) -> str:
    with pytest.raises(FormError) as caught:
        loaded(folder, more)
    return str(caught.value).replace(f"{folder / 'form.yaml'}:", "")


def test_a_form_that_says_nothing_has_the_proved_sizes_and_the_circle_rule(tmp_path: Path) -> None:
    form = loaded(tmp_path)
    assert form.paper == PaperSizes()
    assert form.form.correction is Correction.CIRCLE
    assert (form.notes, form.bases, form.attachment) == ((), (), "")
    assert form.instruction == COMMON


def test_all_keys_of_the_paper_arrive(tmp_path: Path) -> None:
    form = loaded(
        tmp_path,
        "paper: {box: 5, row: 8.5, column: 14, code: 20, even_pages: true}\n"
        "notes: [{text: Xin cảm ơn, page: 2, x: 40, y: 250.5, points: 10}, {text: A, x: 1, y: 2}]\n"
        "bases: [Căn cứ Nghị định, Căn cứ Quyết định]\n"
        "attachment: (Kèm theo Công văn số 12)\n",
    )
    assert form.paper == PaperSizes(5, 8.5, 14, 20, even_pages=True)
    assert form.notes == (Note("Xin cảm ơn", 2, 40, 250.5, 10), Note("A", 1, 1, 2, 12))
    assert form.bases == ("Căn cứ Nghị định", "Căn cứ Quyết định")
    assert form.attachment == "(Kèm theo Công văn số 12)"


@pytest.mark.parametrize(
    ("more", "where", "says"),
    [
        ("paper: {box: 2}", "7:14: ", "at least 3"),
        ("paper: {code: 31}", "7:15: ", "at most 30"),
        ("paper: {bx: 5}", "7:9: ", "did you mean 'box'"),
        ("paper: {even_pages: often}", "7:21: ", "true or false"),
        ("paper: {row: nan}", "7:14: ", "must be a number"),
        ("notes: [{text: A, x: 300, y: 2}]", "7:22: ", "at most 210"),
        ("notes: [{text: A, y: 2}]", "7:9: ", "'x' is missing"),
        ("correction: cirle", "7:13: ", "circle, fill, none"),
        ("bases: Căn cứ", "7:8: ", "must be a list"),
    ],
)
def test_a_wrong_size_is_named_where_it_stands(
    tmp_path: Path, more: str, where: str, says: str
) -> None:
    message = refusal(tmp_path, more)
    assert message.startswith(where)
    assert says in message


def test_what_becomes_of_double_marks_is_read_and_changes_no_paper(tmp_path: Path) -> None:
    usual, void = loaded(tmp_path, ""), loaded(tmp_path, "double: void\n")
    assert (usual.form.double, void.form.double) == (DoubleMarks.PERSON, DoubleMarks.VOID)
    assert typeset(usual).layout.version == typeset(void).layout.version


@pytest.mark.parametrize("rule", Correction)
def test_the_common_instruction_says_the_rule_of_the_form(tmp_path: Path, rule: Correction) -> None:
    form = loaded(tmp_path, f"correction: {rule}\n")
    assert form.form.correction is rule
    assert [other for other in Correction if RULES[other] in form.instruction] == [rule]


@pytest.mark.parametrize("rule", [Correction.CIRCLE, Correction.FILL])
def test_an_own_instruction_without_the_rule_gets_it(tmp_path: Path, rule: Correction) -> None:
    form = loaded(tmp_path, f"correction: {rule}\ninstruction: Xin đánh dấu.\n")
    assert form.instruction == f"Xin đánh dấu. {RULES[rule]}"


def test_an_own_instruction_that_holds_the_rule_is_left_as_it_is(tmp_path: Path) -> None:
    own = f"Xin đánh dấu. {RULES[Correction.CIRCLE]} Xin cảm ơn."
    assert loaded(tmp_path, f'instruction: "{own}"\n').instruction == own


def test_without_a_rule_an_own_instruction_may_say_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "correction: none\ninstruction:\n").instruction == ""


def test_an_empty_instruction_still_says_the_rule_that_is_obeyed(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'instruction: ""\n').instruction == RULES[Correction.CIRCLE]
