"""The same paper is found again among many without serials, and by real ink maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from survey_makers import ONE_PAGE, a_frozen_form, a_layout, a_page

from omr.survey import Survey
from omr.survey.ink_pattern import alike_pairs, ink_pattern
from omr.survey.model import PageStatus
from omr.survey.papers import both_empty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

PX_PER_MM = 6
ROWS = range(60, 258, 9)
COLUMNS = (120, 135, 150, 165, 180)
MEASURED = a_layout(ONE_PAGE, measured=True)


def ticks(hand: int) -> list[NDArray[np.float64]]:
    """22 ticks by one hand, in mm, nearly all in the best column: many people answer so."""
    draw = np.random.default_rng(hand)
    strokes = []
    for y in ROWS:
        corner = (draw.choice(COLUMNS, p=[0.02, 0.03, 0.05, 0.1, 0.8]), y)
        strokes.append(draw.normal([[0.5, 2.5], [2, 4.5], [5, 0.5]], 0.7) + corner)
    return strokes


def ink_of(
    strokes: list[NDArray[np.float64]], shift: tuple[float, float] = (0, 0), thickness: int = 3
) -> bytes:
    """The ink map of strokes, as a 1-bit PNG of A4 paper."""
    picture = np.zeros((297 * PX_PER_MM, 210 * PX_PER_MM), np.uint8)
    for stroke in strokes:
        points = ((stroke + shift) * PX_PER_MM).astype(np.int32)
        cv2.polylines(picture, [points], isClosed=False, color=255, thickness=thickness)
    return cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_BILEVEL, 1])[1].tobytes()


NO_INK = ink_of([])


def test_the_same_paper_is_among_the_pairs_to_compare() -> None:
    first = [ink_pattern(ink_of(ticks(hand))) for hand in range(8)]
    again = [
        ink_pattern(ink_of(ticks(hand), shift, thickness))
        for hand, (shift, thickness) in enumerate(
            (shift, thickness)
            for shift in ((0.4, 0.0), (0.0, -0.4), (-0.28, 0.28), (0.0, 0.0))
            for thickness in (2, 5)
        )
    ]
    pairs = set(alike_pairs([*first, *again]))
    assert {(hand, hand + 8) for hand in range(8)} <= pairs


def test_other_papers_with_nearly_the_same_answers_are_mostly_not() -> None:
    patterns = [ink_pattern(ink_of(ticks(hand))) for hand in range(24)]
    assert len(list(alike_pairs(patterns))) <= 0.05 * 24 * 23 / 2


@pytest.mark.parametrize("ink", [b"", NO_INK, b"not a picture"])
def test_a_page_without_ink_is_like_no_other(ink: bytes) -> None:
    assert ink_pattern(ink) == b""
    assert list(alike_pairs([ink_pattern(ink)] * 2)) == []


def test_pairs_come_by_index_and_once() -> None:
    one = ink_pattern(ink_of(ticks(1)))
    assert list(alike_pairs([one, b"", one, one])) == [(0, 2), (0, 3), (2, 3)]


@pytest.fixture
def measured(tmp_path: Path) -> Iterator[Survey]:
    with Survey.create(tmp_path / "m", [a_frozen_form(MEASURED)]) as survey:
        yield survey


def test_a_measured_paper_read_twice_counts_once_on_disk(measured: Survey) -> None:
    inks = {"a": ink_of(ticks(1)), "b": ink_of(ticks(2)), "c": ink_of(ticks(1), (0.2, 0.1), 4)}
    measured.record(
        a_page(f"{name}.png", layout=MEASURED, serial=None, ink=ink) for name, ink in inks.items()
    )
    asked: list[tuple[bytes, bytes]] = []

    def same_paper(one: bytes, other: bytes) -> bool:
        asked.append((one, other))
        return {one, other} == {inks["a"], inks["c"]}

    assembly = measured.assembly(same_paper)
    assert len(assembly.sheets) == 2
    assert [page.status for page in assembly.pages] == [
        PageStatus.READ,
        PageStatus.READ,
        PageStatus.DUPLICATE,
    ]
    assert asked == [(inks["a"], inks["c"])]
    with Survey.open(measured.folder) as again:
        assert again.assembly(same_paper) == assembly
    assert len(asked) == 1, "a pair is compared once, and the answer kept"


def test_two_empty_measured_sheets_are_two(measured: Survey) -> None:
    measured.record(
        a_page(f"{name}.png", layout=MEASURED, serial=None, ink=NO_INK) for name in "ab"
    )
    assert len(measured.assembly(lambda one, other: one == other).sheets) == 2


def test_copies_of_a_master_are_compared_and_empty_ones_are_two(survey: Survey) -> None:
    run = survey.note_master("Xã Cẩm Vinh", "Hộ tịch", a_layout().version).number
    written, other = ink_of(ticks(1)), ink_of(ticks(1), (0.2, 0.1), 4)
    inks = {"a": (written, NO_INK), "b": (other, NO_INK), "c": (NO_INK, NO_INK), "d": (NO_INK,) * 2}
    for name, sides in inks.items():
        survey.record(
            a_page(f"{name}.pdf", image=n, page=n, serial=None, run=run, ink=ink)
            for n, ink in enumerate(sides, start=1)
        )
    assembly = survey.assembly(lambda one, two: {one, two} == {written, other})
    assert [sheet.pages[0].name.file for sheet in assembly.sheets] == ["a.pdf", "c.pdf", "d.pdf"]
    assert [sheet.field for sheet in assembly.sheets] == ["Hộ tịch"] * 3
    assert [str(page.name) for page in assembly.sheets[0].copies] == ["b.pdf#1", "b.pdf#2"]


def test_an_empty_numbered_page_read_twice_counts_once(survey: Survey) -> None:
    survey.issue(1, "Xã Cẩm Vinh", "", a_layout().version)
    for name in "ab":
        survey.record(a_page(f"{name}.pdf", image=n, page=n, ink=NO_INK) for n in (1, 2))
    (sheet,) = survey.assembly(lambda _one, _other: False).sheets
    assert (sheet.serial, sheet.reason) == (1, "")


def test_emptiness_proves_nothing_of_papers_without_a_serial() -> None:
    one, other = (a_page(f"{name}.png", layout=MEASURED, serial=None) for name in "ab")
    assert not both_empty(one, other, NO_INK, NO_INK)


def test_a_page_with_an_answer_is_not_empty() -> None:
    one, other = a_page("a.pdf"), a_page("b.pdf", answers={"q1": ("5",)})
    assert not both_empty(one, other, NO_INK, NO_INK)
    assert both_empty(one, one, NO_INK, NO_INK)


def test_an_empty_and_a_written_page_with_one_serial_are_two_papers(survey: Survey) -> None:
    survey.issue(1, "Xã Cẩm Vinh", "", a_layout().version)
    survey.record([a_page("a.pdf", ink=NO_INK), a_page("b.pdf", ink=ink_of(ticks(1)))])
    reasons = {sheet.reason for sheet in survey.assembly(lambda _one, _other: False).sheets}
    assert reasons == {"duplicate-serial"}
