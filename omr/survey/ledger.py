"""The ledger of serials: which were issued, for which unit and field, in which print run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from omr.errors import UsageError
from omr.identity import format_serial
from omr.identity.serial import HIGHEST
from omr.language import say
from omr.survey import events
from omr.survey.model import Issued, PrintRun, RunKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.survey.database import Database

_COLUMNS = "number, form_version, unit, field, first, last, printed_at, again, kind"
_ONE = (
    "SELECT {} FROM print_run "
    "WHERE again IS NULL AND 0 < first AND first <= ? AND last >= ? ORDER BY number"
)


def runs(database: Database) -> tuple[PrintRun, ...]:
    """Every print run, reprints too, in printing order."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM print_run ORDER BY number")  # noqa: S608 - fixed
    return tuple(_run(row) for row in rows)


def issue(
    database: Database,
    copies: int,
    *,
    unit: str,
    field: str,
    form_version: str,
    printed_at: str,
    kind: RunKind = RunKind.SHEETS,
) -> PrintRun:
    """A new run of ``copies`` serials that follow the last one issued.

    ``kind`` is SHEETS or DECK: both take their serials from one sequence.

    Raises:
        UsageError: fewer than one copy, or more than there are serials left.
    """
    if copies < 1:
        raise UsageError(
            say(
                f"Số phiếu cần in phải từ 1 trở lên, không phải {copies}. Hãy sửa --copies.",
                f"The number of copies must be 1 or more, not {copies}. Change --copies.",
            )
        )
    run = PrintRun(0, form_version, unit, field, 1, copies, printed_at, kind=kind)
    with database.transaction():
        return issue_next(database, run)


def issue_next(database: Database, run: PrintRun) -> PrintRun:
    """The run with the next number and the serials that follow, on record; in a transaction.

    Raises:
        UsageError: there are fewer serials left than the run asks for.
    """
    copies = run.last - run.first + 1
    number, highest = database.rows(
        "SELECT coalesce(max(number), 0), coalesce(max(last), 0) FROM print_run"
    )[0]
    if highest + copies > HIGHEST:
        raise UsageError(
            say(
                f"Chỉ còn {HIGHEST - highest} số phiếu, không đủ cho {copies} phiếu. Hãy tạo "
                "cuộc khảo sát mới.",
                f"Only {HIGHEST - highest} serials are left, too few for {copies} copies. "
                "Make a new survey.",
            )
        )
    issued = replace(run, number=number + 1, first=highest + 1, last=highest + copies)
    _write(database, issued)
    events.log(database, events.What.PRINT, run=issued.number, first=issued.first, last=issued.last)
    return issued


def note_master(
    database: Database, *, unit: str, field: str, form_version: str, printed_at: str
) -> PrintRun:
    """A new run that prints one sheet without a serial, to be photocopied."""
    with database.transaction():
        number = database.rows("SELECT coalesce(max(number), 0) FROM print_run")[0][0] + 1
        run = PrintRun(
            number, form_version, unit, field, 0, 0, printed_at, again=None, kind=RunKind.MASTER
        )
        _write(database, run)
        events.log(database, events.What.PRINT_MASTER, run=number)
    return run


def reprint(database: Database, first: int, last: int, printed_at: str) -> list[PrintRun]:
    """The runs that print the serials ``first`` to ``last`` again, one per run they came from.

    Raises:
        UsageError: the range is empty, or holds a serial that was never issued.
    """
    with database.transaction():
        count = database.rows("SELECT coalesce(max(number), 0) FROM print_run")[0][0]
        originals = _originals(database, first, last)
        again = [
            PrintRun(
                number=count + position,
                form_version=run.form_version,
                unit=run.unit,
                field=run.field,
                first=max(first, run.first),
                last=min(last, run.last),
                printed_at=printed_at,
                again=run.number,
                kind=run.kind,
            )
            for position, run in enumerate(originals, start=1)
        ]
        for run in again:
            _write(database, run)
        events.log(database, events.What.REPRINT, first=first, last=last)
    return again


def issued(database: Database) -> Iterator[Issued]:
    """Every serial once, in printing order: reprints and masters add none."""
    for run in runs(database):
        if run.again is None and run.kind is not RunKind.MASTER:
            for serial in range(run.first, run.last + 1):
                yield _issued(serial, run)


def find_issued(database: Database, serial: int) -> Issued | None:
    """What is known of one serial, None if it was never issued."""
    found = database.rows(_ONE.format(_COLUMNS), (serial, serial))
    return _issued(serial, _run(found[0])) if found else None


def _run(row: tuple[Any, ...]) -> PrintRun:
    *values, kind = row
    return replace(PrintRun(*values), kind=RunKind(kind))


def _issued(serial: int, run: PrintRun) -> Issued:
    return Issued(
        serial, run.form_version, run.unit, run.field, run.number, run.printed_at, run.kind
    )


def _originals(database: Database, first: int, last: int) -> list[PrintRun]:
    found = [_run(row) for row in database.rows(_ONE.format(_COLUMNS), (last, first))]
    highest = found[-1].last if found else 0
    if not 1 <= first <= last <= highest:
        raise UsageError(_not_issued(database, first, last))
    return found


def _not_issued(database: Database, first: int, last: int) -> str:
    if first > last:
        return say(
            f"Khoảng số phiếu {first}-{last} bị ngược. Hãy viết số nhỏ trước: {last}-{first}.",
            f"The range {first}-{last} runs backwards. Write the smaller first: {last}-{first}.",
        )
    highest = database.rows("SELECT coalesce(max(last), 0) FROM print_run")[0][0]
    if not highest:
        return say(
            "Chưa in phiếu nào nên không có gì để in lại. Hãy in lần đầu bằng --copies.",
            "Nothing was printed yet, so nothing can be printed again. Print first, with --copies.",
        )
    known = f"{format_serial(1)}-{format_serial(highest)}"
    return say(
        f"Khoảng {first}-{last} có số phiếu chưa từng in; các số đã in là {known}. Hãy sửa "
        "--again.",
        f"The range {first}-{last} has serials that were never printed; those printed are {known}. "
        "Change --again.",
    )


def _write(database: Database, run: PrintRun) -> None:
    values = (
        run.number,
        run.form_version,
        run.unit,
        run.field,
        run.first,
        run.last,
        run.printed_at,
        run.again,
        run.kind.value,
    )
    statement = f"INSERT INTO print_run ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - fixed
    database.insert(statement, values)
