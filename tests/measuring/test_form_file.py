"""A draft becomes a form that loads, whatever words a person or an OCR put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omr.errors import UsageError
from omr.form import MeasuredForm, load_form
from omr.form.model import Kind
from omr.geometry import Box
from omr.layout.model import Shape
from omr.measuring.draft import Draft, DraftQuestion, DraftTarget, LeftOut
from omr.measuring.form_file import form_yaml, write_measured_form
from omr.measuring.overlay import COLOURS, LEFT_OUT

if TYPE_CHECKING:
    from pathlib import Path

YES = DraftTarget("yes", "Có", Shape.BOX, Box(20, 30.25, 24, 24))
NO = DraftTarget("01", 'Không: "chưa" # rõ', Shape.OVAL, Box(120, 30, 30.5, 18))


def draft(*questions: DraftQuestion, left_out: tuple[LeftOut, ...] = ()) -> Draft:
    picture = np.full((120, 200), 250, np.uint8)
    return Draft("phieu-cu", "Phiếu cũ: 2024", picture, True, "flatbed", questions, left_out)


def test_what_was_drafted_is_what_loads(tmp_path: Path) -> None:
    question = DraftQuestion("q1", Kind.MULTI, "Ông/Bà đã đến chưa?", (YES, NO))
    written = write_measured_form(draft(question), tmp_path / "mới" / "phiếu.yaml")
    form = load_form(written.form)
    assert isinstance(form, MeasuredForm)
    assert (form.form.id, form.form.title) == ("phieu-cu", "Phiếu cũ: 2024")
    assert (form.blank, form.capture, form.size_px) == (True, "flatbed", (200, 120))
    assert form.reference == written.reference
    (loaded,) = form.form.questions
    assert (loaded.kind, loaded.text) == (Kind.MULTI, question.text)
    assert [(o.code, o.text) for o in loaded.options] == [(t.code, t.text) for t in (YES, NO)]
    assert [t.shape for t in form.targets] == ["box", "oval"]
    assert form.targets[0].box_px == Box(20, 30.2, 24, 24)
    assert form.targets[1].box_px == NO.box_px


def test_the_reference_is_the_drafts_picture_and_the_overlay_shows_every_box(
    tmp_path: Path,
) -> None:
    question = DraftQuestion("q1", Kind.SINGLE, "", (YES,))
    doubtful = LeftOut(Box(60, 80, 20, 20), "filled")
    made = draft(question, left_out=(doubtful,))
    written = write_measured_form(made, tmp_path / "form.yaml")
    reference = cv2.imread(str(written.reference), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(reference, made.picture)
    overlay = cv2.imread(str(written.overlay))
    assert overlay is not None
    factor = overlay.shape[1] // 200
    for box, colour in ((YES.box_px, COLOURS[0]), (doubtful.box_px, LEFT_OUT)):
        x, y = round(box.x * factor), round((box.y + box.h / 2) * factor)
        assert tuple(overlay[y, x, ::-1]) == colour


def test_a_page_without_targets_is_no_form(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_measured_form(draft(), tmp_path / "form.yaml")
    assert list(tmp_path.iterdir()) == []


@given(words=st.text(min_size=1, max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_written(words: str, tmp_path: Path) -> None:
    target = DraftTarget("c1", words, Shape.BOX, Box(1, 1, 9, 9))
    made = draft(DraftQuestion("q1", Kind.SINGLE, words, (target,)))
    if not (tmp_path / "form.reference.png").exists():
        cv2.imwrite(str(tmp_path / "form.reference.png"), made.picture)
    (tmp_path / "form.yaml").write_text(form_yaml(made, "form.reference.png"), encoding="utf-8")
    load_form(tmp_path / "form.yaml")
