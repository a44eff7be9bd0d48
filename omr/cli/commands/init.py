"""``omr init``: a new survey folder."""

from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import Settings, SurveyFolder, settings_of
from omr.language import say


@command(
    "init",
    Panel.PRINT,
    say(
        "Tạo thư mục cho một cuộc khảo sát mới.\n\n"
        "Thư mục này chứa mọi thứ: mẫu phiếu, sổ số phiếu, "
        "bản quét và kết quả đọc; sao chép thư mục là đã sao lưu đầy đủ.",
        "Make the folder of a new survey.\n\n"
        "It holds everything: forms, the ledger of serials, scans "
        "and readings; a copy of the folder is a complete backup.",
    ),
    "omr init khao-sat --form t1-mot-cua",
    'omr init khao-sat --form t1-mot-cua --set "co_quan=ỦY BAN NHÂN DÂN XÃ CẨM VINH"',
    'omr init khao-sat --form t1-mot-cua --unit "Xã Cẩm Vinh" --unit "Xã Thạch Hà"',
)
def init(
    survey: SurveyFolder,
    form: Annotated[
        list[str],
        typer.Option(
            "--form",
            metavar="FORM",
            help=say(
                "Tệp mẫu phiếu hoặc tên mẫu đi kèm (xem omr forms); có thể lặp lại.",
                "A form file or a shipped form's name (see omr forms); may be repeated.",
            ),
            show_default=False,
        ),
    ],
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            metavar="NAME",
            help=say(
                "Tên đơn vị được khảo sát; có thể lặp lại.",
                "Name of a unit under survey; may be repeated.",
            ),
            show_default=False,
        ),
    ] = None,
    settings: Settings = None,
) -> None:
    """Make the folder and say what to do next."""
    from omr import pipeline
    from omr.cli.page_words import duplex_advice
    from omr.form import find_form, unset_variables

    forms = [find_form(name) for name in form]
    given = settings_of(settings)
    with pipeline.init(survey, forms, unit or [], given) as made:
        designs = made.designs.values()
        printed = {d.form.id: len(d.layout.pages) for d in designs if not d.layout.is_measured}
    typer.echo(say(f"Đã tạo cuộc khảo sát {survey}.", f"Made the survey {survey}."))
    left = {name: text for path in forms for name, text in unset_variables(path, given).items()}
    if left:
        typer.echo(_left_open(left))
    for name, pages in printed.items():
        if advice := duplex_advice(pages):
            typer.echo(f"{name}: {advice}" if len(printed) > 1 else advice)
    following = f"omr read {survey} SCAN…"
    if printed:
        chosen = f" --form {next(iter(printed))}" if len(designs) > 1 else ""
        typer.echo(
            say(
                f"Nên thử máy in, máy quét trước: omr deck {survey}{chosen} -o phieu-thu.pdf",
                f"Best try printer and scanner first: omr deck {survey}{chosen} -o deck.pdf",
            )
        )
        following = f"omr print {survey}{chosen} --copies N -o phieu.pdf"
    typer.echo(say(f"Bước tiếp theo: {following}", f"Next: {following}"))


def _left_open(left: dict[str, str]) -> str:
    """What the paper says where the office was not named."""
    shown = "\n".join(f"  {name}: {text}" for name, text in left.items())
    return say(
        f"Phiếu sẽ in nguyên chữ có sẵn ở các biến sau, để điền bằng bút:\n{shown}\n"
        'Muốn in sẵn tên cơ quan, hãy tạo cuộc khảo sát khác và thêm --set "co_quan=…" cho từng '
        "biến.",
        f"The paper will show these variables as they are, to be filled in by pen:\n{shown}\n"
        'To have the office printed, make another survey with --set "co_quan=…" for each of them.',
    )
