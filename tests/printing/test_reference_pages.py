"""The rendered print agrees with the layout to a hair, and keeps white around every target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from omr.form import DesignedForm, find_form, load_form
from omr.layout import Typeset, typeset
from omr.layout.measures import BOX_LINE
from omr.printing import render_reference
from omr.printing.aruco import BITS
from omr.printing.reference import render_pdf, static_pdf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Box

FINE = 600 / 25.4
CLEAR = 1.0
MARK_CLEAR = 3.0
WHITE = 250


@pytest.fixture(scope="module", params=["t1-mot-cua", "t3-sipas"])
def form(request: pytest.FixtureRequest) -> Typeset:
    designed = load_form(find_form(request.param))
    assert isinstance(designed, DesignedForm)
    return typeset(designed)


@pytest.fixture(scope="module")
def fine(form: Typeset) -> list[NDArray[np.uint8]]:
    return render_pdf(static_pdf(form), FINE)


def marked_boxes(form: Typeset, page: int) -> list[Box]:
    marked = {question.id for question in form.form.questions if question.has_targets}
    return [t.box for t in form.layout.page(page).targets if t.question in marked]


def cut(image: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """The pixels that lie wholly inside a box given in mm."""
    x1, y1 = (int(np.ceil(value * FINE)) for value in (box.x, box.y))
    x2, y2 = (int(np.floor(value * FINE)) for value in (box.right, box.bottom))
    return image[y1:y2, x1:x2]


def middle_of_line(profile: NDArray[np.float64]) -> float:
    """Centre of gravity of the ink along a profile that crosses one line, in samples."""
    return float((profile * np.arange(len(profile))).sum() / profile.sum())


def test_outlines_lie_within_a_twentieth_of_a_millimetre(
    form: Typeset, fine: list[NDArray[np.uint8]]
) -> None:
    for page, image in enumerate(fine, start=1):
        ink = 255.0 - image
        for box in marked_boxes(form, page):
            row = ink[round((box.y + box.h / 2) * FINE)]
            column = ink[:, round((box.x + box.w / 2) * FINE)]
            for profile, edge in (
                (row, box.x),
                (row, box.right),
                (column, box.y),
                (column, box.bottom),
            ):
                start = round((edge - 0.5) * FINE)
                found = start + 0.5 + middle_of_line(profile[start : start + round(FINE)])
                assert found / FINE == pytest.approx(edge, abs=0.05)


def test_a_millimetre_of_white_surrounds_every_target(
    form: Typeset, fine: list[NDArray[np.uint8]]
) -> None:
    for page, image in enumerate(fine, start=1):
        for box in marked_boxes(form, page):
            outer = cut(image, box.grown(CLEAR)).copy()
            edge = round((CLEAR - BOX_LINE / 2) * FINE) - 2
            outer[edge:-edge, edge:-edge] = 255
            assert outer.min() >= WHITE


def test_targets_are_empty_inside(form: Typeset, fine: list[NDArray[np.uint8]]) -> None:
    for page, image in enumerate(fine, start=1):
        for box in marked_boxes(form, page):
            assert cut(image, box.grown(-BOX_LINE)).min() >= WHITE


def test_marks_code_and_serial_have_their_white(
    form: Typeset, fine: list[NDArray[np.uint8]]
) -> None:
    for page, image in enumerate(fine, start=1):
        layout = form.layout.page(page)
        without_marks = image.copy()
        for mark in layout.marks:
            x, y, right, bottom = (
                round(value * FINE)
                for value in (mark.box.x, mark.box.y, mark.box.right, mark.box.bottom)
            )
            without_marks[y - 1 : bottom + 1, x - 1 : right + 1] = 255
        for mark in layout.marks:
            assert cut(without_marks, mark.box.grown(MARK_CLEAR)).min() >= WHITE
        assert layout.code is not None
        assert cut(without_marks, layout.code.grown(4 * 18 / 29)).min() >= WHITE
        for box in layout.varying:
            assert cut(without_marks, box).min() >= WHITE


def test_reference_pages_are_exactly_eight_pixels_to_the_millimetre(form: Typeset) -> None:
    pages = render_reference(form)
    assert [page.layout for page in pages] == list(form.layout.pages)
    for page in pages:
        assert page.image.shape == (297 * 8, 210 * 8)
        assert page.image.dtype == np.uint8
        assert page.pixels_per_mm == 8
        assert page.blank
        assert page.image.flags.writeable


def test_reference_pages_carry_neither_code_nor_serial(form: Typeset) -> None:
    for page in render_reference(form):
        for box in page.layout.varying:
            x, y, right, bottom = (int(v * 8) for v in (box.x, box.y, box.right, box.bottom))
            assert page.image[y + 1 : bottom, x + 1 : right].min() >= WHITE


def test_the_marks_are_those_of_the_dictionary() -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for marker_id, rows in enumerate(BITS):
        picture = cv2.aruco.generateImageMarker(dictionary, marker_id, 6)
        bits = ["".join("1" if value else "0" for value in row[1:5]) for row in picture[1:5]]
        assert tuple(bits) == rows
