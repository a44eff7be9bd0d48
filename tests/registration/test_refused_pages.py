"""What is not provably our own page is refused with its reason, never guessed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed import GREY, KEY, SURVEY_ID, T1, T3, page_of

from omr.form import find_form, load_form
from omr.geometry import Box, PageTransform
from omr.identity import PageIdentity, encode_page
from omr.layout import typeset
from omr.layout.model import Corner
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.printing import SheetToPrint, print_sheets
from omr.refusal import Reason, Refusal
from omr.registration.designed import register_own
from omr.simulate import (
    CaptureSettings,
    Mode,
    blank_paper,
    render_pdf_page,
    scan,
    scan_blank_back,
)
from omr.simulate.settings import Blemishes, Geometry

if TYPE_CHECKING:
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.outcome import PageOutcome
    from omr.scan.model import ScannedPage

PX_PER_MM = 8.0


def read(printed: PrintedSurvey, page: ScannedPage) -> PageOutcome:
    return printed.reader.read_page(page)


def refusal(printed: PrintedSurvey, page: ScannedPage) -> Refusal:
    outcome = read(printed, page)
    assert isinstance(outcome, PageRefused), outcome
    return outcome.refusal


def covered(page: ScannedPage, *boxes: Box) -> ScannedPage:
    """A page scanned straight at 200 dpi with white stuck over these places (mm)."""
    image = page.image.copy()
    for box in boxes:
        corners = PageTransform.scale(200 / 25.4).to_pixels(box.corners())
        cv2.fillConvexPoly(image, np.rint(corners).astype(np.int32), (255,))
    return replace(page, image=image)


def with_code(code: bytes, serial: int, folder: Path) -> ScannedPage:
    """T1 printed with this page code, scanned."""
    design = load_form(find_form(T1))
    pdf = folder / "made-up.pdf"
    print_sheets(typeset(design), [SheetToPrint(serial, "", "", (code,))], pdf)  # type: ignore[arg-type]
    return page_of(scan(render_pdf_page(pdf, 1, 10.0), GREY, 1))


def version(printed: PrintedSurvey, form: str) -> str:
    return printed.layout(form).version[:12]


@pytest.fixture(scope="module")
def page(printed: PrintedSurvey) -> ScannedPage:
    """Sheet 1 as it should be."""
    return page_of(printed.image(T1, 1))


def test_as_it_should_be_it_is_read(printed: PrintedSurvey, page: ScannedPage) -> None:
    assert isinstance(read(printed, page), PageRead)


@pytest.mark.parametrize("corner", list(Corner))
def test_two_lost_corners_are_too_many(
    printed: PrintedSurvey, page: ScannedPage, corner: Corner
) -> None:
    marks = printed.layout(T1).pages[0].marks
    corners = list(Corner)
    lost = (corner, corners[(corners.index(corner) + 1) % 4])
    boxes = [mark.box.grown(1) for mark in marks if mark.corner in lost]
    assert refusal(printed, covered(page, *boxes)).reason is Reason.NO_MARKS_FOUND


def test_a_foreign_page_has_no_marks(printed: PrintedSurvey) -> None:
    letter = blank_paper(printed.layout(T1).size, PX_PER_MM)
    for line in range(30):
        at = (200, 300 + 60 * line)
        text = "Kinh gui Uy ban nhan dan xa " * 2
        cv2.putText(letter.pixels, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2)
    assert refusal(printed, page_of(scan(letter, GREY, 1))).reason is Reason.NO_MARKS_FOUND


def test_another_survey_is_named(printed: PrintedSurvey, tmp_path: Path) -> None:
    other = PageIdentity("0123456789ab", version(printed, T1), 1, 1)
    page = with_code(encode_page(other, KEY), 1, tmp_path)
    assert refusal(printed, page) == Refusal(Reason.OTHER_SURVEY, "0123456789ab")


def test_a_forged_code_is_told(printed: PrintedSurvey, tmp_path: Path) -> None:
    claimed = PageIdentity(SURVEY_ID, version(printed, T1), 1, 1)
    page = with_code(encode_page(claimed, b"x" * 32), 1, tmp_path)
    assert refusal(printed, page) == Refusal(Reason.BAD_MAC)


def test_a_code_that_was_changed_is_told(printed: PrintedSurvey, tmp_path: Path) -> None:
    code = bytearray(encode_page(PageIdentity(SURVEY_ID, version(printed, T1), 1, 1), KEY))
    code[17] ^= 2  # the serial's last byte: sheet 3 instead of 1
    assert refusal(printed, with_code(bytes(code), 3, tmp_path)) == Refusal(Reason.BAD_MAC)


def test_a_serial_that_was_never_printed_is_told(printed: PrintedSurvey, tmp_path: Path) -> None:
    code = encode_page(PageIdentity(SURVEY_ID, version(printed, T1), 999, 1), KEY)
    assert refusal(printed, with_code(code, 999, tmp_path)) == Refusal(Reason.NOT_ISSUED, "999")


def test_a_serial_belongs_to_one_form_only(printed: PrintedSurvey, tmp_path: Path) -> None:
    code = encode_page(PageIdentity(SURVEY_ID, version(printed, T1), 9, 1), KEY)  # 9 is a T3
    assert refusal(printed, with_code(code, 9, tmp_path)).reason is Reason.NOT_ISSUED


@pytest.mark.parametrize("what", ["version", "page"])
def test_a_form_or_page_that_the_survey_does_not_have_is_told(
    printed: PrintedSurvey, tmp_path: Path, what: str
) -> None:
    ours = version(printed, T1)
    form, page = ("feedfeedfeed", 1) if what == "version" else (ours, 2)
    code = encode_page(PageIdentity(SURVEY_ID, form, 1, page), KEY)
    assert refusal(printed, with_code(code, 1, tmp_path)).reason is Reason.OTHER_FORM


def test_a_qr_code_of_somebody_else_is_no_page_code(printed: PrintedSurvey, tmp_path: Path) -> None:
    page = with_code(b"https://dichvucong.gov.vn/", 1, tmp_path)
    assert refusal(printed, page).reason is Reason.NO_PAGE_CODE


def without_code(printed: PrintedSurvey, form: str = T1, serial: int = 5) -> ScannedPage:
    code = printed.layout(form).pages[0].code
    assert code is not None
    return covered(page_of(printed.image(form, serial)), code)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize(
    ("form", "serial", "printed_as"), [(T1, 5, "000005G"), (T3, 11, "000011N")]
)
def test_a_destroyed_code_sends_the_eye_to_the_printed_serial(
    printed: PrintedSurvey, form: str, serial: int, printed_as: str
) -> None:
    seen = refusal(printed, without_code(printed, form, serial))
    assert seen == Refusal(Reason.NO_PAGE_CODE, printed_as)


def test_without_tesseract_a_destroyed_code_is_still_told(
    printed: PrintedSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert refusal(printed, without_code(printed)) == Refusal(Reason.NO_PAGE_CODE)


@pytest.mark.parametrize("mode", list(Mode))
def test_an_empty_back_is_blank_and_not_refused(printed: PrintedSurvey, mode: Mode) -> None:
    settings = CaptureSettings(mode=mode, blemishes=Blemishes(show_through=0.08))
    back = scan_blank_back(printed.paper(T1, 1), settings, 1)
    assert isinstance(read(printed, page_of(back)), PageBlank)


def test_an_unfilled_sheet_is_not_blank(printed: PrintedSurvey, page: ScannedPage) -> None:
    assert isinstance(read(printed, page), PageRead)


def test_a_few_written_words_are_not_an_empty_side(printed: PrintedSurvey) -> None:
    paper = blank_paper(printed.layout(T1).size, PX_PER_MM)
    at = (500, 900)
    words = "Toi co y kien khac"
    cv2.putText(paper.pixels, words, at, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.5, (60, 40, 30), 3)
    assert refusal(printed, page_of(scan(paper, GREY, 1))).reason is Reason.NO_MARKS_FOUND


def test_two_sheets_on_one_image_are_refused(printed: PrintedSurvey, page: ScannedPage) -> None:
    other = page_of(printed.image(T1, 2))
    both = replace(page, image=np.hstack([page.image, other.image]))
    assert refusal(printed, both) == Refusal(Reason.MARKS_DISAGREE, "several-pages")


def test_a_mark_that_is_not_where_it_was_printed_misleads_nobody(
    printed: PrintedSurvey, page: ScannedPage
) -> None:
    """A corner with its mark was torn off and lies 60 mm higher: refused, or placed without it."""
    mark = next(m for m in printed.layout(T1).pages[0].marks if m.corner is Corner.BOTTOM_RIGHT)
    corners = PageTransform.scale(200 / 25.4).to_pixels(mark.box.grown(2).corners())
    (left, top), _, (right, bottom), _ = np.rint(corners).astype(int)
    image = page.image.copy()
    piece = image[top:bottom, left:right].copy()
    image[top:bottom, left:right] = 255
    image[top - 472 : bottom - 472, left:right] = piece
    placed = register_own(replace(page, image=image), printed.reader.own)
    if isinstance(placed, Refusal):
        assert placed.reason is Reason.MARKS_DISAGREE
    else:
        assert placed.geometry.residual_mm < 0.15
        assert placed.geometry.scale_y == pytest.approx(1.0, abs=0.002)


def test_marks_of_two_sheets_make_no_page(printed: PrintedSurvey, page: ScannedPage) -> None:
    """Two sheets fed one over the other: upper marks of one, lower marks of the next, 40 mm off."""
    other = page_of(printed.image(T1, 2))
    half = len(page.image) // 2
    image = np.vstack([page.image[:half], other.image[half - 315 :]])
    assert isinstance(read(printed, replace(page, image=image)), PageRefused)


def test_another_print_between_our_marks_is_not_read(
    printed: PrintedSurvey, page: ScannedPage
) -> None:
    """Marks and page code are right, but the questions are not where the layout has them."""
    image = page.image.copy()
    top, bottom, left, right = 450, 2000, 240, 1500
    image[top:bottom, left:right] = np.flipud(np.fliplr(image[top:bottom, left:right]))
    assert refusal(printed, replace(page, image=image)).reason is Reason.BAD_REGISTRATION


def test_a_mirrored_page_is_refused(printed: PrintedSurvey, page: ScannedPage) -> None:
    mirrored = replace(page, image=np.fliplr(page.image).copy())
    assert isinstance(read(printed, mirrored), PageRefused)


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (40, 40)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_no_picture_however_small_breaks_the_reading(
    printed: PrintedSurvey, page: ScannedPage, shape: tuple[int, int], level: int
) -> None:
    tiny = replace(page, image=np.full(shape, level, np.uint8), dpi=None)
    assert isinstance(read(printed, tiny), PageBlank | PageRefused)


def test_noise_is_neither_blank_nor_ours(printed: PrintedSurvey, page: ScannedPage) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (1200, 850)).astype(np.uint8)
    assert isinstance(read(printed, replace(page, image=noise)), PageRefused | PageBlank)


def test_geometry_cannot_be_asked_for_half_turns() -> None:
    with pytest.raises(ValueError, match="turned by"):
        Geometry(turn=45)
