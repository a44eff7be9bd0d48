"""The people and machines of the reported figure, put together: :mod:`hand` and :mod:`device`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.accuracy.device import capture, grey_of, print_on_paper
from omr.accuracy.hand import View, befallen, draw, fill, vanished
from omr.accuracy.paper import Delivered, Filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.accuracy.model import PaperSide, Profile
    from omr.form.model import Form
    from omr.layout.model import Layout

PAGES_APART = 1_000_000_000_000
"""Between the seeds of a sheet's pages: more than all seeds of sheets, less than a rescan's."""


@dataclass(frozen=True)
class PeopleAndMachines:
    """Sheets printed by an office's printer, filled in by people, captured by its devices."""

    def fill(
        self, form: Form, layout: Layout, sides: Sequence[PaperSide], profile: Profile, seed: int
    ) -> Filled:
        """One person fills in one printed sheet."""
        sheet = fill(form, layout, seed, profile)
        inked = tuple(
            draw(print_on_paper(side, seed, profile), sheet, page.number)
            for side, page in zip(sides, layout.pages, strict=True)
        )
        return Filled(sheet.said, inked, f"{sheet.pen.colour} {sheet.pen.kind}", sheet.strokes)

    def capture(self, layout: Layout, filled: Filled, profile: Profile, seed: int) -> Delivered:
        """Every page by itself; pages of one sheet are each other's back."""
        captured = []
        for number, side in enumerate(filled.sides):
            back = filled.sides[number ^ 1] if number ^ 1 < len(filled.sides) else None
            captured.append(capture(side, back, profile, seed + number * PAGES_APART))
        damage = {page.number: one.damage for page, one in zip(layout.pages, captured, strict=True)}
        views = {
            page.number: View(grey_of(one), one)
            for page, one in zip(layout.pages, captured, strict=True)
        }
        said = vanished(befallen(filled.said, layout, damage), layout, filled.strokes, views)
        return Delivered(said, tuple(captured), "; ".join(", ".join(c.notes) for c in captured))
