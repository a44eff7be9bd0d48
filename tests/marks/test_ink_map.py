"""The same paper is known by its ink; equal answers on another paper are another paper."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed import GREY, T1, page_of

from omr.geometry import Box
from omr.layout.model import PageLayout, Shape, Target
from omr.marks.ink_map import at_targets, ink_contours, ink_map, same_paper
from omr.marks.page_ink import MAP_PX_PER_MM, page_ink
from omr.registration.designed import register_own
from omr.registration.model import RegisteredPage
from omr.simulate import MarkKind, PenKind, scan, writer_with
from omr.simulate.filling import ink_page
from omr.simulate.settings import Geometry

if TYPE_CHECKING:
    from printed import PrintedSurvey

    from omr.simulate import CaptureSettings

SAID = {f"q{number}": str(1 + number % 5) for number in range(1, 11)}
AGAIN = replace(GREY, geometry=Geometry(turn=180, skew_deg=1.2, stretch=(1.004, 0.997)))
KINDS = (MarkKind.CROSS, MarkKind.DOT, MarkKind.FILL)


@cache
def mapped(
    printed: PrintedSurvey, kind: MarkKind | None, paper: int, settings: CaptureSettings = GREY
) -> bytes:
    """Ink map of one of several papers (by number) that one hand filled in with equal answers."""
    blank = printed.paper(T1, 4, px_per_mm=round(max(10.0, settings.dpi / 25.4 * 1.25)))
    if kind is not None:
        hand = writer_with(PenKind.BALL_BLUE, kind, np.random.default_rng(3))
        sheet = printed.filled(T1, 40 + paper, SAID, replace(hand, constancy=1.0))
        blank = ink_page(blank, sheet, 1)
    page = register_own(page_of(scan(blank, settings, 40 + paper)), printed.reader.own)
    assert isinstance(page, RegisteredPage)
    return ink_map(ink_contours(page_ink(page)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_paper_scanned_twice_is_the_same(printed: PrintedSurvey, kind: MarkKind) -> None:
    one, other = mapped(printed, kind, 1), mapped(printed, kind, 1, AGAIN)
    assert same_paper(one, other)
    assert same_paper(other, one)


@pytest.mark.parametrize("kind", KINDS[:2])
def test_so_it_is_at_another_resolution(printed: PrintedSurvey, kind: MarkKind) -> None:
    """Not promised of filled boxes: a finer scan sees gaps that a coarser one does not."""
    one, other = mapped(printed, kind, 1), mapped(printed, kind, 1, replace(AGAIN, dpi=300.0))
    assert same_paper(one, other)
    assert same_paper(other, one)


@pytest.mark.parametrize("kind", KINDS)
def test_another_paper_with_the_same_answers_by_the_same_hand_is_not(
    printed: PrintedSurvey, kind: MarkKind
) -> None:
    assert not same_paper(mapped(printed, kind, 1), mapped(printed, kind, 2))


def test_another_hand_is_another_paper(printed: PrintedSurvey) -> None:
    assert not same_paper(mapped(printed, KINDS[0], 1), mapped(printed, KINDS[2], 1))


def test_an_empty_page_proves_nothing(printed: PrintedSurvey) -> None:
    empty = mapped(printed, None, 1)
    assert not same_paper(empty, empty)
    assert not same_paper(empty, mapped(printed, KINDS[0], 1))


def test_print_is_no_ink(printed: PrintedSurvey) -> None:
    """An unfilled page leaves next to nothing: no print makes papers alike."""
    picture = cv2.imdecode(np.frombuffer(mapped(printed, None, 1), np.uint8), cv2.IMREAD_GRAYSCALE)
    filled = mapped(printed, KINDS[0], 1)
    written = cv2.imdecode(np.frombuffer(filled, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert set(np.unique(written)) == {0, 255}
    assert np.count_nonzero(picture) < 0.02 * np.count_nonzero(written)


def test_a_map_is_small_enough_to_keep_for_every_page(printed: PrintedSurvey) -> None:
    assert len(mapped(printed, KINDS[0], 1)) < 60_000


def test_ink_away_from_the_targets_can_be_left_out() -> None:
    """A stamp on a master, or one that the reference lacks, is on every paper: it says nothing."""
    target = Target("q1", "1", Shape.OVAL, Box(20, 30, 5, 3))
    contours = np.zeros((400, 800), np.uint8)
    contours[round(31 * MAP_PX_PER_MM), round(18 * MAP_PX_PER_MM) : round(28 * MAP_PX_PER_MM)] = 255
    drawn = contours.copy()
    contours[40:200, 400:700:4] = 255

    png = np.frombuffer(ink_map(at_targets(contours, PageLayout(1, (target,)))), np.uint8)
    assert np.array_equal(cv2.imdecode(png, cv2.IMREAD_GRAYSCALE), drawn)


def test_one_paper_is_itself(printed: PrintedSurvey) -> None:
    assert same_paper(mapped(printed, KINDS[1], 1), mapped(printed, KINDS[1], 1))


@pytest.mark.full
@pytest.mark.parametrize("kind", list(MarkKind))
def test_no_kind_of_mark_makes_two_papers_one(printed: PrintedSurvey, kind: MarkKind) -> None:
    maps = [mapped(printed, kind, paper) for paper in range(1, 5)]
    for place, one in enumerate(maps):
        assert [same_paper(one, other) for other in maps[place + 1 :]] == [False] * (3 - place)
