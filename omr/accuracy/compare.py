"""What the exported tables say of each printed sheet, held against what people said."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.accuracy.records import Verdict
from omr.form.model import Kind as QuestionKind
from omr.identity import format_serial
from omr.refusal import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from omr.accuracy.model import Said
    from omr.form.model import Form
    from omr.survey.model import Design

Row = dict[str, str]
CONFIDENCES = (0.0, 0.5, 0.9, 0.99, 0.999, 0.9999)
"""Lower ends of the bins of the reliability table."""
WHOLE_SHEET = "*"
INCOMPLETE = "missing-page"
NOT_LISTED, TAKEN_FOR_ANOTHER = "not listed", "taken for another page"
NAMELESS = frozenset(
    {NOT_LISTED, TAKEN_FOR_ANOTHER, "blank", "duplicate", Reason.INTERNAL_ERROR.value}
)
"""What becomes of a filled page without a reason that a person could act on: it is lost."""


@dataclass(frozen=True)
class Tables:
    """The exported files of one batch, and the items for review."""

    ratings: Mapping[str, Row]
    waiting: Mapping[tuple[str, str], Row]
    marks: Mapping[str, list[Row]]
    pages: Mapping[str, list[Row]]

    @staticmethod
    def read(export: Path, review: Path) -> Tables:
        """From the folder of ``omr export`` and the review.csv of ``omr review``."""
        marks: dict[str, list[Row]] = {}
        for row in _rows(export / "marks.csv"):
            marks.setdefault(row["serial"], []).append(row)
        pages: dict[str, list[Row]] = {}
        for row in _rows(export / "pages.csv"):
            pages.setdefault(row["source"], []).append(row)
        return Tables(
            ratings={row["serial"]: row for row in _rows(export / "ratings.csv")},
            waiting={(row["serial"], row["question"]): row for row in _rows(review)},
            marks=marks,
            pages=pages,
        )


@dataclass(frozen=True)
class Judged:
    """One question: what was said, what the tables have, and what that comes to."""

    said: Said
    page: int
    verdict: Verdict
    read: str
    doubts: str


@dataclass(frozen=True)
class JudgedSheet:
    """One printed sheet; ``refused`` are its page numbers whose image has no reading, with why."""

    serial: int
    questions: tuple[Judged, ...]
    refused: tuple[tuple[int, str], ...]
    lost: bool

    @property
    def name(self) -> str:
        """The serial as printed."""
        return format_serial(self.serial)


def judge_sheet(
    tables: Tables, design: Design, serial: int, files: Sequence[str], said: Sequence[Said]
) -> JudgedSheet:
    """Compare one sheet. ``files`` are the names of its page images, in the order of pages."""
    name, form = format_serial(serial), design.form
    fates = [
        _fate(tables.pages.get(file, []), name, page) for page, file in enumerate(files, start=1)
    ]
    refused = tuple((page, fate) for page, fate in enumerate(fates, start=1) if fate is not None)
    row = tables.ratings.get(name)
    lost = any(fate.partition(":")[0] in NAMELESS for _, fate in refused) or (
        row is None and not refused
    )
    page_of = {
        target.question: page.number for page in design.layout.pages for target in page.targets
    }
    questions = []
    for one in said:
        if form.question(one.question).kind is QuestionKind.TEXT:
            continue
        page = page_of[one.question]
        verdict, read, doubts = _judge(tables, form, row, one, lost=lost)
        questions.append(Judged(one, page, verdict, read, doubts))
    return JudgedSheet(serial, tuple(questions), refused, lost)


def _fate(rows: Sequence[Row], serial: str, page: int) -> str | None:
    """None where the image was read as this page of this sheet, else what became of it."""
    if not rows:
        return NOT_LISTED
    for row in rows:
        if row["status"] != "read":
            return row["reason"] or row["status"]
        if (row["serial"], row["page"]) != (serial, str(page)):
            return TAKEN_FOR_ANOTHER
    return None


def _judge(
    tables: Tables, form: Form, row: Row | None, said: Said, *, lost: bool
) -> tuple[Verdict, str, str]:
    if row is None:
        return Verdict.LOST if lost else Verdict.REFUSED, "", ""
    serial, waiting = row["serial"], row["review"].split()
    item = tables.waiting.get((serial, said.question), {})
    if said.question in waiting:
        return Verdict.REVIEW, item.get("machine", ""), item.get("reason", "")
    if WHOLE_SHEET in waiting:
        missing = row["reason"].startswith(INCOMPLETE)
        return Verdict.REFUSED if missing else Verdict.REVIEW, "", row["reason"]
    read = row[said.question]
    right = said.value is not None and read == written(form, said)
    return Verdict.RIGHT if right else Verdict.SILENT, read, ""


def written(form: Form, said: Said) -> str:
    """What somebody said, as ratings.csv writes it; where only a person may decide, ``?``."""
    if said.value is None:
        return "?"
    if form.question(said.question).kind is QuestionKind.NUMBER:
        digits = "".join(said.value)
        return digits.lstrip("0") or digits[:1]
    return "+".join(said.value)


def count_sheet(form: Form, sheet: JudgedSheet, pen: str) -> Counter[str]:
    """All counts of one sheet's questions; plain number questions are counted apart."""
    counts: Counter[str] = Counter(sheets=1, sheets_lost=int(sheet.lost))
    for _, reason in sheet.refused:
        counts[f"page/{reason.partition(':')[0]}"] += 1
    for judged in sheet.questions:
        said, verdict = judged.said, judged.verdict.value
        counts["questions"] += 1
        counts[verdict] += 1
        groups = [f"act/{act}" for act in said.acts]
        groups += [f"kind/{form.question(said.question).kind.value}"]
        groups += [f"pen/{pen}"] if pen else []
        if said.plain:
            kind = "number" if form.question(said.question).kind is QuestionKind.NUMBER else "plain"
            counts[kind] += 1
            counts[f"{kind}_{verdict}"] += 1
            groups += _position(form, said)
        for group in groups:
            counts[f"{group}/all"] += 1
            if judged.verdict in {Verdict.SILENT, Verdict.REVIEW}:
                counts[f"{group}/{verdict}"] += 1
                counts[f"{group}/plain_{verdict}"] += said.plain
            counts[f"{group}/plain"] += said.plain
    return counts


def _position(form: Form, said: Said) -> list[str]:
    """Where the one chosen option stands among those of a single-choice question."""
    question = form.question(said.question)
    if question.kind is not QuestionKind.SINGLE or said.value is None or len(said.value) != 1:
        return []
    codes = [option.code for option in question.options]
    return [f"position/{len(codes)}/{codes.index(said.value[0]) + 1}"]


def count_marks(form: Form, rows: Sequence[Row], said: Sequence[Said]) -> Counter[str]:
    """How often a mark's stated confidence kept its word, by bin; marginal marks state none."""
    counts: Counter[str] = Counter()
    for question, option, row in _of_choices(form, rows):
        truth = next((one for one in said if one.question == question), None)
        if truth is None or truth.value is None:
            continue
        counts["marks"] += 1
        if row["state"] == "marginal":
            counts["marks_marginal"] += 1
            continue
        floor = max(low for low in CONFIDENCES if float(row["confidence"] or 0) >= low)
        is_chosen = option in truth.value
        counts[f"confidence/{floor}/all"] += 1
        counts[f"confidence/{floor}/right"] += (row["state"] == "marked") == is_chosen
    return counts


def _of_choices(form: Form, rows: Sequence[Row]) -> Iterator[tuple[str, str, Row]]:
    choices = {question.id for question in form.questions if question.has_targets}
    return ((r["question"], r["option"], r) for r in rows if r["question"] in choices)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
