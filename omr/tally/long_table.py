"""A tally as one long table, for other programs: a row per option, per factor, and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.tables.columns import TALLY_COLUMNS, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omr.tally.model import GroupTally, QuestionTally, Share

_NO_OPTION = ("", "", "")
_NO_COUNTS = ("", "", "", "")


def tally_table(groups: Iterable[GroupTally]) -> Table:
    """Every count and share of the groups. A question without options has one row.

    Rows of a factor have no question; the last row of a group, its index, has no factor either.
    Percentages have a decimal point, whatever the screen language.
    """
    return Table(TALLY_COLUMNS, tuple(row for group in groups for row in _group_rows(group)))


def _group_rows(group: GroupTally) -> Iterator[tuple[str, ...]]:
    for line in group.questions:
        for row in _question_rows(line):
            yield (group.name, *row)
    for factor in group.factors:
        head = (group.name, "", factor.factor, "", "")
        yield (*head, *_NO_OPTION, *_NO_COUNTS, *_share(factor.share))
    yield (group.name, "", "", "", "", *_NO_OPTION, *_NO_COUNTS, *_share(group.overall))


def _question_rows(line: QuestionTally) -> Iterator[tuple[str, ...]]:
    question = line.question
    head = (line.form, question.factor, question.id, question.text)
    numbers = (line.answered, line.blank, line.double, line.waiting)
    tail = (*map(str, numbers), *_share(line.share))
    if not line.counts:
        yield (*head, *_NO_OPTION, *tail)
    for code, count in line.counts:
        yield (*head, code, question.option(code).text, str(count), *tail)


def _share(share: Share | None) -> tuple[str, str, str]:
    if share is None:
        return "", "", ""
    percent = "" if share.percent is None else str(share.percent)
    return str(share.best), str(share.scored), percent
