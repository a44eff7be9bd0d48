"""Where a form's targets lie on paper: all that reading and printing must agree on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.geometry import Box, Size


class Shape(StrEnum):
    """Outline of a target."""

    BOX = "box"
    OVAL = "oval"


class Corner(StrEnum):
    """Corner of the upright page."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_RIGHT = "bottom-right"
    BOTTOM_LEFT = "bottom-left"


@dataclass(frozen=True, slots=True)
class Target:
    """The box or oval where a mark belongs; ``option`` is empty for a text question's frame."""

    question: str
    option: str
    shape: Shape
    box: Box


@dataclass(frozen=True, slots=True)
class RegistrationMark:
    """A printed ArUco mark (dictionary 4x4_50) that fixes the page's geometry."""

    corner: Corner
    marker_id: int
    box: Box


@dataclass(frozen=True, slots=True)
class GreyStep:
    """A patch printed in one grey: ``darkness`` 0 (paper) to 1 (black)."""

    box: Box
    darkness: float


@dataclass(frozen=True, slots=True)
class LinePattern:
    """Black lines and white gaps of equal width, ``pitch`` mm from line to line.

    ``upright`` lines run down the page.
    """

    box: Box
    pitch: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """Print of which everything is known, and two boxes that stay empty (see omr.layout.gauge)."""

    box: Box
    steps: tuple[GreyStep, ...]
    lines: tuple[LinePattern, ...]
    empties: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One printed side. Boxes in mm on the upright page printed at 100 %.

    ``marks``, ``code`` and ``serial`` are empty or None on a measured form.
    ``serial`` is the box around the printed serial, where a destroyed page code sends the eye.
    ``varying`` are the areas whose print differs from sheet to sheet (code, serial, unit, field):
    what stands there is never taken for a pen's ink. ``gauge`` is the print-and-scan gauge.
    """

    number: int
    targets: tuple[Target, ...]
    marks: tuple[RegistrationMark, ...] = ()
    code: Box | None = None
    serial: Box | None = None
    varying: tuple[Box, ...] = ()
    gauge: Gauge | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole form on paper.

    ``version`` is the hexadecimal SHA-256 of the form's content and geometry: two prints with the
    same version can be read by the same layout. ``reference_size_px`` is given for measured forms.
    """

    form_id: str
    version: str
    size: Size
    pages: tuple[PageLayout, ...]
    reference_size_px: tuple[int, int] | None = None

    @property
    def is_measured(self) -> bool:
        """Whether the paper was printed by somebody else."""
        return self.reference_size_px is not None

    def page(self, number: int) -> PageLayout:
        """The page with this number, from 1; KeyError if there is none."""
        for page in self.pages:
            if page.number == number:
                return page
        raise KeyError(number)
