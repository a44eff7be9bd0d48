"""What reading one page image came to: exactly one of three things, picklable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.gauge.model import GaugeReading
    from omr.identity import PageIdentity
    from omr.marks.model import Mark
    from omr.refusal import Refusal
    from omr.registration.model import PageGeometry
    from omr.responses.model import Response
    from omr.scan.model import PageName


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read.

    ``form_version`` and ``page`` say which layout it is; ``ink`` is a 1-bit PNG of what was added
    to the print (:mod:`omr.marks.ink_map`), by which the same paper is known again. ``crops`` are
    JPEG pictures of the questions that wait for a person, by question id. ``gauge`` is None where
    the form has none, or it was not found.
    """

    name: PageName
    sha256: str
    form_version: str
    page: int
    identity: PageIdentity | None
    geometry: PageGeometry
    marks: tuple[Mark, ...]
    responses: tuple[Response, ...]
    ink: bytes
    crops: tuple[tuple[str, bytes], ...] = ()
    gauge: GaugeReading | None = None


@dataclass(frozen=True, slots=True)
class PageBlank:
    """An empty side."""

    name: PageName
    sha256: str
    dpi: float | None


@dataclass(frozen=True, slots=True)
class PageRefused:
    """A page image that was not read, with the reason."""

    name: PageName
    sha256: str
    refusal: Refusal
    dpi: float | None = None


PageOutcome = PageRead | PageBlank | PageRefused
