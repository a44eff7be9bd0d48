"""The product's verbs: make a survey, print, read, and put together what was read.

One sentence each: a form becomes a layout and a reference and is frozen; a survey issues serials
and prints them; scans are listed, kept, read by workers and recorded by this one process; what
was recorded is put together into sheets. Each step is done by the room that it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omr.batch import Progress, ReadSummary, read
from omr.deck import compare
from omr.errors import UsageError
from omr.export import export_survey
from omr.form import load_form
from omr.freezing import freeze
from omr.language import say
from omr.layout import layout_json
from omr.marks.ink_map import same_paper
from omr.print_runs import print_again, print_deck, print_master, print_sheets
from omr.review import Written, decidable, parse_decisions, write_waiting
from omr.survey import Survey
from omr.survey.events import now
from omr.survey.model import RunKind
from omr.tally import Grouping, GroupTally, tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from omr.deck import DeckResult
    from omr.proof.model import Proof
    from omr.proof.prove import Watch
    from omr.survey.model import Assembly, PrintRun

__all__ = [
    "Progress",
    "ReadSummary",
    "Taken",
    "assemble",
    "check",
    "compare_decks",
    "describe_layout",
    "export_results",
    "init",
    "preview",
    "print_again",
    "print_deck",
    "print_master",
    "print_sheets",
    "read",
    "review_in",
    "review_out",
    "tally_results",
]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many decisions of a table were new, and how many were on record already."""

    new: int
    known: int


def init(
    folder: Path,
    forms: Sequence[Path],
    units: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
) -> Survey:
    """Make a survey folder with these forms frozen into it; the caller closes the survey.

    ``settings`` give variables of the forms, such as the name of the office, other values.
    """
    return Survey.create(folder, [freeze(path, settings) for path in forms], units)


def compare_decks(survey: Survey, form: str | None = None) -> tuple[DeckResult, ...]:
    """Hold what was read of the newest deck of each form (or of this one) against its print."""
    newest: dict[str, PrintRun] = {}
    for run in survey.runs():
        if run.kind is RunKind.DECK and run.again is None:
            newest[survey.design(run.form_version).form.id] = run
    chosen = newest if form is None else {form: newest[form]} if form in newest else {}
    if not chosen:
        raise UsageError(
            say(
                f"Chưa in bộ phiếu thử nào{' của mẫu ' + form if form else ''} để so sánh. Hãy in "
                f"trước: omr deck {survey.folder} -o phieu-thu.pdf",
                f"No test deck{' of ' + form if form else ''} was printed that could be compared. "
                f"Print one first: omr deck {survey.folder} -o deck.pdf",
            )
        )
    pages = assemble(survey).pages
    return tuple(
        compare(run, survey.design(run.form_version), survey.expected_answers(run), pages)
        for run in chosen.values()
    )


def assemble(survey: Survey) -> Assembly:
    """All sheets and page images of the survey as they stand now."""
    return survey.assembly(same_paper)


def export_results(
    survey: Survey, folder: Path, assembly: Assembly | None = None
) -> tuple[Path, ...]:
    """Write ratings, marks, pages and codebook into ``folder``; returns the files.

    ``assembly`` saves putting the sheets together again where the caller has done it.
    """
    return export_survey(tuple(survey.designs.values()), assembly or assemble(survey), folder)


def tally_results(survey: Survey, by: Grouping | None = None) -> tuple[GroupTally, ...]:
    """Counts per question and option, and the share of the two best scores; by unit or field."""
    return tally(tuple(survey.designs.values()), assemble(survey).sheets, by)


def review_out(survey: Survey, folder: Path) -> Written:
    """Write what waits for a person into ``folder``: review.csv, pictures, a page to look at."""
    return write_waiting(survey, assemble(survey), folder)


def review_in(survey: Survey, table: Path, reviewer: str = "") -> Taken:
    """Take the decisions of a filled review.csv, all of them or none.

    ``reviewer`` stands for rows that name nobody. UsageError names every row that is wrong.
    """
    known = decidable(tuple(survey.designs.values()), assemble(survey).pages)
    decisions = parse_decisions(table.read_bytes(), known, now(), reviewer.strip())
    new = survey.decide(decisions)
    return Taken(new, len(decisions) - new)


def describe_layout(
    form_or_survey: Path, settings: Mapping[str, str] | None = None
) -> dict[str, Any] | list[dict[str, Any]]:
    """Layout JSON of a form's file, or of a survey's forms (a list where it has several).

    ``settings`` give variables of a form's file other values; those of a survey are frozen.
    """
    if form_or_survey.is_dir():
        if settings:
            raise UsageError(_survey_is_set())
        with Survey.open(form_or_survey) as survey:
            described = [layout_json(d.form, d.layout) for d in survey.designs.values()]
        return described[0] if len(described) == 1 else described
    frozen = freeze(form_or_survey, settings).reference
    return layout_json(frozen.form, frozen.layout)


def check(
    path: Path,
    settings: Mapping[str, str] | None = None,
    *,
    sheets: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> Proof:
    """Whether a form can be printed and read, proved on simulated sheets, and what to change.

    FormError says what is wrong in the form's file; ``settings`` are values of its variables. The
    rest is explained at :func:`omr.proof.prove`.
    """
    from omr.proof import prove  # noqa: PLC0415 - only a proof needs pens and scanners

    return prove(load_form(path, settings), sheets, seed, jobs, watch)


def preview(
    form_or_survey: Path,
    out: Path,
    settings: Mapping[str, str] | None = None,
    *,
    force: bool = False,
) -> tuple[Path, ...]:
    """Draw a form's pages, or those of a survey's forms, with every target outlined and named.

    ``out`` ends in ``.pdf`` (all pages) or ``.png`` (one file per page); returns the files.
    UsageError if one is there already, unless ``force``.
    """
    from omr.previewing import shown, survey_shown, write_preview  # noqa: PLC0415 - draws pictures

    if form_or_survey.is_dir():
        if settings:
            raise UsageError(_survey_is_set())
        with Survey.open(form_or_survey) as survey:
            forms = survey_shown(survey)
    else:
        forms = (shown(load_form(form_or_survey, settings)),)
    return write_preview(forms, out, force=force)


def _survey_is_set() -> str:
    return say(
        "--set chỉ dùng với tệp mẫu phiếu: mẫu phiếu trong cuộc khảo sát đã được chốt cùng tên cơ "
        "quan. Hãy bỏ --set.",
        "--set goes with a form's file only: the forms of a survey are frozen with the office's "
        "name. Drop --set.",
    )
