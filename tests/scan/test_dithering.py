"""Dithered scans become grey pages that can be read; every other page stays the same object."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from printed import ONE_BIT, T1, page_of

from omr.outcome import PageRead
from omr.scan.dithering import is_dithered, undithered

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from printed import PrintedSurvey

    from omr.scan.model import ScannedPage

    Gray = NDArray[np.uint8]

BAYER = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) + 0.5) / 16


def error_diffused(gray: Gray) -> Gray:
    """Floyd and Steinberg's 1-bit picture."""
    return np.asarray(Image.fromarray(gray).convert("1")).astype(np.uint8) * 255


def ordered(gray: Gray) -> Gray:
    """The 1-bit picture of Bayer's 4 x 4 pattern."""
    rows, columns = gray.shape[0] // 4 + 1, gray.shape[1] // 4 + 1
    pattern = np.tile(BAYER, (rows, columns))[: gray.shape[0], : gray.shape[1]]
    return ((gray / 255 > pattern) * 255).astype(np.uint8)


DITHERS = pytest.mark.parametrize("dither", [error_diffused, ordered])


def grey_page(printed: PrintedSurvey) -> ScannedPage:
    return page_of(printed.image(T1, 1, printed.filled(T1, 3)))


def dithered(page: ScannedPage, dither: Callable[[Gray], Gray], white: float) -> ScannedPage:
    """A 1-bit scan of the page whose paper has this share of white."""
    paper = float(np.median(page.gray()))
    toned = np.clip(page.gray() * (255 * white / paper), 0, 255).astype(np.uint8)
    return replace(page, image=dither(toned), bilevel=True)


def test_pages_with_grey_come_back_themselves(printed: PrintedSurvey) -> None:
    page = grey_page(printed)
    assert undithered(page) is page


@pytest.mark.parametrize("noise", [0.0, 0.004, 0.016, 0.03])
def test_a_plain_1_bit_scan_comes_back_itself_however_noisy(
    printed: PrintedSurvey, noise: float
) -> None:
    page = page_of(printed.image(T1, 1, printed.filled(T1, 3), ONE_BIT))
    flipped = np.random.default_rng(1).random(page.image.shape) < noise
    noisy = replace(page, image=np.where(flipped, 255 - page.image, page.image))
    assert undithered(noisy) is noisy


@DITHERS
@pytest.mark.parametrize("white", [0.95, 0.9, 0.85])
def test_a_dithered_scan_becomes_the_grey_that_was_seen(
    printed: PrintedSurvey, dither: Callable[[Gray], Gray], white: float
) -> None:
    page = undithered(dithered(grey_page(printed), dither, white))
    assert not page.bilevel
    assert float(np.median(page.image)) == pytest.approx(255 * white, abs=10)
    assert float(np.percentile(page.image, 0.5)) < 60, "print stays black"


@DITHERS
def test_a_dithered_scan_is_read_like_a_grey_one(
    printed: PrintedSurvey, dither: Callable[[Gray], Gray]
) -> None:
    grey = grey_page(printed)
    seen = printed.reader.read_page(dithered(grey, dither, 0.95))
    truth = printed.reader.read_page(grey)
    assert isinstance(seen, PageRead)
    assert isinstance(truth, PageRead)
    pairs = list(zip(seen.responses, truth.responses, strict=True))
    assert all(one.doubts or one.value == other.value for one, other in pairs)
    assert sum(bool(one.doubts) for one, _ in pairs) <= 0.15 * len(pairs)


def test_resolution_is_taken_from_the_image_where_the_file_says_none(
    printed: PrintedSurvey,
) -> None:
    page = dithered(grey_page(printed), error_diffused, 0.95)
    said = undithered(page).image
    guessed = undithered(replace(page, dpi=None)).image
    assert np.abs(said.astype(int) - guessed).mean() < 1


def test_a_picture_without_paper_says_nothing() -> None:
    assert not is_dithered(np.zeros((2000, 1500), dtype=np.uint8))
    assert not is_dithered(np.full((64, 64), 255, dtype=np.uint8))
