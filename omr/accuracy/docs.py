"""The figure in the documents: a committed ledger of whole runs, and the table made from it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from omr.accuracy.digest import reader_digest, simulator_digest
from omr.accuracy.forms import form_of
from omr.accuracy.records import added
from omr.accuracy.report import as_markdown, further_tables, main_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from omr.accuracy.records import BatchRecord

DOCUMENT, RUNS = "accuracy.md", "accuracy-ledger.jsonl"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


@dataclass(frozen=True)
class Run:
    """One profile over all its seeds, of one reader and one simulator: a line of the ledger.

    ``seeds`` are ranges such as ``100000-100199``, both ends included.
    """

    profile: str
    seeds: tuple[str, ...]
    reader: str
    simulator: str
    counts: dict[str, int]

    @property
    def batches(self) -> frozenset[int]:
        """Every seed."""
        found: set[int] = set()
        for text in self.seeds:
            first, _, last = text.partition("-")
            found.update(range(int(first), int(last or first) + 1))
        return frozenset(found)


def write_docs(records: Sequence[BatchRecord], docs: Path) -> tuple[Path, Path]:
    """Add these batches to the committed ledger and renew the document's table; both paths.

    ValueError where some, but not all, seeds of a run on record are among these (they would count
    twice), or where somebody chose the form of a batch.
    """
    if any(record.task.form != form_of(record.task.seed) for record in records):
        message = "batches of chosen forms (--form) are not for the documents"
        raise ValueError(message)
    document, ledger = docs / DOCUMENT, docs / RUNS
    runs = with_records(read_runs(ledger), records)
    lines = "".join(json.dumps(asdict(run), ensure_ascii=False) + "\n" for run in runs)
    ledger.write_text(lines, encoding="utf-8", newline="\n")
    text = renewed(document.read_text(encoding="utf-8"), table_of(runs))
    document.write_text(text, encoding="utf-8", newline="\n")
    return document, ledger


def read_runs(ledger: Path) -> list[Run]:
    """The committed ledger; empty where there is none yet."""
    if not ledger.is_file():
        return []
    return [_run(json.loads(line)) for line in ledger.read_text(encoding="utf-8").splitlines()]


def with_records(runs: Sequence[Run], records: Iterable[BatchRecord]) -> list[Run]:
    """The ledger with these batches: a run that they hold wholly is replaced, others stay."""
    fresh: dict[tuple[str, str, str], list[BatchRecord]] = {}
    for record in records:
        key = (record.task.profile.value, record.reader, record.simulator)
        fresh.setdefault(key, []).append(record)
    kept = list(runs)
    for key, batches in fresh.items():
        new = _summed(key, batches)
        for old in list(kept):
            same = (old.profile, old.reader, old.simulator) == key
            if same and new.batches & old.batches:
                if not old.batches <= new.batches:
                    message = f"{old.profile}: some of the seeds {old.seeds} are counted already"
                    raise ValueError(message)
                kept.remove(old)
        kept.append(new)
    return sorted(kept, key=lambda run: (run.reader, run.simulator, run.profile, run.seeds))


def table_of(runs: Iterable[Run]) -> str:
    """Markdown of all runs about the present reader and simulator, further tables included."""
    counts: dict[str, dict[str, int]] = {}
    seeds: list[str] = []
    present = reader_digest(), simulator_digest()
    for run in runs:
        if (run.reader, run.simulator) == present:
            counts[run.profile] = added(counts.get(run.profile, {}), run.counts)
            seeds.append(f"{run.profile} {', '.join(run.seeds)}")
    if not counts:
        return "No run of the present reader and simulator yet."
    head = f"Reader `{present[0]}`, simulator `{present[1]}`; seeds: {'; '.join(seeds)}."
    parts = [head, as_markdown(main_rows(counts))]
    parts += [f"### {title}\n\n{as_markdown(rows)}" for title, rows in further_tables(counts)]
    return "\n\n".join(parts)


def renewed(document: str, table: str) -> str:
    """The document with this table between its markers; ValueError unless both stand there once."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        message = f"{DOCUMENT} must have {BEGIN} and then {END}, each once"
        raise ValueError(message)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _summed(key: tuple[str, str, str], batches: Sequence[BatchRecord]) -> Run:
    counts: dict[str, int] = {}
    for batch in batches:
        counts = added(counts, batch.counts)
    profile, reader, simulator = key
    seeds = ranges({batch.task.seed for batch in batches})
    return Run(profile, seeds, reader, simulator, dict(sorted(counts.items())))


def ranges(numbers: Iterable[int]) -> tuple[str, ...]:
    """Numbers as ranges: ``{1, 2, 3, 7}`` becomes ``1-3`` and ``7``."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return tuple(f"{a}-{b}" if a != b else str(a) for a, b in found)


def _run(line: dict[str, Any]) -> Run:
    return Run(**{**line, "seeds": tuple(line["seeds"])})
