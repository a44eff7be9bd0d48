"""Photographs of answer sheets, read with templates in OMRChecker's format that were drawn anew."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from omr import pipeline
from omr.form import load_form
from omr.form.designed import MeasuredForm
from omr.measuring.form_file import write_measured_form
from omr.measuring.omrchecker.importing import import_omrchecker

if TYPE_CHECKING:
    from pathlib import Path

    from omr.measuring.omrchecker.importing import Imported

pytestmark = pytest.mark.realscans

CROP: list[dict[str, Any]] = [{"name": "CropPage", "options": {}}]
# Places to a few pixels, sizes too small: as far from the print as a hand-drawn template is.
LETTERS = {
    "pageDimensions": [420, 560],
    "bubbleDimensions": [34, 34],
    "preProcessors": CROP,
    "fieldBlocks": {
        "Letters": {
            "fieldType": "QTYPE_MCQ5",
            "fieldLabels": ["q1..5"],
            "origin": [97, 86],
            "bubblesGap": 57,
            "labelsGap": 73,
        }
    },
}
CARD = {
    "pageDimensions": [600, 850],
    "bubbleDimensions": [15, 15],
    "preProcessors": CROP,
    "fieldBlocks": {
        "Answers": {
            "fieldType": "QTYPE_MCQ4",
            "fieldLabels": ["q1..11"],
            "origin": [68, 346],
            "bubblesGap": 39.5,
            "labelsGap": 31,
        },
        "Powers": {
            "bubbleValues": ["a", "x2"],
            "direction": "horizontal",
            "fieldLabels": ["p1..11"],
            "origin": [235, 347],
            "bubblesGap": 38,
            "labelsGap": 31,
        },
    },
}
SETS = {"omrc_adrian": (LETTERS, 10, 9), "omrc_cartao": (CARD, 66, 40)}
"""Template, questions asked, and how many at least are read without a person."""
ONE_AND_MORE = ("omrc_adrian", pytest.param("omrc_cartao", marks=pytest.mark.full))


def imported(folder: Path, template: dict[str, Any], sample: Path) -> Imported:
    folder.mkdir(parents=True)
    (folder / "template.json").write_text(json.dumps(template), encoding="utf-8")
    return import_omrchecker(folder, sample, blank=False, form_id="sheet", title="Sheet")


def deviations(result: Imported, truth: Path) -> np.ndarray:
    """How far the boxes lie from the true ones, in bubbles, after one common homography."""
    form = load_form(truth)
    assert isinstance(form, MeasuredForm)
    true = {(t.question, t.option): t.box_px for t in form.targets}
    mine = {(q.id, t.code): t.box_px for q in result.draft.questions for t in q.targets}
    assert mine.keys() == true.keys()
    found = np.array([box.centre for box in mine.values()], np.float32)
    there = np.array([true[name].centre for name in mine], np.float32)
    matrix, _ = cv2.findHomography(found, there, 0)
    away = cv2.perspectiveTransform(found[None], matrix)[0] - there
    return np.linalg.norm(away, axis=1) / form.targets[0].box_px.w


@pytest.mark.parametrize("name", ONE_AND_MORE)
def test_every_photograph_will_do_as_the_sample(name: str, realscans: Path, tmp_path: Path) -> None:
    template, _, _ = SETS[name]
    (truth,) = (realscans / name).glob("*.form.yaml")
    for image in sorted((realscans / name / "images").iterdir()):
        result = imported(tmp_path / image.stem, template, image)
        assert not result.unseen
        assert deviations(result, truth).max() < 0.1


@pytest.mark.parametrize("name", ONE_AND_MORE)
def test_photographs_are_read_with_the_imported_form_without_a_silent_error(
    name: str, realscans: Path, tmp_path: Path
) -> None:
    template, asked, least = SETS[name]
    images = sorted((realscans / name / "images").iterdir())
    result = imported(tmp_path / "folder", template, images[-1 if name == "omrc_adrian" else 0])
    out = tmp_path / "sheet.yaml"
    write_measured_form(result.draft, out)
    with (realscans / name / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = {(row["image"], row["question"]): row["value"] for row in csv.DictReader(file)}
    with pipeline.init(tmp_path / "survey", [out]) as survey:
        pipeline.read(survey, images, jobs=1, copy=False)
        answers = [
            (sheet.pages[0].name.file, answer)
            for sheet in pipeline.assemble(survey).sheets
            for answer in sheet.answers
        ]
    assert len(answers) == asked
    decided = [(image, one) for image, one in answers if not one.doubts]
    assert [one for image, one in decided if one.value != truth[image, one.question]] == []
    assert len(decided) >= least
