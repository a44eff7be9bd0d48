"""The ledger of finished batches: one line of JSON each, so that a stopped run goes on."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omr.accuracy.digest import reader_digest, simulator_digest
from omr.accuracy.records import BatchRecord

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

LEDGER = "ledger.jsonl"
PICTURES = "pictures"


@dataclass(frozen=True)
class Ledger:
    """The ledger of an output folder, and the pictures beside it."""

    folder: Path

    @property
    def path(self) -> Path:
        """The file of lines."""
        return self.folder / LEDGER

    def records(self) -> list[BatchRecord]:
        """Every whole line, in order; a line that a crash cut short is passed over."""
        if not self.path.is_file():
            return []
        found = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(BatchRecord.parse(line))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def add(self, record: BatchRecord) -> BatchRecord:
        """Write the pictures, then the line; returns the record as the ledger has it."""
        kept = []
        for number, failure in enumerate(record.failures):
            task = record.task
            name = f"{task.form}-{task.seed}-{failure.sheet}-{failure.question or 'page'}-{number}"
            path = f"{PICTURES}/{task.profile.value}/{name}.jpg"
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(failure.picture)
            kept.append(replace(failure, picture=b"", file=path))
        told = record.with_failures(tuple(kept))
        with self.path.open("a+b") as file:
            _end_torn_line(file)
            file.write(told.line().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return told


def _end_torn_line(file: BinaryIO) -> None:
    """A crash may have left a line without its end: what follows must not grow onto it."""
    if file.seek(0, os.SEEK_END):
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":
            file.write(b"\n")


def present(records: list[BatchRecord]) -> list[BatchRecord]:
    """Those about the reader and the simulator as they are now.

    A seed counts once for a profile and form: with other numbers of sheets or captures it is made
    of the same sheets, and the last one stands.
    """
    digests = reader_digest(), simulator_digest()
    chosen = {
        (record.task.profile, record.task.form, record.task.seed): record
        for record in records
        if (record.reader, record.simulator) == digests
    }
    return list(chosen.values())
