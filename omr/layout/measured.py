"""The layout of a measured form: its picture's pixels as nominal millimetres."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.geometry import NOMINAL_WIDTH_MM, Size
from omr.layout.digest import measured_version
from omr.layout.model import Layout, PageLayout, Shape, Target

if TYPE_CHECKING:
    from omr.form.designed import MeasuredForm


def measured_layout(measured: MeasuredForm, size_px: tuple[int, int]) -> Layout:
    """Layout of a measured form whose picture is ``size_px`` wide and high, taken as 210 mm wide.

    A box of the form's file spans whole pixels: x = 0 is the picture's left edge.
    """
    mm_per_px = NOMINAL_WIDTH_MM / size_px[0]
    targets = tuple(
        Target(target.question, target.option, Shape(target.shape), target.box_px.scaled(mm_per_px))
        for target in measured.targets
    )
    layout = Layout(
        form_id=measured.form.id,
        version="",
        size=Size(NOMINAL_WIDTH_MM, size_px[1] * mm_per_px),
        pages=(PageLayout(1, targets),),
        reference_size_px=size_px,
    )
    return replace(layout, version=measured_version(measured.form, layout))
