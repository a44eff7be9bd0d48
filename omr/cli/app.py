"""The application ``omr``: its commands in the order of work, and what holds for all of them."""

from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import Annotated, Any

import typer

from omr import __version__
from omr.cli.help import OmrCommand, OmrGroup
from omr.language import Language, current, say


class Panel(Enum):
    """The groups of commands in ``omr --help``, in the order of work."""

    START = say("Bắt đầu", "Begin")
    FORM = say("Mẫu phiếu", "Forms")
    PRINT = say("Cuộc khảo sát và in phiếu", "Survey and printing")
    READ = say("Đọc phiếu", "Reading")
    REVIEW = say("Xem xét", "Review")
    RESULT = say("Kết quả", "Results")


app = typer.Typer(
    cls=OmrGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=say(
        "Phiếu: in phiếu khảo sát mức độ hài lòng, đọc bản quét, xem xét chỗ chưa rõ và tổng hợp "
        "kết quả. Chạy hoàn toàn trên máy này, không cần mạng.",
        "Phiếu: print satisfaction surveys, read the scans, review what is doubtful, and tally. "
        "Everything stays on this computer; no network is needed.",
    ),
    epilog=say("Ví dụ:\nomr demo", "Example:\nomr demo"),
)


def command(
    name: str, panel: Panel, help_text: str, *examples: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command of ``omr``, with its help and at least one example."""
    heading = say("Ví dụ:", "Example:" if len(examples) == 1 else "Examples:")
    return app.command(
        name,
        cls=OmrCommand,
        help=help_text,
        epilog="\n".join((heading, *examples)),
        rich_help_panel=panel.value,
    )


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"omr {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _omr(
    context: typer.Context,
    _language: Annotated[
        Language,
        typer.Option(
            "--lang",
            metavar="vi|en",
            help=say(
                "Ngôn ngữ màn hình (mặc định theo OMR_LANG, rồi theo máy).",
                "Screen language (default: OMR_LANG, then the locale).",
            ),
        ),
    ] = current(),
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help=say("Hiện số phiên bản.", "Show the version."),
        ),
    ] = False,
) -> Any:
    """Without a command, show what there is. The language was chosen before this was built."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


import_module("omr.cli.commands")  # each command registers with the application above
