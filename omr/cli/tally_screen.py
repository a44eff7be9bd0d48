"""The tables of a tally on the screen."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from omr.cli.numbers import count, percent
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.tally import GroupTally, QuestionTally


def group_tables(group: GroupTally, title: str) -> Iterator[Table]:
    """The tables of one group: scales, then the other questions, then factors and index."""
    scaled = [line for line in group.questions if line.share is not None]
    for _, lines in groupby(scaled, key=_scale):
        yield _scale_table(list(lines), title)
    others = [line for line in group.questions if line.share is None]
    if others:
        yield _other_table(others, title)
    if scaled:
        yield index_table(group, title)


def summary_table(groups: Sequence[GroupTally], names: Sequence[str]) -> Table:
    """One row per group: its sheets and its index."""
    table = _table(say("So sánh", "Side by side"))
    table.add_column(say("Nhóm", "Group"), overflow="fold")
    for heading in (
        say("Số phiếu", "Sheets"),
        say("Chờ xem xét", "Waiting"),
        say("Không hợp lệ", "Invalid"),
        say("Lượt có điểm", "Scored"),
        say("Chỉ số chung", "Index"),
    ):
        table.add_column(heading, justify="right")
    for group, name in zip(groups, names, strict=True):
        table.add_row(
            Text(name),
            *(count(n) for n in (group.sheets, group.waiting, group.rejected)),
            count(group.overall.scored),
            percent(group.overall.percent),
        )
    return table


def _scale(line: QuestionTally) -> tuple[tuple[str, str], ...]:
    """What makes one table: questions whose options are equal, "no opinion" included."""
    return tuple((option.code, option.text) for option in line.question.options)


def _scale_table(lines: Sequence[QuestionTally], title: str) -> Table:
    table = _table(title)
    table.add_column(say("Câu", "Id"), no_wrap=True)
    table.add_column(say("Tiêu chí", "Criterion"), overflow="fold")
    table.add_column(say("Trả\nlời", "An-\nswered"), justify="right", no_wrap=True)
    options = lines[0].question.options
    for option in options:
        table.add_column(Text(option.code), justify="right", overflow="fold")
    for heading in (
        say("Bỏ\ntrống", "Blank"),
        say("Nhiều\nô", "Double"),
        say("Chờ\nxem xét", "Wait-\ning"),
        say("Hai mức\ncao nhất", "Two\nbest"),
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    table.caption = Text(" · ".join(f"{option.code} = {option.text}" for option in options))
    for line in lines:
        table.add_row(
            Text(line.question.id),
            Text(line.question.text),
            count(line.answered),
            *(count(number) for _, number in line.counts),
            *(count(number) for number in (line.blank, line.double, line.waiting)),
            percent(line.share.percent if line.share else None),
        )
    return table


def _other_table(lines: Sequence[QuestionTally], title: str) -> Table:
    table = _table(title)
    table.add_column(say("Câu", "Id"), no_wrap=True)
    table.add_column(say("Nội dung", "Text"), overflow="fold")
    table.add_column(say("Số lượt", "Count"), justify="right")
    for line in lines:
        table.add_row(
            Text(line.question.id, style="bold"), Text(line.question.text, style="bold"), ""
        )
        for code, number in line.counts:
            table.add_row("", Text(line.question.option(code).text), count(number))
        table.add_row("", Text(_beside(line), style="dim"), "")
        table.add_section()
    return table


def _beside(line: QuestionTally) -> str:
    """What stands beside the counts of the options, in one line."""
    answered, blank, double, waiting = (
        count(number) for number in (line.answered, line.blank, line.double, line.waiting)
    )
    return say(
        f"trả lời {answered} · bỏ trống {blank} · nhiều ô {double} · chờ xem xét {waiting}",
        f"answered {answered} · blank {blank} · double {double} · waiting {waiting}",
    )


def index_table(group: GroupTally, title: str) -> Table:
    """Factors and index of one group."""
    table = _table(title)
    table.add_column(say("Yếu tố", "Factor"))
    table.add_column(say("Lượt ở hai mức cao nhất", "Two best"), justify="right")
    table.add_column(say("Lượt có điểm", "Scored"), justify="right")
    table.add_column(say("Tỷ lệ", "Share"), justify="right")
    for factor in group.factors:
        share = factor.share
        name = factor_name(factor.factor)
        table.add_row(Text(name), count(share.best), count(share.scored), percent(share.percent))
    table.add_section()
    overall = group.overall
    table.add_row(
        Text(say("Chỉ số chung", "Index"), style="bold"),
        count(overall.best),
        count(overall.scored),
        Text(percent(overall.percent), style="bold"),
    )
    return table


def factor_name(code: str) -> str:
    """A SIPAS factor in words; a code of the form's own is given back as it is."""
    names = {
        "TC": say("Tiếp cận dịch vụ", "Access"),
        "TT": say("Thủ tục hành chính", "Procedures"),
        "CC": say("Công chức", "Officials"),
        "KQ": say("Kết quả", "Results"),
        "GY": say("Góp ý, phản ánh, kiến nghị", "Complaints and suggestions"),
        "CHUNG": say("Đánh giá chung", "Overall assessment"),
    }
    return names.get(code, code)


def _table(title: str) -> Table:
    return Table(
        title=Text(title, style="bold"),
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
