"""``omr read``: scans become readings."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import SurveyFolder
from omr.cli.read_summary import show_summary, summary_object
from omr.errors import NoInputError
from omr.language import say

if TYPE_CHECKING:
    from omr.pipeline import ReadSummary


@command(
    "read",
    Panel.READ,
    say(
        "Đọc bản quét: tệp PDF, TIFF, JPEG, PNG, HEIC, ZIP, hoặc cả thư mục.\n\n"
        "Trang nào không đọc "
        "được sẽ được nêu kèm lý do, các trang khác vẫn đọc tiếp. Chạy lại trên các tệp cũ không "
        "làm thay đổi gì; nếu bị ngắt giữa chừng, chạy lại sẽ đọc tiếp.",
        "Read scans: PDF, TIFF, JPEG, PNG, HEIC, ZIP, or folders of them.\n\n"
        "A page that cannot be "
        "read is listed with its reason and the others go on. Running it again on the same files "
        "changes nothing; after an interruption it continues.",
    ),
    "omr read khao-sat quet/",
    "omr read khao-sat sang.pdf chieu.pdf --jobs 2",
)
def read(
    survey: SurveyFolder,
    scans: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCAN...",
            help=say("Tệp quét hoặc thư mục.", "Scan files or folders."),
            show_default=False,
        ),
    ],
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            metavar="N",
            min=1,
            help=say(
                "Số tiến trình đọc cùng lúc (mặc định: mỗi lõi một tiến trình).",
                "Reading processes (default: one per core).",
            ),
        ),
    ] = None,
    no_copy: Annotated[
        bool,
        typer.Option(
            "--no-copy",
            help=say(
                "Không chép bản quét vào cuộc khảo sát, chỉ ghi đường dẫn và mã SHA-256.",
                "Do not copy the scans into the survey; record path and SHA-256 only.",
            ),
        ),
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=say(
                "Ghi bản tóm tắt dạng JSON cho chương trình khác.",
                "Write the summary as JSON, for other programs.",
            ),
        ),
    ] = False,
) -> None:
    """Read, then sum up: as words, or as one JSON object on stdout and nothing else there."""
    from omr import pipeline
    from omr.cli.progress import reading_progress
    from omr.survey import Survey

    with Survey.open(survey) as opened, reading_progress() as progress:
        summary = pipeline.read(opened, scans, jobs=jobs, copy=not no_copy, progress=progress)
    if as_json:
        typer.echo(json.dumps(summary_object(summary), ensure_ascii=False, indent=1))
    else:
        show_summary(summary)
        if summary.sheets or summary.deck_pages:
            _show_next_steps(summary, survey)
    if summary.nothing_readable:
        raise NoInputError(
            say(
                "Không đọc được tệp nào. Hãy kiểm tra đường dẫn và loại tệp (PDF, TIFF, JPEG, PNG, "
                "HEIC, ZIP), rồi đọc lại.",
                "Not one file could be read. Check the paths and kinds of file (PDF, TIFF, JPEG, "
                "PNG, HEIC, ZIP), then read again.",
            )
        )


def _show_next_steps(summary: "ReadSummary", survey: Path) -> None:
    typer.echo(say("Bước tiếp theo:", "Next:"))
    if summary.deck_pages:
        typer.echo(f"  omr deck {survey} --compare")
    if summary.review:
        typer.echo(f"  omr review {survey} -o {say('xem-xet', 'review')}")
    if summary.sheets:
        typer.echo(f"  omr export {survey} -o {say('ket-qua', 'results')}")
