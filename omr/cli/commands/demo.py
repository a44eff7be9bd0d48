"""``omr demo``: the whole chain on the shipped samples."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.numbers import count, percent
from omr.cli.read_summary import show_summary
from omr.errors import CheckFailedError
from omr.language import say

if TYPE_CHECKING:
    from omr.cli.demonstration import Comparison, Demonstration
    from omr.survey import Survey
    from omr.survey.model import Assembly


@command(
    "demo",
    Panel.START,
    say(
        "Chạy thử toàn bộ quy trình trên phiếu mẫu đi kèm: tạo cuộc khảo sát, in, đọc bản quét, "
        "xuất kết quả, tổng hợp.\n\n"
        "Chạy lại trên cùng thư mục không làm thay đổi gì.",
        "Run the whole chain on the shipped samples: init, print, read the scans, export, "
        "tally.\n\n"
        "Running it again on the same folder changes nothing.",
    ),
    "omr demo",
    "omr demo thu-nghiem",
)
def demo(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="[DIR]", help=say("Thư mục nhận mọi kết quả.", "Folder for all that is made.")
        ),
    ] = Path("omr-demo"),
) -> None:
    """Every step says what it did and where its result lies; at the end, how right it was."""
    from omr import pipeline
    from omr.cli.demonstration import compare, load_demonstration, open_or_make
    from omr.cli.progress import reading_progress
    from omr.shipped import shipped_folder

    samples = load_demonstration(shipped_folder("samples"))
    with open_or_make(samples, folder / "survey") as survey:
        _step(say("Cuộc khảo sát", "Survey"), survey.folder)
        _print(survey, samples, folder)
        with reading_progress() as progress:
            summary = pipeline.read(survey, samples.scans, progress=progress)
        _step(say("Đọc bản quét mẫu", "Sample scans read"), samples.folder)
        show_summary(summary)
        assembly = pipeline.assemble(survey)
        _export_and_review(survey, assembly, folder)
        _tally(survey, assembly, folder)
    _judge(compare(samples, assembly))


def _step(what: str, where: Path) -> None:
    typer.echo(f"■ {what}: {where}")


def _print(survey: "Survey", samples: "Demonstration", folder: Path) -> None:
    from omr import pipeline

    done = len(survey.runs())
    for number, run in enumerate(samples.runs, start=1):
        out = folder / f"print-{number}.pdf"
        if number > done:
            pipeline.print_sheets(survey, run.copies, run.unit, run.field, out)
        _step(
            say(
                f"Đợt in {number}, {run.copies} phiếu, {run.unit}, {run.field}",
                f"Print run {number}, {run.copies} sheets, {run.unit}, {run.field}",
            ),
            out,
        )


def _export_and_review(survey: "Survey", assembly: "Assembly", folder: Path) -> None:
    from omr.export import export_survey
    from omr.review import write_waiting

    designs = tuple(survey.designs.values())
    for path in export_survey(designs, assembly, folder / "results"):
        _step(say("Kết quả", "Result"), path)
    written = write_waiting(survey, assembly, folder / "review")
    _step(
        say(f"Cần xem xét {written.items} mục", f"Items to review: {written.items}"), written.page
    )


def _tally(survey: "Survey", assembly: "Assembly", folder: Path) -> None:
    from omr.cli.screen import console
    from omr.cli.tally_screen import index_table
    from omr.tables.csv_table import write_csv
    from omr.tally import tally, tally_table

    (group,) = tally(tuple(survey.designs.values()), assembly.sheets)
    path = folder / "results" / "tally.csv"
    write_csv(tally_table([group]), path)
    _step(say("Tổng hợp", "Tally"), path)
    console().print(index_table(group, say("Chỉ số hài lòng", "Satisfaction index")))
    typer.echo(
        say(
            f"Chỉ số chung: {percent(group.overall.percent)} trên {count(group.overall.scored)} "
            f"lượt trả lời. Bảng đầy đủ: omr tally {survey.folder}",
            f"Index: {percent(group.overall.percent)} of {count(group.overall.scored)} answers. "
            f"All tables: omr tally {survey.folder}",
        )
    )


def _judge(comparison: "Comparison") -> None:
    """Say how the reading compares with the truth; a wrong answer is a failed check."""
    wrong = comparison.wrong
    typer.echo(
        say(
            f"\nĐối chiếu với đáp án: {count(comparison.right)} câu đúng, "
            f"{count(comparison.waiting)} câu chờ xem xét, {count(len(wrong))} câu sai; nhận ra "
            f"{comparison.other_pages} trang không phải là phiếu.",
            f"\nAgainst the truth: {count(comparison.right)} questions right, "
            f"{count(comparison.waiting)} waiting for review, {count(len(wrong))} wrong; "
            f"{comparison.other_pages} pages that are no sheets were recognised.",
        )
    )
    if wrong:
        names = ", ".join(wrong)
        raise CheckFailedError(
            say(
                f"Đọc sai: {names}. Đây là lỗi của chương trình, hãy báo cho người phát triển.",
                f"Read wrongly: {names}. This is a fault of the program; please report it.",
            )
        )
