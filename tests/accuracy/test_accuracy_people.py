"""A handful of the very sheets that the reported figure is made of, over all profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr.accuracy.ledger import Ledger
from omr.accuracy.model import Profile
from omr.accuracy.run import Plan, run
from omr.accuracy.simulated import PeopleAndMachines

if TYPE_CHECKING:
    from pathlib import Path

    from omr.accuracy.records import BatchRecord

MOST_PLACED_UM = 1000


def batches(folder: Path, plan: Plan) -> list[BatchRecord]:
    return list(run(list(plan.tasks()), Ledger(folder), PeopleAndMachines(), 1))


def is_forgivable(record: BatchRecord) -> bool:
    return record.counts.get("silent", 0) == record.counts["sheets_lost"] == 0


@pytest.mark.parametrize("sheets", [1, pytest.param(4, marks=pytest.mark.full)])
def test_a_handful_of_sheets_of_every_profile(tmp_path: Path, sheets: int) -> None:
    plan = Plan(tuple(Profile), range(4242, 4243), sheets=sheets, forms=("t1-mot-cua",))
    done = batches(tmp_path, plan)
    assert [record.task.profile for record in done] == list(Profile)
    wrong = [str(f) for record in done for f in record.failures if not is_forgivable(record)]
    assert not wrong
    for record in done:
        counts = record.counts
        assert counts["questions"] == sheets * 14
        assert (
            counts.get("refused", 0) + counts.get("right", 0) + counts.get("review", 0)
            == counts["questions"]
        )
        assert counts.get("most/placed_um", 0) < MOST_PLACED_UM


@pytest.mark.full
@pytest.mark.parametrize("form", ["t3-sipas", "phieu-so"])
def test_more_sheets_with_backs_and_numbers(tmp_path: Path, form: str) -> None:
    plan = Plan(tuple(Profile), range(4244, 4245), sheets=8, captures=2, forms=(form,))
    for record in batches(tmp_path, plan):
        assert record.counts["sheets"] == 8
        assert record.counts["sheets_lost"] == 0
        assert record.counts["rescanned"] > 0
