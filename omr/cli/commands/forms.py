"""``omr forms``: the forms that come with the product."""

import typer

from omr.cli.app import Panel, command
from omr.language import say


@command(
    "forms",
    Panel.FORM,
    say("Liệt kê các mẫu phiếu đi kèm phần mềm.", "List the forms that come with the product."),
    "omr forms",
)
def forms() -> None:
    """Name, title and size of every shipped form."""
    from omr.form import load_form, shipped_forms

    for name, path in shipped_forms().items():
        form = load_form(path).form
        questions = say(f"{len(form.questions)} câu hỏi", f"{len(form.questions)} questions")
        typer.echo(f"{name}\n    {form.title}\n    {questions} · {path}")
    typer.echo(
        say(
            "\nTạo cuộc khảo sát từ một mẫu: omr init THƯ-MỤC --form TÊN-MẪU",
            "\nMake a survey from one: omr init FOLDER --form NAME",
        )
    )
