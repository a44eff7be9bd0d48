"""A turned scan is set straight, and its scale is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from omr.measuring.upright import page_scale, set_upright
from omr.simulate import render_pdf_page

if TYPE_CHECKING:
    from foreign_paper import ForeignPaper
    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def picture(foreign: ForeignPaper) -> NDArray[np.uint8]:
    return np.asarray(render_pdf_page(foreign.pdf, 1, 6.0).pixels[:, :, 1])


@pytest.mark.parametrize("angle", [-3.7, -0.4, 0.0, 1.15, 4.9])
def test_a_turn_is_undone(picture: NDArray[np.uint8], angle: float) -> None:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), borderValue=(255,))
    upright = set_upright(np.asarray(turned, np.uint8), None)
    both = upright.matrix[:2, :2] @ turn[:, :2]
    left_over = np.degrees(np.arctan2(both[0, 1], both[0, 0]))
    assert abs(left_over) < 0.1
    assert upright.picture.shape == picture.shape


@pytest.mark.parametrize(
    ("size_px", "dpi", "expected_dpi"),
    [
        ((1654, 2339), None, 200),  # A4
        ((1224, 2016), None, 144),  # legal
        ((1700, 2200), 200.0, 200),  # what the file says
        ((4032, 3024), 72.0, 355),  # a phone's 72 dpi is not believed; near letter's proportions
    ],
)
def test_the_scale_comes_from_the_file_or_from_the_papers_proportions(
    size_px: tuple[int, int], dpi: float | None, expected_dpi: float
) -> None:
    assert page_scale(size_px, dpi) * 25.4 == pytest.approx(expected_dpi, rel=0.03)
