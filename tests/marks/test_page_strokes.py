"""Ink belongs to the stroke it is part of: what comes from elsewhere is no answer here."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed import GREY, ONE_BIT, T1, page_of

from omr.marks.model import State
from omr.outcome import PageRead
from omr.simulate import Mode, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from printed import PrintedSurvey

    from omr.simulate import CaptureSettings

    Point = tuple[float, float]
    Line = Sequence[Point]

INK = (40, 60, 150)
PEN_MM = 0.45
GRADES = ("q1", "q2", "q3", "q4")
DEVICES = [GREY, replace(GREY, mode=Mode.COLOUR), ONE_BIT]


def at(printed: PrintedSurvey, question: str, place: int) -> NDArray[np.float64]:
    """The middle of a question's target, by its place in the row, in mm."""
    targets = [t for t in printed.layout(T1).pages[0].targets if t.question == question]
    return np.array(targets[place].box.centre)


def cross(middle: NDArray[np.float64], reach: float = 1.8) -> list[Line]:
    x, y = middle
    return [
        [(x - reach, y - reach), (x + reach, y + reach)],
        [(x + reach, y - reach), (x - reach, y + reach)],
    ]


def read(
    printed: PrintedSurvey, lines: Sequence[Line], settings: CaptureSettings = GREY
) -> dict[str, list[State]]:
    """The states of each question's targets when these lines (mm) were drawn with one pen."""
    paper = printed.paper(T1, 5)
    pixels = paper.pixels.copy()
    scale = paper.scale[0]
    for line in lines:
        points = np.round((np.asarray(line) * scale - 0.5) * 16).astype(np.int32)
        width = round(PEN_MM * scale)
        cv2.polylines(pixels, [points.reshape(-1, 1, 2)], False, INK, width, cv2.LINE_AA, 4)
    return states(printed, pixels, settings)


def states(
    printed: PrintedSurvey, pixels: NDArray[np.uint8], settings: CaptureSettings = GREY
) -> dict[str, list[State]]:
    image = scan(replace(printed.paper(T1, 5), pixels=pixels), settings, 3)
    outcome = printed.reader.read_page(page_of(image))
    assert isinstance(outcome, PageRead)
    found: dict[str, list[State]] = {}
    for mark in outcome.marks:
        found.setdefault(mark.question, []).append(mark.state)
    return found


def away(middle: NDArray[np.float64], x: float, y: float) -> Point:
    return middle[0] + x, middle[1] + y


@pytest.mark.parametrize("settings", DEVICES, ids=["grey", "colour", "1-bit"])
@pytest.mark.parametrize("reach", [-1.5, 0.0, 1.5])
def test_a_stroke_into_the_next_rows_box_is_no_answer_there(
    printed: PrintedSurvey, settings: CaptureSettings, reach: float
) -> None:
    lines: list[Line] = []
    for upper, lower in (GRADES[:2], GRADES[2:]):
        mark, empty = at(printed, upper, 1), at(printed, lower, 1)
        lines += [*cross(mark), [away(mark, 1.5, -1.5), away(empty, 0.4, reach)]]
    seen = read(printed, lines, settings)
    for upper, lower in (GRADES[:2], GRADES[2:]):
        assert seen[upper][1] is State.MARKED
        assert seen[lower][1] is not State.MARKED


def test_a_tick_keeps_its_mark_however_far_it_runs(printed: PrintedSurvey) -> None:
    mark, above = at(printed, "q3", 2), at(printed, "q2", 2)
    tick = [away(mark, -1.4, -0.2), away(mark, -0.2, 1.4), away(above, 2.0, 0.5)]
    seen = read(printed, [tick])
    assert seen["q3"][2] is State.MARKED
    assert seen["q2"][2] is not State.MARKED


def test_crosses_below_one_another_that_touch_are_all_marks(printed: PrintedSurvey) -> None:
    middles = [at(printed, row, 3) for row in GRADES]
    lines = [line for middle in middles for line in cross(middle)]
    lines += [[away(upper, 1.8, 1.8), away(lower, 1.8, -1.8)] for upper, lower in pairwise(middles)]
    seen = read(printed, lines)
    assert {seen[row][3] for row in GRADES} == {State.MARKED}


@pytest.mark.parametrize("angle", [0.1, 1.2, 2.0, 3.0])
def test_a_stroke_that_comes_from_elsewhere_is_no_answer(
    printed: PrintedSurvey, angle: float
) -> None:
    middle = at(printed, "q2", 2)
    start = away(middle, 15 * np.cos(angle), 15 * np.sin(angle))
    seen = read(printed, [[start, away(middle, -0.5, 0.3)]])
    assert State.MARKED not in [state for row in seen.values() for state in row]


def test_writing_across_the_boxes_is_no_answer(printed: PrintedSurvey) -> None:
    left, right = at(printed, "q2", 0), at(printed, "q2", 4)
    x = np.arange(left[0] - 6, right[0] + 6, 0.2)
    wave = np.column_stack([x + 0.6 * np.sin(3.4 * x), left[1] + 1.6 * np.sin(1.7 * x)])
    seen = read(printed, [wave.tolist()])
    assert State.MARKED not in seen["q2"]


@pytest.mark.parametrize("radius", [1.5, 3.0, 6.0])
@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_a_stain_is_no_answer(printed: PrintedSurvey, radius: float, share: float) -> None:
    paper = printed.paper(T1, 5)
    scale = paper.scale[0]
    spot = np.zeros(paper.pixels.shape[:2], dtype=np.float32)
    centre = tuple(round(v * scale) for v in at(printed, "q2", 1) + 0.8)
    cv2.circle(spot, centre, round(radius * scale), 1.0, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), 0.4 * scale)
    colour = np.array([120, 90, 60], dtype=np.float32) / 255
    light = 1 - share * spot[..., None] * (1 - colour)
    seen = states(printed, np.clip(paper.pixels * light, 0, 255).astype(np.uint8))
    assert State.MARKED not in seen["q2"]


@pytest.mark.parametrize("turn", [0.7, 0.8, 0.9])
def test_a_tick_with_a_loop_round_its_box_is_not_taken_back(
    printed: PrintedSurvey, turn: float
) -> None:
    lines: list[Line] = []
    for row in GRADES:
        x, y = at(printed, row, 2)
        swing = -0.785 - 2 * np.pi * turn * np.linspace(0, 1, 50)
        loop = np.column_stack([x + 3.3 * np.cos(swing), y + 3.3 * np.sin(swing)])
        lines.append([(x - 1.4, y - 0.2), (x - 0.2, y + 1.4), *map(tuple, loop)])
    seen = read(printed, lines)
    assert State.CANCELLED not in [seen[row][2] for row in GRADES]
