"""Limits of what is accepted as a scan. Every number that bounds the input stands here.

Thresholds of the later stages (marks, registration, ...) stand beside those stages.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class InputLimits:
    """What a file may cost before it is refused, and which resolutions are believed."""

    max_pixels: int = 120_000_000
    """Pixels of one page image. A3 at 600 dpi, the largest honest page, has 70 million."""
    max_file_bytes: int = 4 * GIB
    """Bytes of one file on disk."""
    max_image_bytes: int = 512 * MIB
    """Bytes of one image file or ZIP member: these are held in memory as a whole."""
    max_members: int = 100_000
    """Members of one ZIP, pages of one PDF."""
    max_expansion: int = 200
    """Unpacked bytes of a ZIP per byte on disk. Uncompressed 1-bit TIFFs of blank paper come near
    100; a bomb is a thousand and more."""
    free_expansion_bytes: int = 256 * MIB
    """Unpacked bytes of a ZIP that are allowed whatever the ratio."""
    min_dpi: float = 50.0
    max_dpi: float = 2400.0
    """Resolutions outside this range are not believed (``dpi`` is then None)."""
    max_paper_mm: float = 700.0
    """A resolution that makes the page longer than this (A2 and a bit) is not believed: phones
    write 72 dpi into every photo."""
    raster_dpi: tuple[int, ...] = (300, 200)
    """Resolutions at which a PDF page of strips or vectors is drawn, the preferred one first."""
    raster_timeout_s: int = 60
    """Seconds that poppler may take for one page."""
    open_files: int = 4
    """Files and ZIP members that one process keeps open between pages."""


INPUT_LIMITS = InputLimits()
