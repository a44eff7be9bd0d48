"""A measured form is checked against the picture that it was measured on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from omr import language
from omr.errors import FormError
from omr.form import MeasuredForm, load_form
from omr.form.model import Correction

FORM = """\
id: paper
title: "A paper of somebody else"
measured:
  reference: ref/blank.png
  blank: false
  capture: phone
questions:
  - id: q1
    kind: single
    options:
      - {code: yes, shape: oval, box_px: [10, 20.5, 30, 15]}
      - {code: "no", shape: box, box_px: [170, 85, 30, 15], score: 0}
"""


@pytest.fixture
def form_file(tmp_path: Path) -> Path:
    (tmp_path / "ref").mkdir()
    Image.new("L", (200, 100), 255).save(tmp_path / "ref" / "blank.png")
    path = tmp_path / "paper.form.yaml"
    path.write_text(FORM, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    before = language.current()
    language.use(language.Language.ENGLISH)
    try:
        with pytest.raises(FormError) as caught:
            load_form(path)
    finally:
        language.use(before)
    return str(caught.value).replace(f"{path}:", "")


def test_it_knows_its_targets_and_its_picture(form_file: Path) -> None:
    form = load_form(form_file)
    assert isinstance(form, MeasuredForm)
    assert form.size_px == (200, 100)
    assert not form.blank
    assert [(t.option, t.shape, t.box_px.y) for t in form.targets] == [
        ("yes", "oval", 20.5),
        ("no", "box", 85),
    ]


def test_an_option_without_words_is_called_by_its_code(form_file: Path) -> None:
    assert [option.text for option in load_form(form_file).form.questions[0].options] == [
        "yes",
        "no",
    ]


def test_it_says_how_its_marks_are_taken_back(form_file: Path) -> None:
    assert load_form(form_file).form.correction is Correction.CIRCLE
    form_file.write_text(FORM + "correction: none\n", encoding="utf-8")
    assert load_form(form_file).form.correction is Correction.NONE


def test_it_has_no_variables_to_set(form_file: Path) -> None:
    with pytest.raises(FormError, match="co_quan"):
        load_form(form_file, {"co_quan": "UBND"})


@pytest.mark.parametrize("box", ["[171, 85, 30, 15]", "[170, 86, 30, 15]", "[170, 85, 0, 15]"])
def test_a_box_outside_the_picture_is_refused(form_file: Path, box: str) -> None:
    form_file.write_text(FORM.replace("[170, 85, 30, 15]", box), encoding="utf-8")
    message = refusal(form_file)
    assert message.startswith("12:42: ")
    assert "200 x 100 px" in message


def test_a_missing_picture_is_refused_at_its_line(form_file: Path) -> None:
    (form_file.parent / "ref" / "blank.png").unlink()
    assert refusal(form_file).startswith("4:14: there is no reference picture")


def test_a_picture_that_is_none_is_refused_at_its_line(form_file: Path) -> None:
    (form_file.parent / "ref" / "blank.png").write_text("no picture", encoding="utf-8")
    assert refusal(form_file).startswith("4:14: the reference picture")


def test_a_wrong_key_is_named_with_the_nearest_right_one(form_file: Path) -> None:
    form_file.write_text(FORM.replace("box_px: [10", "box: [10"), encoding="utf-8")
    assert "did you mean 'box_px'" in refusal(form_file)


@pytest.mark.realscans
def test_every_form_of_the_real_scans_loads() -> None:
    default = Path(__file__).parents[2] / ".." / "shared" / "realscans"
    folder = Path(os.environ.get("OMR_REALSCANS", default))
    if not folder.is_dir():
        assert os.environ.get("CI") != "true", "the folder of real scans is missing"
        pytest.skip("no folder of real scans (OMR_REALSCANS)")
    forms = [load_form(path) for path in sorted(folder.glob("*/*.form.yaml"))]
    assert len(forms) == 19
    assert all(isinstance(form, MeasuredForm) for form in forms)
