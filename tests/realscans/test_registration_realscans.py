"""Real scans and photographs are registered to their own forms and to no others."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from omr.freezing import freeze
from omr.refusal import Refusal
from omr.registration.printed_features import PageMatch, match_page
from omr.scan.model import PageName, ScannedPage

if TYPE_CHECKING:
    from pathlib import Path

    from omr.reference import ReferencePage

pytestmark = pytest.mark.realscans

OFFICE_SETS = (
    "amc_xmarks",
    "fs_questionnaire",
    "oc_cedar2012",
    "oc_durant",
    "oc_marin2012",
    "vw_choctaw2020",
)
PHOTO_SETS = (
    "omrc_adrian",
    "omrc_cartao",
    "omrc_papersurvey",
    "omrc_pravaas",
    "vn_workhabits",
)
PER_SET = 3
RESIDUAL_MM = 0.15


@cache
def references(folder: Path) -> dict[str, ReferencePage]:
    """The one page of every form of a set, by the form's id."""
    frozen = [freeze(path).reference for path in sorted(folder.glob("*.form.yaml"))]
    return {form.form.id: form.page(1) for form in frozen}


def form_of_images(folder: Path) -> dict[str, str]:
    with (folder / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["image"]: row["form"] for row in csv.DictReader(file)}


def scanned(path: Path) -> ScannedPage:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return ScannedPage(PageName(path.name, 1), "", np.asarray(picture, np.uint8), None, False)


def spread(names: list[str], count: int) -> list[str]:
    """So many of the names, the first and the last among them."""
    places = np.linspace(0, len(names) - 1, min(count, len(names)))
    return [names[round(place)] for place in places]


@pytest.mark.parametrize("name", [*OFFICE_SETS, *PHOTO_SETS])
def test_pages_are_taken_for_their_own_form(realscans: Path, name: str) -> None:
    folder = realscans / name
    forms = references(folder)
    truth = form_of_images(folder)
    for image in spread(sorted(truth), PER_SET):
        match = match_page(scanned(folder / "images" / image), list(forms.values()))
        assert isinstance(match, PageMatch), image
        assert match.reference is forms[truth[image]], image
        assert match.support >= 0.72, image
        if name in OFFICE_SETS:
            assert match.residual_mm <= RESIDUAL_MM, image


@pytest.mark.parametrize("name", [*OFFICE_SETS, *PHOTO_SETS])
def test_pages_are_refused_by_the_forms_of_other_sets(realscans: Path, name: str) -> None:
    others = [other for other in (*OFFICE_SETS, *PHOTO_SETS) if other != name]
    forms = [form for other in others for form in references(realscans / other).values()]
    image = spread(sorted(form_of_images(realscans / name)), 2)[-1]
    answer = match_page(scanned(realscans / name / "images" / image), forms)
    assert isinstance(answer, Refusal), image
