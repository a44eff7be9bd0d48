"""Batches: pages that were scanned together are judged together, and apart from all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hand_made import sheet

from omr.cli.drift_words import show_drifts
from omr.gauge.drift import WINDOW
from omr.quality import drifts_in
from omr.scan.model import PageName
from omr.survey.model import PageRecord, PageStatus

if TYPE_CHECKING:
    import pytest


def page(file: str, number: int, contrast: float, side: int = 1) -> PageRecord:
    (outcome,) = sheet({"q1": "5"}, serial=1).pages
    assert outcome.gauge is not None
    gauge = replace(outcome.gauge, contrast=contrast)
    name = PageName(file, number)
    return PageRecord(replace(outcome, name=name, page=side, gauge=gauge), PageStatus.READ)


def batch(file: str, contrasts: list[float]) -> list[PageRecord]:
    return [page(file, number, value) for number, value in enumerate(contrasts, start=1)]


FADING = [0.9] * WINDOW + [0.6] * WINDOW


def test_a_file_that_fades_is_told_with_the_page_where_it_shows() -> None:
    (drift,) = drifts_in(batch("a.pdf", FADING))
    assert (drift.figure, drift.start, drift.now) == ("gauge_contrast", 0.9, 0.6)
    assert drift.image.startswith("a.pdf#")


def test_two_scanners_are_not_one_that_drifts() -> None:
    assert drifts_in([*batch("a.pdf", [0.9] * 20), *batch("b.pdf", [0.6] * 20)]) == ()


def test_single_images_of_one_folder_are_a_batch() -> None:
    images = [page(f"thu/{number:03}.jpg", 1, value) for number, value in enumerate(FADING)]
    assert len(drifts_in(images)) == 1
    apart = [page(f"{number}/x.jpg", 1, value) for number, value in enumerate(FADING)]
    assert drifts_in(apart) == ()


def test_the_two_sides_of_a_form_are_two_prints() -> None:
    sides = [page("a.pdf", n, (0.9, 0.6)[n % 2], side=1 + n % 2) for n in range(1, 81)]
    assert drifts_in(sides) == ()


def test_pages_without_a_gauge_prove_nothing() -> None:
    pages = [
        replace(one, outcome=replace(one.outcome, gauge=None)) for one in batch("a.pdf", FADING)
    ]
    assert drifts_in(pages) == ()


def test_the_warning_says_what_where_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    show_drifts(drifts_in(batch("a.pdf", FADING)))
    told = capsys.readouterr().out
    assert "a.pdf#" in told
    assert "gauge_contrast" in told
    assert told.count("\n") == 1
