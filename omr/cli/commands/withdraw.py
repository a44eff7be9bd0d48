"""``omr withdraw``: a wrongly read file goes out again, on record."""

from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import SurveyFolder
from omr.language import say


@command(
    "withdraw",
    Panel.READ,
    say(
        "Rút một tệp quét đã đọc nhầm ra khỏi kết quả.\n\n"
        "Việc rút được ghi lại và có thể khôi phục "
        "bằng --undo.",
        "Take a wrongly read scan out of the results.\n\nIt is recorded, and --undo takes it back.",
    ),
    "omr withdraw khao-sat quet-nham.pdf",
    "omr withdraw khao-sat quet-nham.pdf --undo",
)
def withdraw(
    survey: SurveyFolder,
    scan: Annotated[
        str,
        typer.Argument(
            metavar="SCAN",
            help=say(
                "Tên tệp như cột source của pages.csv, hoặc mã SHA-256 của tệp.",
                "The file's name as in column source of pages.csv, or its SHA-256.",
            ),
            show_default=False,
        ),
    ],
    undo: Annotated[
        bool,
        typer.Option(
            "--undo", help=say("Khôi phục tệp đã rút.", "Let the withdrawn file count again.")
        ),
    ] = False,
) -> None:
    """Withdraw the file, or let it count again, and name it."""
    from omr.survey import Survey

    with Survey.open(survey) as opened:
        files = opened.undo_withdraw(scan) if undo else opened.withdraw(scan)
    for file in files:
        typer.echo(
            say(f"Đã khôi phục: {file.file}", f"Counts again: {file.file}")
            if undo
            else say(f"Đã rút: {file.file}", f"Withdrawn: {file.file}")
        )
