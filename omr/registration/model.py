"""A page whose place on the image is known, target by target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.geometry import PageTransform
    from omr.identity import PageIdentity
    from omr.layout.model import Target
    from omr.reference import ReferencePage
    from omr.scan.model import ScannedPage


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a target lies.

    ``shift_mm`` is how far (x, y) its print was found from where the page
    transform puts it, ``agreement`` (-1..1) how well the print there matches the reference.
    ``found`` is False where its own print could not be found (covered, torn, mistaken for other
    print) and the shift is its neighbours'.
    """

    target: Target
    shift_mm: tuple[float, float]
    agreement: float
    found: bool


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """How the page lies on the image, for ``pages.csv``.

    ``rotation`` is the turn in degrees, clockwise, that the paper has on the image (-180..180);
    ``scale_x``, ``scale_y`` the print's size along paper x and y against 100 %, given that the
    image's ``dpi`` is true; ``residual_mm`` how far the print lies from the fitted page (RMS).
    """

    dpi: float
    rotation: float
    scale_x: float
    scale_y: float
    residual_mm: float


@dataclass(frozen=True)
class RegisteredPage:
    """A scanned page, which page of which form it is, and where every target lies.

    ``identity`` is None for measured forms. ``placements`` follow ``reference.layout.targets``.
    """

    page: ScannedPage
    identity: PageIdentity | None
    reference: ReferencePage
    transform: PageTransform
    placements: tuple[Placement, ...]
    geometry: PageGeometry
