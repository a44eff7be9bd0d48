"""What was read of a deck, held against what was printed on it.

Every page image of the deck counts, not only the last: a sheet that was scanned twice and read
rightly once has failed. The machine's own reading is compared; nobody decides about test sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from omr.form.model import Kind
from omr.outcome import PageRead
from omr.refusal import Reason
from omr.survey.model import Waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from omr.registration.model import PageGeometry
    from omr.responses.model import Response
    from omr.survey.model import Design, ExpectedAnswer, PageRecord, PrintRun

LEAST_SCALE, MOST_SCALE = 0.97, 1.03
"""Beyond these the paper was not printed at 100 %: "fit to page" takes 3 % and more. A deck is
the acceptance test of a printer, so this fails it, even where every mark was read."""
MOST_RESIDUAL_MM = 0.15
"""Beyond this the paper was bent or slipped: simulated office machines stay below 0.11, worn ones
reach 0.2. It is told as advice."""


class Fault(Enum):
    """What differs."""

    MISSING_SHEET = auto()
    MISSING_PAGE = auto()
    OTHER_VALUE = auto()
    """Another answer was read than was marked, or seen where nothing was."""
    WAITS = auto()
    """A plain mark was not believed."""
    DECIDED = auto()
    """What must go to a person was decided by the machine."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fault, and where: ``image`` and ``question`` are empty where a page or sheet is missing.

    ``marked`` and ``read`` are values as in ratings.csv; where it waits, ``read`` is the guess.
    """

    fault: Fault
    serial: int
    page: int = 0
    image: str = ""
    question: str = ""
    marked: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """How a page image lies, where that is not as good machines do it."""

    serial: int
    page: int
    image: str
    geometry: PageGeometry

    @property
    def is_rescaled(self) -> bool:
        """Whether the print is not at 100 %."""
        scales = (self.geometry.scale_x, self.geometry.scale_y)
        return not all(LEAST_SCALE <= scale <= MOST_SCALE for scale in scales)

    @property
    def is_bent(self) -> bool:
        """Whether the print lies too far from where a flat page has it."""
        return self.geometry.residual_mm > MOST_RESIDUAL_MM


@dataclass(frozen=True, slots=True)
class DeckResult:
    """A deck compared: how much of it was read, what differs, and which figures are out of bounds.

    ``images`` counts page images, ``answers`` what was compared on them, ``waiting`` how many of
    these wait as they may or must.
    """

    run: PrintRun
    form_id: str
    images: int
    answers: int
    waiting: int
    differences: tuple[Difference, ...]
    figures: tuple[PageFigures, ...]

    @property
    def rescaled(self) -> tuple[PageFigures, ...]:
        """Page images whose print is not at 100 %: the deck fails by them."""
        return tuple(page for page in self.figures if page.is_rescaled)

    @property
    def bent(self) -> tuple[PageFigures, ...]:
        """Page images whose paper was bent or slipped: advice."""
        return tuple(page for page in self.figures if page.is_bent)

    @property
    def passed(self) -> bool:
        """Whether nothing differs, and everything is printed at 100 %."""
        return not (self.differences or self.rescaled)


def compare(
    run: PrintRun,
    design: Design,
    expected: Mapping[int, Sequence[ExpectedAnswer]],
    pages: Iterable[PageRecord],
) -> DeckResult:
    """Hold all page images of one deck against the answers printed on it."""
    images = list(_of_deck(pages, expected))
    questions = _questions_by_page(design)
    differences = list(_missing(design, expected, images))
    answers = waiting = 0
    for image in images:
        asked = questions[image.page]
        responses = {response.question: response for response in image.responses}
        for answer in expected[_serial(image)]:
            if answer.question in asked:
                response = responses.get(answer.question)
                answers += 1
                waiting += response is None or bool(response.doubts)
                differences += _judged(answer, response, image)
    figures = (
        PageFigures(_serial(image), image.page, str(image.name), image.geometry) for image in images
    )
    return DeckResult(
        run=run,
        form_id=design.form.id,
        images=len(images),
        answers=answers,
        waiting=waiting,
        differences=tuple(sorted(differences, key=lambda d: (d.serial, d.page))),
        figures=tuple(each for each in figures if each.is_rescaled or each.is_bent),
    )


def _of_deck(pages: Iterable[PageRecord], serials: Mapping[int, object]) -> Iterator[PageRead]:
    for record in pages:
        page = record.outcome
        is_test = record.reason == Reason.TEST_DECK.value
        if is_test and isinstance(page, PageRead) and _serial(page) in serials:
            yield page


def _serial(page: PageRead) -> int:
    return page.identity.serial or 0 if page.identity else 0


def _questions_by_page(design: Design) -> Mapping[int, frozenset[str]]:
    """The questions that each page asks by marks or digits; a comment is not read."""
    read = {question.id for question in design.form.questions if question.kind is not Kind.TEXT}
    return {
        page.number: frozenset(target.question for target in page.targets) & read
        for page in design.layout.pages
    }


def _missing(
    design: Design, expected: Mapping[int, object], images: Sequence[PageRead]
) -> Iterator[Difference]:
    seen = {(_serial(image), image.page) for image in images}
    for serial in expected:
        missing = [p.number for p in design.layout.pages if (serial, p.number) not in seen]
        if len(missing) == len(design.layout.pages):
            yield Difference(Fault.MISSING_SHEET, serial)
        else:
            yield from (Difference(Fault.MISSING_PAGE, serial, number) for number in missing)


def _judged(
    answer: ExpectedAnswer, response: Response | None, image: PageRead
) -> Iterator[Difference]:
    """The difference of one answer, if there is one. A question that was not found waits."""
    waits = response is None or bool(response.doubts)
    read = () if response is None else response.codes
    fault = _fault(answer, waits, read)
    if fault is not None:
        yield Difference(
            fault=fault,
            serial=_serial(image),
            page=image.page,
            image=str(image.name),
            question=answer.question,
            marked=answer.value,
            read="+".join(read),
        )


def _fault(answer: ExpectedAnswer, waits: bool, read: tuple[str, ...]) -> Fault | None:
    if not waits and answer.waits is Waits.MUST:
        return Fault.DECIDED
    if waits and answer.waits is Waits.NO:
        return Fault.WAITS
    if not waits:
        return None if "+".join(read) == answer.value else Fault.OTHER_VALUE
    # The guess about a double mark may miss one, but never see one that nobody made.
    strays = answer.waits is Waits.MUST and not set(read) <= set(answer.value.split("+"))
    return Fault.OTHER_VALUE if strays else None
