"""``omr status``: what is printed, read, waiting, rejected, missing."""

from typing import TYPE_CHECKING, Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.drift_words import show_drifts
from omr.cli.numbers import count
from omr.cli.parameters import SurveyFolder
from omr.cli.reason_words import reason_sentence
from omr.identity.serial import format_serial
from omr.language import say

if TYPE_CHECKING:
    from omr.survey import StatusCounts


@command(
    "status",
    Panel.READ,
    say(
        "Cho biết tình hình cuộc khảo sát: đã in, đã đọc, chờ xem xét, không hợp lệ, còn thiếu.",
        "Show where the survey stands: printed, read, waiting, rejected, missing.",
    ),
    "omr status khao-sat",
    "omr status khao-sat --missing",
)
def status(
    survey: SurveyFolder,
    missing: Annotated[
        bool,
        typer.Option("--missing", help=say("Liệt kê số phiếu chưa đọc.", "List unread serials.")),
    ] = False,
    waiting: Annotated[
        bool,
        typer.Option(
            "--waiting", help=say("Liệt kê phiếu chờ xem xét.", "List sheets that wait for review.")
        ),
    ] = False,
    rejected: Annotated[
        bool,
        typer.Option(
            "--rejected",
            help=say(
                "Liệt kê trang không được nhận, kèm lý do.", "List refused pages with reasons."
            ),
        ),
    ] = False,
) -> None:
    """Counts, or the lists that were asked for."""
    from omr import pipeline
    from omr.quality import drifts_in
    from omr.survey import Survey, status_of

    with Survey.open(survey) as opened:
        assembly = pipeline.assemble(opened)
        counts = status_of(assembly, opened.issued())
    if missing:
        for serial in counts.missing:
            typer.echo(format_serial(serial))
    if waiting:
        _list_waiting(counts)
    if rejected:
        for page in counts.rejected_pages:
            typer.echo(f"{page.outcome.name}\t{page.reason}\t{reason_sentence(page.reason)}")
    if not (missing or waiting or rejected):
        _show_counts(counts)
        show_drifts(drifts_in(assembly.pages))


def _list_waiting(counts: "StatusCounts") -> None:
    for sheet in counts.waiting:
        name = format_serial(sheet.serial) if sheet.serial else str(sheet.pages[0].name)
        typer.echo(f"{name}\t{' '.join(sheet.waiting)}\t{sheet.reason}".rstrip())


def _photocopied(counts: "StatusCounts") -> tuple[tuple[str, int], ...]:
    """A line of its own where there are photocopies: nobody can know how many were made."""
    label = say("  phiếu photocopy", "  without a serial")
    return ((label, counts.photocopied),) if counts.photocopied else ()


def _show_counts(counts: "StatusCounts") -> None:
    lines = (
        (say("Số phiếu đã in", "Sheets printed"), counts.printed),
        (say("Phiếu đã đọc", "Sheets read"), counts.sheets_read),
        (say("  đã nhận", "  accepted"), counts.accepted),
        (say("  chờ xem xét", "  waiting for review"), counts.review),
        (say("  không hợp lệ", "  invalid"), counts.rejected),
        *_photocopied(counts),
        (say("Số phiếu chưa đọc", "Serials not read"), len(counts.missing)),
        (say("Trang không được nhận", "Pages refused"), len(counts.rejected_pages)),
    )
    for label, number in lines:
        typer.echo(f"{label:<24}{count(number):>10}")
    if counts.deck_sheets:
        sheets, pages = count(counts.deck_sheets), count(counts.deck_pages)
        typer.echo(
            say(
                f"Phiếu thử máy (không tính): {sheets} phiếu đã in, {pages} ảnh trang đã đọc.",
                f"Test deck (not counted): {sheets} sheets printed, {pages} page images read.",
            )
        )
    typer.echo(
        say(
            "Danh sách: thêm --missing, --waiting hoặc --rejected.",
            "Lists: add --missing, --waiting or --rejected.",
        )
    )
