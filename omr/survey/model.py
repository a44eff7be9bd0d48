"""What a survey holds, as values: print runs, sheets, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.form.model import Form
    from omr.layout.model import Layout
    from omr.outcome import PageOutcome, PageRead
    from omr.responses.model import Doubt

MACHINE = "machine"
"""``decided_by`` of an answer that no person has touched."""


class RunKind(StrEnum):
    """What a print run was for."""

    SHEETS = "sheets"
    """Numbered sheets for people to fill in."""
    MASTER = "master"
    """One sheet without serial, to be photocopied. ``first`` and ``last`` are 0."""
    DECK = "deck"
    """Pre-marked sheets that test a printer and scanner. They never count."""


@dataclass(frozen=True, slots=True)
class PrintRun:
    """One ``omr print``: serials ``first`` to ``last`` of one form, for one unit and field.

    ``printed_at`` is an ISO 8601 time with offset. ``again`` is the run that a reprint repeats.
    """

    number: int
    form_version: str
    unit: str
    field: str
    first: int
    last: int
    printed_at: str
    again: int | None = None
    kind: RunKind = RunKind.SHEETS


@dataclass(frozen=True, slots=True)
class Issued:
    """One issued serial, as ``omr issued`` lists it."""

    serial: int
    form_version: str
    unit: str
    field: str
    run: int
    printed_at: str
    kind: RunKind = RunKind.SHEETS


class Waits(StrEnum):
    """Whether an answer of a test deck goes to a person."""

    NO = "no"
    """It must be read as it was marked."""
    MAY = "may"
    """Right or waiting: the mark asks for judgement. Anything else is wrong."""
    MUST = "must"
    """No machine may decide it."""


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """What a sheet of a test deck was marked with at one question, and whether it must wait.

    ``value`` is written as in ratings.csv; where it must wait, it is what was marked.
    """

    question: str
    value: str
    waits: Waits


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one question of one page (or a whole sheet).

    ``item`` is the stable name of what was asked (see :mod:`omr.review`). ``value`` is the option
    codes joined with ``+``, digits, or a transcription; empty means "no answer".
    """

    item: str
    value: str
    reviewer: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Design:
    """One form version of the survey: what it asks and where, without its pictures."""

    form: Form
    layout: Layout


class PageStatus(StrEnum):
    """``status`` in pages.csv."""

    READ = "read"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page image and what became of it, as ``pages.csv`` lists it. ``reason`` may be empty."""

    outcome: PageOutcome
    status: PageStatus
    reason: str = ""


class SheetStatus(StrEnum):
    """``status`` in ratings.csv."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of one sheet: the value that counts, and who decided it.

    ``value`` is empty while ``doubts`` is not; ``machine`` keeps the machine's own reading for
    ever. ``page`` names the page image it stands on, empty while that page is missing.
    """

    question: str
    value: str
    decided_by: str
    machine: str
    doubts: tuple[Doubt, ...]
    page: str
    item: str


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """One respondent's paper, put together from its pages and the decisions about it.

    ``serial`` is None for measured and unnumbered sheets. ``reason`` says why the whole sheet
    waits (``missing-page:2``, ``duplicate-serial``), and is empty otherwise; while it waits no
    answer has a value. ``item`` is the stable name of the whole sheet, for decisions about it.
    ``copies`` are further images of the same sides, which do not count. ``pages`` and ``copies``
    come without pictures where the sheet was assembled from a survey's database.
    """

    serial: int | None
    form_version: str
    unit: str
    field: str
    opening: str
    status: SheetStatus
    reason: str
    answers: tuple[Answer, ...]
    pages: tuple[PageRead, ...]
    item: str = ""
    copies: tuple[PageRead, ...] = ()

    @property
    def waiting(self) -> tuple[str, ...]:
        """Ids of the questions that wait for a person; ``*`` where the whole sheet does.

        A sheet that a person declared invalid waits for nothing.
        """
        if self.status is SheetStatus.REJECTED:
            return ()
        if self.reason:
            return ("*",)
        return tuple(answer.question for answer in self.answers if answer.doubts)

    @property
    def decided(self) -> tuple[Answer, ...]:
        """The answers that count in a tally: none of a rejected or wholly waiting sheet."""
        if self.reason or self.status is SheetStatus.REJECTED:
            return ()
        return tuple(answer for answer in self.answers if not answer.doubts)


@dataclass(frozen=True, slots=True)
class Assembly:
    """All that was read and decided, put together.

    ``sheets`` stand in the order of ratings.csv (by serial, those without one last; then by first
    page), ``pages`` in that of pages.csv (by name, then content).
    """

    sheets: tuple[SheetRecord, ...]
    pages: tuple[PageRecord, ...]
