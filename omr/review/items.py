"""What waits for a person: doubtful questions and whole sheets, with all that is needed to decide.

The names of items are made by :mod:`omr.survey.items`; they survive a spreadsheet, because none
of them looks like a number or a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.outcome import PageRead
from omr.refusal import Reason
from omr.survey.items import WHOLE_SHEET, question_item, sheet_item
from omr.survey.model import SheetStatus
from omr.tables.serials import serial_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from omr.form.model import Form, Question
    from omr.survey.model import Answer, Design, PageRecord, SheetRecord

    Crops = Callable[[PageRead], Iterable[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide.

    ``question`` is None for a whole sheet. ``doubts`` are the values of
    :class:`omr.responses.model.Doubt`, or the sheet's reason. ``picture`` is a JPEG, or empty.
    ``copies`` names the further images of the same page, or the other pages of a whole sheet.
    """

    item: str
    serial: str
    source: str
    image: str
    question: Question | None
    doubts: tuple[str, ...]
    machine: str
    picture: bytes
    copies: tuple[str, ...] = ()

    @property
    def question_id(self) -> str:
        """The question's id, ``*`` for a whole sheet."""
        return WHOLE_SHEET if self.question is None else self.question.id

    @property
    def crop_name(self) -> str:
        """File name of the picture; empty where there is none.

        A capital is followed by an underscore, so that ``q1`` and ``Q1`` keep apart on a disk that
        makes no difference between them.
        """
        if not self.picture:
            return ""
        apart = (f"{each}_" if each.isupper() or each == "_" else each for each in self.item)
        return f"{''.join(apart)}.jpg"


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
    designs: Sequence[Design], pages: Iterable[PageRecord]
) -> Mapping[str, Question | None]:
    """Every item that a decision may name, with its question; None for a whole sheet.

    These are the items of every page image that was ever read, and not only of what waits: a
    decision may be corrected, a comment typed in, and a table may come back after the same paper
    was read again from another file, or its file withdrawn. Test sheets are never decided.
    """
    by_version = {design.layout.version: design for design in designs}
    known: dict[str, Question | None] = {}
    for record in pages:
        page = record.outcome
        if record.reason == Reason.TEST_DECK.value:
            continue
        if isinstance(page, PageRead) and page.form_version in by_version:
            known[sheet_item(page)] = None
            for question in _asked_on(by_version[page.form_version], page.page):
                known[question_item(page, question.id)] = question
    return known


def _asked_on(design: Design, number: int) -> Iterator[Question]:
    """The questions of one page; those without any target count to the first page."""
    first = design.layout.pages[0].number
    page_of = {
        target.question: page.number for page in design.layout.pages for target in page.targets
    }
    for question in design.form.questions:
        if page_of.get(question.id, first) == number:
            yield question


def _of_sheet(sheet: SheetRecord, form: Form, crops: Crops) -> Iterator[ReviewItem]:
    pages = {str(page.name): page for page in sheet.pages}
    if sheet.reason:
        yield _whole(sheet)
    answers = {answer.question: answer for answer in sheet.answers}
    for question in form.questions:
        answer = answers.get(question.id)
        if answer is not None and answer.doubts and answer.page in pages:
            yield _question(sheet, question, answer, pages[answer.page], crops)


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
        copies=tuple(str(page.name) for page in sheet.pages[1:]),
    )


def _question(
    sheet: SheetRecord, question: Question, answer: Answer, page: PageRead, crops: Crops
) -> ReviewItem:
    copies = [copy for copy in sheet.copies if copy.page == page.page]
    return ReviewItem(
        item=answer.item,
        serial=serial_text(sheet.serial),
        source=page.name.file,
        image=str(page.name),
        question=question,
        doubts=tuple(doubt.value for doubt in answer.doubts),
        machine=answer.machine,
        picture=_picture(question, (page, *copies), crops),
        copies=tuple(str(copy.name) for copy in copies),
    )


def _picture(question: Question, images: Iterable[PageRead], crops: Crops) -> bytes:
    """The question's picture from the first image where it waited when that was read, or empty."""
    found = (dict(crops(image)).get(question.id) for image in images)
    return next((picture for picture in found if picture), b"")
