"""One batch, as a user would do it: filled sheets, their image files, read, exported, compared."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from omr import pipeline
from omr.accuracy.compare import Tables, count_marks, count_sheet, judge_sheet
from omr.accuracy.digest import reader_digest, simulator_digest
from omr.accuracy.failures import Returned, failures_of, flipped, shown
from omr.accuracy.placement import placed
from omr.accuracy.printed import Printed, printed
from omr.accuracy.records import BatchRecord, BatchTask, Failure, added
from omr.accuracy.rescans import count_flips
from omr.batch import open_reader

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from omr.accuracy.paper import Simulation
    from omr.survey import Survey
    from omr.survey.model import Design

PLACED_EVERY = 5
"""Placement is measured on the pages of one sheet in so many."""
RESCAN_STEP = 7_000_000_000_000_000
"""Between the seeds of one sheet's captures: more than all seeds of sheets."""


@dataclass
class Stopwatch:
    """Processor seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.process_time)

    def lap(self, stage: str) -> None:
        """All since the last lap went into this stage."""
        now = time.process_time()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self.began, 3)
        self.began = now


@dataclass(frozen=True)
class BatchWork:
    """Makes batches of paper printed into ``cache``, filled in and captured by ``simulation``.

    ``unfinished`` is a folder for what lies about while a batch is under way.
    """

    cache: Path
    unfinished: Path
    simulation: Simulation

    def __call__(self, task: BatchTask) -> BatchRecord:
        """The record of one batch; its failures carry their pictures."""
        watch = Stopwatch()
        paper = printed(self.cache, task.form)
        watch.lap("print")
        with tempfile.TemporaryDirectory(dir=self.unfinished, ignore_cleanup_errors=True) as name:
            batch = _Batch(task, Path(name))
            with paper.survey(batch.survey) as survey:
                [design] = survey.designs.values()
                sheets = list(self._sheets(task, paper, design, batch.scans))
                watch.lap("simulate")
                pipeline.read(survey, [batch.scans], jobs=1, copy=False)
                watch.lap("read")
                batch.compare(survey, design, sheets)
                watch.lap("compare")
            batch.look_closer(design, sheets)
            watch.lap("look closer")
        failures = tuple(shown(batch.failures))
        return BatchRecord(
            task, reader_digest(), simulator_digest(), batch.counts, failures, watch.seconds
        )

    def _sheets(
        self, task: BatchTask, paper: Printed, design: Design, folder: Path
    ) -> Iterator[Returned]:
        folder.mkdir()
        pages = [page.number for page in design.layout.pages]
        for serial in range(1, task.sheets + 1):
            seed = task.sheet_seed(serial)
            sides = [paper.side(serial, page, len(pages)) for page in pages]
            filled = self.simulation.fill(design.form, design.layout, sides, task.profile, seed)
            captures = tuple(
                self.simulation.capture(design.layout, filled, task.profile, again)
                for again in range(seed, seed + task.captures * RESCAN_STEP, RESCAN_STEP)
            )
            names = [
                f"{serial:03d}-{page}{one.suffix}"
                for page, one in zip(pages, captures[0].sides, strict=True)
            ]
            for name, one in zip(names, captures[0].sides, strict=True):
                (folder / name).write_bytes(one.data)
            yield Returned(serial, filled.pen, captures, tuple(names))


@dataclass
class _Batch:
    """A batch under way in a folder of its own."""

    task: BatchTask
    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    @property
    def survey(self) -> Path:
        return self.folder / "survey"

    @property
    def scans(self) -> Path:
        return self.folder / "scans"

    def compare(self, survey: Survey, design: Design, sheets: list[Returned]) -> None:
        """Export what was read, and hold it against what was said."""
        assembly = pipeline.assemble(survey)
        pipeline.export_results(survey, self.folder / "export", assembly)
        review = pipeline.review_out(survey, self.folder / "review")
        tables = Tables.read(self.folder / "export", review.table)
        for sheet in sheets:
            judged = judge_sheet(tables, design, sheet.serial, sheet.files, sheet.said)
            rows = tables.marks.get(judged.name, [])
            self._count(count_sheet(design.form, judged, sheet.pen))
            self._count(count_marks(design.form, rows, sheet.said))
            self.failures += failures_of(self.task, design, sheet, judged, rows)

    def look_closer(self, design: Design, sheets: list[Returned]) -> None:
        """Placement on a part of the pages, and captures of one sheet against each other."""
        reader = open_reader(self.survey)
        for sheet in sheets:
            if sheet.serial % PLACED_EVERY == 1:
                for name, captured in zip(sheet.files, sheet.images, strict=True):
                    self._count(placed(self.scans / name, captured, reader))
            if len(sheet.captures) > 1:
                counts, flips = count_flips(sheet.every_capture, reader, self.folder / "rescans")
                self._count(counts)
                self.failures += flipped(self.task, design, sheet, flips)

    def _count(self, more: Counter[str]) -> None:
        self.counts = added(self.counts, more)
