"""``omr deck``: test sheets that prove the office's own printer and scanner."""

from pathlib import Path
from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.numbers import count
from omr.cli.parameters import Force, SurveyFolder
from omr.errors import CheckFailedError, UsageError
from omr.identity.serial import format_serial
from omr.language import say


@command(
    "deck",
    Panel.PRINT,
    say(
        "Thử máy in và máy quét: in bộ phiếu thử đã đánh dấu sẵn, rồi so sánh kết quả đọc.\n\n"
        "In bộ phiếu thử ở tỷ lệ 100 %, quét bằng máy quét của cơ quan, đọc bằng omr read, rồi "
        "chạy lại lệnh này với --compare: đạt thì mã kết thúc là 0, có sai khác thì là 5. Phiếu "
        "thử không bao giờ được tính vào kết quả.",
        "Test the printer and the scanner: print pre-marked sheets, then compare what was read.\n\n"
        "Print the deck at 100 %, scan it on the office's own machine, omr read it, and run this "
        "command again with --compare: it ends with 0 if all is right, with 5 if anything "
        "differs. Test sheets never count.",
    ),
    "omr deck khao-sat -o phieu-thu.pdf",
    "omr deck khao-sat --compare",
)
def deck(  # noqa: PLR0917 - typer calls it by name
    survey: SurveyFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE.pdf",
            help=say(
                "Tệp PDF sẽ ghi; kết quả mong đợi được ghi bên cạnh, vào FILE-ratings.csv.",
                "The PDF to write; the expected ratings are written beside it, to "
                "FILE-ratings.csv.",
            ),
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            metavar="ID",
            help=say(
                "Mã mẫu phiếu, khi cuộc khảo sát có nhiều mẫu. Với --compare: chỉ so sánh mẫu này.",
                "Form id, where the survey has several. With --compare: this form only.",
            ),
        ),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            "--unit",
            metavar="U",
            help=say("Đơn vị in trên phiếu thử.", "Unit that the test sheets show."),
            show_default=False,
        ),
    ] = "",
    compare: Annotated[
        bool,
        typer.Option(
            "--compare",
            help=say(
                "So sánh kết quả đã đọc với bộ phiếu thử in gần nhất của mỗi mẫu.",
                "Compare what was read with the newest deck of each form.",
            ),
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Print a deck, or compare what was read of it."""
    if compare == (out is not None):
        raise UsageError(
            say(
                "Hãy chọn một trong hai: -o FILE.pdf để in bộ phiếu thử, hoặc --compare để so sánh "
                "kết quả đã đọc.",
                "Choose one: -o FILE.pdf to print a test deck, or --compare to compare what was "
                "read.",
            )
        )
    if out is None:
        _compare(survey, form)
    else:
        _print(survey, out, form, unit, force)


def _print(survey: Path, out: Path, form: str | None, unit: str, force: bool) -> None:
    from omr import pipeline
    from omr.survey import Survey

    table = out.with_name(f"{out.stem}-ratings.csv")
    for path in (out, table):
        if path.exists() and not force:
            raise UsageError(
                say(
                    f"Đã có tệp {path}. Hãy chọn tên khác, hoặc thêm --force để ghi đè. Chưa cấp "
                    "số phiếu nào.",
                    f"{path} is there already. Choose another name, or add --force to overwrite "
                    "it. No serial was issued.",
                )
            )
    with Survey.open(survey) as opened:
        run = pipeline.print_deck(opened, out, table, unit, form)
    sheets = count(run.last - run.first + 1)
    span = f"{format_serial(run.first)} – {format_serial(run.last)}"
    typer.echo(
        say(
            f"Đợt in {run.number} (phiếu thử): {sheets} phiếu, số phiếu {span}.",
            f"Print run {run.number} (test deck): {sheets} sheets, serials {span}.",
        )
    )
    typer.echo(say(f"Tệp để in: {out}", f"File to print: {out}"))
    typer.echo(say(f"Kết quả mong đợi: {table}", f"Expected ratings: {table}"))
    typer.echo(
        say(
            "Bước tiếp theo: in ở tỷ lệ 100 % (Actual size), quét, rồi chạy:\n"
            f"  omr read {survey} ban-quet.pdf\n  omr deck {survey} --compare",
            "Next: print at 100 % (Actual size), scan, then run:\n"
            f"  omr read {survey} scan.pdf\n  omr deck {survey} --compare",
        )
    )


def _compare(survey: Path, form: str | None) -> None:
    from omr import pipeline
    from omr.cli.deck_words import show_result
    from omr.survey import Survey

    with Survey.open(survey) as opened:
        results = pipeline.compare_decks(opened, form)
    for result in results:
        show_result(result, survey)
    if not all(result.passed for result in results):
        raise CheckFailedError(
            say(
                "Phiếu thử không đạt. Hãy khắc phục theo từng dòng trên đây, rút bản quét cũ bằng "
                f"omr withdraw {survey} TỆP, rồi quét và đọc lại.",
                "The test deck failed. Mend what the lines above name, take the old scan out with "
                f"omr withdraw {survey} SCAN, then scan and read again.",
            )
        )
