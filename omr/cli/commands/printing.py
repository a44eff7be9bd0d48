"""``omr print``: new sheets, a jammed range once more, or a master for photocopying."""

import re
from pathlib import Path
from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.numbers import count
from omr.cli.parameters import Force, SurveyFolder
from omr.errors import UsageError
from omr.identity.serial import format_serial, parse_serial
from omr.language import say

_RANGE = re.compile(r"\s*([0-9A-Za-z]+)\s*[-–]\s*([0-9A-Za-z]+)\s*")


@command(
    "print",
    Panel.PRINT,
    say(
        "In phiếu: cấp số phiếu mới và ghi tệp PDF.\n\n"
        "Khi in ra giấy, hãy chọn tỷ lệ 100 % "
        "(Actual size), không chọn “Fit to page”.",
        "Print sheets: issue new serials and write a PDF.\n\n"
        "When it goes to the printer, choose "
        "100 % (Actual size), not “Fit to page”.",
    ),
    'omr print khao-sat --copies 500 --unit "Xã Cẩm Vinh" --field "Hộ tịch" -o phieu.pdf',
    "omr print khao-sat --again 000120A-000135T -o in-lai.pdf",
    'omr print khao-sat --unnumbered --unit "Xã Cẩm Vinh" -o ban-goc.pdf',
)
def print_(  # noqa: PLR0917 - typer calls it by name
    survey: SurveyFolder,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE.pdf",
            help=say("Tệp PDF sẽ ghi.", "The PDF to write."),
            show_default=False,
        ),
    ],
    copies: Annotated[
        int | None,
        typer.Option("--copies", metavar="N", help=say("Số phiếu cần in.", "How many sheets.")),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            "--unit",
            metavar="U",
            help=say("Đơn vị của đợt in.", "Unit of the print run."),
            show_default=False,
        ),
    ] = "",
    field: Annotated[
        str,
        typer.Option(
            "--field",
            metavar="F",
            help=say("Lĩnh vực của đợt in.", "Field of the print run."),
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            metavar="ID",
            help=say(
                "Mã mẫu phiếu, khi cuộc khảo sát có nhiều mẫu.",
                "Form id, where the survey has several.",
            ),
        ),
    ] = None,
    again: Annotated[
        str | None,
        typer.Option(
            "--again",
            metavar="FIRST-LAST",
            help=say(
                "In lại các phiếu này với đúng số phiếu cũ (khi kẹt giấy); có ghi vào sổ.",
                "Print these sheets again with the same serials (after a jam); it is recorded.",
            ),
        ),
    ] = None,
    unnumbered: Annotated[
        bool,
        typer.Option(
            "--unnumbered",
            help=say(
                "In một bản gốc không có số phiếu để photocopy; các bản photocopy được đọc như "
                "phiếu không số của đơn vị và lĩnh vực này.",
                "Print one master without a serial, to be photocopied; its copies are read as "
                "sheets without serial of this unit and field.",
            ),
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Issue and print, or print again; then say which serials are in the file."""
    _refuse_overwriting(out, force)
    serials = None if again is None else _range(again)
    if (copies is not None) + (serials is not None) + unnumbered != 1:
        raise UsageError(
            say(
                "Hãy chọn một trong ba: --copies N để in phiếu mới, --again FIRST-LAST để in lại, "
                "hoặc --unnumbered để in bản gốc cho photocopy.",
                "Choose one: --copies N for new sheets, --again FIRST-LAST to print again, or "
                "--unnumbered for a master to photocopy.",
            )
        )
    from omr import pipeline
    from omr.cli.page_words import duplex_advice
    from omr.survey import Survey

    with Survey.open(survey) as opened:
        if serials is not None:
            runs = pipeline.print_again(opened, *serials, out)
        elif unnumbered:
            runs = [pipeline.print_master(opened, unit, field, out, form)]
        else:
            runs = [pipeline.print_sheets(opened, copies or 0, unit, field, out, form)]
        pages = max(len(opened.designs[run.form_version].layout.pages) for run in runs)
        forms = [opened.design(run.form_version).layout for run in runs]
    for run, layout in zip(runs, forms, strict=True):
        if unnumbered:
            typer.echo(_master(run.number))
            if sum(bool(page.targets or page.code) for page in layout.pages) > 1:
                typer.echo(_two_pages())
        else:
            typer.echo(_issued(run.number, run.first, run.last, run.again is not None))
    typer.echo(say(f"Tệp để in: {out}", f"File to print: {out}"))
    if advice := duplex_advice(pages):
        typer.echo(advice)
    typer.echo(
        say(
            "Khi in, chọn tỷ lệ 100 % (Actual size).",
            "When printing, choose 100 % (Actual size).",
        )
    )


def _master(number: int) -> str:
    return say(
        f"Đợt in {number}: một bản gốc không có số phiếu. Hãy photocopy ở tỷ lệ 100 %.",
        f"Print run {number}: one master without a serial. Photocopy it at 100 %.",
    )


def _two_pages() -> str:
    """What the order of scanning can not show, said where the choice is still open."""
    return say(
        "Mẫu này có hai trang. Hãy photocopy hai mặt, xếp các tờ cùng chiều, quét mỗi lần trọn "
        "chồng giấy vào một tệp PDF hoặc TIFF.\n"
        "Chú ý: máy ghép hai trang của một phiếu chỉ theo thứ tự quét. Nếu máy quét kéo hai tờ "
        "cùng lúc, hoặc mất cả mặt đầu và mặt cuối của một tệp, trang của hai người có thể bị ghép "
        "thành một phiếu mà phần mềm không biết. Hãy đếm số tờ giấy của mỗi chồng và so với số "
        "phiếu đọc được; nếu lệch thì rút tệp ra (omr withdraw) và quét lại. Với mẫu hai trang "
        "nên in phiếu có số (--copies N).",
        "This form has two pages. Photocopy it on both sides of the paper, lay the papers the same "
        "way round, and scan each stack whole into one PDF or TIFF.\n"
        "Note: the two pages of a sheet are paired by the order of scanning alone. If the scanner "
        "draws in two papers at once, or both the first and the last side of a file are lost, "
        "pages of two people can be paired as one sheet and the software cannot know. Count the "
        "papers of each stack and compare with the number of sheets read; where they differ, "
        "withdraw the file (omr withdraw) and scan again. For a two-page form, numbered sheets are "
        "better (--copies N).",
    )


def _issued(number: int, first: int, last: int, repeated: bool) -> str:
    sheets = count(last - first + 1)
    span = f"{format_serial(first)} – {format_serial(last)}"
    if repeated:
        return say(
            f"Đợt in {number} (in lại): {sheets} phiếu, số phiếu {span}.",
            f"Print run {number} (again): {sheets} sheets, serials {span}.",
        )
    return say(
        f"Đợt in {number}: {sheets} phiếu, số phiếu {span}.",
        f"Print run {number}: {sheets} sheets, serials {span}.",
    )


def _refuse_overwriting(out: Path, force: bool) -> None:
    if out.exists() and not force:
        raise UsageError(
            say(
                f"Đã có tệp {out}. Hãy chọn tên khác, hoặc thêm --force để ghi đè. Chưa cấp số "
                "phiếu nào.",
                f"{out} is there already. Choose another name, or add --force to overwrite it. No "
                "serial was issued.",
            )
        )


def _range(text: str) -> tuple[int, int]:
    """``000120A-000135T`` or ``120-135`` as two numbers."""
    match = _RANGE.fullmatch(text)
    first, last = (_serial(part) for part in match.groups()) if match else (None, None)
    if first is None or last is None:
        raise UsageError(
            say(
                f"--again {text}: không phải khoảng số phiếu. Hãy ghi như trên phiếu, ví dụ "
                f"{format_serial(120)}-{format_serial(135)}, hoặc 120-135.",
                f"--again {text}: not a range of serials. Write them as printed, for example "
                f"{format_serial(120)}-{format_serial(135)}, or 120-135.",
            )
        )
    return first, last


def _serial(text: str) -> int | None:
    return int(text) if text.isdecimal() else parse_serial(text)
