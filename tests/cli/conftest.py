"""A survey as the commands find it: printed, and read without any image work."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_made import page
from typer.testing import CliRunner

from omr.identity import PageIdentity
from omr.language import Language, current, use
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.responses.model import Doubt
from omr.scan.model import PageName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typer.testing import Result

    from omr.survey import Survey

FORM = "t1-mot-cua"
GOOD = {f"q{number}": "5" for number in range(1, 11)}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages in English, whatever the machine's locale; help texts stay as first imported."""
    before = current()
    use(Language.ENGLISH)
    yield
    use(before)


@pytest.fixture
def omr() -> Callable[..., Result]:
    """Run ``omr`` in this process: ``omr("status", folder)``."""

    def run(*arguments: object) -> Result:
        from omr.cli import language_first
        from omr.cli.app import app

        return CliRunner().invoke(app, language_first([str(each) for each in arguments]))

    return run


@pytest.fixture(scope="session")
def read_survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six sheets printed; 1 and 2 read, 3 waits, a blank back, a foreign page, the rest missing."""
    from omr import pipeline
    from omr.form import find_form

    root = tmp_path_factory.mktemp("cli")
    with pipeline.init(root / "ks", [find_form(FORM)], ["Xã Cẩm Vinh"]) as survey:
        pipeline.print_sheets(survey, 6, "Xã Cẩm Vinh", "Hộ tịch", root / "phieu.pdf")
        survey.record(
            [
                sheet_page(survey, 1, GOOD),
                sheet_page(survey, 2, {**GOOD, "q1": "2"}),
                sheet_page(survey, 3, {**GOOD, "q2": "5+4"}, doubts={"q2": (Doubt.DOUBLE,)}),
                PageBlank(PageName("back.pdf", 1), "b" * 64, 200.0),
                PageRefused(PageName("photo.jpg", 1), "c" * 64, Refusal(Reason.NO_MARKS_FOUND)),
            ]
        )
    return root / "ks"


@pytest.fixture
def survey(read_survey: Path, tmp_path: Path) -> Path:
    """A copy of its own of the read survey: a copy of the folder is a whole survey."""
    return Path(shutil.copytree(read_survey, tmp_path / "ks"))


def sheet_page(
    survey: Survey,
    serial: int,
    values: dict[str, str],
    doubts: dict[str, tuple[Doubt, ...]] | None = None,
) -> PageRead:
    """Page 1 of a sheet of the survey, as the reader would have recorded it."""
    (design,) = survey.designs.values()
    version = design.layout.version
    made = page(design.form, values, serial=serial, doubts=doubts)
    waiting = tuple((question, b"\xff\xd8jpeg") for question in doubts or {})
    return replace(
        made,
        form_version=version,
        identity=PageIdentity(survey.id, version[:12], serial, 1),
        crops=waiting,
    )
