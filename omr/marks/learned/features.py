"""What the classifier looks at: a target's own ink, beside the rest of its question and page.

A stroke means little alone. Whether it is a mark depends on the hand (how dark and how large the
page's clear marks are), on the page (what its empty targets show) and on the row (a target that
holds the most ink of its question by far is likelier meant than one that holds the least).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.thresholds import LEARNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.marks.measure import Measurement

    Real = NDArray[np.float64]

_OWN = (
    "ink", "core", "extent", "longest", "breadth", "strength", "ring", "dotted_ring", "outside",
    "gap", "specks", "speck_count", "trace", "streak", "tone", "outline", "bend", "edge",
    "stroke_mm", "rival", "abroad", "foreign", "through", "sway", "beside", "company", "own_mm",
    "contrast", "agreement", "found", "touch", "near", "arc", "crook", "off", "reach", "turn",
    "away", "loose_mm", "on_label_mm", "guest_mm",
)  # fmt: skip
"""Fields of :class:`Measurement` that are read."""
_numbers = attrgetter(*_OWN)

FEATURES = (
    "log ink", "log core", "extent", "longest", "breadth", "strength", "ring", "dotted ring",
    "log outside", "log specks", "speck count", "log trace", "trace beyond usual", "log streak",
    "tone beyond usual", "outline beyond usual", "gap", "bend", "edge", "log stroke", "rival",
    "abroad", "foreign", "log through", "log sway", "log beside", "log company", "log own",
    "contrast", "agreement", "found", "1-bit", "strength of usual", "log ink of usual",
    "extent of usual", "stroke of usual", "log ink of others", "log ink beyond others",
    "clear others", "ring near", "streaked targets", "usual specks", "clear marks",
    "log outside of ink", "log core of ink", "log touch", "log near", "arc", "crook", "off",
    "reach", "turn", "log away", "log loose", "log on label", "log guest", "log touch of others",
    "off beyond usual",
)  # fmt: skip
"""Names of the columns of :func:`features`."""


def features(measured: Sequence[Measurement], bilevel: bool) -> Real:
    """(N, len(FEATURES)) numbers for the N targets of one page, in the order given."""
    own = np.array([_numbers(one) for one in measured], dtype=np.float64)
    by = dict(zip(_OWN, own.reshape(-1, len(_OWN)).T, strict=True))
    ink, ring, trace = by["ink"], by["ring"], by["trace"]
    clear = (ink >= LEARNED.clear_ink) & (by["extent"] >= LEARNED.clear_extent)
    empty = ink <= LEARNED.empty_ink
    log_ink = np.log(ink + 0.004)
    others, clear_others = _others(measured, log_ink, clear)
    log_outside = np.log(by["outside"] + 0.01)
    log_touch = np.log(by["touch"] + 0.004)
    usual_trace = _quantile(trace[empty], 0.75) if empty.any() else 0.0
    page = np.ones(len(measured))
    columns = (
        log_ink,
        np.log(by["core"] + 0.004),
        by["extent"],
        by["longest"],
        by["breadth"],
        by["strength"],
        ring,
        by["dotted_ring"],
        log_outside,
        np.log(by["specks"] + 0.002),
        np.minimum(by["speck_count"], 12) / 12,
        np.log(trace + 0.01),
        np.log(trace + 0.01) - np.log(usual_trace + 0.01),
        np.log(by["streak"] + 0.005),
        by["tone"] - _middle(by["tone"][empty], 0.0),
        by["outline"] - _usual_outline(measured, by["outline"]),
        by["gap"],
        by["bend"],
        by["edge"],
        np.log(by["stroke_mm"] + 1.0),
        by["rival"],
        by["abroad"],
        by["foreign"],
        np.log(by["through"] + 0.5),
        np.log(by["sway"] + 0.2),
        np.log(by["beside"] + 1.0),
        np.log(by["company"] + 1.0),
        np.log(by["own_mm"] + 0.5),
        by["contrast"],
        by["agreement"],
        by["found"],
        page * bilevel,
        _ratio(by["strength"], by["strength"][clear]),
        np.log(_ratio(ink, ink[clear]) + 0.02),
        by["extent"] - _middle(by["extent"][clear], 0.8),
        np.log(_ratio(by["stroke_mm"], by["stroke_mm"][clear]) + 0.05),
        others,
        log_ink - others,
        clear_others,
        _ring_near(measured, ring),
        page * min(float((by["streak"] > LEARNED.streak).sum()), 10.0) / 10,
        page * np.log(float(by["specks"].mean()) + 0.001),
        page * min(float(clear.sum()), 10.0) / 10,
        log_outside - log_ink,
        np.log(by["core"] + 0.004) - log_ink,
        log_touch,
        np.log(by["near"] + 0.01),
        by["arc"],
        by["crook"],
        by["off"],
        by["reach"],
        by["turn"],
        np.log(by["away"] + 0.5),
        np.log(by["loose_mm"] + 0.5),
        np.log(by["on_label_mm"] + 0.5),
        np.log(by["guest_mm"] + 0.5),
        _others(measured, log_touch, clear)[0],
        by["off"] - _middle(by["off"][clear], 0.4),
    )
    return np.column_stack(columns).reshape(-1, len(FEATURES))


def _middle(values: Real, otherwise: float) -> float:
    """The median, as ``np.median`` has it at a tenth of the time; ``otherwise`` of no values."""
    return _quantile(values, 0.5) if values.size else otherwise


def _quantile(values: Real, share: float) -> float:
    """Linear between the values on either side, as ``np.quantile``."""
    ordered = np.sort(values)
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (at - below))


def _ratio(values: Real, usual: Real) -> Real:
    """Values over the median of the usual ones; as they are where too few are usual."""
    if usual.size < LEARNED.usual_marks:
        return np.ones_like(values)
    return np.minimum(values / max(_middle(usual, 1.0), 1e-3), 2.0)


def _others(
    measured: Sequence[Measurement], log_ink: Real, clear: NDArray[np.bool_]
) -> tuple[Real, Real]:
    """The most log ink on another target of the question, and the share of its clear marks."""
    numbers: dict[str, int] = {}
    question = np.array([numbers.setdefault(m.target.question, len(numbers)) for m in measured])
    same = question[:, None] == question[None, :]
    np.fill_diagonal(same, False)
    most = np.where(same, log_ink[None, :], np.log(0.004)).max(axis=1)
    return most, np.minimum((same & clear[None, :]).sum(axis=1), 3) / 3


def _ring_near(measured: Sequence[Measurement], ring: Real) -> Real:
    """The fullest ring around another target near by."""
    x, y = np.array([one.target.box.centre for one in measured]).T
    apart = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    near = (apart <= LEARNED.near_mm**2) & (apart > 0)
    return np.asarray((near * ring).max(axis=1))


def _usual_outline(measured: Sequence[Measurement], outline: Real) -> Real:
    """The median outline of the page's targets that are drawn alike."""
    boxes = [one.target.box for one in measured]
    sizes = np.round(np.array([(box.w, box.h) for box in boxes]), 1).tolist()
    shapes = [one.target.shape for one in measured]
    numbers: dict[tuple[float, float, str], int] = {}
    drawn = np.array(
        [
            numbers.setdefault((width, height, shape), len(numbers))
            for (width, height), shape in zip(sizes, shapes, strict=True)
        ]
    )
    middle = np.array([_middle(outline[drawn == kind], 0.0) for kind in range(len(numbers))])
    return np.asarray(middle[drawn])
