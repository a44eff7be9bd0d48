"""A killed reading loses nothing that it had said was recorded, and leaves no lock behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from survey_makers import a_page

from omr.errors import SurveyError
from omr.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITER = """
import sys
from pathlib import Path
from itertools import count
from survey_makers import a_page
from omr.survey import Survey

with Survey.open(Path(sys.argv[1])) as survey, survey.reading(["feeder"]):
    for number in count(1):
        survey.record([a_page(f"{number}.pdf", serial=number, ink=bytes(5000))])
        print(number, flush=True)
"""


@pytest.fixture
def writer(survey: Survey) -> Iterator[subprocess.Popen[str]]:
    """A process that records page after page, and says each when it is recorded."""
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(survey.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    with process:
        yield process
        process.kill()


def acknowledged(process: subprocess.Popen[str], at_least: int) -> int:
    """Wait for so many pages, kill, and return the last one that was said to be recorded."""
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= at_least:
            break
    process.kill()
    rest = process.stdout.read().split()
    process.wait()
    return int(rest[-1]) if rest else at_least


@pytest.mark.parametrize("at_least", [1, 7, 40])
def test_what_was_acknowledged_survives_a_kill(
    survey: Survey, writer: subprocess.Popen[str], at_least: int
) -> None:
    last = acknowledged(writer, at_least)
    with Survey.open(survey.folder) as again:
        names = {page.name.file for page in again.outcomes()}
        assert {f"{number}.pdf" for number in range(1, last + 1)} <= names
        assert len(names) <= last + 1
        with again.reading():
            assert again.record([a_page("after.pdf", serial=None)]) == 1


def test_a_reading_by_another_process_is_said_with_its_number(
    survey: Survey, writer: subprocess.Popen[str]
) -> None:
    assert writer.stdout is not None
    writer.stdout.readline()
    with pytest.raises(SurveyError, match=str(writer.pid)), survey.reading():
        pytest.fail("both were let in")
