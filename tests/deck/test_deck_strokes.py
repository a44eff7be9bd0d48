"""Strokes: like a pen's, where they belong, and nowhere near another box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.deck.model import MarkKind, PlannedMark
from omr.deck.strokes import LIGHT_COLOUR, PEN_COLOUR, PEN_MM, mark_strokes
from omr.geometry import Box

if TYPE_CHECKING:
    from omr.printing import Stroke

AT_BOXES = [kind for kind in MarkKind if kind not in (MarkKind.DIGIT, MarkKind.WRITING)]
boxes = st.builds(
    Box, st.floats(30, 180), st.floats(30, 260), st.floats(4.5, 12), st.floats(4.5, 6)
)


def reach(strokes: tuple[Stroke, ...], box: Box) -> float:
    """How far the farthest edge of the ink lies outside the box (negative: inside), mm."""
    return max(
        max(box.x - x, x - box.right, box.y - y, y - box.bottom) + stroke.width / 2
        for stroke in strokes
        for x, y in stroke.points
    )


@given(boxes, st.sampled_from([kind for kind in AT_BOXES if kind is not MarkKind.CIRCLED]))
def test_a_mark_stays_on_its_box(box: Box, kind: MarkKind) -> None:
    strokes = mark_strokes(PlannedMark("q", "1", kind), box, "seed")
    assert reach(strokes, box) < 0.5
    assert all(len(stroke.points) > 1 for stroke in strokes)


@given(st.floats(30, 180), st.floats(30, 260), st.text(max_size=5))
def test_a_circle_goes_around_the_box_and_leaves_the_next_row_alone(
    x: float, y: float, seed: str
) -> None:
    box = Box(x, y, 4.6, 4.6)
    *_, ring = mark_strokes(PlannedMark("q", "1", MarkKind.CIRCLED), box, seed)
    cx, cy = box.centre
    radii = [((px - cx) ** 2 + (py - cy) ** 2) ** 0.5 for px, py in ring.points]
    assert min(radii) - ring.width / 2 > 2.3
    assert max(radii) + ring.width / 2 < 7.0 - 2.3 - 0.3


@given(st.sampled_from("0123456789"), st.text(max_size=5))
def test_a_digit_stays_in_its_cell(digit: str, seed: str) -> None:
    cell = Box(60.0, 100.0, 6.5, 7.5)
    strokes = mark_strokes(PlannedMark("n", "1", MarkKind.DIGIT, digit), cell, seed)
    assert reach(strokes, cell) < 0


@pytest.mark.parametrize("height", [6.0, 9.0, 16.0, 24.0, 40.0])
def test_writing_stays_in_its_frame(height: float) -> None:
    frame = Box(30.0, 200.0, 165.0, height)
    strokes = mark_strokes(PlannedMark("z", "", MarkKind.WRITING), frame, "seed")
    assert strokes
    assert reach(strokes, frame) < 0


@pytest.mark.parametrize("kind", AT_BOXES)
def test_the_same_mark_is_drawn_the_same_and_another_otherwise(kind: MarkKind) -> None:
    box, mark = Box(60, 100, 4.6, 4.6), PlannedMark("q", "1", kind)
    assert mark_strokes(mark, box, "a") == mark_strokes(mark, box, "a")
    assert mark_strokes(mark, box, "a") != mark_strokes(mark, box, "b")
    other = PlannedMark("q", "2", kind)
    assert mark_strokes(mark, box, "a") != mark_strokes(other, box, "a")


def test_a_light_mark_is_lighter_and_still_there() -> None:
    assert sum(PEN_COLOUR) / 3 < 0.2 < sum(LIGHT_COLOUR) / 3 < 0.6
    assert 0.4 <= PEN_MM <= 0.6
