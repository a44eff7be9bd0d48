"""What waits for a person: doubtful questions and whole sheets, with all that is needed to decide.

The names of items are made by :mod:`omr.survey.items`; they survive a spreadsheet, because none
of them looks like a number or a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.survey.items import WHOLE_SHEET
from omr.survey.model import SheetStatus
from omr.tables.serials import serial_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from omr.form.model import Form, Question
    from omr.outcome import PageRead
    from omr.survey.model import Answer, Design, SheetRecord

    Crops = Callable[[PageRead], Iterable[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide.

    ``question`` is None for a whole sheet. ``doubts`` are the values of
    :class:`omr.responses.model.Doubt`, or the sheet's reason. ``picture`` is a JPEG, or empty.
    """

    item: str
    serial: str
    source: str
    image: str
    question: Question | None
    doubts: tuple[str, ...]
    machine: str
    picture: bytes

    @property
    def question_id(self) -> str:
        """The question's id, ``*`` for a whole sheet."""
        return WHOLE_SHEET if self.question is None else self.question.id

    @property
    def crop_name(self) -> str:
        """File name of the picture; empty where there is none."""
        if not self.picture:
            return ""
        plain = (letter if letter.isalnum() or letter in "-_" else "_" for letter in self.item)
        return f"{''.join(plain)}.jpg"


def waiting_items(
    designs: Sequence[Design], sheets: Iterable[SheetRecord], crops: Crops
) -> tuple[ReviewItem, ...]:
    """Everything that waits, in the order of the sheets; nothing of rejected sheets.

    ``crops`` fetches the pictures of a page's waiting questions (:meth:`omr.survey.Survey.crops`).
    A sheet that waits as a whole comes before its doubtful questions, which may be decided too.
    """
    by_version = {form.layout.version: form.form for form in designs}
    return tuple(
        item
        for sheet in sheets
        if sheet.status is not SheetStatus.REJECTED
        for item in _of_sheet(sheet, by_version[sheet.form_version], crops)
    )


def decidable(
    designs: Sequence[Design], sheets: Iterable[SheetRecord]
) -> Mapping[str, Question | None]:
    """Every item that a decision may name, with its question; None for a whole sheet.

    More than what waits: a decision may be corrected or taken back, a comment typed in.
    """
    by_version = {form.layout.version: form.form for form in designs}
    known: dict[str, Question | None] = {}
    for sheet in sheets:
        form = by_version[sheet.form_version]
        known[sheet.item] = None
        known |= {answer.item: form.question(answer.question) for answer in sheet.answers}
    known.pop("", None)
    return known


def _of_sheet(sheet: SheetRecord, form: Form, crops: Crops) -> Iterator[ReviewItem]:
    pages = {str(page.name): page for page in sheet.pages}
    if sheet.reason:
        yield _whole(sheet)
    answers = {answer.question: answer for answer in sheet.answers}
    for question in form.questions:
        answer = answers.get(question.id)
        if answer is not None and answer.doubts and answer.page in pages:
            page = pages[answer.page]
            yield _question(sheet, question, answer, page, dict(crops(page)).get(question.id, b""))


def _whole(sheet: SheetRecord) -> ReviewItem:
    first = sheet.pages[0]
    return ReviewItem(
        item=sheet.item,
        serial=serial_text(sheet.serial),
        source=first.name.file,
        image=str(first.name),
        question=None,
        doubts=(sheet.reason,),
        machine="",
        picture=b"",
    )


def _question(
    sheet: SheetRecord, question: Question, answer: Answer, page: PageRead, picture: bytes
) -> ReviewItem:
    return ReviewItem(
        item=answer.item,
        serial=serial_text(sheet.serial),
        source=page.name.file,
        image=str(page.name),
        question=question,
        doubts=tuple(doubt.value for doubt in answer.doubts),
        machine=answer.machine,
        picture=picture,
    )
