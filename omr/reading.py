"""How one page image is read: the product's sentence. Open this file first.

A scan becomes a page; an empty side is told apart; the page is registered, to our own print or to
a measured form; marks are measured, classified and made into responses; what a person must decide
is cut out as a picture. Each step takes what the step before made, and a refusal ends the
sentence early, as a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from omr.digits.read import read_numbers
from omr.form.model import Kind
from omr.gauge.measure import measure_gauge
from omr.marks.beside import written_beside
from omr.marks.classify import classify
from omr.marks.ink_map import at_targets, ink_contours, ink_map
from omr.marks.learned.agree import confirmed
from omr.marks.measure import measure
from omr.marks.page_ink import page_ink
from omr.outcome import PageBlank, PageOutcome, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.registration.blank import is_blank
from omr.registration.designed import register_own
from omr.registration.measured import register_measured
from omr.responses.decide import decide
from omr.responses.model import Doubt, Unsure
from omr.responses.picture import question_picture
from omr.scan import load_page
from omr.scan.dithering import undithered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omr.digits.model import NumberReading
    from omr.form.model import Form
    from omr.marks.classify import PageMarks
    from omr.marks.model import Mark
    from omr.reference import ReferenceForm
    from omr.registration.designed import OwnPaper
    from omr.registration.model import RegisteredPage
    from omr.responses.model import Response
    from omr.scan.model import PageRef, ScannedPage


@dataclass(frozen=True)
class Reader:
    """What page images are read against: our own paper, and the measured forms."""

    own: OwnPaper
    measured: tuple[ReferenceForm, ...]

    def read(self, ref: PageRef) -> PageOutcome:
        """Read the page image that ``ref`` points at."""
        page = load_page(ref)
        if isinstance(page, Refusal):
            return PageRefused(ref.name, ref.sha256, page)
        return self.read_page(page)

    def read_page(self, page: ScannedPage) -> PageOutcome:
        """Read a page image that is in memory already."""
        page = undithered(page)
        registered = register_own(page, self.own)
        if isinstance(registered, Refusal) and registered.reason is Reason.NO_MARKS_FOUND:
            if is_blank(page.gray()):
                return PageBlank(page.name, page.sha256, page.dpi)
            if self.measured:
                registered = register_measured(page, self.measured)
        if isinstance(registered, Refusal):
            return PageRefused(page.name, page.sha256, registered, page.dpi)
        return self._understand(registered)

    def _understand(self, registered: RegisteredPage) -> PageRead:
        form = self._form_of(registered)
        ink = page_ink(registered)
        measured, bilevel = measure(ink), registered.page.bilevel
        seen = confirmed(measured, classify(measured, bilevel), bilevel)
        contours, layout = ink_contours(ink), registered.reference.layout
        who = registered.identity
        is_numbered = who is not None and who.serial is not None
        beside = written_beside(contours, layout.targets)
        numbers = read_numbers(registered, number_questions(form.form))
        responses = respond(form.form, registered, seen, beside, numbers)
        waiting = [response.question for response in responses if response.doubts]
        return PageRead(
            name=registered.page.name,
            sha256=registered.page.sha256,
            form_version=form.layout.version,
            page=layout.number,
            identity=who,
            geometry=registered.geometry,
            marks=seen.marks,
            responses=responses,
            ink=ink_map(contours if is_numbered else at_targets(contours, layout)),
            crops=tuple((question, question_picture(registered, question)) for question in waiting),
            gauge=measure_gauge(registered),
        )

    def _form_of(self, registered: RegisteredPage) -> ReferenceForm:
        for form in (*self.own.forms, *self.measured):
            if any(page is registered.reference for page in form.pages):
                return form
        message = "a page was registered to a form that is not in this survey"
        raise LookupError(message)


def number_questions(form: Form) -> frozenset[str]:
    """The questions that are answered in digit cells."""
    return frozenset(q.id for q in form.questions if q.kind is Kind.NUMBER)


def respond(
    form: Form,
    registered: RegisteredPage,
    seen: PageMarks,
    beside: Mapping[str, str],
    numbers: Mapping[str, NumberReading],
) -> tuple[Response, ...]:
    """The responses to the questions of this page, in the order of its targets.

    ``beside`` are the questions beside whose targets somebody wrote, with the option nearest to it;
    ``numbers`` what was read in digit cells.
    """
    by_question: dict[str, list[Mark]] = {}
    for mark in seen.marks:
        by_question.setdefault(mark.question, []).append(mark)
    on_page = groupby(p.target.question for p in registered.placements)
    asked = dict.fromkeys(question for question, _ in on_page)
    if_empty = {question: Unsure(Doubt.FAINT) for question in seen.unsure_if_empty}
    if_empty |= {question: Unsure(Doubt.WRITING, (code,)) for question, code in beside.items()}
    return tuple(
        decide(
            form.question(question),
            by_question.get(question, ()),
            form.correction,
            form.double,
            if_empty.get(question),
            numbers.get(question),
        )
        for question in asked
    )
