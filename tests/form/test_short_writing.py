"""Forms written shortly: what is left out has one plain meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr import language
from omr.errors import FormError
from omr.form import DesignedForm, load_form
from omr.form.designed import ScaleTable
from omr.form.model import Kind, Option
from omr.form.schema import OptionEntry
from omr.form.short import option_in_full
from omr.layout import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = """\
id: demo
title: PHIẾU
heading: {office: UBND XÃ}
scales:
  S: [Tốt: 2, Kém: 0.5, Không rõ: NA]
sections:
"""
TEN_LINES = """\
id: hoi-nhanh
include: khoi-chung
title: PHIẾU HỎI NHANH
sections:
  - questions: [{use: [a1, a3]}]
  - scale: S5
    questions:
      - Thái độ của công chức
      - Thời gian giải quyết hồ sơ
  - questions: [{use: z}]
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    yield
    language.use(before)


def loaded(folder: Path, text: str) -> DesignedForm:
    path = folder / "form.yaml"
    path.write_text(text, encoding="utf-8")
    form = load_form(path)
    assert isinstance(form, DesignedForm)
    return form


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(FormError) as caught:
        loaded(folder, text)
    return str(caught.value).replace(f"{folder / 'form.yaml'}:", "")


def test_ten_lines_are_a_form(tmp_path: Path) -> None:
    form = loaded(tmp_path, TEN_LINES)
    assert [q.id for q in form.form.questions] == ["a1", "a3", "q1", "q2", "z"]
    assert form.heading.office == "ỦY BAN NHÂN DÂN XÃ ………"
    assert form.instruction.startswith("*Cách ghi:* Đánh dấu")
    assert [option.score for option in form.form.question("q1").options] == [5, 4, 3, 2, 1]
    assert len(typeset(form).pages) == 1


def test_pairs_are_scores_and_codes_and_na_is_neither(tmp_path: Path) -> None:
    form = loaded(tmp_path, HEAD + "  - {scale: S, questions: [Một]}\n")
    assert form.form.questions[0].options == (
        Option("2", "Tốt", 2),
        Option("0.5", "Kém", 0.5),
        Option("NA", "Không rõ", None),
    )


def test_plain_options_are_coded_by_their_places(tmp_path: Path) -> None:
    form = loaded(
        tmp_path, HEAD + "  - questions: [{text: A, options: [x, {code: K, text: y}, 7]}]\n"
    )
    assert form.form.questions[0].options == (Option("1", "x"), Option("K", "y"), Option("3", "7"))


def test_questions_without_id_are_counted_through_the_form(tmp_path: Path) -> None:
    form = loaded(
        tmp_path,
        HEAD
        + "  - {scale: S, questions: [Một, {id: rieng, text: Riêng}, Hai: TC]}\n"
        + '  - questions: [{text: Ba, kind: yesno}, {text: Bốn, kind: text, label: ""}]\n',
    )
    asked = [(a.question.id, a.label) for s in form.sections for a in s.questions]
    assert asked == [("q1", "1"), ("rieng", ""), ("q2", "2"), ("q3", "3"), ("q4", "")]


def test_an_id_of_ones_own_may_not_be_a_number_of_the_form(tmp_path: Path) -> None:
    message = refusal(tmp_path, HEAD + "  - {scale: S, questions: [{id: q2, text: A}, B, C]}\n")
    assert message.startswith("7:50: the id 'q2' is already used in line 7")
    assert "numbered q1, q2" in message


def test_the_factor_of_a_section_is_that_of_its_rows_unless_they_say_another(
    tmp_path: Path,
) -> None:
    form = loaded(
        tmp_path,
        HEAD + '  - {scale: S, factor: TC, questions: [A, B: CC, {text: C, factor: ""}]}\n',
    )
    assert [question.factor for question in form.form.questions] == ["TC", "CC", ""]


def test_yes_no_is_a_single_choice_with_fixed_codes_in_either_order(tmp_path: Path) -> None:
    form = loaded(
        tmp_path,
        HEAD
        + "  - questions:\n"
        + "      - {text: A, kind: yesno}\n"
        + "      - {text: B, kind: yesno, options: [Có, Không]}\n",
    )
    first, second = form.form.questions
    assert first.kind is second.kind is Kind.SINGLE
    assert first.options == (Option("0", "Không"), Option("1", "Có"))
    assert second.options == (Option("1", "Có"), Option("0", "Không"))


@pytest.mark.parametrize("options", ["[Đúng, Sai]", "[Không]", "[Có, Không, Không rõ]", "[Có, Có]"])
def test_yes_no_has_no_other_answers(tmp_path: Path, options: str) -> None:
    text = f"{HEAD}  - questions: [{{text: A, kind: yesno, options: {options}}}]\n"
    assert "a yesno question has the options" in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("order", "codes"),
    [("ascending", ["0.5", "2", "NA"]), ("descending", ["2", "0.5", "NA"])],
)
def test_an_order_turns_the_columns_and_no_score(
    tmp_path: Path, order: str, codes: list[str]
) -> None:
    form = loaded(tmp_path, f"{HEAD}  - {{scale: S, order: {order}, questions: [A]}}\n")
    (table,) = form.sections
    assert isinstance(table, ScaleTable)
    assert [option.code for option in table.columns] == codes
    assert {option.text: option.score for option in table.columns} == {
        "Tốt": 2,
        "Kém": 0.5,
        "Không rõ": None,
    }


def test_only_the_rows_that_say_so_have_a_box_in_the_last_column(tmp_path: Path) -> None:
    form = loaded(
        tmp_path,
        HEAD
        + "  - scale: S\n"
        + "    questions:\n"
        + "      - A\n"
        + "      - {text: B, also: [{code: X, text: Khác}]}\n"
        + "      - {text: C, also: [{code: Y, text: Nữa}, {code: X, text: Khác}]}\n",
    )
    (table,) = form.sections
    assert isinstance(table, ScaleTable)
    assert [option.code for option in table.columns] == ["2", "0.5", "NA", "X", "Y"]
    rows = [[o.code for o in row.question.options] for row in table.questions]
    assert rows == [["2", "0.5", "NA"], ["2", "0.5", "NA", "X"], ["2", "0.5", "NA", "X", "Y"]]


@pytest.mark.parametrize(
    ("section", "at", "says"),
    [
        ("{scale: S, questions: [{text: A, also: [B: 2]}]}", "B: 2", "'2' stands twice"),
        (
            "{scale: S, questions: [{text: A, also: [{code: X, text: B}]}, "
            "{text: C, also: [{text: D, code: X}]}]}",
            "{text: D",
            "is the column 'B'",
        ),
        ("{questions: [{text: A, options: [B: tốt]}]}", "tốt", "'B: tốt' cannot be used"),
        ("{questions: [{text: A, options: [B: '+1']}]}", "'+1'", "stands the score"),
        ("{questions: [{text: A, options: [{cod: 1}]}]}", "cod:", "did you mean 'code'"),
        ("{scale: S, questions: [{txet: A}]}", "txet", "did you mean 'text'"),
        ("{scale: S, questions: [Thái độ tốt: cc]}", "cc", "is no factor code"),
        ("{scale: S, order: up, questions: [A]}", "up", "choose one of: ascending"),
        ("{scale: S, order: ascendin, questions: [A]}", "ascendin", "Did you mean ascending?"),
        ("{order: ascending, questions: [{text: A, kind: text}]}", "order", "no 'scale' here"),
        ("{questions: [{text: A, options: [B], also: [C: NA]}]}", "also", "no 'scale' here"),
        ("{scale: SS, questions: [A]}", "SS", "Did you mean S?"),
        ("{questions: [{text: A, kind: sinle, options: [B]}]}", "sinle", "Did you mean single?"),
        ("{questions: [{text: A, kind: text, factor: {}}]}", "{}", "made it a mapping"),
    ],
)
def test_what_is_written_wrong_is_named_where_it_stands(
    tmp_path: Path, section: str, at: str, says: str
) -> None:
    column = len("  - ") + section.index(at) + 1
    lines = refusal(tmp_path, f"{HEAD}  - {section}\n").splitlines()
    assert any(line.startswith(f"7:{column}: ") and says in line for line in lines), lines


def test_an_order_needs_scores(tmp_path: Path) -> None:
    text = HEAD.replace("[Tốt: 2, Kém: 0.5, Không rõ: NA]", "[Tốt, Kém]")
    assert "has no scores" in refusal(
        tmp_path, text + "  - {scale: S, order: ascending, questions: [A]}\n"
    )


@given(text=st.text("aĂ đ", min_size=1, max_size=9), score=st.decimals(-99, 99, places=1))
def test_any_number_is_a_score_and_its_own_code(text: str, score: object) -> None:
    whole = option_in_full({text: str(score)}, ("code", "text", "score"))
    option = OptionEntry.model_validate(whole)
    assert (option.code, option.text, option.score) == (str(score), text, float(str(score)))
