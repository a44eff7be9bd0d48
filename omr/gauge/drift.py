"""Drift: a figure of the gauge that leaves, within one batch, where the batch began.

A lamp warms up, toner runs out, a roller gets dirty: no single page looks wrong, but the pages of
the end are not those of the beginning. Medians of a few pages are compared, so that one bad page is
no drift, and only changes that matter to reading are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from omr.gauge.model import GaugeReading
    from omr.registration.model import PageGeometry

WINDOW = 10
"""Pages of which a median is taken; a batch shorter than two of them is not judged."""


@dataclass(frozen=True, slots=True)
class GaugedPage:
    """One page image of a batch, in scanning order, with what its gauge and geometry say."""

    image: str
    gauge: GaugeReading
    geometry: PageGeometry


@dataclass(frozen=True, slots=True)
class Drift:
    """``figure``, a column of pages.csv, began at ``start`` and is ``now`` from ``image`` on."""

    figure: str
    start: float
    now: float
    image: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure, and the change from which on reading may suffer."""

    name: str
    value: Callable[[GaugedPage], float]
    limit: float


FIGURES = (
    # A tenth of the contrast: pencil at 0.35 of print comes near the limit of ink (0.25) at a
    # third; long before that somebody should look at the glass and the toner.
    _Figure("gauge_contrast", lambda page: page.gauge.contrast, 0.10),
    _Figure("gauge_midtone", lambda page: page.gauge.midtone, 0.15),
    _Figure("gauge_sharpness", lambda page: page.gauge.sharpness, 0.20),
    # Marks are told from grain at five times the page's own; grain of 0.05 comes near a pencil.
    _Figure("gauge_noise", lambda page: page.gauge.noise, 0.05),
    # An empty target is believed up to 0.014: half of that from the machine alone is too much.
    _Figure("gauge_empty_ink", lambda page: page.gauge.empty_ink, 0.007),
    _Figure("scale_x", lambda page: page.geometry.scale_x, 0.005),
    _Figure("scale_y", lambda page: page.geometry.scale_y, 0.005),
)


def drifts(batch: Sequence[GaugedPage]) -> tuple[Drift, ...]:
    """What drifted within one batch, each figure at most once, where it first became plain."""
    found = (_drift(batch, figure) for figure in FIGURES)
    return tuple(drift for drift in found if drift is not None)


def _drift(batch: Sequence[GaugedPage], figure: _Figure) -> Drift | None:
    if len(batch) < 2 * WINDOW:
        return None
    values = [figure.value(page) for page in batch]
    start = median(values[:WINDOW])
    for first, now in _medians(values):
        if abs(now - start) >= figure.limit:
            return Drift(figure.name, round(start, 4), round(now, 4), batch[first].image)
    return None


def _medians(values: Sequence[float]) -> Iterator[tuple[int, float]]:
    """(first page, median) of every window after the first."""
    for first in range(WINDOW, len(values) - WINDOW + 1):
        yield first, median(values[first : first + WINDOW])
