"""Previews: the pages of a form with every target outlined and named, as PDF or PNG."""

from omr.previewing.drawing import preview_pdf
from omr.previewing.files import write_preview
from omr.previewing.shown import Shown, shown, survey_shown

__all__ = ["Shown", "preview_pdf", "shown", "survey_shown", "write_preview"]
