"""The demonstration on the shipped samples: the first thing that anybody sees of the product."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from chain import omr, rows, set_form

from omr.cli.demonstration import load_demonstration
from omr.shipped import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "thu"
    return folder, omr("demo", folder)


def test_the_samples_belong_to_the_present_layout() -> None:
    samples = load_demonstration(shipped_folder("samples"))
    assert samples.version == set_form(samples.form).layout.version, (
        "the samples are older than the form's layout: run scripts/make_samples"
    )


def test_nothing_is_wrong_and_little_waits(shown: tuple[Path, str]) -> None:
    found = re.search(r"(\d+) questions right, (\d+) waiting for review, (\d+) wrong", shown[1])
    assert found, shown[1]
    right, waiting, wrong = map(int, found.groups())
    assert wrong == 0
    assert right > 10 * waiting
    assert right + waiting > 300


def test_every_result_lies_where_it_was_said(shown: tuple[Path, str]) -> None:
    folder, words = shown
    for name in ("ratings.csv", "marks.csv", "pages.csv", "ratings.xlsx", "tally.csv"):
        assert (folder / "results" / name).is_file()
        assert name in words
    assert len(list(folder.glob("print-*.pdf"))) == 2
    assert len(rows(folder / "results" / "ratings.csv")) == 24


def test_the_strays_among_the_samples_are_told_apart(shown: tuple[Path, str]) -> None:
    statuses = [row["status"] for row in rows(shown[0] / "results" / "pages.csv")]
    assert statuses.count("blank") == 1
    assert statuses.count("rejected") == 1


def test_showing_it_again_changes_nothing(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    before = {path: path.read_bytes() for path in sorted((folder / "results").iterdir())}
    omr("demo", folder)
    assert {path: path.read_bytes() for path in sorted((folder / "results").iterdir())} == before
