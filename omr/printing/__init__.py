"""Printing: a typeset form as sheets in a PDF, and as the pictures that reading compares with."""

from omr.printing.overlay import Overlay, Stroke
from omr.printing.reference import render_reference
from omr.printing.sheets import SheetToPrint, print_sheets
from omr.printing.whole_file import whole_file

__all__ = [
    "Overlay",
    "SheetToPrint",
    "Stroke",
    "print_sheets",
    "render_reference",
    "whole_file",
]
