"""What people draw is seen for what it is, whatever the pen; what is doubtful waits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pen_trial import Trial, tried_pages
from printed import GREY, ONE_BIT, T1, page_of

from omr.marks.model import State
from omr.outcome import PageRead
from omr.responses.model import Doubt
from omr.simulate import (
    CAREFUL,
    Behaviour,
    MarkKind,
    Mode,
    PenKind,
    fill_form,
    ink_page,
    scan,
    writer_with,
)
from omr.simulate.settings import Blemishes

if TYPE_CHECKING:
    from printed import PrintedSurvey

    from omr.simulate import CaptureSettings

DEVICES = {
    "grey 200": GREY,
    "grey 300": replace(GREY, dpi=300.0),
    "colour 200": replace(GREY, mode=Mode.COLOUR),
    "1-bit 200": ONE_BIT,
}
MOST_WAITING = {"1-bit 200": 0.15, "grey 200": 0.10}
"""Share of clear marks that may wait for a person: pencil and thin ink suffer in 1-bit scans."""


def is_hard(trial: Trial) -> bool:
    """A dot of pencil may be taken for a stain: it may wait."""
    return trial.pen is PenKind.PENCIL and trial.kind is MarkKind.DOT


def is_wiped_out(trial: Trial, device: str) -> bool:
    """The 1-bit threshold can leave nothing of a pencil's dot; a page of them is told as faint."""
    return is_hard(trial) and DEVICES[device].mode is Mode.ONE_BIT


@pytest.mark.parametrize(
    "device",
    [
        "grey 200",
        "1-bit 200",
        pytest.param("grey 300", marks=pytest.mark.full),
        pytest.param("colour 200", marks=pytest.mark.full),
    ],
)
def test_marks_are_seen_and_empty_targets_are_empty(printed: PrintedSurvey, device: str) -> None:
    pages = tried_pages(printed, DEVICES[device])
    plain = [trial for page in pages for trial in page.trials if trial.plain]
    assert len(plain) >= 0.85 * len(PenKind) * len(MarkKind)
    missed = [trial for trial in plain if trial.state is State.UNMARKED]
    assert [str(trial) for trial in missed if not is_wiped_out(trial, device)] == []
    surely = [trial for trial in plain if not is_hard(trial)]
    waiting = [str(trial) for trial in surely if trial.state is not State.MARKED]
    assert len(waiting) <= MOST_WAITING.get(device, 0.05) * len(surely), waiting
    empty = [state for page in pages for state in page.empty]
    assert len(empty) > 100
    assert set(empty) == {State.UNMARKED}


@pytest.mark.parametrize("pepper", [0.0, 0.001])
def test_an_empty_one_bit_page_has_no_marks_but_is_not_believed(
    printed: PrintedSurvey, pepper: float
) -> None:
    """Salt and pepper are no marks; and what a threshold may have wiped out is asked about."""
    settings = replace(ONE_BIT, blemishes=Blemishes(pepper=pepper, noise=4.0))
    outcome = printed.reader.read_page(page_of(printed.image(T1, 1, None, settings)))
    assert isinstance(outcome, PageRead)
    states = [mark.state for mark in outcome.marks]
    assert State.MARKED not in states
    assert states.count(State.UNMARKED) >= 0.98 * len(states)
    assert all(r.doubts for r in outcome.responses if r.question != "z")


def test_an_empty_grey_page_is_empty(printed: PrintedSurvey) -> None:
    outcome = printed.reader.read_page(page_of(printed.image(T1, 1)))
    assert isinstance(outcome, PageRead)
    assert {mark.state for mark in outcome.marks} == {State.UNMARKED}
    assert all((r.codes, r.doubts) == ((), ()) for r in outcome.responses)
    assert outcome.crops == ()


QUIET = replace(CAREFUL, comments=0.0, blank=0.0)


def acted(printed: PrintedSurvey, behaviour: Behaviour, seed: int) -> PageRead:
    """A page on which every single-choice question was answered in one odd way."""
    rng = np.random.default_rng(seed)
    hand = writer_with(PenKind.BALL_BLUE, MarkKind.CROSS, rng)
    form, layout = printed.form(T1), printed.layout(T1)
    sheet = fill_form(form, layout, seed, writer=hand, behaviour=behaviour)
    settings: CaptureSettings = GREY
    image = scan(ink_page(printed.paper(T1, 2), sheet, 1), settings, seed)
    outcome = printed.reader.read_page(page_of(image))
    assert isinstance(outcome, PageRead)
    return outcome


def test_a_circled_cross_is_taken_back(printed: PrintedSurvey) -> None:
    page = acted(printed, replace(QUIET, taken_back=1.0), 11)
    touched = [m.state for m in page.marks if m.ink > 0.05]
    assert len(touched) >= 10
    # What is not surely one closed, plain circle is for a person: a tick may end in a loop.
    assert touched.count(State.CANCELLED) >= 0.3 * len(touched)
    assert touched.count(State.MARKED) == 0


def test_a_ring_around_an_empty_box_is_never_no_answer(printed: PrintedSurvey) -> None:
    page = acted(printed, replace(QUIET, ring_only=1.0), 12)
    answered = [response for response in page.responses if response.question != "z"]
    assert [r.question for r in answered if not r.doubts] == []


def test_two_marks_wait(printed: PrintedSurvey) -> None:
    page = acted(printed, replace(QUIET, double=1.0), 13)
    rows = [r for r in page.responses if r.question.startswith("q")]
    assert len(rows) == 10
    assert [r.question for r in rows if not r.doubts] == []
    assert sum(Doubt.DOUBLE in r.doubts for r in rows) >= 8


@pytest.mark.parametrize("act", ["corrected", "chosen_again", "scribbled_out", "faint"])
def test_corrections_and_faint_marks_are_right_or_wait(printed: PrintedSurvey, act: str) -> None:
    """What is decided without a person is what the person meant."""
    behaviour = replace(QUIET, **{act: 1.0})
    seed = 14
    rng = np.random.default_rng(seed)
    hand = writer_with(PenKind.BALL_BLUE, MarkKind.CROSS, rng)
    form, layout = printed.form(T1), printed.layout(T1)
    truth = fill_form(form, layout, seed, writer=hand, behaviour=behaviour).answers
    page = acted(printed, behaviour, seed)
    decided = {r.question: r.value for r in page.responses if not r.doubts and r.question in truth}
    assert {q: v for q, v in decided.items() if v != truth[q].value} == {}


def test_every_waiting_question_has_its_picture(printed: PrintedSurvey) -> None:
    page = acted(printed, replace(QUIET, double=1.0), 13)
    waiting = [response.question for response in page.responses if response.doubts]
    assert [question for question, _ in page.crops] == waiting
    assert all(jpeg.startswith(b"\xff\xd8") for _, jpeg in page.crops)
