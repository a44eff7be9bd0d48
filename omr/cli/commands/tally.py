"""``omr tally``: the tables and the index."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.numbers import count
from omr.cli.parameters import SurveyFolder
from omr.language import say

if TYPE_CHECKING:
    from omr.tally import Grouping, GroupTally


@command(
    "tally",
    Panel.RESULT,
    say(
        "Tổng hợp: số lượt của từng phương án, tỷ lệ hai mức cao nhất của từng tiêu chí, từng yếu "
        "tố và chỉ số chung.\n\n"
        "Mọi câu đã rõ của các phiếu hợp lệ đều được tính; câu còn chờ xem xét "
        "được ghi bên cạnh.",
        "Tally: answers per option, and the share of the two best scores per criterion, per factor "
        "and overall.\n\n"
        "Every decided question of every sheet that is not rejected counts; what "
        "still waits is shown beside it.",
    ),
    "omr tally khao-sat",
    "omr tally khao-sat --by unit --csv tong-hop.csv",
)
def tally(
    survey: SurveyFolder,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="unit|field",
            help=say(
                "Tách theo đơn vị (unit) hoặc lĩnh vực (field).", "One tally per unit or per field."
            ),
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FILE.csv",
            help=say("Ghi thêm các số liệu này ra tệp CSV.", "Write the same figures to a CSV."),
        ),
    ] = None,
) -> None:
    """Count, show, and write the figures to a file where one is named."""
    from omr import pipeline
    from omr.survey import Survey
    from omr.tables.csv_table import write_csv
    from omr.tables.staging import staged
    from omr.tally import tally_table

    grouping = _grouping(by)
    with Survey.open(survey) as opened:
        groups = pipeline.tally_results(opened, grouping)
    if csv is not None:  # before the tables: a screen that fails must not cost the file
        with staged(csv.absolute().parent, (csv.name,)) as staging:
            write_csv(tally_table(groups), staging / csv.name)
    _show(groups, grouping)
    if csv is not None:
        typer.echo(say(f"Đã ghi {csv}", f"Wrote {csv}"))


def _grouping(by: str | None) -> "Grouping | None":
    from omr.tally import Grouping

    if by is None or by in tuple(Grouping):
        return None if by is None else Grouping(by)
    raise typer.BadParameter(
        say("hãy ghi unit (đơn vị) hoặc field (lĩnh vực).", "write unit or field."),
        param_hint="--by",
    )


def _show(groups: "tuple[GroupTally, ...]", grouping: "Grouping | None") -> None:
    from omr.cli.screen import console
    from omr.cli.tally_screen import group_tables, summary_table

    screen = console()
    titles = [_title(group, grouping) for group in groups]
    for group, title in zip(groups, titles, strict=True):
        screen.print(_sheets(group, title))
        for table in group_tables(group, title):
            screen.print(table)
    if len(groups) > 1:
        screen.print(summary_table(groups, titles))
    screen.print(
        say(
            "Chỉ số = số lượt ở hai mức điểm cao nhất ÷ số lượt trả lời có điểm (TOP2), gộp theo "
            "lượt trả lời. Không tính: bỏ trống, đánh nhiều ô, phương án không có điểm.",
            "Index = answers with one of the two best scores ÷ answers with a score (TOP2), pooled "
            "by answers. Not counted: blanks, double marks, options without a score.",
        )
    )


def _title(group: "GroupTally", grouping: "Grouping | None") -> str:
    if grouping is None:
        return say("Toàn bộ", "All sheets")
    if group.name:
        return group.name
    if grouping.value == "unit":
        return say("(không ghi đơn vị)", "(no unit)")
    return say("(không ghi lĩnh vực)", "(no field)")


def _sheets(group: "GroupTally", title: str) -> str:
    sheets, waiting, rejected = count(group.sheets), count(group.waiting), count(group.rejected)
    return say(
        f"{title}: {sheets} phiếu được tính, trong đó {waiting} phiếu còn chỗ chờ xem xét; "
        f"{rejected} phiếu không hợp lệ.",
        f"{title}: {sheets} sheets count, {waiting} of them with something waiting for review; "
        f"{rejected} invalid.",
    )
