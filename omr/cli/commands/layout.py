"""``omr layout``: where a form's targets lie, for other programs."""

import json
from pathlib import Path

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import FormOrSurvey, Settings, settings_of
from omr.language import say


@command(
    "layout",
    Panel.FORM,
    say(
        "Ghi ra màn hình vị trí các ô của mẫu phiếu, dạng JSON, cho chương trình khác dùng.",
        "Write the places of a form's targets to the screen as JSON, for other programs.",
    ),
    "omr layout t1-mot-cua > layout.json",
    "omr layout khao-sat",
)
def layout(
    form: FormOrSurvey,
    settings: Settings = None,
) -> None:
    """The contract's layout object; a list of them for a survey with several forms."""
    from omr import pipeline
    from omr.form import find_form

    path = Path(form)
    given = settings_of(settings)
    described = pipeline.describe_layout(path if path.is_dir() else find_form(form), given)
    typer.echo(json.dumps(described, ensure_ascii=False, indent=1))
