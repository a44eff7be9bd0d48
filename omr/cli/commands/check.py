"""``omr check``: whether a form can be used."""

from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.language import say


@command(
    "check",
    Panel.FORM,
    say(
        "Kiểm tra một mẫu phiếu: nội dung có hợp lệ và có dàn được trang không.\n\n"
        "Lỗi "
        "được chỉ rõ tệp, dòng, cột.",
        "Check a form: that its content is valid and that it can be laid out.\n\n"
        "Errors "
        "name file, line and column.",
    ),
    "omr check t1-mot-cua",
    "omr check mau-cua-toi.yaml",
)
def check(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORM",
            help=say(
                "Tệp mẫu phiếu, hoặc tên mẫu đi kèm.", "A form file, or a shipped form's name."
            ),
            show_default=False,
        ),
    ],
) -> None:
    """Say that the form is in order, or end with the errors in it."""
    from omr import pipeline
    from omr.form import find_form

    path = find_form(form)
    pipeline.check(path)
    typer.echo(say(f"Mẫu phiếu {path} dùng được.", f"The form {path} is in order."))
