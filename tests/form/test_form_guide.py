"""The guide to the form language shows forms that really load."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from omr.form import DesignedForm, MeasuredForm, load_form
from omr.form.schema import QuestionEntry
from omr.layout import typeset

GUIDE = Path(__file__).parents[2] / "docs" / "forms.md"


def test_the_examples_of_the_guide_load(tmp_path: Path) -> None:
    (tmp_path / "ref").mkdir()
    Image.new("L", (1700, 2200), 255).save(tmp_path / "ref" / "blank.png")
    forms = []
    for number, example in enumerate(
        re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    ):
        path = tmp_path / f"{number}.yaml"
        path.write_text(example, encoding="utf-8")
        forms.append(load_form(path))
    short, whole, measured = forms
    assert isinstance(measured, MeasuredForm)
    for designed in (short, whole):
        assert isinstance(designed, DesignedForm)
        assert len(typeset(designed).pages) == 1


def test_the_form_in_the_clerks_guide_loads(tmp_path: Path) -> None:
    guide = GUIDE.with_name("huong-dan.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "form.yaml"
    path.write_text(example, encoding="utf-8")
    assert len(load_form(path).form.questions) == 5


def test_the_short_example_of_the_guide_has_ten_lines() -> None:
    (example, *_) = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(example.splitlines()) <= 10


def test_the_guide_explains_every_key_of_a_question() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("### Questions")[2].partition("###")[0]
    for key in QuestionEntry.model_fields:
        assert f"`{key}`" in table
