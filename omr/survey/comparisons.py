"""Whether two page images show the same paper: asked once for each pair, then on record.

Comparing two ink maps takes tens of milliseconds; a stack that went through the scanner twice would
cost minutes at every command. The page images never change, so neither does the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.survey import readings
from omr.survey.ink_pattern import alike_pairs
from omr.survey.papers import PaperTests, both_empty, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from omr.outcome import PageRead
    from omr.survey.database import Database

_INSERT = "INSERT INTO comparison VALUES (?, ?, ?) ON CONFLICT (first, second) DO NOTHING"


class Comparisons:
    """Compares page images by their ink; call it like a function, then :meth:`save` the answers."""

    def __init__(self, database: Database, same_paper: Callable[[bytes, bytes], bool]) -> None:
        """``same_paper`` judges two ink maps (1-bit PNGs) that were not compared before."""
        self._database = database
        self._same_paper = same_paper
        self._ids = readings.page_ids(database)
        self._patterns = readings.patterns(database)
        rows = database.rows("SELECT first, second, same FROM comparison")
        self._known = {(first, second): bool(same) for first, second, same in rows}
        self._new: dict[tuple[int, int], bool] = {}

    def __call__(self, first: PageRead, second: PageRead) -> bool:
        """Whether both images show the same paper."""
        one, other = sorted(self._ids[page.sha256, page.name.page] for page in (first, second))
        if (one, other) not in self._known:
            self._known[one, other] = self._new[one, other] = self._compare(first, second)
        return self._known[one, other]

    @property
    def tests(self) -> PaperTests:
        """All that tells papers apart."""
        return PaperTests(self, self._alike, self._inkless)

    def save(self) -> None:
        """Record the new answers."""
        if not self._new:
            return
        with self._database.transaction():
            for (one, other), same in self._new.items():
                self._database.insert(_INSERT, (one, other, int(same)))
        self._new.clear()

    def _alike(self, pages: Sequence[PageRead]) -> Iterator[tuple[int, int]]:
        return alike_pairs([self._pattern(page) for page in pages])

    def _inkless(self, page: PageRead) -> bool:
        return says_nothing(page) and not self._pattern(page)

    def _pattern(self, page: PageRead) -> bytes:
        return self._patterns.get((page.sha256, page.name.page), b"")

    def _compare(self, first: PageRead, second: PageRead) -> bool:
        one, other = (readings.ink(self._database, page) for page in (first, second))
        return self._same_paper(one, other) or both_empty(first, second, one, other)
