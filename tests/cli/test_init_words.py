"""The last line of ``omr init`` is a command that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from omr.cli import language_first
from omr.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


def test_of_several_forms_one_is_named(tmp_path: Path) -> None:
    survey = tmp_path / "s"
    forms = ("--form", "t1-mot-cua", "--form", "t2-giai-quyet-tthc")
    said = CliRunner().invoke(app, language_first(["--lang", "en", "init", str(survey), *forms]))
    assert said.exit_code == 0
    *_, first, last = said.stdout.splitlines()
    assert f"omr deck {survey} --form t" in first
    assert last.startswith(f"Next: omr print {survey} --form t")
    command = last.removeprefix("Next: omr ").replace(" N ", " 1 ").split()
    command[-1] = str(tmp_path / "out.pdf")
    printed = CliRunner().invoke(app, language_first(command))
    assert printed.exit_code == 0, printed.output
