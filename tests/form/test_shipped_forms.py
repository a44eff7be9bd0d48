"""The shipped forms: found by name, and worded exactly as the field has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr.errors import FormError
from omr.form import DesignedForm, find_form, load_form, shipped_forms
from omr.form.model import Kind

if TYPE_CHECKING:
    from pathlib import Path


def shipped(name: str) -> DesignedForm:
    form = load_form(find_form(name))
    assert isinstance(form, DesignedForm)
    return form


def test_both_forms_are_listed() -> None:
    assert {"t1-mot-cua", "t3-sipas"} <= set(shipped_forms())


@pytest.mark.parametrize("name", sorted(shipped_forms()))
def test_every_shipped_form_is_valid_and_named_like_its_file(name: str) -> None:
    assert shipped(name).form.id == name


def test_a_path_goes_before_a_shipped_name(tmp_path: Path) -> None:
    path = tmp_path / "t1-mot-cua"
    path.write_text("id: x", encoding="utf-8")
    assert find_form(str(path)) == path


def test_an_unknown_name_is_answered_with_the_shipped_ones() -> None:
    with pytest.raises(FormError, match=r"t1-mot-cua.*t3-sipas"):
        find_form("t1-mot-cuaa")


def test_t1_asks_ten_questions_on_the_five_point_scale() -> None:
    form = shipped("t1-mot-cua").form
    ids = [question.id for question in form.questions]
    assert ids == ["a1", "a2", "a3", "l", *(f"q{n}" for n in range(1, 11)), "z"]
    for number in range(1, 11):
        options = form.question(f"q{number}").options
        assert [(o.code, o.score) for o in options] == [(str(s), s) for s in (5, 4, 3, 2, 1)]
    factors = [form.question(f"q{n}").factor for n in range(1, 11)]
    assert factors == ["TC", "TC", "TT", "TT", "TT", "CC", "CC", "KQ", "GY", "CHUNG"]
    assert form.question("z").kind is Kind.TEXT


def test_t3_asks_the_22_criteria_and_lets_four_be_not_relevant() -> None:
    form = shipped("t3-sipas").form
    factors = "".join(form.question(f"q{n}").factor for n in range(1, 23))
    assert factors == "TC" * 4 + "TT" * 5 + "CC" * 6 + "KQ" * 3 + "GY" * 4
    for number in range(1, 23):
        options = form.question(f"q{number}").options
        assert [o.score for o in options[:5]] == [5, 4, 3, 2, 1]
        extra = [(o.text, o.score) for o in options[5:]]
        assert extra == ([("Không liên quan", None)] if number >= 19 else [])
    priorities = form.question("q27")
    assert (priorities.kind, priorities.maximum) == (Kind.MULTI, 3)
    assert len(priorities.options) == 8
