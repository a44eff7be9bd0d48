"""``omr review``: doubtful questions out to a person, and the decisions in again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import SurveyFolder
from omr.errors import UsageError
from omr.language import say

if TYPE_CHECKING:
    from omr.survey import Survey


@command(
    "review",
    Panel.REVIEW,
    say(
        "Xem xét những chỗ máy chưa đọc rõ.\n\n"
        "Với -o: ghi ảnh từng câu, trang xem index.html và "
        "bảng review.csv. Ghi quyết định vào cột decision: mã phương án; a+b nếu đúng là đánh "
        "nhiều ô; - nếu không trả lời; với cả phiếu (*): valid (hợp lệ) hoặc invalid (không hợp "
        "lệ); để trống nếu chưa quyết. Rồi nhập lại bằng --import.",
        "Review what the machine would not decide.\n\n"
        "With -o: writes a picture of each question, a "
        "page index.html and review.csv. Fill in its column decision: an option code; a+b if "
        "several are really marked; - for no answer; for a whole sheet (*): valid or invalid; "
        "empty if not decided yet. Then take it back with --import.",
    ),
    "omr review khao-sat -o xem-xet",
    'omr review khao-sat --import xem-xet/review.csv --reviewer "Nguyễn Thị Lan"',
    'omr review khao-sat --undo 3fa9c01b77e2-4-q7 --reviewer "Nguyễn Thị Lan"',
)
def review(
    survey: SurveyFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="DIR",
            help=say("Thư mục nhận ảnh và review.csv.", "Folder for the pictures and review.csv."),
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar="review.csv",
            help=say("Nhập các quyết định từ bảng này.", "Take the decisions of this table."),
        ),
    ] = None,
    undo: Annotated[
        str | None,
        typer.Option(
            "--undo",
            metavar="ITEM",
            help=say(
                "Hủy quyết định gần nhất của mục này (cột item); việc hủy cũng được ghi lại.",
                "Take back the latest decision of this item (column item); this is recorded too.",
            ),
        ),
    ] = None,
    reviewer: Annotated[
        str,
        typer.Option(
            "--reviewer",
            metavar="NAME",
            help=say(
                "Tên người xem xét, cho các dòng chưa ghi tên.",
                "Who decided, for rows that name nobody.",
            ),
            show_default=False,
        ),
    ] = "",
) -> None:
    """One of the three: write the table, import it, or undo a decision."""
    from omr.survey import Survey

    if sum(choice is not None for choice in (out, table, undo)) != 1:
        raise UsageError(
            say(
                "Hãy chọn một trong ba: -o DIR (ghi bảng), --import review.csv (nhập quyết định), "
                "hoặc --undo ITEM (hủy quyết định).",
                "Choose one: -o DIR (write the table), --import review.csv (take the decisions), "
                "or --undo ITEM (take one back).",
            )
        )
    with Survey.open(survey) as opened:
        if out is not None:
            _write(opened, out)
        elif table is not None:
            _import(opened, table, reviewer)
        elif undo is not None:
            _undo(opened, undo, reviewer)


def _write(survey: "Survey", out: Path) -> None:
    from omr import pipeline

    written = pipeline.review_out(survey, out)
    if not written.items:
        typer.echo(say("Không còn gì phải xem xét.", "Nothing waits for review."))
        return
    typer.echo(say(f"{written.items} mục cần xem xét.", f"Items to review: {written.items}."))
    typer.echo(say(f"Xem ảnh: {written.page}", f"Look at: {written.page}"))
    following = f"omr review {survey.folder} --import {written.table}"
    typer.echo(
        say(
            f"Ghi quyết định vào: {written.table}\nRồi nhập: {following}",
            f"Write decisions into: {written.table}\nThen: {following}",
        )
    )


def _import(survey: "Survey", table: Path, reviewer: str) -> None:
    from omr import pipeline

    taken = pipeline.review_in(survey, table, reviewer)
    new, old = taken.new, taken.known
    typer.echo(
        say(
            f"Đã nhập {new} quyết định mới; {old} quyết định đã có từ trước.",
            f"{new} new decisions taken; {old} were there already.",
        )
    )


def _undo(survey: "Survey", item: str, reviewer: str) -> None:
    if not reviewer.strip():
        raise UsageError(
            say(
                "Hãy cho biết ai hủy quyết định: --reviewer TÊN.",
                "Say who takes the decision back: --reviewer NAME.",
            )
        )
    undone = survey.undo_decision(item, reviewer.strip())
    value = undone.value or "-"
    typer.echo(
        say(
            f"Đã hủy quyết định “{value}” của {undone.reviewer} về mục {item}.",
            f"Took back the decision “{value}” of {undone.reviewer} about {item}.",
        )
    )
