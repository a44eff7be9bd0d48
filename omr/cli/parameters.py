"""Parameters that several commands take, described once."""

from pathlib import Path
from typing import Annotated

import typer

from omr.errors import UsageError
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
FormOrSurvey = Annotated[
    str,
    typer.Argument(
        metavar="FORM|SURVEY",
        help=say(
            "Tệp mẫu phiếu, tên mẫu đi kèm, hoặc thư mục của cuộc khảo sát.",
            "A form file, a shipped form's name, or a survey folder.",
        ),
        show_default=False,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help=say("Ghi đè tệp đã có.", "Overwrite files that are there already.")
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help=say(
            "Đặt một biến của mẫu phiếu, ví dụ tên cơ quan; có thể lặp lại.",
            "Set a variable of the form, such as the office's name; may be repeated.",
        ),
        show_default=False,
    ),
]


def settings_of(given: list[str] | None) -> dict[str, str]:
    """The variables of ``--set name=value``; UsageError if one is no such pair or comes twice."""
    settings: dict[str, str] = {}
    for pair in given or []:
        name, equals, value = pair.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UsageError(
                say(
                    f"“--set {pair}” thiếu dấu bằng; hãy viết --set TÊN=GIÁ-TRỊ, đặt cả cụm trong "
                    'dấu nháy nếu có dấu cách: --set "co_quan=ỦY BAN NHÂN DÂN XÃ CẨM VINH".',
                    f"'--set {pair}' has no equals sign; write --set NAME=VALUE, in quotes if it "
                    'has spaces: --set "co_quan=ỦY BAN NHÂN DÂN XÃ CẨM VINH".',
                )
            )
        if name in settings:
            raise UsageError(
                say(
                    f"--set {name}=… được ghi hai lần nên không rõ lấy giá trị nào; hãy bỏ một.",
                    f"--set {name}=… is given twice, so it is not clear which counts; drop one.",
                )
            )
        settings[name] = value
    return settings
