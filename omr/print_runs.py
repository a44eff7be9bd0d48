"""Print runs: what is issued goes on record, and into a PDF that is there whole or not at all.

The file is opened before anything is issued, so that a folder that cannot be written to costs no
serial. Serials that were issued stay on record whatever happens then: a printed sheet must never
meet a ledger that does not know it. Where the file did not get done, the message says how to print
them after all.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from omr.deck import deck_overlays, expected_table, plan_deck
from omr.errors import StoppedError, UsageError
from omr.freezing import typeset_frozen
from omr.identity import PageIdentity, encode_page, format_serial
from omr.identity.code import CODE_BYTES
from omr.language import say
from omr.printing import SheetToPrint, whole_file
from omr.printing import print_sheets as print_pages
from omr.survey.model import RunKind
from omr.tables.csv_table import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from omr.layout import Typeset
    from omr.printing import Overlay
    from omr.survey import Survey
    from omr.survey.model import Issued, PrintRun


def print_sheets(  # noqa: PLR0917 - one call, as one reads the command
    survey: Survey, copies: int, unit: str, field: str, out: Path, form: str | None = None
) -> PrintRun:
    """Issue ``copies`` new serials of a form and print them into the PDF ``out``.

    ``form`` is the form's id; it may be None where the survey has only one printable form.

    Raises:
        UsageError: what is asked for cannot be printed (then no serial was issued), or the file
            could not be written (then the message says which serials are on record).
    """
    version = _printable(survey, form)
    pages = typeset_frozen(survey, version)
    _refuse_unprintable_names(pages, unit, field)
    with _unfinished_runs_are_told(survey) as runs, whole_file(out) as stream:
        runs.append(survey.issue(copies, unit, field, version))
        print_pages(pages, _signed(survey, pages, _of_run(survey, runs[0])), stream)
    return runs[0]


def print_master(
    survey: Survey, unit: str, field: str, out: Path, form: str | None = None
) -> PrintRun:
    """Print one sheet without a serial into ``out``, to be photocopied; on record.

    Its copies are read as sheets of this unit and field. ``form`` and errors as
    :func:`print_sheets`.
    """
    version = _printable(survey, form)
    pages = typeset_frozen(survey, version)
    _refuse_unprintable_names(pages, unit, field)
    with _unfinished_runs_are_told(survey) as runs, whole_file(out) as stream:
        runs.append(survey.note_master(unit, field, version))
        print_pages(pages, [_master(survey, pages, runs[0])], stream)
    return runs[0]


def print_again(survey: Survey, first: int, last: int, out: Path) -> list[PrintRun]:
    """Print the serials ``first`` to ``last`` once more, on record, with the same codes."""
    issued = [sheet for sheet in survey.issued() if first <= sheet.serial <= last]
    versions = {sheet.form_version for sheet in issued}
    if len(versions) > 1:
        raise UsageError(
            say(
                "Dãy số phiếu này thuộc nhiều mẫu phiếu; hãy in lại từng mẫu một.",
                "These serials belong to several forms; print them again form by form.",
            )
        )
    pages = [typeset_frozen(survey, version) for version in versions]
    # Before anything goes on record: a deck may be one that this program would mark otherwise.
    sheets = [_signed(survey, typeset, issued) for typeset in pages]
    with _unfinished_runs_are_told(survey) as runs, whole_file(out) as stream:
        runs.extend(survey.reprint(first, last))
        print_pages(pages[0], sheets[0], stream)
    return runs


def print_deck(
    survey: Survey, out: Path, table: Path, unit: str = "", form: str | None = None
) -> PrintRun:
    """Issue a test deck of a form, print it into ``out``, and write its expected ratings.

    ``table`` is the CSV of the expected ratings; ``form`` as in :func:`print_sheets`.
    """
    version = _printable(survey, form)
    pages = typeset_frozen(survey, version)
    _refuse_unprintable_names(pages, unit, "")
    expected = [sheet.expected for sheet in plan_deck(pages.form)]
    with _unfinished_runs_are_told(survey) as runs, whole_file(out) as stream:
        runs.append(survey.issue_deck(expected, unit, "", version))
        print_pages(pages, _signed(survey, pages, _of_run(survey, runs[0])), stream)
    run = runs[0]
    designs = tuple(survey.designs.values())
    write_csv(expected_table(designs, run, survey.expected_answers(run)), table)
    return run


def _printable(survey: Survey, form: str | None) -> str:
    """The version to print: the newest of the form with this id, or of the only one."""
    designs = {v: d for v, d in survey.designs.items() if not d.layout.is_measured}
    newest = {design.form.id: version for version, design in designs.items()}
    if form is None and len(newest) == 1:
        return next(iter(newest.values()))
    if form in newest:
        return newest[form]
    if not newest or any(design.form.id == form for design in survey.designs.values()):
        raise UsageError(
            say(
                "Mẫu phiếu đo từ giấy có sẵn thì không in được; hãy dùng giấy đã có và đọc bằng "
                "omr read.",
                "A measured form cannot be printed: use the paper that exists, and read it with "
                "omr read.",
            )
        )
    names = ", ".join(newest)
    raise UsageError(
        say(
            f"Cần chọn một mẫu phiếu để in bằng --form: {names}.",
            f"Choose the form to print with --form: {names}.",
        )
    )


def _refuse_unprintable_names(pages: Typeset, unit: str, field: str) -> None:
    """UsageError before any serial is issued: one on record but on no paper is lost for ever."""
    codes = tuple(bytes(CODE_BYTES) for _ in pages.layout.pages)
    print_pages(pages, [SheetToPrint(1, unit.strip(), field.strip(), codes)], BytesIO())


def _of_run(survey: Survey, run: PrintRun) -> list[Issued]:
    return [sheet for sheet in survey.issued() if run.first <= sheet.serial <= run.last]


def _signed(survey: Survey, pages: Typeset, issued: Sequence[Issued]) -> Iterator[SheetToPrint]:
    """The sheets with their codes and marks; UsageError at once where a deck's are not as printed.

    The sheets themselves are made one by one.
    """
    marked = _marked(survey, pages, issued)
    survey_id, key = survey.id, survey.key
    return (
        SheetToPrint(
            sheet.serial,
            sheet.unit,
            sheet.field,
            _codes(survey_id, key, pages, sheet.serial),
            marked.get(sheet.serial, ()),
        )
        for sheet in issued
    )


def _codes(survey_id: str, key: bytes, pages: Typeset, serial: int) -> tuple[bytes, ...]:
    version = pages.layout.version
    identities = [
        PageIdentity(survey_id, version, serial, page.number) for page in pages.layout.pages
    ]
    return tuple(encode_page(identity, key) for identity in identities)


def _master(survey: Survey, pages: Typeset, run: PrintRun) -> SheetToPrint:
    identities = [
        PageIdentity(survey.id, run.form_version, None, page.number, run.number)
        for page in pages.layout.pages
    ]
    codes = tuple(encode_page(identity, survey.key) for identity in identities)
    return SheetToPrint(None, run.unit, run.field, codes)


def _marked(
    survey: Survey, pages: Typeset, issued: Sequence[Issued]
) -> Mapping[int, tuple[Overlay, ...]]:
    """What stands upon the test sheets among these, by serial."""
    decks = {sheet.run for sheet in issued if sheet.kind is RunKind.DECK}
    marked: dict[int, tuple[Overlay, ...]] = {}
    for run in survey.runs():
        if run.number in decks:
            marked |= deck_overlays(pages, run, survey.expected_answers(run))
    return marked


@contextmanager
def _unfinished_runs_are_told(survey: Survey) -> Iterator[list[PrintRun]]:
    """A list for the runs that are issued inside; if the file is not done, they are named.

    A full disk ends in a UsageError, an interruption in a StoppedError.
    """
    runs: list[PrintRun] = []
    try:
        yield runs
    except OSError as error:
        if not runs:
            raise
        raise UsageError(_unfinished(survey, runs, error.strerror or str(error))) from error
    except KeyboardInterrupt as stop:
        if not runs:
            raise
        why = say("bị ngắt", "interrupted")
        raise StoppedError(_unfinished(survey, runs, why)) from stop


def _unfinished(survey: Survey, runs: Sequence[PrintRun], why: str) -> str:
    if runs[0].kind is RunKind.MASTER:
        return say(
            f"Chưa ghi được tệp PDF ({why}). Hãy khắc phục rồi in lại bản gốc để photocopy.",
            f"The PDF was not written ({why}). Mend that and print the master once more.",
        )
    first, last = (format_serial(n) for n in (runs[0].first, runs[-1].last))
    return say(
        f"Chưa ghi được tệp PDF ({why}). Các số phiếu {first}–{last} đã ghi vào sổ; hãy in chúng "
        f"bằng: omr print {survey.folder} --again {first}-{last} -o FILE.pdf",
        f"The PDF was not written ({why}). The serials {first}–{last} are on record; print them "
        f"with: omr print {survey.folder} --again {first}-{last} -o FILE.pdf",
    )
