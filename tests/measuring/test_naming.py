"""Words that were read become codes only where they can be trusted as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from omr.form.model import Kind
from omr.measuring.naming import form_id_of, is_form_id, kind_of, option_codes


def test_short_words_become_codes() -> None:
    assert option_codes(["Rất hài lòng", "Đồng ý", ""]) == ("rat-hai-long", "dong-y", "c3")


def test_words_that_two_options_share_are_no_codes() -> None:
    assert option_codes(["Có", "có", "Không"]) == ("c1", "c2", "khong")


def test_words_with_digits_are_no_codes_because_a_misread_digit_looks_right() -> None:
    assert option_codes(["25 - 34", "Trên 60", "Khác"]) == ("c1", "c2", "khac")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ông/Bà biết qua đâu? (có thể chọn nhiều)", Kind.MULTI),
        ("(chọn tối đa 3) Cần ưu tiên:", Kind.MULTI),
        ("Vote for no more than three", Kind.MULTI),
        ("Vote for no more than one", Kind.SINGLE),
        ("Chọn tối đa 1 ô", Kind.SINGLE),
        ("Giới tính:", Kind.SINGLE),
    ],
)
def test_only_words_that_allow_several_marks_make_a_question_multi(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("name", ["Phiếu cũ 2024.form.yaml", "___.yaml", "x" * 90 + ".yaml"])
def test_any_file_name_gives_an_id_that_the_form_language_takes(name: str) -> None:
    assert is_form_id(form_id_of(Path(name)))
