"""One respondent's sheet from its papers: answers, what waits, and what people decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omr.form.model import Kind
from omr.responses.model import Doubt, Response
from omr.survey.items import INVALID, VALID, question_item, sheet_item
from omr.survey.model import MACHINE, Answer, SheetRecord, SheetStatus
from omr.survey.papers import pair_sides

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.form.model import Question
    from omr.outcome import PageRead
    from omr.survey.model import Decision, Design, Issued, PrintRun
    from omr.survey.papers import Paper
    from omr.survey.photocopies import Photocopy
    from omr.survey.verdicts import Verdicts

    Sides = Mapping[int, Paper]

DUPLICATE_SERIAL = "duplicate-serial"
"""Reason of a sheet beside which another paper with the same serial was read."""
MISSING_PAGE = "missing-page"
"""Reason of a sheet of which not all pages were read; the page numbers follow a colon."""
PAIRING_UNCERTAIN = "pairing-uncertain"
"""Reason of a sheet without a serial whose pages may be of several respondents."""


def numbered_sheets(
    papers: Sequence[Paper], issued: Issued, design: Design, verdicts: Verdicts
) -> list[SheetRecord]:
    """The sheet with this serial, or a row for each paper where several carry it.

    All of them wait until a person has declared all but one invalid, or those valid that count.
    """
    rows = pair_sides(papers)
    decisions = [verdicts.about_sheet(sides.values()) for sides in rows]
    standing = sum(not _is(decision, INVALID) for decision in decisions)
    sheets = []
    for sides, decision in zip(rows, decisions, strict=True):
        reason = DUPLICATE_SERIAL if standing > 1 else _missing(sides, design)
        sheet = _sheet(sides, design, verdicts, decision, reason)
        sheets.append(replace(sheet, serial=issued.serial, unit=issued.unit, field=issued.field))
    return sheets


def measured_sheet(paper: Paper, design: Design, verdicts: Verdicts) -> SheetRecord:
    """The sheet of a measured form: that one page."""
    sides = {paper.kept.page: paper}
    decision = verdicts.about_sheet(sides.values())
    return _sheet(sides, design, verdicts, decision, reason=_missing(sides, design))


def photocopied_sheet(
    copy: Photocopy, run: PrintRun, design: Design, verdicts: Verdicts
) -> SheetRecord:
    """The sheet of one photocopy of the master that ``run`` printed."""
    decision = verdicts.about_sheet(copy.sides.values())
    reason = _missing(copy.sides, design) if copy.is_certain else PAIRING_UNCERTAIN
    sheet = _sheet(copy.sides, design, verdicts, decision, reason)
    return replace(sheet, unit=run.unit, field=run.field)


def _missing(sides: Sides, design: Design) -> str:
    asking = [page.number for page in design.layout.pages if page.targets]
    missing = [str(number) for number in asking if number not in sides]
    return f"{MISSING_PAGE}:{','.join(missing)}" if missing else ""


def _is(decision: Decision | None, value: str) -> bool:
    return decision is not None and decision.value == value


def _sheet(
    sides: Sides, design: Design, verdicts: Verdicts, decision: Decision | None, reason: str
) -> SheetRecord:
    rejected = _is(decision, INVALID)
    waits = "" if rejected or _is(decision, VALID) else reason
    answers = _answers(sides, design, verdicts)
    if waits:
        answers = tuple(replace(answer, value="") for answer in answers)
    in_order = [side for _, side in sorted(sides.items())]
    pages = tuple(side.kept for side in in_order)
    return SheetRecord(
        serial=None,
        form_version=design.layout.version,
        unit="",
        field="",
        opening="",
        status=_status(answers, waits=bool(waits), rejected=rejected),
        reason=waits,
        answers=answers,
        pages=pages,
        item=sheet_item(pages[0]),
        copies=tuple(copy for side in in_order for copy in side.copies),
    )


def _status(answers: Sequence[Answer], *, waits: bool, rejected: bool) -> SheetStatus:
    if rejected:
        return SheetStatus.REJECTED
    if waits or any(answer.doubts for answer in answers):
        return SheetStatus.REVIEW
    return SheetStatus.ACCEPTED


def _answers(sides: Sides, design: Design, verdicts: Verdicts) -> tuple[Answer, ...]:
    page_of = {
        target.question: page.number for page in design.layout.pages for target in page.targets
    }
    first = design.layout.pages[0].number
    return tuple(
        _answer(question, sides.get(page_of.get(question.id, first)), verdicts)
        for question in design.form.questions
    )


def _answer(question: Question, side: Paper | None, verdicts: Verdicts) -> Answer:
    if side is None:
        return Answer(question.id, "", MACHINE, machine="", doubts=(), page="", item="")
    machine, doubts = _machine_reading(question, side)
    decision = verdicts.about_question(side, question.id)
    return Answer(
        question=question.id,
        value=_written(question, decision.value if decision else "" if doubts else machine),
        decided_by=decision.reviewer if decision else MACHINE,
        machine=machine,
        doubts=() if decision else doubts,
        page=str(side.kept.name),
        item=question_item(side.kept, question.id),
    )


def _machine_reading(question: Question, side: Paper) -> tuple[str, tuple[Doubt, ...]]:
    """What the machine read, and its doubts. Text is never guessed, and never waits."""
    if question.kind is Kind.TEXT:
        return "", ()
    kept = _response(question, side.kept)
    if not kept.doubts and any(
        _says_otherwise(_response(question, copy), kept) for copy in side.copies
    ):
        return kept.value, (Doubt.READINGS,)
    return kept.value, kept.doubts


def _response(question: Question, page: PageRead) -> Response:
    for response in page.responses:
        if response.question == question.id:
            return response
    return Response(question.id, (), (Doubt.UNPLACED,))  # the page was read, but not this question


def _says_otherwise(copy: Response, kept: Response) -> bool:
    """Whether a copy was decided otherwise, or shows something where the other shows no answer."""
    if copy.doubts and kept.codes:
        return False
    return copy.codes != kept.codes or Doubt.NUMBER in copy.doubts


def _written(question: Question, value: str) -> str:
    """A value as the exports have it: numbers without leading zeros."""
    if question.kind is Kind.NUMBER and value.isdecimal():
        return str(int(value))
    return value
