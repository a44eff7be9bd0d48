"""A deck on record as what is printed upon its sheets, now or once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.deck.drawing import sheet_overlays
from omr.deck.plan import plan_deck
from omr.errors import UsageError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.layout import Typeset
    from omr.printing import Overlay
    from omr.survey.model import ExpectedAnswer, PrintRun


def deck_overlays(
    pages: Typeset, run: PrintRun, recorded: Mapping[int, Sequence[ExpectedAnswer]]
) -> Mapping[int, tuple[Overlay, ...]]:
    """What stands upon the pages of each sheet of the deck ``run``, by serial.

    Raises:
        UsageError: this program marks such a deck otherwise than it is on record.
    """
    sheets = dict(enumerate(plan_deck(pages.form), start=run.first))
    if {serial: sheet.expected for serial, sheet in sheets.items()} != dict(recorded):
        raise UsageError(
            say(
                f"Bộ phiếu thử của đợt in {run.number} do phiên bản chương trình khác tạo ra nên "
                "không in lại được. Hãy tạo bộ phiếu thử mới bằng omr deck.",
                f"The test deck of print run {run.number} was made by another version of this "
                "program and cannot be printed again. Make a new one with omr deck.",
            )
        )
    seed = pages.layout.version
    return {
        serial: sheet_overlays(sheet, pages.layout, f"{seed} {serial - run.first}")
        for serial, sheet in sheets.items()
    }
