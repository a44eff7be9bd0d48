"""Registration of paper we did not print: by its own print, against reference pictures.

Three steps. *Place*: features of the whole picture vote for a coarse homography. *Settle*: tiles
of the reference are looked for around their place, which gives the homography and the smooth bend
of the paper, and all print is compared once more at its final place; a page whose print does not
agree is refused, whatever the features said. *Choose*: forms that look nearly the same are told
apart where they differ, or the page is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.geometry import PageTransform
from omr.refusal import Reason, Refusal
from omr.registration.form_choice import Verdict, decide, rivalry
from omr.registration.keypoints import Features, find_features, place_reference
from omr.registration.reference_print import PreparedReference, prepared
from omr.registration.settle import Settled, settle
from omr.registration.straighten import resampled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from omr.reference import ReferencePage
    from omr.registration.keypoints import CoarsePlace
    from omr.scan.model import ScannedPage

LONG_SIDES_PX = (1600, 3200)
"""Long side of the image in which features are looked for: first as a page that fills its image,
then, if nothing was found, as a sheet that is small in a photograph."""
TARGET_SUPPORT = 0.72
"""Least share of the print beside the targets that must agree: a page that belongs reaches 0.9
even as a poor photograph, and 0.75 where a column of instructions was printed anew; a sister form
with other questions in the same places stays below 0.7."""
PAGE_SUPPORT = 0.5
"""Least share of the whole page's print that must agree: another print run may have another
heading, but not another half of the page."""
MAX_TRIED = 4
"""Forms that are tried on a page, most votes first: beyond that the votes are chance."""


@dataclass(frozen=True)
class PageMatch:
    """A page image that belongs to a reference, and where the paper lies on it.

    The centre ``c`` (mm) of target ``i`` lies at ``transform.to_pixels(c + shifts_mm[i])``:
    ``shifts_mm`` is (targets, 2), in the order of ``reference.layout.targets``, and holds what
    curl and uneven feeding add to the homography. ``residual_mm`` is the RMS distance of the
    agreeing print from where both put it; ``support`` the share (0..1) of the reference's print
    beside the targets that agrees in look and place, ``page_support`` of all its print.
    """

    reference: ReferencePage
    transform: PageTransform
    shifts_mm: NDArray[np.float64]
    residual_mm: float
    support: float
    page_support: float


@dataclass(frozen=True)
class _Found:
    """A form that lies on the page."""

    form: PreparedReference
    settled: Settled


def match_page(page: ScannedPage, candidates: Sequence[ReferencePage]) -> PageMatch | Refusal:
    """The reference that the page is, and where it lies; or the reason why that is not known.

    Any turn, scale and moderate perspective. Refused are pages that look like none of the
    candidates, like several of them, or whose print does not lie where it should. References are
    prepared once per object and process: pass the same objects again for the next page.
    """
    gray = page.gray()
    forms = [prepared(candidate) for candidate in candidates]
    refusal = Refusal(Reason.NO_FORM_MATCHES)
    for long_side in LONG_SIDES_PX:
        found = _first_found(gray, page_features(gray, long_side), forms)
        if isinstance(found, _Found):
            return _chosen(gray, found, forms)
        if found.reason is Reason.BAD_REGISTRATION:
            refusal = found
        if long_side >= max(gray.shape):
            break
    return refusal


def page_features(gray: NDArray[np.uint8], long_side: int) -> Features:
    """Features of a page image, in its pixels, looked for at most at ``long_side`` px."""
    factor = min(long_side / max(gray.shape), 1.0)
    found = find_features(resampled(gray, factor))
    return Features((found.points + 0.5) / factor - 0.5, found.descriptors)


def _first_found(
    gray: NDArray[np.uint8], features: Features, forms: Sequence[PreparedReference]
) -> _Found | Refusal:
    """The first form, by votes, whose print is on the page."""
    refusal = Refusal(Reason.NO_FORM_MATCHES)
    for place, form in _placed(features, forms)[:MAX_TRIED]:
        settled = settle(gray, PageTransform(place.matrix), form)
        if settled is None or settled.page_support < PAGE_SUPPORT:
            continue
        if settled.target_support >= TARGET_SUPPORT:
            return _Found(form, settled)
        refusal = Refusal(Reason.BAD_REGISTRATION)
    return refusal


def _placed(
    features: Features, forms: Sequence[PreparedReference]
) -> list[tuple[CoarsePlace, PreparedReference]]:
    """The forms that the features place on the page, most votes first."""
    placed = []
    for form in forms:
        place = place_reference(form.features, features, form.size_mm)
        if place is not None:
            placed.append((place, form))
    return sorted(placed, key=lambda pair: -pair[0].votes)


def _chosen(
    gray: NDArray[np.uint8], found: _Found, forms: Sequence[PreparedReference]
) -> PageMatch | Refusal:
    """The form that beats all others that look like it."""
    beaten: set[PreparedReference] = set()
    while (rival := _undecided(found.form, forms, beaten)) is not None:
        differences = rivalry(found.form, rival)
        verdict = (
            Verdict.FIRST
            if differences is None
            else decide(found.form, differences, found.settled.picture)
        )
        if verdict is Verdict.UNCLEAR:
            return Refusal(Reason.FORMS_ALIKE)
        if verdict is Verdict.FIRST:
            beaten.add(rival)
            continue
        beaten.add(found.form)
        better = _first_found(gray, page_features(gray, LONG_SIDES_PX[0]), [rival])
        if isinstance(better, Refusal):
            return better
        found = better
    return _match(found)


def _undecided(
    champion: PreparedReference, forms: Sequence[PreparedReference], beaten: set[PreparedReference]
) -> PreparedReference | None:
    """The next form that has not been compared with the champion."""
    return next((form for form in forms if form is not champion and form not in beaten), None)


def _match(found: _Found) -> PageMatch:
    settled = found.settled
    return PageMatch(
        reference=found.form.reference,
        transform=settled.transform,
        shifts_mm=settled.warp.at(found.form.targets_mm),
        residual_mm=settled.residual_mm,
        support=settled.target_support,
        page_support=settled.page_support,
    )
