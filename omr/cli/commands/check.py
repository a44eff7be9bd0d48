"""``omr check``: whether a form can be used."""

import json
from typing import Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import Settings, settings_of
from omr.errors import ExitCode
from omr.language import say


@command(
    "check",
    Panel.FORM,
    say(
        "Kiểm tra một mẫu phiếu: nội dung có hợp lệ không, và phiếu in ra có đọc được không.\n\n"
        "Lệnh này in thử phiếu trong máy, cho nhiều loại bút điền thử, quét thử trên máy quét tốt "
        "và máy quét kém, đọc lại rồi so với điều đã điền. Lỗi nội dung được chỉ rõ tệp, dòng, "
        "cột; lỗi trên giấy được chỉ rõ trang, chỗ và cách sửa.",
        "Check a form: that its content is valid, and that what is printed can be read.\n\n"
        "Sheets are printed, filled in with several pens, scanned on a good and on a poor scanner "
        "(all simulated), read, and compared with what was said. Errors of the content name file, "
        "line and column; errors on the paper name page, place and remedy.",
    ),
    "omr check t1-mot-cua",
    "omr check mau-cua-toi.yaml --sheets 40",
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
    settings: Settings = None,
    sheets: Annotated[
        int | None,
        typer.Option(
            "--sheets",
            metavar="N",
            min=1,
            help=say(
                "Số phiếu thử trên mỗi máy quét (mặc định: vừa đủ để mỗi ô được đánh dấu một lần).",
                "Sheets tried on each scanner (default: as many as mark every box once).",
            ),
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int,
        typer.Option(
            "--seed",
            metavar="N",
            min=0,
            help=say(
                "Số khác cho những người điền và bản quét khác.",
                "Another number gives other people and other scans.",
            ),
        ),
    ] = 1,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=say(
                "Ghi kết quả dạng JSON cho chương trình khác.",
                "Write the result as JSON, for other programs.",
            ),
        ),
    ] = False,
) -> None:
    """Show the proof; leave with 5 unless the form is proved."""
    from omr import pipeline
    from omr.cli.progress import TrialBar
    from omr.cli.proof_screen import proof_object, show_proof
    from omr.form import find_form
    from omr.proof import Verdict

    path = find_form(form)
    with TrialBar() as watch:
        proof = pipeline.check(path, settings_of(settings), sheets=sheets, seed=seed, watch=watch)
    if as_json:
        typer.echo(json.dumps(proof_object(proof), ensure_ascii=False, indent=1))
    else:
        show_proof(proof, proof.form)
    if proof.verdict is not Verdict.PROVED:
        raise typer.Exit(ExitCode.CHECK_FAILED)
