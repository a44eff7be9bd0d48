"""Sheets that real people filled in and real scanners captured, read by the whole product."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from omr import pipeline
from omr.form.model import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from omr.survey.model import Answer

pytestmark = pytest.mark.realscans

OFFICE_SETS = (
    "amc_xmarks",
    "fs_questionnaire",
    "oc_cedar2012",
    "oc_durant",
    "oc_marin2012",
    "vw_choctaw2020",
)
PHOTO_SETS = ("omrc_adrian", "omrc_cartao", "omrc_papersurvey", "omrc_pravaas", "vn_workhabits")
ONE, SOME, ALL = 1, 6, 100
"""Images of a set that are read in every run of the tests, and in a full one."""
LEAST_ASKED = {SOME: 160, ALL: 240}
MOST_IN_REVIEW = 0.02


def truth_of(folder: Path) -> dict[tuple[str, str], str]:
    """Value by image and question."""
    with (folder / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["image"], row["question"]): row["value"] for row in csv.DictReader(file)}


def verdict(answer: Answer, kind: Kind, truth: str) -> str:
    """A double mark in a single-choice question is counted apart, but never silently taken."""
    if kind is Kind.SINGLE and "+" in truth:
        return "double" if answer.doubts or answer.value == truth else "wrong"
    if answer.doubts:
        return "review"
    return "right" if answer.value == truth else "wrong"


def images_of(folder: Path, most: int) -> list[Path]:
    """At most so many images of a set, evenly spaced, so that every form of it is among them."""
    images = sorted((folder / "images").iterdir())
    return images[:: -(-len(images) // most)]


@cache
def read_set(realscans: Path, name: str, work: Path, most: int) -> Counter[str]:
    """How the questions of a set came out; images that were not read count as ``refused``."""
    folder, counts = realscans / name, Counter[str]()
    truth = truth_of(folder)
    forms = sorted(folder.glob("*.form.yaml"))
    with pipeline.init(work / f"{name}-{most}", forms) as survey:
        summary = pipeline.read(survey, images_of(folder, most), jobs=1, copy=False)
        designs = survey.designs
        for sheet in pipeline.assemble(survey).sheets:
            form = designs[sheet.form_version].form
            image = sheet.pages[0].name.file
            for answer in sheet.answers:
                if (image, answer.question) in truth:
                    kind = form.question(answer.question).kind
                    counts[verdict(answer, kind, truth[image, answer.question])] += 1
    counts["refused"] = summary.pages_rejected
    counts["duplicates"] = summary.duplicates
    return counts


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("realscans")


@pytest.mark.parametrize("name", OFFICE_SETS)
@pytest.mark.parametrize("most", [SOME, pytest.param(ALL, marks=pytest.mark.full)])
def test_feeder_and_flatbed_scans_are_read_without_a_silent_error(
    name: str, most: int, realscans: Path, work: Path
) -> None:
    """All images of these sets show different papers, some of them with equal answers."""
    counts = read_set(realscans, name, work, most)
    assert counts["right"] > 0
    assert counts["wrong"] == 0
    assert counts["refused"] == 0
    assert counts["duplicates"] == 0


@pytest.mark.parametrize("most", [SOME, pytest.param(ALL, marks=pytest.mark.full)])
def test_few_questions_of_feeder_and_flatbed_scans_wait_for_a_person(
    most: int, realscans: Path, work: Path
) -> None:
    sets = (read_set(realscans, name, work, most) for name in OFFICE_SETS)
    total = sum(sets, Counter[str]())
    asked = total["right"] + total["review"] + total["wrong"]
    assert asked >= LEAST_ASKED[most]
    assert total["review"] <= MOST_IN_REVIEW * asked


@pytest.mark.parametrize("name", PHOTO_SETS)
@pytest.mark.parametrize("most", [ONE, pytest.param(ALL, marks=pytest.mark.full)])
def test_photographs_are_read_or_waited_for_but_never_misread(
    name: str, most: int, realscans: Path, work: Path
) -> None:
    counts = read_set(realscans, name, work, most)
    assert counts["right"] > 4 * counts["review"]
    assert counts["wrong"] == 0
    assert counts["refused"] == 0
