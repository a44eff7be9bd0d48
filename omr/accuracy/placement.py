"""How far the reader places targets from where they truly lie on the image."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from omr.refusal import Refusal
from omr.registration.designed import register_own
from omr.scan import PageRef, file_digest, list_files, list_pages, load_page
from omr.scan.dithering import undithered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from omr.accuracy.model import Captured
    from omr.reading import Reader
    from omr.registration.model import RegisteredPage

BIN_MM = 0.005
MOST_MM = 20.0
"""Errors are counted in bins up to here; nothing that was accepted can be so far off."""
PREFIX, WORST = "placed/", "most/placed_um"


def placed(path: Path, captured: Captured, reader: Reader) -> Counter[str]:
    """Counts of placement errors of every target of one page image; empty where it is refused."""
    [file] = list_files(path)
    [ref] = list_pages(file, file_digest(file.path))
    page = load_page(ref) if isinstance(ref, PageRef) else ref.refusal
    if isinstance(page, Refusal):
        return Counter()
    registered = register_own(undithered(page), reader.own)
    if isinstance(registered, Refusal):
        return Counter()
    return count_errors(errors_mm(registered, captured))


def errors_mm(registered: RegisteredPage, captured: Captured) -> NDArray[np.float64]:
    """(N,) distances in mm at the image's scale, target by target."""
    centres = np.array([placement.target.box.centre for placement in registered.placements])
    shifts = np.array([placement.shift_mm for placement in registered.placements])
    missed = registered.transform.to_pixels(centres + shifts) - captured.locate(centres)
    return np.asarray(np.hypot(*missed.T) / captured.px_per_mm, np.float64)


def count_errors(errors: NDArray[np.float64]) -> Counter[str]:
    """Errors as counts by bin, and the largest in micrometres."""
    counts: Counter[str] = Counter()
    for error in np.minimum(errors, MOST_MM):
        counts[f"{PREFIX}{int(error / BIN_MM)}"] += 1
    if len(errors):
        counts[WORST] = round(float(errors.max()) * 1000)
    return counts


def percentile(counts: Mapping[str, int], share: float) -> float | None:
    """The error in mm that a share (0..1) of targets stays below, to a bin; None without any."""
    bins = sorted(
        (int(name.removeprefix(PREFIX)), count)
        for name, count in counts.items()
        if name.startswith(PREFIX)
    )
    wanted, seen = share * sum(count for _, count in bins), 0
    for number, count in bins:
        seen += count
        if seen >= wanted:
            return (number + 1) * BIN_MM
    return None
