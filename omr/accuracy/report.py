"""The tables of an accuracy run, as text; the first is the one that documents show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.accuracy.bounds import interval, upper_bound
from omr.accuracy.compare import CONFIDENCES
from omr.accuracy.model import Profile
from omr.accuracy.placement import WORST, percentile
from omr.accuracy.records import added

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from omr.accuracy.records import BatchRecord

Counts = dict[str, int]
HEAD = (
    "profile", "sheets", "questions", "silent errors (95 % at most)", "plain questions",
    "of those in review (95 % interval)", "of those on refused pages", "plain numbers in review",
    "sheets lost", "pages refused", "placed within mm, p50 / p97 / max",
)  # fmt: skip


def by_profile(records: Iterable[BatchRecord]) -> dict[str, Counts]:
    """All counts of each profile, in the order of the table."""
    found: dict[str, Counts] = {profile.value: {} for profile in Profile}
    for record in records:
        name = record.task.profile.value
        found[name] = added(found[name], record.counts)
    return {name: counts for name, counts in found.items() if counts}


def main_rows(counts: Mapping[str, Counts]) -> list[tuple[str, ...]]:
    """The table of the profiles, head first."""
    return [HEAD, *(_main_row(name, one) for name, one in counts.items())]


def _main_row(name: str, counts: Counts) -> tuple[str, ...]:
    questions, silent = counts.get("questions", 0), counts.get("silent", 0)
    plain, waiting = counts.get("plain", 0), counts.get("plain_review", 0)
    refused, lost = counts.get("plain_refused", 0), counts.get("sheets_lost", 0)
    low, high = interval(waiting, plain)
    numbers = counts.get("number", 0)
    return (
        name,
        f"{counts.get('sheets', 0):,}",
        f"{questions:,}",
        f"{silent} ({percent(upper_bound(silent, questions))})",
        f"{plain:,}",
        f"{share(waiting, plain)} ({percent(low)} - {percent(high)})",
        share(refused, plain),
        f"{share(counts.get('number_review', 0), numbers)} of {numbers:,}",
        str(lost),
        _reasons(counts) or "0",
        _placement(counts),
    )


def _reasons(counts: Counts) -> str:
    return ", ".join(
        f"{name.removeprefix('page/')} {count}"
        for name, count in sorted(counts.items())
        if name.startswith("page/") and count
    )


def _placement(counts: Counts) -> str:
    p50, p97 = percentile(counts, 0.50), percentile(counts, 0.97)
    if p50 is None or p97 is None:
        return "-"
    return f"{p50:.3f} / {p97:.3f} / {counts[WORST] / 1000:.3f}"


def percent(value: float) -> str:
    """A share with as many digits as it deserves."""
    digits = 1 if value >= 0.1 else 2 if value >= 0.001 else 4  # noqa: PLR2004
    return f"{100 * value:.{digits}f} %"


def share(part: int, whole: int) -> str:
    """A share of a count, ``-`` of nothing."""
    return percent(part / whole) if whole else "-"


def further_tables(counts: Mapping[str, Counts]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The other tables, each with its title; empty ones are left out."""
    tables = [
        (f"By {words}", _groups(counts, prefix))
        for words, prefix in (("act", "act/"), ("kind of question", "kind/"), ("pen", "pen/"))
    ]
    tables.append(("By place of the chosen option (plain single choices)", _positions(counts)))
    tables.append(("Stated confidence and marks whose state was right", _reliability(counts)))
    tables.append(("The same sheet captured again", _flips(counts)))
    return [(title, rows) for title, rows in tables if len(rows) > 1]


def _groups(counts: Mapping[str, Counts], prefix: str) -> list[tuple[str, ...]]:
    names = sorted(
        {
            name.removeprefix(prefix).rpartition("/")[0]
            for one in counts.values()
            for name in one
            if name.startswith(prefix)
        }
    )
    return [
        ("", *(f"{profile}: all, silent, plain in review" for profile in counts)),
        *(
            (name, *(_group_cell(one, f"{prefix}{name}") for one in counts.values()))
            for name in names
        ),
    ]


def _group_cell(counts: Counts, group: str) -> str:
    every, silent = counts.get(f"{group}/all", 0), counts.get(f"{group}/silent", 0)
    plain, waiting = counts.get(f"{group}/plain", 0), counts.get(f"{group}/plain_review", 0)
    return f"{every}, {silent}, {waiting} of {plain} ({share(waiting, plain)})" if every else "-"


def _positions(counts: Mapping[str, Counts]) -> list[tuple[str, ...]]:
    whole: Counts = {}
    for one in counts.values():
        whole = added(whole, {k: v for k, v in one.items() if k.startswith("position/")})
    sizes = sorted({int(name.split("/")[1]) for name in whole})
    most = max(sizes, default=0)
    rows: list[tuple[str, ...]] = [
        ("options", *(f"{place}: all, silent, in review" for place in range(1, most + 1)))
    ]
    for size in sizes:
        cells = []
        for place in range(1, size + 1):
            group = f"position/{size}/{place}"
            every = whole.get(f"{group}/all", 0)
            waiting = whole.get(f"{group}/review", 0)
            cells.append(f"{every}, {whole.get(f'{group}/silent', 0)}, {share(waiting, every)}")
        rows.append((str(size), *cells, *[""] * (most - size)))
    return rows


def _reliability(counts: Mapping[str, Counts]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("confidence", *(f"{profile}: right of marks" for profile in counts))
    ]
    for low, high in zip(CONFIDENCES, (*CONFIDENCES[1:], 1.0), strict=True):
        cells = []
        for one in counts.values():
            every, right = (
                one.get(f"confidence/{low}/all", 0),
                one.get(f"confidence/{low}/right", 0),
            )
            cells.append(f"{right} of {every} ({share(right, every)})" if every else "-")
        rows.append((f"{low} - {high}", *cells))
    marginal = (
        f"{one.get('marks_marginal', 0)} of {one.get('marks', 0)}" for one in counts.values()
    )
    return [*rows, ("marginal", *marginal)]


def _flips(counts: Mapping[str, Counts]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("profile", "targets", "flips between marked and unmarked")]
    for name, one in counts.items():
        if one.get("rescanned"):
            rows.append((name, f"{one['rescanned']:,}", str(one.get("flips", 0))))
    return rows


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """A table in columns of equal width."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """The same table as Markdown has it."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
