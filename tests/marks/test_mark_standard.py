"""What a standard asks of a mark reader (VVSG 2.0, 1.1.6), drawn stroke by stroke.

The strokes are plain lines of known place, length, width and darkness, and owe nothing to the
simulated people: a line of 1 mm of pencil across the box is always found; folds, specks and streaks
are never marks; a mark counts the same wherever it stands; scanning a sheet again turns nothing
from marked to unmarked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed import GREY, ONE_BIT, T1, page_of

from omr.marks.model import State
from omr.outcome import PageRead
from omr.simulate import OFFICE, POOR, Mode, PaperRaster, scan
from omr.simulate.settings import Blemishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray
    from printed import PrintedSurvey

    from omr.layout.model import Target
    from omr.simulate import CaptureSettings, Profile

At = tuple[str, str]

PENCIL = 0.62
"""Share of the light that a firm line of HB pencil takes away."""
SHIFT = 4
"""Fractional bits of OpenCV's drawing coordinates."""
ROOM_MM = 3.0
"""Room around a target for the lines drawn at it."""
DEVICES = {"grey": GREY, "1-bit": ONE_BIT, "colour": replace(GREY, mode=Mode.COLOUR)}


@dataclass(frozen=True)
class Line:
    """A line through ``middle`` (x, y in halves of the box from its centre), in mm and degrees."""

    length_mm: float
    width_mm: float = 0.4
    degrees: float = 45.0
    darkness: float = PENCIL
    middle: tuple[float, float] = (0.0, 0.0)


def drawn(
    paper: PaperRaster, targets: Iterable[Target], lines: Mapping[At, tuple[Line, ...]]
) -> PaperRaster:
    """The paper with these lines at its targets; crossing strokes darken each other."""
    pixels, scale = paper.pixels.copy(), paper.scale[0]
    for target in targets:
        area = target.box.grown(ROOM_MM).scaled(scale)
        window = np.s_[int(area.y) : int(area.bottom), int(area.x) : int(area.right)]
        for line in lines.get((target.question, target.option), ()):
            middle = np.array(target.box.centre) * scale - (int(area.x), int(area.y))
            cover = _cover(pixels[window].shape, middle, target.box.w / 2 * scale, line, scale)
            pixels[window] = np.rint(pixels[window] * (1 - line.darkness * cover))
    return PaperRaster(pixels, paper.size)


def _cover(
    shape: tuple[int, ...], centre: NDArray[np.float64], half: float, line: Line, scale: float
) -> NDArray[np.float64]:
    """(h, w, 1): how far each pixel is covered by the line, 0..1."""
    angle = np.radians(line.degrees)
    along = np.array([np.cos(angle), np.sin(angle)]) * line.length_mm / 2 * scale
    middle = centre + np.array(line.middle) * half
    ends = [np.rint((middle + way * along) * 2**SHIFT).astype(int).tolist() for way in (-1, 1)]
    mask = np.zeros(shape[:2], np.uint8)
    width = max(1, round(line.width_mm * scale))
    cv2.line(mask, ends[0], ends[1], 255, width, cv2.LINE_AA, SHIFT)
    return mask[:, :, None] / 255


def targets_of(printed: PrintedSurvey) -> list[Target]:
    return [t for t in printed.layout(T1).pages[0].targets if t.option]


def states(
    printed: PrintedSurvey, paper: PaperRaster, settings: CaptureSettings, seed: int = 3
) -> dict[At, State]:
    outcome = printed.reader.read_page(page_of(scan(paper, settings, seed)))
    assert isinstance(outcome, PageRead)
    return {(mark.question, mark.option): mark.state for mark in outcome.marks}


def one_in_each_question(printed: PrintedSurvey, first: int) -> list[At]:
    """One target of every question, another option for each ``first``."""
    by_question: dict[str, list[str]] = {}
    for target in targets_of(printed):
        by_question.setdefault(target.question, []).append(target.option)
    return [
        (question, options[(first + number) % len(options)])
        for number, (question, options) in enumerate(by_question.items())
    ]


@pytest.mark.parametrize("device", DEVICES)
def test_a_line_of_1_mm_of_pencil_across_the_box_is_always_a_mark(
    printed: PrintedSurvey, device: str
) -> None:
    chosen = one_in_each_question(printed, 0)
    lines = {
        at: (Line(5.5, width_mm=1.0, degrees=number * 180 / len(chosen)),)
        for number, at in enumerate(chosen)
    }
    paper = drawn(printed.paper(T1, 1), targets_of(printed), lines)
    seen = states(printed, paper, DEVICES[device])
    assert {at: seen[at] for at in chosen if seen[at] is not State.MARKED} == {}
    assert {at for at in seen if seen[at] is not State.UNMARKED} == set(chosen)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("length_mm", [1.3, 2.0])
def test_a_short_thin_line_of_pencil_is_never_nothing(
    printed: PrintedSurvey, device: str, length_mm: float
) -> None:
    chosen = one_in_each_question(printed, 1)
    rng = np.random.default_rng(8)
    lines = {
        at: (Line(length_mm, 0.45, float(turn), middle=(float(x), float(y))),)
        for at, turn, x, y in zip(
            chosen,
            rng.uniform(0, 180, len(chosen)),
            rng.uniform(-0.4, 0.4, len(chosen)),
            rng.uniform(-0.4, 0.4, len(chosen)),
            strict=True,
        )
    }
    paper = drawn(printed.paper(T1, 1), targets_of(printed), lines)
    seen = states(printed, paper, DEVICES[device])
    assert [at for at in chosen if seen[at] is State.UNMARKED] == []


@pytest.mark.parametrize("place", range(5))
def test_the_same_cross_counts_the_same_wherever_it_stands(
    printed: PrintedSurvey, place: int
) -> None:
    """In every box of the page, one question after the other: no place is favoured."""
    chosen = one_in_each_question(printed, place)
    cross = (Line(4.5, darkness=0.8), Line(4.5, degrees=-45, darkness=0.8))
    paper = drawn(printed.paper(T1, 1), targets_of(printed), dict.fromkeys(chosen, cross))
    seen = states(printed, paper, GREY)
    assert {at for at in seen if seen[at] is State.MARKED} == set(chosen)
    assert State.MARGINAL not in seen.values()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("mode", [Mode.GREY, Mode.ONE_BIT])
def test_folds_specks_and_streaks_are_never_marks(
    printed: PrintedSurvey, mode: Mode, seed: int
) -> None:
    dirty = Blemishes(noise=4.0, dust=80.0, streaks=2.0, folds=2.0, pepper=0.0008)
    settings = replace(GREY, mode=mode, blemishes=dirty)
    seen = states(printed, printed.paper(T1, 1), settings, seed)
    assert [at for at, state in seen.items() if state is State.MARKED] == []


def growing(printed: PrintedSurvey) -> PaperRaster:
    """A page of lines from nearly nothing to a clear mark: everything that could flip."""
    chosen = one_in_each_question(printed, 2)
    lengths = np.linspace(0.4, 3.5, len(chosen))
    lines = {
        at: (Line(float(mm), 0.35, 20.0 + 10 * number, 0.35 + 0.03 * number),)
        for number, (at, mm) in enumerate(zip(chosen, lengths, strict=True))
    }
    return drawn(printed.paper(T1, 1), targets_of(printed), lines)


@pytest.mark.parametrize(
    ("profile", "mode"),
    [
        (replace(OFFICE, dpis=(200.0,)), Mode.GREY),
        (replace(OFFICE, dpis=(200.0,)), Mode.ONE_BIT),
        (POOR, Mode.GREY),
    ],
    ids=["office", "1-bit", "poor"],
)
def test_scanning_again_turns_no_mark_into_nothing(
    printed: PrintedSurvey, profile: Profile, mode: Mode
) -> None:
    paper = growing(printed)
    seen: dict[At, set[State]] = {}
    for seed in range(6):
        settings = replace(profile.draw(seed), mode=mode)
        for at, state in states(printed, paper, settings, seed).items():
            seen.setdefault(at, set()).add(state)
    flipped = {at: found for at, found in seen.items() if {State.MARKED, State.UNMARKED} <= found}
    assert flipped == {}
