"""The bench on itself: batches made, recorded, gone on with, told; and a handful of real ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omr.accuracy import docs, ledger
from omr.accuracy.failure_page import write_failure_page
from omr.accuracy.forms import CYCLE, form_file, form_of
from omr.accuracy.ledger import Ledger, present
from omr.accuracy.model import Profile
from omr.accuracy.records import BatchRecord, BatchTask, Kind, added
from omr.accuracy.report import as_text, by_profile, further_tables, main_rows
from omr.accuracy.run import PAPER, Plan, missing, run
from omr.form import shipped_forms
from tests.accuracy.fake_people import FakePeople

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = "t1-mot-cua"
PLAN = Plan((Profile.OFFICE, Profile.BILEVEL), range(5, 6), sheets=1, captures=2)
BATCHES = 2
LIES = 1


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """All batches of the plan, made by people of whom something wrong is told."""
    folder = tmp_path_factory.mktemp("done")
    list(run(missing(PLAN, Ledger(folder)), Ledger(folder), FakePeople(LIES), 1))
    return Ledger(folder)


def told(records: Sequence[BatchRecord]) -> str:
    counts = by_profile(records)
    tables = [main_rows(counts), *(rows for _, rows in further_tables(counts))]
    return "\n\n".join(as_text(rows) for rows in tables)


def test_every_question_is_counted_once(done: Ledger) -> None:
    for record in done.records():
        counts = record.counts
        verdicts = ("right", "silent", "review", "refused", "lost")
        assert counts["sheets"] == 1
        assert counts["questions"] == sum(counts.get(verdict, 0) for verdict in verdicts)
        assert counts["questions"] > 10
        assert counts["rescanned"] > 30
        assert counts.get("flips", 0) == 0


def test_a_lie_is_a_silent_error_with_a_picture(done: Ledger) -> None:
    silent = [f for r in done.records() for f in r.failures if f.kind is Kind.SILENT]
    assert len(silent) == BATCHES
    for failure in silent:
        assert failure.expected != failure.read
        assert (done.folder / failure.file).stat().st_size > 1000
    page = write_failure_page(done.folder, done.records(), "report").read_text("utf-8")
    assert page.count("<figure class='silent-error'>") == len(silent)
    assert "http" not in page
    assert "<script" not in page


@pytest.fixture
def out(done: Ledger, tmp_path: Path) -> Path:
    """A fresh output folder that shares the printed paper."""
    shutil.copytree(done.folder / PAPER, tmp_path / PAPER)
    return tmp_path


def test_a_stopped_run_goes_on_to_the_same_end(out: Path, done: Ledger) -> None:
    half = Ledger(out)
    batches = run(missing(PLAN, half), half, FakePeople(LIES), 1)
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    with half.path.open("a", encoding="utf-8") as file:
        file.write('{"task": {"prof')  # and a line that a crash cut short
    assert len(missing(PLAN, half)) == BATCHES - 1
    list(run(missing(PLAN, half), half, FakePeople(LIES), 1))
    assert missing(PLAN, half) == []
    assert told(present(half.records())) == told(present(done.records()))


def test_another_reader_starts_the_count_anew(
    done: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(present(done.records())) == BATCHES
    monkeypatch.setattr(ledger, "reader_digest", lambda: "another")
    assert present(done.records()) == []
    assert len(missing(PLAN, done)) == BATCHES


@pytest.mark.full
def test_two_processes_come_to_the_same(out: Path, done: Ledger) -> None:
    two = Ledger(out)
    list(run(missing(PLAN, two), two, FakePeople(LIES), 2))
    assert [r.task for r in two.records()] == [r.task for r in done.records()]
    assert told(two.records()) == told(done.records())


def test_a_seed_counts_once_whatever_was_asked_of_it(done: Ledger) -> None:
    records = done.records()
    more = [replace(r, task=replace(r.task, sheets=8, captures=1)) for r in records]
    assert present([*records, *more]) == more


def test_a_line_of_the_ledger_is_the_record(done: Ledger) -> None:
    for line, record in zip(done.path.read_text("utf-8").splitlines(), done.records(), strict=True):
        assert record.line() == line
        assert json.loads(line)["task"]["form"] == FORM


def test_counts_add_up_and_the_most_is_kept() -> None:
    assert added({"a": 1, "most/x": 5}, {"a": 2, "b": 1, "most/x": 3}) == {
        "a": 3, "b": 1, "most/x": 5,
    }  # fmt: skip


def test_no_two_sheets_have_one_seed() -> None:
    tasks = [BatchTask(profile, FORM, seed, 40) for profile in Profile for seed in (0, 1, 999_999)]
    seeds = [task.sheet_seed(sheet) for task in tasks for sheet in range(1, 41)]
    assert len(set(seeds)) == len(seeds)


def test_the_committed_ledger_grows_and_is_never_counted_twice(
    done: Ledger, tmp_path: Path
) -> None:
    document = tmp_path / docs.DOCUMENT
    document.write_text(f"Before.\n{docs.BEGIN}\nold\n{docs.END}\nAfter.\n", "utf-8")
    first = done.records()
    next_seed = [replace(r.task, seed=6, form=form_of(6)) for r in first]
    grown = [*first, *(replace(r, task=t) for r, t in zip(first, next_seed, strict=True))]
    docs.write_docs(first, tmp_path)
    once = document.read_text("utf-8")
    docs.write_docs(first, tmp_path)
    assert document.read_text("utf-8") == once
    assert "old" not in once
    assert once.startswith("Before.\n")
    assert once.endswith("\nAfter.\n")
    docs.write_docs(grown, tmp_path)
    runs = docs.read_runs(tmp_path / docs.RUNS)
    assert [run.seeds for run in runs] == [("5-6",), ("5-6",)]
    with pytest.raises(ValueError, match="counted already"):
        docs.write_docs(first, tmp_path)
    chosen = [replace(r, task=replace(r.task, form="t3-sipas")) for r in first]
    with pytest.raises(ValueError, match="--form"):
        docs.write_docs(chosen, tmp_path)
    other = [replace(record, reader="older") for record in first]
    docs.write_docs(other, tmp_path)
    assert len(docs.read_runs(tmp_path / docs.RUNS)) == 4
    assert "older" not in document.read_text("utf-8")


@pytest.mark.parametrize("text", ["", f"{docs.BEGIN}", f"{docs.END}{docs.BEGIN}", docs.BEGIN * 2])
def test_a_document_without_its_markers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="each once"):
        docs.renewed(text, "table")


def test_seeds_as_ranges() -> None:
    assert docs.ranges({3, 1, 2, 7}) == ("1-3", "7")
    assert docs.Run("office", ("1-3", "7"), "", "", {}).batches == {1, 2, 3, 7}


def test_the_document_has_its_markers_and_its_ledger_is_whole() -> None:
    folder = Path(__file__).resolve().parents[2] / "docs"
    text = (folder / docs.DOCUMENT).read_text("utf-8")
    assert docs.renewed(text, "table").count("\ntable\n") == 1
    for told_run in docs.read_runs(folder / docs.RUNS):
        assert told_run.profile in list(Profile)
        assert told_run.counts["sheets"] > 0


def test_every_form_of_the_cycle_is_there_and_every_shipped_form_in_it() -> None:
    assert all(form_file(name).is_file() for name in CYCLE)
    assert set(shipped_forms()) < set(CYCLE)
    assert form_of(5) == FORM
