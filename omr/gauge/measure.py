"""Read a page's gauge: find its print, then measure paper, black, grey, lines and empty boxes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.gauge.model import GaugeReading
from omr.geometry import Box, Size
from omr.layout.model import Shape, Target
from omr.marks.measure import measured_ink
from omr.registration.blank_print import blank_picture
from omr.registration.model import Placement
from omr.registration.patches import PagePicture
from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.layout.model import Gauge, LinePattern
    from omr.registration.model import RegisteredPage

    Real = NDArray[np.float32]

PX_PER_MM = 8.0
"""Resolution of the patch that is measured: that of the reference pictures."""
SEARCH_MM = 1.5
"""How far from its place the gauge is looked for."""
MARGIN_MM = 1.0
"""White around the gauge that belongs to the patch: bare paper."""
LEAST_AGREEMENT = 0.5
"""Correlation with the reference below which the gauge is torn off, folded away or covered."""
INSET_MM = 0.6
"""Parts are measured without their edges, which blur with their surroundings."""
LEAST_CONTRAST = 0.05
"""Without any contrast nothing can be said of lines and greys."""
FUNDAMENTAL = 4 / np.pi
"""Amplitude of a square wave's first harmonic over the wave's own (half its swing)."""


def measure_gauge(page: RegisteredPage) -> GaugeReading | None:
    """The gauge's figures; None for a form without one, or where it cannot be found."""
    printed = page.reference.layout.gauge
    if printed is None:
        return None
    found = _find(page, printed)
    if found is None:
        return None
    patch, shift = found
    white = float(np.median(_bare(patch, printed)))
    solid = max(printed.steps, key=lambda step: step.darkness)
    black = float(np.median(_part(patch, printed, solid.box)))
    swing = white - black
    if white <= 0 or swing < LEAST_CONTRAST * white:
        return None
    middle = min(printed.steps, key=lambda step: abs(step.darkness - 0.5))
    return GaugeReading(
        white=white,
        contrast=swing / white,
        midtone=float((white - _part(patch, printed, middle.box).mean()) / swing),
        sharpness=_sharpness(patch, printed, swing),
        noise=max(_spread(_part(patch, printed, box)) for box in printed.empties) / swing,
        empty_ink=_empty_ink(page, printed, shift),
        shift_mm=float(np.hypot(*shift)),
    )


def _find(page: RegisteredPage, printed: Gauge) -> tuple[Real, NDArray[np.float64]] | None:
    """The gauge's patch (h, w) with its white margin, and its (x, y) shift in mm."""
    centre = np.array([printed.box.centre])
    size = Size(printed.box.w + 2 * MARGIN_MM, printed.box.h + 2 * MARGIN_MM)
    wide = Size(size.width + 2 * SEARCH_MM, size.height + 2 * SEARCH_MM)
    blank = blank_picture(page.reference).reduced_for(PX_PER_MM, centre[0])
    scan = PagePicture(page.page.gray(), page.transform).reduced_for(PX_PER_MM, centre[0])
    template = blank.patches(centre, size, PX_PER_MM)[0]
    seen = scan.patches(centre, wide, PX_PER_MM)[0]
    scores = cv2.matchTemplate(seen, template, cv2.TM_CCOEFF_NORMED)
    _, best, _, (column, row) = cv2.minMaxLoc(scores)
    if not best >= LEAST_AGREEMENT:  # a patch without contrast has no score at all
        return None
    at = np.array(
        [
            column + vertex(scores[row, :].tolist(), column) - (scores.shape[1] - 1) / 2,
            row + vertex(scores[:, column].tolist(), row) - (scores.shape[0] - 1) / 2,
        ]
    )
    height, width = template.shape
    patch = seen[row : row + height, column : column + width].astype(np.float32)
    return patch, at / PX_PER_MM


def _part(patch: Real, printed: Gauge, box: Box) -> Real:
    """The pixels of one part, without its edges."""
    inner = box.grown(-INSET_MM)
    left = inner.x - printed.box.x + MARGIN_MM
    top = inner.y - printed.box.y + MARGIN_MM
    rows = slice(round(top * PX_PER_MM), round((top + inner.h) * PX_PER_MM))
    columns = slice(round(left * PX_PER_MM), round((left + inner.w) * PX_PER_MM))
    return patch[rows, columns]


def _bare(patch: Real, printed: Gauge) -> Real:
    """Bare paper: the inside of the boxes that stay empty."""
    parts = [_part(patch, printed, box).ravel() for box in printed.empties]
    return np.concatenate(parts)


def _spread(paper: Real) -> float:
    """How much paper varies: 1-bit specks count, a slow shade does not."""
    smooth = cv2.blur(paper, (9, 9), borderType=cv2.BORDER_REFLECT)
    return float(np.sqrt(np.mean((paper - smooth) ** 2)))


def _sharpness(patch: Real, printed: Gauge, swing: float) -> float:
    """Modulation of the finest lines against solid black, the worse of both directions."""
    finest = min(pattern.pitch for pattern in printed.lines)
    fine = [pattern for pattern in printed.lines if pattern.pitch == finest]
    return min(_modulation(_part(patch, printed, p.box), p) for p in fine) / swing


def _modulation(part: Real, pattern: LinePattern) -> float:
    """Swing (grey values) of the lines: the first harmonic's, over that of sharp lines.

    A print at 97 % or a stretched scan changes the pitch a little; the strongest near it counts.
    """
    profile = part.mean(axis=0 if pattern.upright else 1)
    window = np.hanning(len(profile))
    profile = (profile - profile.mean()) * window
    gain = float(window.mean())
    place = np.arange(len(profile)) / PX_PER_MM
    amplitudes = [
        2 * abs(np.mean(profile * np.exp(-2j * np.pi * place / (pattern.pitch * scale)))) / gain
        for scale in (0.94, 0.97, 1.0, 1.03, 1.06)
    ]
    return float(2 * max(amplitudes) / FUNDAMENTAL)


def _empty_ink(page: RegisteredPage, printed: Gauge, shift: NDArray[np.float64]) -> float:
    """The most ink that the reader itself measures in the boxes that stay empty."""
    placements = tuple(
        Placement(
            Target("gauge", str(number), Shape.BOX, box),
            (float(shift[0]), float(shift[1])),
            agreement=1.0,
            found=True,
        )
        for number, box in enumerate(printed.empties)
    )
    return max(measured_ink(replace(page, placements=placements)))
