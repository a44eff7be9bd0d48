"""Previews: every target is outlined where it lies and named beside it, never over a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr import pipeline
from omr.errors import UsageError
from omr.form import DesignedForm, find_form, load_form, shipped_forms
from omr.geometry import Box
from omr.layout import typeset
from omr.layout.model import Shape, Target
from omr.previewing import preview_pdf, shown
from omr.previewing.drawing import STRIP
from omr.previewing.files import PX_PER_MM
from omr.previewing.labels import labels, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

T1, T3 = "t1-mot-cua", "t3-sipas"
MEASURED = """\
id: do
title: Phiếu đo
measured: {reference: blank.png, blank: true, capture: flatbed}
questions:
  - id: q1
    kind: single
    options:
      - {code: "1", shape: oval, box_px: [100, 200, 40, 24]}
      - {code: "2", shape: box, box_px: [300, 200, 40, 40]}
"""


def words_of(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def picture(path: Path) -> NDArray[np.uint8]:
    image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return np.asarray(image, np.uint8)


def colourful(image: NDArray[np.uint8], box: Box) -> float:
    """Share of the pixels of a box (mm) that have a colour."""
    x, y, right, bottom = (round(v * PX_PER_MM) for v in (box.x, box.y, box.right, box.bottom))
    part = image[y:bottom, x:right].astype(int)
    return float((part.max(axis=2) - part.min(axis=2) > 60).mean())


@pytest.mark.parametrize("form", [T1, T3])
def test_every_target_of_a_designed_form_is_named_in_the_pdf(form: str, tmp_path: Path) -> None:
    out = tmp_path / "preview.pdf"
    assert pipeline.preview(find_form(form), out) == (out,)
    design = load_form(find_form(form))
    assert isinstance(design, DesignedForm)
    pages = typeset(design)
    said = words_of(out)
    assert len(said) == len(pages.layout.pages)
    for page, text in zip(pages.layout.pages, said, strict=True):
        for target in page.targets:
            assert name_of(target) in text
        assert f"{page.number}/{len(said)}" in text
    with pikepdf.open(out) as pdf:
        assert abs(float(pdf.pages[0].mediabox[3]) * 25.4 / 72 - 297 - STRIP) < 0.01


def test_a_png_shows_each_outline_in_colour_and_leaves_the_box_open(tmp_path: Path) -> None:
    out = tmp_path / "t1.png"
    pipeline.preview(find_form(T1), out)
    image = picture(out)
    layout = shown(load_form(find_form(T1))).layout
    for target in layout.pages[0].targets:
        if target.option:
            box = target.box
            assert colourful(image, Box(box.x, box.y - 0.3, box.w, 0.25)) >= 0.45
            assert colourful(image, box.grown(-0.6)) == 0


def test_several_pages_are_several_png_files(tmp_path: Path) -> None:
    written = pipeline.preview(find_form(T3), tmp_path / "t3.png")
    assert [path.name for path in written] == ["t3-1.png", "t3-2.png"]
    assert all(path.stat().st_size > 10_000 for path in written)


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    out = tmp_path / "t3.png"
    (tmp_path / "t3-2.png").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"t3-2\.png"):
        pipeline.preview(find_form(T3), out)
    assert (tmp_path / "t3-2.png").read_bytes() == b"mine"
    assert not (tmp_path / "t3-1.png").exists()
    pipeline.preview(find_form(T3), out, force=True)
    assert (tmp_path / "t3-2.png").read_bytes() != b"mine"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="jpg"):
        pipeline.preview(find_form(T1), tmp_path / "t1.jpg")


def test_a_measured_form_is_shown_on_its_picture(tmp_path: Path) -> None:
    blank = np.full((700, 500), 255, np.uint8)
    blank[300:310, 50:450] = 0
    (tmp_path / "blank.png").write_bytes(cv2.imencode(".png", blank)[1].tobytes())
    (tmp_path / "form.yaml").write_text(MEASURED, encoding="utf-8")
    out = tmp_path / "preview.png"
    pipeline.preview(tmp_path / "form.yaml", out)
    image = picture(out)
    mm_per_px = 210 / 500
    assert image.shape[1] == pytest.approx(210 * PX_PER_MM, abs=2)
    oval = Box(100, 200, 40, 24).scaled(mm_per_px)
    assert colourful(image, oval.grown(0.5)) > 0.02
    bar = Box(60, 302, 380, 6).scaled(mm_per_px)
    x, y = (round(v * PX_PER_MM) for v in bar.centre)
    assert image[y, x].max() < 80


def test_a_survey_is_shown_as_it_was_frozen(tmp_path: Path) -> None:
    pipeline.init(tmp_path / "survey", [find_form(T1)]).close()
    out = tmp_path / "survey.pdf"
    pipeline.preview(tmp_path / "survey", out)
    assert [page.split(" · ")[0].splitlines()[-1] for page in words_of(out)] == [T1]
    with pytest.raises(UsageError, match="--set"):
        pipeline.preview(tmp_path / "survey", tmp_path / "other.pdf", {"co_quan": "X"})


def test_the_same_form_gives_the_same_bytes() -> None:
    form = shown(load_form(find_form(T1)))
    assert preview_pdf(form) == preview_pdf(form)


@pytest.mark.parametrize("form", shipped_forms())
def test_labels_of_shipped_forms_stand_clear_of_boxes_and_of_each_other(form: str) -> None:
    layout = shown(load_form(find_form(form))).layout
    for page in layout.pages:
        named = labels(page.targets, layout.size.width)
        marked = [target for target in page.targets if target.option]
        for target, label in zip(page.targets, named, strict=True):
            assert label.points >= 3, name_of(target)
            assert not any(label.box.overlaps(other.box) for other in marked)
            near = [one for one in named if one is not label and one.box.overlaps(label.box)]
            assert not near, name_of(target)


@given(
    rows=st.integers(1, 5),
    columns=st.integers(1, 5),
    side=st.floats(2, 8),
    white=st.floats(0.1, 10),
    name=st.text("abcdefgh_0123", min_size=1, max_size=20),
)
def test_labels_never_cover_a_target(
    rows: int, columns: int, side: float, white: float, name: str
) -> None:
    pitch = side + white
    targets = [
        Target(
            f"{name}{row}",
            str(column),
            Shape.BOX,
            Box(20 + column * pitch, 20 + row * pitch, side, side),
        )
        for row in range(rows)
        for column in range(columns)
    ]
    for label in labels(targets, 210):
        assert label.box.x >= 0
        if white > 1.6:
            assert not any(label.box.overlaps(target.box) for target in targets)
