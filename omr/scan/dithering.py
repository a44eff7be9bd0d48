"""Black-and-white scans in which dots stand for grey: they are made grey again.

Many scanners and fax programs offer "halftone" or "error diffusion" beside plain black and white.
Paper that is not quite white then comes out sprinkled with single black dots, a few in every
hundred pixels, and every empty box seems to hold ink. The mean of a small neighbourhood is the
grey that was seen, so the page is smoothed and read like a grey scan.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import MM_PER_INCH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.scan.model import ScannedPage

BLOCK_PX = 32
MOST_BLACK = 0.4
"""Blocks with more black pixels than this show no paper."""
LEAST_BLOCKS = 100
"""Fewer blocks of paper than this (a picture of 320 x 320 px) tell nothing."""
LEAST_DOTS = 0.01
"""Single black pixels, as a share of the paper. Error diffusion and ordered dots of paper with
90 to 97 % of white come to 0.03 to 0.09; with fewer dots a page is read well as it is."""
MOST_UNEVEN = 0.65
"""Variance of the dots in a block, against what chance would make. Diffused and ordered dots keep
their distance (0.3 to 0.6); noise, even when it is as dense (0.016), does not (0.9 to 1.1)."""
MORE_THAN_NOISE = 0.05
"""Single black pixels that no noise makes: independent pixels, each black with probability p, are
black among eight white ones with p (1 - p)^8, which is at most 0.043 (at p = 1/9)."""
SIGMA_MM = 0.17
"""Width of the smoothing. From 0.15 to 0.20 mm dots vanish and strokes (0.35 mm) stay; from 0.25 on
the outlines of boxes run into them."""
LEAST_SIGMA_PX = 1.25
"""... but dots of a 4 x 4 pattern show through anything narrower."""
LONG_SIDE_MM = 297.0
"""Where the file says no resolution, the image shows about one A4 page."""


def undithered(page: ScannedPage) -> ScannedPage:
    """The page as a grey one if it is a dithered 1-bit scan; else the same object."""
    if not page.bilevel or not is_dithered(page.gray()):
        return page
    px_per_mm = page.dpi / MM_PER_INCH if page.dpi else max(page.image.shape) / LONG_SIDE_MM
    sigma = max(SIGMA_MM * px_per_mm, LEAST_SIGMA_PX)
    smooth = cv2.GaussianBlur(page.gray(), (0, 0), sigma)
    return replace(page, image=np.asarray(smooth, dtype=np.uint8), bilevel=False)


def is_dithered(gray: NDArray[np.uint8]) -> bool:
    """Whether the paper of a 1-bit picture (H, W), 0 or 255, is sprinkled with even dots."""
    black = (gray == 0).astype(np.uint8)
    around = cv2.boxFilter(black, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    dots = _per_block((black == 1) & (around == 1))
    paper = _per_block(black == 1) <= MOST_BLACK * BLOCK_PX**2
    if paper.sum() < LEAST_BLOCKS:
        return False
    usual = float(np.median(dots[paper]))
    if not LEAST_DOTS <= usual / BLOCK_PX**2 <= MORE_THAN_NOISE:
        return usual > LEAST_DOTS * BLOCK_PX**2
    # Neighbours are compared, so that a shadow across the page does not count as unevenness.
    both = paper[:, 1:] & paper[:, :-1]
    apart = np.abs(np.diff(dots, axis=1))[both]
    return bool(np.mean(np.minimum(apart, 3 * usual) ** 2) / 2 <= MOST_UNEVEN * usual)


def _per_block(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How many pixels are set in each whole block of BLOCK_PX x BLOCK_PX."""
    rows, columns = mask.shape[0] // BLOCK_PX, mask.shape[1] // BLOCK_PX
    whole = mask[: rows * BLOCK_PX, : columns * BLOCK_PX]
    blocks = whole.reshape(rows, BLOCK_PX, columns, BLOCK_PX)
    return np.asarray(blocks.sum(axis=(1, 3)), dtype=np.float64)
