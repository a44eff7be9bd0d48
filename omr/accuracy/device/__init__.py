"""Machines of an office: what a printer puts on paper, and what a scanner or phone makes of it.

Written from physics and from real scans, without knowledge of the reader: reflectance, light,
lens, pixel, noise, sharpening, tone curve, file. ``Capture.locate`` is exact truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.accuracy.device.camera import photograph
from omr.accuracy.device.files import grey_of
from omr.accuracy.device.model import Capture
from omr.accuracy.device.scanner import scan
from omr.accuracy.device.toner import print_on_paper
from omr.accuracy.model import Profile

if TYPE_CHECKING:
    from omr.accuracy.model import PaperSide

__all__ = ["Capture", "capture", "grey_of", "print_on_paper"]


def capture(front: PaperSide, back: PaperSide | None, profile: Profile, seed: int) -> Capture:
    """Scan or photograph one side of a sheet. The same arguments give the same bytes.

    ``back`` is what shimmers through where the paper is thin.
    """
    if profile is Profile.PHONE:
        return photograph(front, back, seed)
    return scan(front, back, profile, seed)
