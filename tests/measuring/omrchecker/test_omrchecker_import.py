"""Templates of our own, with each preprocessor, put upon the print of drawn sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from omr import pipeline
from omr.errors import UsageError
from omr.layout.model import Shape
from omr.measuring.form_file import write_measured_form
from omr.measuring.omrchecker.importing import import_omrchecker
from tests.measuring.omrchecker import sheets

if TYPE_CHECKING:
    from pathlib import Path

    from omr.measuring.omrchecker.importing import Imported

ANSWERS = {
    **{f"q{number}": "ABCD"[number % 4] for number in range(1, 9)},
    "roll1": "7",
    "roll2": "0",
    "roll3": "4",
    "Thai_do": "Hài-lòng",
}
CROP_PAGE = {"name": "CropPage", "options": {"morphKernel": [10, 10]}}
MARKERS = {
    "name": "CropOnMarkers",
    "options": {"relativePath": "omr_marker.png", "sheetToMarkerWidthRatio": 18},
}
# Version 2 gives the marker's width in pixels of the processing frame.
MARKERS_2 = {
    "name": "CropOnMarkers",
    "options": {
        "type": "FOUR_MARKERS",
        "referenceImage": "omr_marker.png",
        "markerDimensions": [33, 33],
        "tuningOptions": {"markerRescaleRange": [80, 120]},
    },
}
ALIGN = {"name": "FeatureBasedAlignment", "options": {"reference": "reference.png", "2d": True}}


def project(folder: Path, kind: str) -> Path:
    """The sheet as a template with this kind of preprocessor would come."""
    marked = sheets.drawn_page(markers="markers" in kind, marked=ANSWERS)
    inner = (sheets.PAGE[0] - 2 * sheets.MARKER_AT, sheets.PAGE[1] - 2 * sheets.MARKER_AT)
    # The frame between the markers begins MARKER_AT px inside the page.
    between = {
        "pageDimensions": list(inner),
        "fieldBlocks": sheets.shifted_blocks((-sheets.MARKER_AT, -sheets.MARKER_AT)),
    }
    if kind == "page":
        sheets.write_project(folder, sheets.photographed(marked), preProcessors=[CROP_PAGE])
    elif kind == "markers":
        sheets.write_project(folder, sheets.scanned(marked), preProcessors=[MARKERS], **between)
    elif kind == "page and markers, version 2":
        changes: dict[str, Any] = {**between, "preProcessors": [CROP_PAGE, MARKERS_2]}
        sheets.write_project(folder, sheets.photographed(marked), **changes)
    elif kind == "reference":
        sheets.write_project(folder, sheets.photographed(marked, 3), preProcessors=[ALIGN])
        cv2.imwrite(str(folder / "reference.png"), sheets.drawn_page())
    else:
        sheets.write_project(folder, sheets.scanned(marked), preProcessors=[])
    if "markers" in kind:
        cv2.imwrite(str(folder / "omr_marker.png"), sheets.marker())
    return folder


KINDS = ("page and markers, version 2", "reference", "page", "markers", "none")
FEW = (*KINDS[:2], *(pytest.param(kind, marks=pytest.mark.full) for kind in KINDS[2:]))


def imported(folder: Path, kind: str) -> Imported:
    sample = folder / "inputs" / "sheet1.png" if kind == "reference" else None
    return measured(project(folder, kind), sample)


def measured(folder: Path, sample: Path | None = None, *, blank: bool = False) -> Imported:
    return import_omrchecker(folder, sample, blank=blank, form_id="sheet", title="Sheet")


def errors(result: Imported, kind: str) -> np.ndarray:
    """Distances of the boxes' middles from the print in bubble radii, after a common homography.

    The frame on the reference picture is known to a few pixels only; that the boxes lie on their
    own bubbles shows when one smooth map takes all of them to the print.
    """
    truth = sheets.printed_centres()
    names = [(q.id, t.code) for q in result.draft.questions for t in q.targets]
    assert set(names) == set(truth)
    boxes = [t.box_px.centre for q in result.draft.questions for t in q.targets]
    printed = np.array([truth[name] for name in names], np.float32)
    found = np.array(boxes, np.float32)
    matrix, _ = cv2.findHomography(found, printed, 0)
    there = cv2.perspectiveTransform(found[None], matrix)[0]
    return np.linalg.norm(there - printed, axis=1) / sheets.RADIUS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("omrchecker")


@pytest.mark.parametrize("kind", FEW)
def test_boxes_lie_on_their_bubbles_whatever_the_preprocessor(folder: Path, kind: str) -> None:
    result = imported(folder / kind.replace(" ", "-"), kind)
    assert result.seen == result.draft.targets == 68
    assert errors(result, kind).max() < 0.1
    first, second = next(q for q in result.draft.questions if q.id == "q1").targets[:2]
    assert first.shape is Shape.OVAL
    # The print is larger than the template's 20 px: 27 px, and a little more by blur.
    gap = second.box_px.x - first.box_px.x
    assert first.box_px.w / gap * 42 == pytest.approx(28, abs=1)


@pytest.mark.parametrize("kind", ["page", pytest.param("reference", marks=pytest.mark.full)])
def test_filled_sheets_are_read_with_the_imported_form(
    folder: Path, tmp_path: Path, kind: str
) -> None:
    result = imported(folder / f"read-{kind}", kind)
    out = tmp_path / "sheet.form.yaml"
    write_measured_form(result.draft, out)
    scans = tmp_path / "scans"
    scans.mkdir()
    other = ANSWERS | {"q1": "D", "q5": "A", "roll2": "9", "Thoi_gian": "Không-hài-lòng"}
    for number, answers in enumerate((ANSWERS, other)):
        page = sheets.drawn_page(marked=answers)
        seen = sheets.photographed(page, 20 + number) if number else sheets.scanned(page, 20)
        cv2.imwrite(str(scans / f"{number}.png"), seen)
    with pipeline.init(tmp_path / "survey", [out]) as survey:
        pipeline.read(survey, [scans], jobs=1)
        read = pipeline.assemble(survey).sheets
    assert len(read) == 2
    for sheet in read:
        expected = (ANSWERS, other)[int(sheet.pages[0].name.file[0])]
        values = {answer.question: answer.value for answer in sheet.answers if not answer.doubts}
        wrong = {q: v for q, v in values.items() if v != expected.get(q, "")}
        assert not wrong
        assert len(values) == len(sheet.answers) == 13


def test_a_template_that_is_off_by_most_of_a_row_does_not_slip(tmp_path: Path) -> None:
    """0.6 of a row up: every block alone would rather take the bubbles of the row above."""
    moved = sheets.shifted_blocks((0, -0.6 * 38))
    sample = sheets.scanned(sheets.drawn_page(marked=ANSWERS))
    sheets.write_project(tmp_path, sample, fieldBlocks=moved)
    result = measured(tmp_path)
    assert result.seen == 68
    assert errors(result, "none").max() < 0.1


def test_bubbles_that_are_not_printed_are_named(tmp_path: Path) -> None:
    extra = {
        "fieldType": "QTYPE_MCQ4",
        "fieldLabels": ["nowhere"],
        "origin": [90, 500],
        "bubblesGap": 42,
        "labelsGap": 0,
    }
    sample = sheets.scanned(sheets.drawn_page())
    sheets.write_project(tmp_path, sample, fieldBlocks=sheets.BLOCKS | {"Extra": extra})
    result = measured(tmp_path, blank=True)
    assert set(result.unseen) == {("nowhere", code) for code in "ABCD"}


def test_joined_columns_and_changed_names_are_told(tmp_path: Path) -> None:
    sheets.write_project(tmp_path, sheets.scanned(sheets.drawn_page()))
    result = measured(tmp_path, blank=True)
    texts = {question.id: question.text for question in result.draft.questions}
    assert texts["roll2"] == "Roll: roll2"
    assert texts["Thai_do"] == "Thái độ"
    assert texts["q1"] == ""
    assert ("Thái độ", "Thai_do") in result.renamed
    assert ("Rất hài lòng", "Rất-hài-lòng") in result.renamed
    assert result.draft.questions[-1].targets[0].text == "Rất hài lòng"


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("page", "edge of the page"),
        ("markers", "omr_marker.png"),
        ("reference", "reference.png"),
    ],
)
def test_a_sample_that_does_not_fit_is_refused(
    tmp_path: Path, kind: str, word: str, english: None
) -> None:
    noise = np.random.default_rng(1).normal(200, 5, (900, 700))
    project(tmp_path, kind)
    bare = tmp_path / "bare.png"
    cv2.imwrite(str(bare), np.clip(noise, 0, 255).astype(np.uint8))
    with pytest.raises(UsageError, match=word):
        measured(tmp_path, bare)
