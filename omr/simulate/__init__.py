"""A pen and a scanner that never were: filled, scanned-looking sheets whose truth is known.

A person fills in a printed page (:mod:`filling`), a device captures it (:mod:`scanner`), the
images are packed as devices pack them (:mod:`files`). Shares no code with the reader.
"""

from omr.simulate.answering import CAREFUL, CARELESS, ORDINARY, Act, Behaviour
from omr.simulate.filling import Answer, FilledSheet, fill_form, ink_page
from omr.simulate.paper import (
    PaperRaster,
    Toner,
    blank_paper,
    photocopy,
    print_with,
    render_pdf_page,
)
from omr.simulate.pens import PenKind
from omr.simulate.profiles import EXTREME, OFFICE, ONE_BIT, PHONE, POOR, Profile
from omr.simulate.scanner import ScannedImage, scan, scan_blank_back
from omr.simulate.settings import CaptureSettings, Mode
from omr.simulate.writers import MarkKind, Writer, any_writer, writer_with

__all__ = [
    "CAREFUL",
    "CARELESS",
    "EXTREME",
    "OFFICE",
    "ONE_BIT",
    "ORDINARY",
    "PHONE",
    "POOR",
    "Act",
    "Answer",
    "Behaviour",
    "CaptureSettings",
    "FilledSheet",
    "MarkKind",
    "Mode",
    "PaperRaster",
    "PenKind",
    "Profile",
    "ScannedImage",
    "Toner",
    "Writer",
    "any_writer",
    "blank_paper",
    "fill_form",
    "ink_page",
    "photocopy",
    "print_with",
    "render_pdf_page",
    "scan",
    "scan_blank_back",
    "writer_with",
]
