"""Targets printed in pale grey: black is learned from the words, and pale print is no ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from printed_paper import PPM, TARGETS, lying, marked, page_of, printed, seen

from omr.marks.classify import classify
from omr.marks.measure import measure
from omr.marks.model import State
from omr.marks.page_ink import page_ink
from omr.refusal import Refusal
from omr.registration.designed import register_at
from omr.registration.model import RegisteredPage
from omr.registration.printed_features import match_page

if TYPE_CHECKING:
    from omr.reference import ReferencePage

PALE = 205
STEEP = lying(turn=4.0, tilt=(0.1, 0.2), dpi=130)


def with_pale_targets() -> ReferencePage:
    """Ovals in grey, with a still paler letter inside."""
    reference = printed(4)
    for target in TARGETS:
        x, y = (round(side * PPM) for side in target.box.centre)
        cv2.ellipse(reference.image, (x, y), (26, 20), 0, 0, 360, (255,), -1)
        cv2.ellipse(reference.image, (x, y), (20, 14), 0, 0, 360, (PALE,), 2, cv2.LINE_AA)
        cv2.putText(reference.image, "B", (x - 5, y + 5), 0, 0.5, (PALE + 20,), 2, cv2.LINE_AA)
    return reference


def read(reference: ReferencePage, paper: np.ndarray) -> RegisteredPage:
    page = page_of(seen(paper, *STEEP))
    match = match_page(page, [reference])
    assert not isinstance(match, Refusal)
    registered = register_at(page, None, reference, match.transform, match.shifts_mm)
    assert isinstance(registered, RegisteredPage)
    return registered


def test_filled_ovals_are_told_from_pale_ones_in_a_photograph() -> None:
    reference = with_pale_targets()
    paper = np.minimum(reference.image, marked(reference, seed=8))
    measured = measure(page_ink(read(reference, paper)))
    assert measured[0].contrast > 0.5
    for one, mark in zip(measured, classify(measured, bilevel=False).marks, strict=True):
        x, y = (round(side * PPM) for side in one.target.box.centre)
        filled = paper[y, x - 10] < 100
        assert mark.state is (State.MARKED if filled else State.UNMARKED)


def test_letters_of_another_print_run_are_no_marks() -> None:
    reference = printed(4)
    paper = reference.image.copy()
    for target in TARGETS:
        x, y = (round(side * PPM) for side in target.box.centre)
        letter = "ABCD"[int(target.option)]
        cv2.putText(paper, letter, (x - 6, y + 6), 0, 0.6, (110,), 2, cv2.LINE_AA)
    lettered = paper.copy()
    paper = np.minimum(paper, marked(reference, seed=9))
    measured = measure(page_ink(read(reference, paper)))
    for one, mark in zip(measured, classify(measured, bilevel=False).marks, strict=True):
        x, y = (round(side * PPM) for side in one.target.box.centre)
        place = np.s_[y - 5 : y + 5, x - 10 : x + 10]
        filled = paper[place].mean() < lettered[place].mean() - 60
        assert mark.state is (State.MARKED if filled else State.UNMARKED)


def test_pale_print_alone_is_no_ink() -> None:
    reference = with_pale_targets()
    measured = measure(page_ink(read(reference, reference.image)))
    assert max(one.ink for one in measured) == 0.0
    assert max(one.trace for one in measured) < 0.03
