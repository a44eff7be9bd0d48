"""A reference made from a filled sheet is cleaned of its marks, and only of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed_paper import PPM, TARGETS, marked, printed, target_box

from omr.registration.blank_print import blank_print

if TYPE_CHECKING:
    from omr.reference import ReferencePage


def filled_in(clean: ReferencePage, seed: int) -> np.ndarray:
    """Somebody's marks on the print; ink never makes print lighter."""
    return np.minimum(clean.image, marked(clean, seed))


def around_targets(image: np.ndarray) -> np.ndarray:
    """(N, h, w) the targets with 1 mm around."""
    boxes = [target.box.grown(1.0).scaled(PPM) for target in TARGETS]
    return np.stack(
        [image[round(b.y) : round(b.y + b.h), round(b.x) : round(b.x + b.w)] for b in boxes]
    ).astype(int)


def test_a_blank_reference_is_left_as_it_is() -> None:
    reference = printed(3)
    assert blank_print(reference) is reference.image


@pytest.mark.parametrize("shade", [1.0, 0.6])
def test_marks_vanish_and_print_stays(shade: float) -> None:
    clean = printed(3)
    filled = filled_in(clean, seed=5)
    dim = np.linspace(1.0, shade, filled.shape[0])[:, None]
    filled = np.rint(filled * dim).astype(np.uint8)
    cleaned = blank_print(replace(clean, image=filled, blank=False))
    expected = np.rint(clean.image * dim).astype(int)
    off = np.abs(around_targets(cleaned) - around_targets(expected))
    assert (off > 60).mean() < 0.01
    # Words and rules keep their pixels.
    left_of_targets = np.s_[:, : round(110 * PPM)]
    assert np.array_equal(cleaned[left_of_targets], filled[left_of_targets])


def test_letters_in_targets_are_print() -> None:
    clean = printed(3, blank=False)
    for target in TARGETS:
        x, y = target.box.centre
        at = (round(x * PPM) - 8, round(y * PPM) + 7)
        letter = "ABCD"[int(target.option)]
        cv2.putText(clean.image, letter, at, cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0,), 2, cv2.LINE_AA)
    filled = replace(clean, image=filled_in(clean, seed=6))
    off = np.abs(around_targets(blank_print(filled)) - around_targets(clean.image))
    assert (off > 60).mean() < 0.01


def test_one_target_of_its_size_is_not_guessed() -> None:
    """What stands in a target that no other resembles may be print or mark: it stays."""
    reference = printed(3, blank=False)
    layout = replace(reference.layout, targets=(TARGETS[0],))
    alone = replace(reference, layout=layout, image=reference.image.copy())
    x, y = target_box(0, 0).centre
    cv2.circle(alone.image, (round(x * PPM), round(y * PPM)), 9, (0,), -1)
    assert np.array_equal(blank_print(alone), alone.image)
