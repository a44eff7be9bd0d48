"""What people decided, looked up for a paper however its page images are named today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.survey.items import INVALID, VALID, WHOLE_SHEET, question_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from omr.survey.model import Decision
    from omr.survey.papers import Paper


class Verdicts:
    """The standing decisions, oldest first; the latest about the same paper holds.

    A decision was made on one page image. When the same paper is read again, another image may
    become the one that counts: so a decision on any image of a paper is one on the paper.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        """Index the decisions by item."""
        self._latest = {decision.item: (age, decision) for age, decision in enumerate(decisions)}

    def about_question(self, paper: Paper, question: str) -> Decision | None:
        """The decision that holds for one question of a paper, None if there is none."""
        return self._last([paper], question)

    def about_sheet(self, sides: Iterable[Paper]) -> Decision | None:
        """The decision that holds for a whole sheet: ``valid`` or ``invalid``; None if none."""
        decision = self._last(sides, WHOLE_SHEET)
        return decision if decision and decision.value in (VALID, INVALID) else None

    def _last(self, sides: Iterable[Paper], question: str) -> Decision | None:
        items = (question_item(image, question) for side in sides for image in side.images)
        found = [self._latest[item] for item in items if item in self._latest]
        return max(found, key=lambda dated: dated[0])[1] if found else None
