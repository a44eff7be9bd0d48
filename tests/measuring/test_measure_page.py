"""Known paper, scanned in several ways: every target is found where it is, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from omr.form.model import Kind
from omr.geometry import Box
from omr.layout.model import Shape
from omr.measuring.page import measure_page
from omr.measuring.upright import set_upright
from omr.measuring.words import WordReader
from omr.simulate import Mode, ScannedImage, render_pdf_page, scan
from omr.simulate.profiles import OFFICE, ONE_BIT, POOR

if TYPE_CHECKING:
    from foreign_paper import ForeignPaper

    from omr.measuring.draft import Draft
    from omr.simulate.profiles import Profile

NO_WORDS = WordReader(())
GREY_300 = replace(OFFICE, modes=(Mode.GREY,), dpis=(300.0,), turns=(0,))
BLACK_200 = replace(ONE_BIT, dpis=(200.0,), turns=(0,))
POOR_150 = replace(POOR, turns=(0,))


def scanned(paper: ForeignPaper, profile: Profile, seed: int) -> ScannedImage:
    return scan(render_pdf_page(paper.pdf, 1, 14.0), profile.draw(seed), seed)


def measured(image: ScannedImage) -> Draft:
    pixels = np.asarray(image.pixels)
    return measure_page(pixels, image.settings.dpi, "x", "x", NO_WORDS)


def errors_mm(paper: ForeignPaper, image: ScannedImage, draft: Draft) -> list[float]:
    """From the middle of every drawn target to the middle of the one that was measured there."""
    matrix = set_upright(np.asarray(image.pixels), image.settings.dpi).matrix
    middles = image.locate(np.array([box.centre for box in paper.boxes]))
    flat = (np.column_stack([middles, np.ones(len(middles))]) @ matrix.T)[:, :2] + 0.5
    got = np.array([t.box_px.centre for q in draft.questions for t in q.targets])
    apart = np.linalg.norm(flat[:, None] - got[None], axis=2)
    return [float(row.min()) * 25.4 / image.settings.dpi for row in apart]


@pytest.mark.parametrize(
    ("profile", "within_mm"),
    [(GREY_300, 0.2), (BLACK_200, 0.25), (POOR_150, 0.4)],
    ids=["grey 300 dpi", "1-bit 200 dpi", "poor 150 dpi"],
)
def test_every_target_is_found_in_its_place_and_no_other_is_taken(
    foreign: ForeignPaper, profile: Profile, within_mm: float
) -> None:
    image = scanned(foreign, profile, 3)
    draft = measured(image)
    assert draft.targets == len(foreign.boxes)
    assert max(errors_mm(foreign, image, draft)) < within_mm
    assert draft.blank


def test_targets_are_grouped_as_they_are_asked(foreign: ForeignPaper) -> None:
    draft = measured(scanned(foreign, GREY_300, 4))
    sizes = [len(question.targets) for question in draft.questions]
    assert sizes == [len(boxes) for boxes in foreign.questions.values()]
    assert [question.id for question in draft.questions] == ["q1", "q2", "q3", "q4", "q5"]
    assert [target.code for target in draft.questions[0].targets] == ["c1", "c2"]
    assert {target.shape for q in draft.questions for target in q.targets} == {Shape.BOX}


def test_what_is_printed_alike_has_one_size(foreign: ForeignPaper) -> None:
    draft = measured(scanned(foreign, BLACK_200, 5))
    sizes = {(t.box_px.w, t.box_px.h) for q in draft.questions[:2] for t in q.targets}
    assert len(sizes) == 1


def test_cells_for_digits_are_left_to_a_person(foreign: ForeignPaper) -> None:
    draft = measured(scanned(foreign, GREY_300, 6))
    assert sum(one.why == "empty-cell" for one in draft.left_out) == 12


def with_filled(paper: ForeignPaper, *boxes: Box) -> ScannedImage:
    """The paper scanned with some boxes filled in."""
    blank = render_pdf_page(paper.pdf, 1, 14.0)
    pixels = blank.pixels.copy()
    for box in (box.scaled(14.0) for box in boxes):
        pixels[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = 20
    return scan(replace(blank, pixels=pixels), GREY_300.draw(7), 7)


def test_a_filled_box_beside_others_is_left_to_a_person(foreign: ForeignPaper) -> None:
    """It may be the printed example of how to fill in a box."""
    draft = measured(with_filled(foreign, foreign.questions["field"][2]))
    assert draft.targets == len(foreign.boxes) - 1
    assert [one.why for one in draft.left_out].count("filled") == 1


def test_a_filled_box_in_a_field_of_boxes_is_taken_and_the_paper_is_not_called_blank(
    foreign: ForeignPaper,
) -> None:
    sex, field = foreign.questions["sex"], foreign.questions["field"]
    extra = Box(sex[1].x, field[0].y, sex[1].w, sex[1].h)
    draft = measured(with_filled(foreign, extra))
    assert draft.targets == len(foreign.boxes) + 1
    assert not draft.blank


def test_a_page_of_text_has_no_targets(foreign: ForeignPaper) -> None:
    paper = render_pdf_page(foreign.pdf, 1, 14.0)
    pixels = paper.pixels.copy()
    for boxes in foreign.questions.values():
        for box in (box.grown(0.6).scaled(14.0) for box in boxes):
            pixels[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = 255
    draft = measured(scan(replace(paper, pixels=pixels), GREY_300.draw(8), 8))
    assert draft.targets == 0


def test_words_beside_targets_become_texts_and_codes(foreign: ForeignPaper) -> None:
    reader = WordReader.installed("vie")
    if not reader.languages:
        pytest.skip("Tesseract with Vietnamese is not installed")
    image = scanned(foreign, GREY_300, 9)
    draft = measure_page(np.asarray(image.pixels), image.settings.dpi, "x", "x", reader)
    sex, field, row, *_ = draft.questions
    assert sex.text.startswith("2.")
    assert [target.code for target in sex.targets] == ["nam", "nu"]
    assert (field.kind, sex.kind) == (Kind.MULTI, Kind.SINGLE)
    assert [target.text for target in field.targets] == ["Hộ tịch", "Đất đai", "Chứng thực"]
    assert "Thái độ phục vụ" in row.text
    assert [target.text for target in row.targets] == ["Rất tốt", "Tốt", "Kém"]
