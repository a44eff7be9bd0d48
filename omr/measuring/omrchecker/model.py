"""What a template says, in one form for all generations of the format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """Fields of one kind in a regular arrangement, in pixels of the template's frame.

    ``origin`` is the top-left corner of the first bubble and ``bubble`` the width and height of
    each. The bubbles of a field follow each other at ``bubbles_gap`` (corner to corner), downwards
    if ``vertical``; the fields follow each other the other way, at ``labels_gaps`` (one gap fewer
    than there are labels).
    """

    name: str
    origin: Pair
    bubble: Pair
    bubbles_gap: float
    labels_gaps: tuple[float, ...]
    vertical: bool
    labels: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CropPage:
    """The page's own edge on a background of another brightness becomes the frame."""


@dataclass(frozen=True, slots=True)
class CropOnMarkers:
    """The centres of four printed markers become the frame's corners.

    ``picture`` shows one marker. Its width on the page is ``width`` px of the frame before, times
    one of the ``scales``; a place counts from a likeness (correlation) of ``least_likeness`` on.
    """

    picture: Path
    width: float
    scales: Pair
    least_likeness: float


@dataclass(frozen=True, slots=True)
class AlignToReference:
    """The print is laid upon that of a reference picture, which becomes the frame."""

    reference: Path


Step = CropPage | CropOnMarkers | AlignToReference


@dataclass(frozen=True, slots=True)
class Template:
    """A template: ``size`` is width and height of its frame in pixels.

    ``processing`` is width and height to which a picture is brought before the ``steps``.
    ``joined`` are columns that are several fields put together (a roll number of digits).
    ``ignored`` names what the template asks for and this program has no use for, a line each.
    """

    path: Path
    size: Pair
    processing: Pair
    blocks: tuple[FieldBlock, ...]
    steps: tuple[Step, ...]
    joined: tuple[tuple[str, tuple[str, ...]], ...]
    ignored: tuple[str, ...]
