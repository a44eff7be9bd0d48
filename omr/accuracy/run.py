"""Many batches by many processes, each recorded as it comes home; a stopped run goes on."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from omr.accuracy.digest import reader_digest, simulator_digest
from omr.accuracy.forms import form_of
from omr.accuracy.ledger import Ledger, present
from omr.accuracy.one_batch import BatchWork
from omr.accuracy.records import BatchTask
from omr.workers import each_done

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from omr.accuracy.model import Profile
    from omr.accuracy.paper import Simulation
    from omr.accuracy.records import BatchRecord

SHEETS = 30
"""Sheets of a batch, unless told otherwise."""
PAPER, UNFINISHED = "paper", "unfinished"


@dataclass(frozen=True)
class Plan:
    """Which batches are wanted. With ``forms``, only those; else each seed has its own form."""

    profiles: tuple[Profile, ...]
    seeds: range
    sheets: int = SHEETS
    captures: int = 1
    forms: tuple[str, ...] = ()

    def tasks(self) -> Iterator[BatchTask]:
        """Seed by seed, so that a run that is stopped has some of every profile."""
        for seed in self.seeds:
            form = self.forms[seed % len(self.forms)] if self.forms else form_of(seed)
            for profile in self.profiles:
                yield BatchTask(profile, form, seed, self.sheets, self.captures)


def missing(plan: Plan, ledger: Ledger) -> list[BatchTask]:
    """The batches of the plan that are not on record for the present reader and simulator."""
    done = {record.task for record in present(ledger.records())}
    return [task for task in plan.tasks() if task not in done]


def run(
    tasks: Sequence[BatchTask], ledger: Ledger, simulation: Simulation, jobs: int
) -> Iterator[BatchRecord]:
    """Do the batches; each is in the ledger when it is yielded, in the order of ``tasks``.

    One run at a time may use a folder. RuntimeError if the source changes while it runs.
    """
    digests = reader_digest(), simulator_digest()
    cache, unfinished = ledger.folder / PAPER / digests[1], ledger.folder / UNFINISHED
    cache.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(unfinished, ignore_errors=True)  # of a run that was killed
    unfinished.mkdir()
    try:
        for record in each_done(tasks, partial(start, cache, unfinished, simulation), jobs):
            if (record.reader, record.simulator) != digests:
                message = "the source of reader or simulator changed during the run; start anew"
                raise RuntimeError(message)
            yield ledger.add(record)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def start(cache: Path, unfinished: Path, simulation: Simulation) -> BatchWork:
    """What every process does before its first batch: Ctrl-C ends it at once and silently."""
    if multiprocessing.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return BatchWork(cache, unfinished, simulation)


def summed(records: Iterable[BatchRecord]) -> dict[str, float]:
    """Processor seconds by stage."""
    seconds: dict[str, float] = {}
    for record in records:
        for stage, spent in record.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
    return seconds
