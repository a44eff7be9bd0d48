"""What a page image looks like, in figures that say nothing about who reads it.

The same measures are taken of real scans and of the bench's own pages, so that the two can be laid
side by side: how wide and how sharp strokes are, how dark ink is between paper and print, how the
paper's grain spreads, how ragged a 1-bit edge runs, how many specks there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from skimage.measure import find_contours
from skimage.morphology import skeletonize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

QUANTILES = (5, 25, 50, 75, 95)
"""Percentiles at which a spread of values is told."""
BLACK_PERCENTILE = 0.4
"""Print's black is the darkness that so many per cent of the page's pixels go beyond."""
INK = 0.25
"""Darkness, 0 paper to 1 print, from which a pixel within a marked target belongs to the pen."""
PAPER_REACH_MM = 4.0
"""Within so far of any place some bare paper is seen, which tells the local white."""
PROFILE_MM = 0.6
"""An edge's profile is looked at so far to either side."""
CLEAR_EDGE = 0.35
"""An edge whose two sides differ less is not measured."""
FAR_FROM_INK_MM = 0.8
SPECK_MM2 = 0.3
"""A larger dark spot is something else."""
ALONE_MM = 2.0
"""A speck has no other dark spot so near."""
RAGGED_SIGMA_PX = 4.0
"""A contour is held against itself smoothed so much."""
MOST_EDGES = 4000
"""Edges of one page that are measured; more change nothing."""


@dataclass(frozen=True)
class Sample:
    """One page image to be measured.

    ``grey``: (H, W) uint8. ``outline``: (N, 2) px, the polygon of paper that counts.
    ``marked``: (4, 2) px corners of targets that a pen marked, their printed outline left out.
    """

    grey: NDArray[np.uint8]
    px_per_mm: float
    outline: NDArray[np.float64]
    marked: tuple[NDArray[np.float64], ...]
    bilevel: bool


@dataclass(frozen=True)
class Looks:
    """Raw values of one page; pages of a kind are put together and told by percentiles.

    Widths, edges and raggedness in mm, darkness 0 (paper) to 1 (print), grain as a share of the
    range from paper to print, specks a dm2.
    """

    stroke_width_mm: NDArray[np.float64]
    ink_darkness: NDArray[np.float64]
    pen_edge_mm: NDArray[np.float64]
    print_edge_mm: NDArray[np.float64]
    paper_grey: NDArray[np.float64]
    contrast: NDArray[np.float64]
    grain_1px: NDArray[np.float64]
    grain_4px: NDArray[np.float64]
    shade_unevenness: NDArray[np.float64]
    ragged_mm: NDArray[np.float64]
    ragged_px: NDArray[np.float64]
    specks_per_dm2: NDArray[np.float64]


def looks(sample: Sample) -> Looks:
    """Measure one page."""
    paper, darkness, contrast = _darkness(sample)
    on_paper = _polygons(sample.grey.shape, [sample.outline])
    marked = _polygons(sample.grey.shape, sample.marked)
    bare = _bare(darkness, on_paper, sample.px_per_mm)
    fine, coarse = _grain(sample.grey, bare, contrast)
    contours = _contours(darkness, on_paper)
    ragged = _raggedness(contours) if sample.bilevel else np.empty(0)
    whites = paper[on_paper]
    pen = marked & on_paper
    return Looks(
        stroke_width_mm=_widths(darkness, pen, sample.px_per_mm),
        ink_darkness=darkness[pen & (darkness > INK)].astype(np.float64),
        pen_edge_mm=_edges(darkness, pen, sample.px_per_mm),
        print_edge_mm=_edges(
            darkness, on_paper & ~_grown(marked, sample.px_per_mm), sample.px_per_mm
        ),
        paper_grey=np.percentile(whites, [50]),
        contrast=np.array([contrast]),
        grain_1px=fine,
        grain_4px=coarse,
        shade_unevenness=np.diff(np.percentile(whites, [5, 95])) / contrast,
        ragged_mm=ragged / sample.px_per_mm,
        ragged_px=ragged,
        specks_per_dm2=_specks(darkness, on_paper, sample.px_per_mm),
    )


def together(parts: Sequence[Looks]) -> Looks:
    """All values of several pages."""
    return Looks(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Looks.__dataclass_fields__
        }
    )


def _polygons(shape: tuple[int, ...], corners: Sequence[NDArray[np.float64]]) -> NDArray[np.bool_]:
    mask = np.zeros(shape[:2], np.uint8)
    for polygon in corners:
        cv2.fillPoly(mask, [np.rint(polygon).astype(np.int32)], 1)
    return mask.astype(bool)


def _grown(mask: NDArray[np.bool_], px_per_mm: float) -> NDArray[np.bool_]:
    size = 2 * round(2 * px_per_mm) + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8)), bool)


def _darkness(sample: Sample) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Local white in grey levels, darkness (0 paper, 1 print), and the range between in levels."""
    step = max(1, round(sample.px_per_mm * 0.7))
    height, width = sample.grey.shape
    small = cv2.resize(sample.grey, (width // step, height // step), interpolation=cv2.INTER_AREA)
    size = 2 * round(PAPER_REACH_MM * sample.px_per_mm / step) + 1
    white = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    )
    white = cv2.GaussianBlur(white, (0, 0), size / 4)
    paper = cv2.resize(white, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float64)
    below = paper - sample.grey
    inside = _polygons(sample.grey.shape, [sample.outline])
    contrast = max(1.0, float(np.percentile(below[inside], 100 - BLACK_PERCENTILE)))
    return paper, below / contrast, contrast


def _bare(
    darkness: NDArray[np.float64], on_paper: NDArray[np.bool_], px_per_mm: float
) -> NDArray[np.bool_]:
    """Paper well away from ink and from the paper's edge."""
    soft = cv2.GaussianBlur(darkness, (0, 0), max(1.0, 0.1 * px_per_mm))
    used = ((soft > 0.15) | ~on_paper).astype(np.uint8)  # noqa: PLR2004
    away = cv2.distanceTransform(1 - used, cv2.DIST_L2, 3)
    return np.asarray(away > FAR_FROM_INK_MM * px_per_mm)


def _spread(values: NDArray[np.float64]) -> float:
    """Standard deviation that a few odd values do not move."""
    return float(1.4826 * np.median(np.abs(values - np.median(values)))) if len(values) else np.nan


def _grain(
    grey: NDArray[np.uint8], bare: NDArray[np.bool_], contrast: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spread of bare paper from pixel to pixel, and of 4 x 4 px means, per range to print."""
    image = grey.astype(np.float32)
    fine = image - cv2.GaussianBlur(image, (0, 0), 2)
    mean = cv2.blur(image, (4, 4))
    coarse = mean - cv2.GaussianBlur(mean, (0, 0), 12)
    inner = cv2.erode(bare.astype(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)
    one = float(np.std(fine[inner])) if inner.any() else np.nan
    four = _spread(coarse[inner].astype(np.float64))
    return np.array([one / contrast]), np.array([four / contrast])


def _widths(
    darkness: NDArray[np.float64], where: NDArray[np.bool_], px_per_mm: float
) -> NDArray[np.float64]:
    """Width of the ink along its middle line, at four times the resolution."""
    found = []
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(where.astype(np.uint8))
    for label in range(1, count):
        x, y, w, h, _ = boxes[label]
        part = np.where(labels[y : y + h, x : x + w] == label, darkness[y : y + h, x : x + w], 0)
        big = cv2.resize(part, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
        top = float(np.percentile(part, 98))
        if top < INK:
            continue
        mask = (big > 0.5 * top).astype(np.uint8)
        depth = cv2.distanceTransform(
            cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 5
        )[1:-1, 1:-1]
        ridge = skeletonize(mask.astype(bool))
        found.append((2 * depth[ridge] - 1) / 4 / px_per_mm)
    return np.concatenate(found).astype(np.float64) if found else np.empty(0)


def _contours(darkness: NDArray[np.float64], where: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    level = np.where(where, darkness, 0.0)
    return [found for found in find_contours(level, 0.5) if len(found) > 60]  # noqa: PLR2004


def _edges(
    darkness: NDArray[np.float64], where: NDArray[np.bool_], px_per_mm: float
) -> NDArray[np.float64]:
    """From 10 to 90 % of an edge's rise, in mm; blurred strokes that never level out count, too."""
    level = np.where(where, darkness, 0.0)
    middle = level.max() * 0.45 if level.size else 0.5
    points = np.concatenate([np.empty((0, 2)), *find_contours(level, max(middle, 0.2))])
    height, width = darkness.shape
    if not len(points):
        return np.empty(0)
    points = points[:: max(1, len(points) // MOST_EDGES)]
    smooth = cv2.GaussianBlur(darkness, (0, 0), 1.0)
    slope_y, slope_x = cv2.Sobel(smooth, cv2.CV_64F, 0, 1), cv2.Sobel(smooth, cv2.CV_64F, 1, 0)
    row, column = np.clip(np.rint(points).astype(int).T, 0, [[height - 1], [width - 1]])
    across = np.stack([slope_y[row, column], slope_x[row, column]], axis=-1)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    steps = np.linspace(-PROFILE_MM, PROFILE_MM, 121)
    places = points[:, None, :] + across[:, None, :] * (steps * px_per_mm)[None, :, None]
    profile = cv2.remap(
        darkness.astype(np.float32),
        places[:, :, 1].astype(np.float32),
        places[:, :, 0].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _rises(np.asarray(profile, np.float32), steps)


def _rises(profile: NDArray[np.float32], steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Between the last low before the middle and the first high after it."""
    centre = len(steps) // 2
    low, high = profile[:, : centre + 1].min(1), profile[:, centre:].max(1)
    clear = high - low > CLEAR_EDGE
    share = (profile - low[:, None]) / np.maximum(high - low, 1e-6)[:, None]
    below = share[:, : centre + 1] <= 0.1  # noqa: PLR2004
    above = share[:, centre:] >= 0.9  # noqa: PLR2004
    clear &= below.any(1) & above.any(1)
    start = centre - np.argmax(below[:, ::-1], axis=1)
    end = centre + np.argmax(above, axis=1)
    return np.asarray((steps[end] - steps[start])[clear], np.float64)


def _raggedness(contours: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """How far (RMS, px) each contour runs beside its own smooth course."""
    found = []
    for contour in contours:
        kernel = cv2.getGaussianKernel(int(6 * RAGGED_SIGMA_PX) | 1, RAGGED_SIGMA_PX)
        around = len(kernel) // 2
        if len(contour) < 4 * around:
            continue
        smooth = np.stack(
            [np.convolve(axis, kernel[:, 0], mode="valid") for axis in contour.T], axis=-1
        )
        course = np.gradient(smooth, axis=0)
        course /= np.maximum(np.linalg.norm(course, axis=1, keepdims=True), 1e-9)
        beside = contour[around:-around] - smooth
        across = beside[:, 0] * course[:, 1] - beside[:, 1] * course[:, 0]
        straight = np.abs(np.gradient(np.unwrap(np.arctan2(*course.T)))) < 0.02  # noqa: PLR2004
        if straight.sum() > 2 * around:
            found.append(float(np.sqrt(np.mean(across[straight] ** 2))))
    return np.array(found)


def _specks(
    darkness: NDArray[np.float64], on_paper: NDArray[np.bool_], px_per_mm: float
) -> NDArray[np.float64]:
    """Small dark spots that stand alone, to a square decimetre of the paper.

    What has a neighbour is print: dots of a leader, accents, letters.
    """
    dark = ((darkness > 0.4) & on_paper).astype(np.uint8)  # noqa: PLR2004
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    size = 2 * round(ALONE_MM / 2 * px_per_mm) + 1
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    count, groups = cv2.connectedComponents(cv2.dilate(dark, around), connectivity=8)
    pairs = np.unique(groups[dark > 0].astype(np.int64) * len(stats) + labels[dark > 0])
    group, label = np.divmod(pairs, len(stats))
    alone = np.bincount(group, minlength=count)[group] == 1
    small = stats[label, cv2.CC_STAT_AREA] <= SPECK_MM2 * px_per_mm**2
    area_dm2 = float(on_paper.sum()) / (px_per_mm * 100) ** 2
    return np.array([(alone & small).sum() / area_dm2]) if area_dm2 > 0 else np.empty(0)
