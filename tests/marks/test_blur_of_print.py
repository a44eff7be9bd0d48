"""How far a page's own print spreads, told by the outlines of its targets."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from omr.geometry import Size
from omr.marks.added_ink import USUAL_BLUR_PX, blur_of_print

SIDE, MARGIN = 40, 24


def outlines(count: int, sigma: float) -> np.ndarray:
    """(count, h, w): square outlines 2 px wide, out of focus by ``sigma`` px."""
    box = np.zeros((SIDE + 2 * MARGIN + 1,) * 2, np.float32)
    cv2.rectangle(box, (MARGIN, MARGIN), (MARGIN + SIDE, MARGIN + SIDE), 1.0, 2)
    soft = cv2.GaussianBlur(box, (0, 0), sigma) if sigma else box
    return np.stack([soft] * count)


def test_sharp_print_is_not_blurred() -> None:
    assert blur_of_print(outlines(9, 0), outlines(9, 0), Size(SIDE, SIDE)) == 0


@pytest.mark.parametrize("sigma", [1.0, 1.5, 2.0, 2.5])
def test_it_grows_with_the_blur(sigma: float) -> None:
    """A Gaussian falls to an eighth of its height at about two sigma."""
    blur = blur_of_print(outlines(9, sigma), outlines(9, 0), Size(SIDE, SIDE))
    assert blur == pytest.approx(2 * sigma, abs=1.5)
    assert blur >= USUAL_BLUR_PX


def test_marks_over_some_outlines_change_nothing() -> None:
    seen = outlines(9, 1.0)
    seen[:4, :, MARGIN + SIDE :] = 1.0
    plain = blur_of_print(outlines(9, 1.0), outlines(9, 0), Size(SIDE, SIDE))
    assert blur_of_print(seen, outlines(9, 0), Size(SIDE, SIDE)) == plain
