"""``omr forms``: the forms that come with the product."""

from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.language import say


@command(
    "forms",
    Panel.FORM,
    say("Liệt kê các mẫu phiếu đi kèm phần mềm.", "List the forms that come with the product."),
    "omr forms",
    "omr forms --schema > phieu.schema.json",
)
def forms(
    schema: Annotated[
        bool,
        typer.Option(
            "--schema",
            help=say(
                "Ghi ra màn hình JSON Schema của ngôn ngữ mẫu phiếu, cho trình soạn thảo.",
                "Write the JSON Schema of the form language to the screen, for editors.",
            ),
        ),
    ] = False,
) -> None:
    """Name, pages and title of every shipped form, one a line, and what to do with them."""
    if schema:
        from omr.form.json_schema import form_schema_json

        typer.echo(form_schema_json(), nl=False)
        return
    from omr.cli.page_words import page_count
    from omr.form import DesignedForm, load_form, shipped_forms
    from omr.layout import typeset

    shipped = shipped_forms()
    width = max(len(name) for name in shipped)
    for name, path in shipped.items():
        form = load_form(path)
        pages = page_count(len(typeset(form).pages)) if isinstance(form, DesignedForm) else ""
        typer.echo(f"{name:<{width}}  {pages:<7}  {form.form.title}")
    typer.echo(
        say(
            "\nXem thử một mẫu:      omr preview TÊN -o mau.pdf\n"
            'Đặt tên cơ quan:      thêm --set "co_quan=ỦY BAN NHÂN DÂN XÃ …"\n'
            "Tạo cuộc khảo sát:    omr init THƯ-MỤC --form TÊN\n"
            f"Tự soạn mẫu riêng:    bắt đầu từ một tệp trong {next(iter(shipped.values())).parent}",
            "\nLook at one:          omr preview NAME -o form.pdf\n"
            'Name the office:      add --set "co_quan=ỦY BAN NHÂN DÂN XÃ …"\n'
            "Make a survey:        omr init FOLDER --form NAME\n"
            f"Write your own:       start from a file in {next(iter(shipped.values())).parent}",
        )
    )
