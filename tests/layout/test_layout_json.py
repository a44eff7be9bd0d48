"""Layout JSON as other programs get it, and the frozen form as the survey keeps it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from omr.form import DesignedForm, MeasuredForm, find_form, load_form
from omr.layout import freeze_json, layout_json, measured_layout, thaw_json, typeset

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def measured(tmp_path: Path) -> MeasuredForm:
    Image.new("L", (1700, 2200), 255).save(tmp_path / "ref.png")
    path = tmp_path / "paper.yaml"
    path.write_text(
        "id: paper\ntitle: Paper\nmeasured: {reference: ref.png, blank: true}\nquestions:\n"
        "  - {id: q, options: [{code: a, shape: oval, box_px: [134.5, 1621, 38, 22]}]}\n",
        encoding="utf-8",
    )
    form = load_form(path)
    assert isinstance(form, MeasuredForm)
    return form


@pytest.mark.parametrize("name", ["t1-mot-cua", "t3-sipas"])
def test_a_frozen_form_thaws_without_loss(name: str) -> None:
    form = load_form(find_form(name))
    assert isinstance(form, DesignedForm)
    sheet = typeset(form)
    assert thaw_json(freeze_json(sheet.form, sheet.layout)) == (sheet.form, sheet.layout)


def test_a_frozen_measured_form_thaws_without_loss(measured: MeasuredForm) -> None:
    layout = measured_layout(measured, measured.size_px)
    assert thaw_json(freeze_json(measured.form, layout)) == (measured.form, layout)


@pytest.mark.parametrize("text", ["{}", "[]", '{"format": 99}'])
def test_what_was_not_frozen_by_us_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a frozen form"):
        thaw_json(text)


def test_layout_json_has_the_shape_of_the_contract() -> None:
    form = load_form(find_form("t1-mot-cua"))
    assert isinstance(form, DesignedForm)
    sheet = typeset(form)
    document = json.loads(json.dumps(layout_json(sheet.form, sheet.layout)))
    assert list(document) == ["form", "version", "page_size_mm", "questions", "pages"]
    assert document["page_size_mm"] == [210, 297]
    assert document["questions"][4]["options"][0] == {
        "code": "5",
        "text": "Rất hài lòng",
        "score": 5,
    }
    first, last = (document["pages"][0]["targets"][i] for i in (0, -1))
    assert list(first) == ["question", "option", "shape", "x_mm", "y_mm", "w_mm", "h_mm"]
    assert (first["question"], first["option"], first["shape"]) == ("a1", "1", "box")
    assert (last["question"], last["option"]) == ("z", "")


def test_a_measured_form_speaks_its_own_pixels(measured: MeasuredForm) -> None:
    layout = measured_layout(measured, measured.size_px)
    assert layout.size.width == 210
    assert layout.pages[0].targets[0].box.x == pytest.approx(134.5 * 210 / 1700)
    document = layout_json(measured.form, layout)
    assert document["reference_size_px"] == [1700, 2200]
    assert "page_size_mm" not in document
    target = document["pages"][0]["targets"][0]
    assert [target[key] for key in ("x_px", "y_px", "w_px", "h_px")] == [134.5, 1621, 38, 22]


def test_a_moved_box_is_another_version(measured: MeasuredForm) -> None:
    layout = measured_layout(measured, measured.size_px)
    larger = measured_layout(measured, (1701, 2200))
    assert layout.version != larger.version
    assert layout.version == measured_layout(measured, measured.size_px).version
