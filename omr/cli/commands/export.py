"""``omr export``: the results as files."""

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import OutFolder, SurveyFolder
from omr.language import say


@command(
    "export",
    Panel.RESULT,
    say(
        "Ghi kết quả ra tệp: ratings.csv, marks.csv, pages.csv, ratings.xlsx và bảng mã "
        "codebook.csv.",
        "Write the results: ratings.csv, marks.csv, pages.csv, ratings.xlsx and codebook.csv.",
    ),
    "omr export khao-sat -o ket-qua",
)
def export(survey: SurveyFolder, out: OutFolder) -> None:
    """Write the files and name them; say what still waits."""
    from omr import pipeline
    from omr.survey import Survey
    from omr.survey.model import SheetStatus

    with Survey.open(survey) as opened:
        assembly = pipeline.assemble(opened)
        written = pipeline.export_results(opened, out, assembly)
    for path in written:
        typer.echo(say(f"Đã ghi {path}", f"Wrote {path}"))
    waiting = sum(sheet.status is SheetStatus.REVIEW for sheet in assembly.sheets)
    if waiting:
        typer.echo(
            say(
                f"Còn {waiting} phiếu chờ xem xét: omr review {survey} -o xem-xet",
                f"Sheets waiting for review: {waiting}. Next: omr review {survey} -o review",
            )
        )
