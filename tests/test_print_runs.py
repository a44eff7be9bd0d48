"""Print runs: on record before they are on paper, and never half a file."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pikepdf
import pytest
from printed import COPIES, T1, T3, UNIT

from omr import language, pipeline, print_runs
from omr.errors import ExitCode, StoppedError, UsageError
from omr.identity import format_serial
from omr.survey.model import RunKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.printing import SheetToPrint
    from omr.survey import Survey


def span(first: int, last: int) -> str:
    return f"{format_serial(first)}-{format_serial(last)}"


@pytest.fixture
def survey(printed: PrintedSurvey, tmp_path: Path) -> Iterator[Survey]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    with printed.copy(tmp_path / "survey") as survey:
        yield survey
    language.use(before)


def test_a_folder_that_is_not_there_costs_no_serial(survey: Survey, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        pipeline.print_sheets(survey, 3, UNIT, "", tmp_path / "nowhere" / "x.pdf", T1)
    assert len(survey.runs()) == 2


def test_a_full_disk_leaves_no_file_and_says_how_to_print_after_all(
    survey: Survey, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "x.pdf"
    out.parent.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        with pytest.raises(UsageError, match=f"--again {span(17, 1016)}") as told:
            pipeline.print_sheets(survey, 1000, UNIT, "", out, T1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "File too large" in str(told.value)
    assert list(out.parent.iterdir()) == []
    assert survey.runs()[-1].last == 2 * COPIES + 1000
    pipeline.print_again(survey, 17, 19, out)
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 3


def test_an_interrupted_run_says_what_is_on_record(
    survey: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = print_runs._signed

    def interrupted(*arguments: object) -> Iterator[SheetToPrint]:
        yield next(iter(signed(*arguments)))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(print_runs, "_signed", interrupted)
    with pytest.raises(StoppedError, match=f"--again {span(17, 19)}") as told:
        pipeline.print_sheets(survey, 3, UNIT, "", tmp_path / "x.pdf", T1)
    assert told.value.exit_code is ExitCode.INTERRUPTED
    assert not (tmp_path / "x.pdf").exists()
    assert survey.runs()[-1].last == 2 * COPIES + 3


def test_a_master_is_one_sheet_on_record_without_a_serial(survey: Survey, tmp_path: Path) -> None:
    run = pipeline.print_master(survey, UNIT, "Hộ tịch", tmp_path / "master.pdf", T3)
    assert (run.kind, run.number, run.first, run.last) == (RunKind.MASTER, 3, 0, 0)
    assert len(list(survey.issued())) == 2 * COPIES
    with pikepdf.open(tmp_path / "master.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_a_master_whose_file_failed_is_simply_printed_once_more(
    survey: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> SheetToPrint:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(print_runs, "_master", full)
    with pytest.raises(UsageError, match="print the master once more"):
        pipeline.print_master(survey, UNIT, "", tmp_path / "master.pdf", T1)
    assert list(tmp_path.glob("*.pdf*")) == []
