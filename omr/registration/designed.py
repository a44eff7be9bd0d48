"""Register a page that we printed: marks, then page code, then every target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omr.geometry import MM_PER_INCH, PageTransform
from omr.identity import PageIdentity, decode_page
from omr.refusal import Reason, Refusal
from omr.registration.corner_marks import find_page
from omr.registration.model import PageGeometry, Placement, RegisteredPage
from omr.registration.page_code import read_code, read_serial
from omr.registration.patches import PagePicture
from omr.registration.refine import place_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from omr.geometry import Box
    from omr.layout.model import PageLayout, RegistrationMark
    from omr.reference import ReferenceForm, ReferencePage
    from omr.scan.model import ScannedPage

LEAST_FOUND_SHARE = 0.5
"""A page on which fewer of the targets' prints are found where they belong is not read at all."""


@dataclass(frozen=True)
class OwnPaper:
    """What proves a page to be this survey's own.

    ``issued`` says whether the serial, or the master without one, was ever printed of this form.
    """

    survey: str
    key: bytes
    forms: tuple[ReferenceForm, ...]
    issued: Callable[[PageIdentity], bool]


@dataclass(frozen=True)
class Frame:
    """What all pages of one look have in the same place: marks, page code, printed serial."""

    marks: tuple[RegistrationMark, ...]
    code: Box
    serial: Box | None


def frames(forms: Iterable[ReferenceForm]) -> tuple[Frame, ...]:
    """The different frames of these forms' pages, in their order."""
    pages = [page.layout for form in forms for page in form.pages]
    found = [_frame(page) for page in pages]
    return tuple(dict.fromkeys(frame for frame in found if frame is not None))


def register_own(page: ScannedPage, own: OwnPaper) -> RegisteredPage | Refusal:
    """The page with its proven identity and every target's place, or why it is not read."""
    gray = page.gray()
    refusals: list[Refusal] = []
    for frame in frames(own.forms):
        place = find_page(gray, frame.marks)
        if isinstance(place, Refusal):
            refusals.append(place)
            continue
        identity = _identify(page, place.transform, frame, own)
        if isinstance(identity, Refusal):
            refusals.append(identity)
            continue
        reference = _reference(own.forms, identity)
        if reference is None:
            return Refusal(Reason.OTHER_FORM, f"{identity.form}/{identity.page}")
        if not own.issued(identity):
            unnumbered = identity.serial is None
            number = f"run-{identity.run}" if unnumbered else str(identity.serial)
            return Refusal(Reason.NOT_ISSUED, number)
        return register_at(page, identity, reference, place.transform)
    return max(refusals, key=_how_telling, default=Refusal(Reason.NO_MARKS_FOUND))


def register_at(
    page: ScannedPage,
    identity: PageIdentity | None,
    reference: ReferencePage,
    transform: PageTransform,
    expected_shift: np.ndarray | None = None,
) -> RegisteredPage | Refusal:
    """Place every target, starting from a page transform that is right to about a millimetre."""
    scan = PagePicture(page.gray(), transform)
    placements = place_targets(scan, reference, expected_shift)
    found = [placement for placement in placements if placement.found]
    if placements and len(found) < LEAST_FOUND_SHARE * len(placements):
        return Refusal(Reason.BAD_REGISTRATION, f"{len(found)}-of-{len(placements)}-targets")
    geometry = measure_geometry(page, transform, found)
    return RegisteredPage(page, identity, reference, transform, placements, geometry)


def measure_geometry(
    page: ScannedPage, transform: PageTransform, found: Sequence[Placement]
) -> PageGeometry:
    """Turn, scale and residual of the page, as ``pages.csv`` lists them.

    Where the file does not say its resolution, the print is taken to be at 100 %.
    """
    middle = np.array([105.0, 148.5])
    along_x, along_y = transform.pixels_per_mm(middle)
    origin, right = transform.to_pixels(np.array([middle, middle + (1.0, 0.0)]))
    rotation = math.degrees(math.atan2(right[1] - origin[1], right[0] - origin[0]))
    dpi = page.dpi or float(np.sqrt(along_x * along_y)) * MM_PER_INCH
    moves = np.array([placement.shift_mm for placement in found]).reshape(-1, 2)
    residual = float(np.sqrt((moves**2).sum(axis=1).mean())) if len(moves) else 0.0
    return PageGeometry(
        dpi=round(dpi, 1),
        rotation=round(rotation, 3),
        scale_x=round(along_x * MM_PER_INCH / dpi, 5),
        scale_y=round(along_y * MM_PER_INCH / dpi, 5),
        residual_mm=round(residual, 4),
    )


def _how_telling(refusal: Refusal) -> tuple[bool, bool]:
    """A page whose marks were found says more, and most where its printed serial was read."""
    no_page = refusal.reason in (Reason.NO_MARKS_FOUND, Reason.MARKS_DISAGREE)
    return not no_page, bool(refusal.detail)


def _identify(
    page: ScannedPage, transform: PageTransform, frame: Frame, own: OwnPaper
) -> PageIdentity | Refusal:
    code = read_code(page.gray(), transform, frame.code)
    if code is not None:
        return decode_page(code, own.survey, own.key)
    serial = read_serial(page.gray(), transform, frame.serial) if frame.serial else ""
    return Refusal(Reason.NO_PAGE_CODE, serial)


def _reference(forms: Iterable[ReferenceForm], identity: PageIdentity) -> ReferencePage | None:
    for form in forms:
        if form.layout.version.startswith(identity.form):
            for page in form.pages:
                if page.layout.number == identity.page:
                    return page
    return None


def _frame(page: PageLayout) -> Frame | None:
    return Frame(page.marks, page.code, page.serial) if page.code and page.marks else None
