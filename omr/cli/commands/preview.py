"""``omr preview``: a form's pages with every target outlined and named."""

from pathlib import Path
from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import Force, FormOrSurvey, Settings, settings_of
from omr.language import say


@command(
    "preview",
    Panel.FORM,
    say(
        "Xem trước các trang của mẫu phiếu, mỗi ô được viền màu và ghi tên (câu·lựa chọn).\n\n"
        "Tệp PDF gồm mọi trang. Tệp PNG mỗi trang một tệp: TÊN-1.png, TÊN-2.png, …",
        "See the pages of a form, with every box outlined and named (question·option).\n\n"
        "A PDF holds all pages. PNG files hold one each: NAME-1.png, NAME-2.png, …",
    ),
    "omr preview t1-mot-cua -o xem-truoc.png",
    "omr preview mau-cua-toi.yaml -o xem-truoc.pdf --force",
)
def preview(
    form: FormOrSurvey,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE.png|pdf",
            help=say("Tệp sẽ ghi.", "The file to write."),
            show_default=False,
        ),
    ],
    settings: Settings = None,
    force: Force = False,
) -> None:
    """Write the pictures and say where they are."""
    from omr import pipeline
    from omr.form import find_form

    path = Path(form)
    path = path if path.is_dir() else find_form(form)
    written = pipeline.preview(path, out, settings_of(settings), force=force)
    for file in written:
        typer.echo(say(f"Đã ghi {file}", f"Wrote {file}"))
