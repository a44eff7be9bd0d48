"""Workers: outcomes come home in order, and a fault of ours on one page stays on that page."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omr.outcome import PageBlank, PageRefused
from omr.refusal import Reason, Refusal
from omr.scan.model import PageName, PageRef
from omr.workers import default_jobs, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.outcome import PageOutcome


@dataclass(frozen=True)
class Eccentric:
    """A reader that takes its time on some pages, and fails on others."""

    slow: frozenset[int] = frozenset()
    fails: frozenset[int] = frozenset()
    seen: list[int] = field(default_factory=list)

    def __call__(self) -> Eccentric:
        """It makes itself: a fresh copy in every worker."""
        return self

    def read(self, ref: PageRef) -> PageOutcome:
        page = ref.name.page
        self.seen.append(page)
        if page in self.slow:
            time.sleep(0.2)
        if page in self.fails:
            message = f"page {page} is too much"
            raise ArithmeticError(message)
        return PageBlank(ref.name, ref.sha256, float(os.getpid()))


def refs(count: int) -> list[PageRef]:
    return [
        PageRef(PageName("scan.pdf", number), Path("scan.pdf"), "0" * 64, number - 1)
        for number in range(1, count + 1)
    ]


def pages(outcomes: list[PageOutcome]) -> list[int]:
    return [outcome.name.page for outcome in outcomes]


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_the_order_of_the_pages(jobs: int) -> None:
    reader = Eccentric(slow=frozenset({1, 4}))
    outcomes = list(read_pages(refs(12), reader, jobs))  # type: ignore[arg-type]
    assert pages(outcomes) == list(range(1, 13))
    made_by = {outcome.dpi for outcome in outcomes if isinstance(outcome, PageBlank)}
    assert (os.getpid() in made_by) == (jobs == 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_on_one_page_is_that_pages_refusal(jobs: int) -> None:
    reader = Eccentric(fails=frozenset({2, 5}))
    outcomes = list(read_pages(refs(6), reader, jobs))  # type: ignore[arg-type]
    assert pages(outcomes) == list(range(1, 7))
    refused = {o.name.page: o.refusal for o in outcomes if isinstance(o, PageRefused)}
    assert refused == {
        page: Refusal(Reason.INTERNAL_ERROR, f"ArithmeticError:page {page} is too much")
        for page in (2, 5)
    }


def test_no_pages_are_no_outcomes() -> None:
    assert list(read_pages([], Eccentric(), 1)) == []  # type: ignore[arg-type]


def test_pages_are_read_as_they_are_asked_for() -> None:
    """With one job nothing is read ahead: leaving early loses no work that was done."""
    reader = Eccentric()
    outcomes: Iterator[PageOutcome] = read_pages(refs(9), reader, 1)  # type: ignore[arg-type]
    assert [next(outcomes).name.page for _ in range(3)] == [1, 2, 3]
    assert reader.seen == [1, 2, 3]


def test_memory_does_not_grow_with_the_pile() -> None:
    """Only a few pages are handed out ahead of what has come home."""
    handed_out: list[int] = []

    def pile() -> Iterator[PageRef]:
        for ref in refs(60):
            handed_out.append(ref.name.page)
            yield ref

    outcomes = read_pages(pile(), Eccentric(), 2)  # type: ignore[arg-type]
    next(iter(outcomes))
    assert len(handed_out) <= 20
    outcomes.close()  # type: ignore[attr-defined]


def test_there_is_always_a_worker() -> None:
    assert 1 <= default_jobs() <= (os.cpu_count() or 1)
