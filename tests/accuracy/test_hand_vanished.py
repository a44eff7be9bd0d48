"""What the image shows nothing of, nobody can tell."""

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from omr.accuracy.device import capture, grey_of
from omr.accuracy.hand import Act, Stroke, View, vanished
from omr.accuracy.model import Profile, Said
from omr.geometry import Box
from tests.accuracy.paper_of_rows import blank, layout

PX_PER_MM = 8.0


@dataclass(frozen=True)
class Scan:
    data: bytes = b""
    suffix: str = ".jpg"
    px_per_mm: float = PX_PER_MM

    def locate(self, points_mm):
        return points_mm * self.px_per_mm - 0.5


def first_box(row: int) -> Box:
    return next(t.box for t in layout().page(1).targets if t.question == f"q{row}")


def slash(row: int, kept: float = 1.0) -> tuple[Stroke, np.ndarray]:
    """A stroke across the first box of a row, and the part of it that was not lost."""
    box = first_box(row)
    line = np.linspace((box.x + 0.3, box.y + 0.3), (box.right - 0.3, box.bottom - 0.3), 30)
    ones = np.ones(30, np.float32)
    return Stroke(line.astype(np.float32), 0.4 * ones, ones, f"q{row}", "1"), line[
        : round(kept * 30)
    ]


@pytest.mark.parametrize("ink", [0, 200])
@pytest.mark.parametrize(
    ("kept", "value", "plain", "act"),
    [
        (1.0, ("1",), True, None),
        (0.6, ("1",), True, None),
        (0.25, ("1",), False, Act.HARDLY_SEEN),
        (0.0, None, False, Act.VANISHED),
    ],
)
def test_a_row_is_as_plain_as_what_is_left_of_its_mark(ink, kept, value, plain, act):
    noise = np.random.default_rng(1).normal(0, 2.0, (2376, 1680))
    grey = np.clip(235 + noise, 0, 255).astype(np.uint8)
    stroke, left = slash(5, kept)
    if len(left):
        cv2.polylines(grey, [np.round(Scan().locate(left)).astype(np.int32)], False, ink, 3)
    other, _ = slash(6)
    said = (
        Said("q5", ("1",), True, ("slash",)),
        Said("q6", None, False, ("slash", "double")),
        Said("q7", (), True, ("blank",)),
    )
    after = vanished(said, layout(), {1: [stroke, other]}, {1: View(grey, Scan())})
    assert (after[0].value, after[0].plain) == (value, plain)
    assert after[0].acts == (("slash", str(act)) if act else ("slash",))
    assert after[1:] == said[1:]


def test_a_box_filled_until_it_is_black_shows_every_stroke():
    grey = np.full((2376, 1680), 235, np.uint8)
    x, y = (int(value * PX_PER_MM) for value in first_box(5).centre)
    grey[y - 36 : y + 36, x - 36 : x + 36] = 10
    said = (Said("q5", ("1",), False, ("chosen-again", "cross")),)
    assert vanished(said, layout(), {1: [slash(5)[0]] * 3}, {1: View(grey, Scan())}) == said


def test_a_lost_ring_takes_the_value_of_its_row():
    grey = np.full((2376, 1680), 235, np.uint8)
    mark, left = slash(5)
    cv2.polylines(grey, [np.round(Scan().locate(left)).astype(np.int32)], False, 40, 3)
    box = first_box(5)
    turn = np.linspace(0, 2 * np.pi, 80)
    around = np.array(box.centre) + 3.4 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    ring = Stroke(around.astype(np.float32), np.ones(80, np.float32), mark.density, "q5", "1")
    said = (Said("q5", (), False, ("only-circled", "slash")),)
    [after] = vanished(said, layout(), {1: [mark, ring]}, {1: View(grey, Scan())})
    assert after.value is None
    assert Act.VANISHED in after.acts


@pytest.mark.parametrize("profile", [Profile.BILEVEL, Profile.OFFICE, Profile.PHONE])
def test_a_sheet_without_the_ink_shows_none_of_it(profile):
    captured = capture(blank(), None, profile, 3)
    strokes = [slash(row)[0] for row in range(4, 12)]
    said = [Said(f"q{row}", ("1",), True, ("slash",)) for row in range(4, 12)]
    view = View(grey_of(captured), captured)
    assert view.grey.shape == captured.size_px[::-1]
    after = vanished(said, layout(), {1: strokes}, {1: view})
    assert all(one.value is None for one in after)
