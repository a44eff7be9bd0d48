"""Printed pages at 600 dpi: every target lies where the layout has it, on paper and for the reader.

The paper is measured twice: by plain profiles across each outline, which share nothing with the
reader, and by the reader's own registration.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

from omr.form import DesignedForm, find_form, load_form, shipped_forms
from omr.form.model import Kind
from omr.identity import PageIdentity, encode_page, new_key, new_survey_id
from omr.layout import typeset
from omr.printing import SheetToPrint, print_sheets, render_reference
from omr.printing.reference import render_pdf
from omr.reference import ReferenceForm
from omr.registration.designed import OwnPaper, register_own
from omr.registration.model import RegisteredPage
from omr.scan.model import PageName, ScannedPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.layout import Typeset

DPI = 600
FINE = DPI / 25.4
WORST_MM = 0.1
ALWAYS = ("t1-mot-cua", "t3-sipas")
FORMS = [
    pytest.param(name, marks=() if name in ALWAYS else pytest.mark.full) for name in shipped_forms()
]
KEY, SURVEY = new_key(), new_survey_id()


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> Typeset:
    designed = load_form(find_form(request.param))
    assert isinstance(designed, DesignedForm)
    return typeset(designed)


@pytest.fixture(scope="module")
def fine(form: Typeset) -> list[NDArray[np.uint8]]:
    """Every page of one printed sheet, drawn at 600 dpi."""
    version = form.layout.version
    codes = tuple(
        encode_page(PageIdentity(SURVEY, version, 1, page.number), KEY)
        for page in form.layout.pages
    )
    buffer = io.BytesIO()
    print_sheets(form, [SheetToPrint(1, "Xã Cẩm Vinh", "Hộ tịch", codes)], buffer)
    return render_pdf(buffer.getvalue(), FINE)


def edges(image: NDArray[np.uint8], box: Box) -> list[tuple[float, float]]:
    """(where the layout has it, where it is) in mm of a box's four edges: the middle of the line,
    by the ink's centre of gravity along a profile through the box's middle."""
    row, column = (round(value * FINE) for value in reversed(box.centre))
    across, along = 255.0 - image[row], 255.0 - image[:, column]
    found = []
    profiles = ((across, box.x), (across, box.right), (along, box.y), (along, box.bottom))
    for profile, edge in profiles:
        start = round((edge - 0.5) * FINE)
        piece = profile[start : start + round(FINE)]
        assert piece.max() > 128, f"no line near {edge:.2f} mm"
        middle = (piece * np.arange(len(piece))).sum() / piece.sum()
        found.append((edge, (start + 0.5 + float(middle)) / FINE))
    return found


def test_every_outline_on_paper_is_where_the_layout_has_it(
    form: Typeset, fine: Sequence[NDArray[np.uint8]]
) -> None:
    outlined = {question.id for question in form.form.questions if question.kind is not Kind.TEXT}
    off = [
        abs(found - expected)
        for layout, image in zip(form.layout.pages, fine, strict=True)
        for target in layout.targets
        if target.question in outlined
        for expected, found in edges(image, target.box)
    ]
    assert len(off) >= 4 * 20
    assert max(off) <= WORST_MM


def test_every_target_is_registered_where_the_layout_has_it(
    form: Typeset, fine: Sequence[NDArray[np.uint8]]
) -> None:
    reference = ReferenceForm(form.form, form.layout, render_reference(form))
    own = OwnPaper(SURVEY, KEY, (reference,), lambda page: page.serial == 1)
    for layout, image in zip(form.layout.pages, fine, strict=True):
        if not layout.marks:
            continue
        scan = ScannedPage(PageName("fine.png", layout.number), "0" * 64, image, float(DPI), False)
        page = register_own(scan, own)
        assert isinstance(page, RegisteredPage), page
        corners = np.array([place.target.box.corners() for place in page.placements])
        moves = np.array([place.shift_mm for place in page.placements])
        placed = page.transform.to_pixels((corners + moves[:, None]).reshape(-1, 2)) / FINE
        off = np.linalg.norm(placed - corners.reshape(-1, 2), axis=1)
        assert off.max() <= WORST_MM
