"""Parameters that several commands take, described once."""

from pathlib import Path
from typing import Annotated

import typer

from omr.language import say

SurveyFolder = Annotated[
    Path,
    typer.Argument(
        metavar="SURVEY",
        help=say("Thư mục của cuộc khảo sát.", "The survey folder."),
        show_default=False,
    ),
]
OutFolder = Annotated[
    Path,
    typer.Option(
        "-o",
        "--out",
        metavar="DIR",
        help=say("Thư mục nhận kết quả.", "Folder to write into."),
        show_default=False,
    ),
]
