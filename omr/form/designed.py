"""A form as its author wrote it: what is asked, and how it is arranged on paper.

A *designed* form is typeset and printed by us; a *measured* form is paper that somebody else
printed, known by a reference picture and the boxes measured in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from omr.form.model import Form, Option, Question
    from omr.geometry import Box


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a Vietnamese official paper (Nghị định 30/2020, Phụ lục I)."""

    authority: str
    office: str
    nation: str
    motto: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what only the paper shows: its number, and lines to write on."""

    question: Question
    label: str
    lines: int = 0


@dataclass(frozen=True, slots=True)
class QuestionList:
    """Questions one below the other, each with its own options, cells or frame."""

    title: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ScaleTable:
    """Questions as rows of a table whose columns are the options of one scale."""

    title: str
    head: str
    columns: tuple[Option, ...]
    questions: tuple[Asked, ...]


Section = QuestionList | ScaleTable


@dataclass(frozen=True, slots=True)
class Note:
    """Free text at a place of its own: ``x`` and ``y`` in mm of its first line's top-left corner.

    ``page`` counts from 1. What it may cover is not judged here: ``omr check`` proves the paper.
    """

    text: str
    page: int
    x: float
    y: float
    points: float


@dataclass(frozen=True, slots=True)
class PaperSizes:
    """Sizes in mm that an author may change. The defaults are proved; ``omr check`` proves others.

    ``box`` is the side of a target, ``row`` the least distance from one row of targets to the next,
    ``column`` the least width of a scale's column, ``code`` the side of the page code.
    ``even_pages`` adds an empty page where the sheet would end on an odd one (duplex printers).
    """

    box: float = 4.6
    row: float = 7.0
    column: float = 12.5
    code: float = 18.0
    even_pages: bool = False


@dataclass(frozen=True, slots=True)
class DesignedForm:
    """A form that we typeset. ``intro`` and ``instruction`` may hold ``*`` and ``**`` emphasis.

    ``attachment`` is the line that names the letter to which the form is annexed, ``bases`` the
    legal bases that stand above the introduction.
    """

    form: Form
    heading: Heading
    form_number: str
    title: str
    subtitle: str
    intro: str
    instruction: str
    sections: tuple[Section, ...]
    date_line: str
    attachment: str = ""
    bases: tuple[str, ...] = ()
    paper: PaperSizes = PaperSizes()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredTarget:
    """Where an option lies on the reference picture, in its pixels."""

    question: str
    option: str
    shape: Literal["box", "oval"]
    box_px: Box


@dataclass(frozen=True, slots=True)
class MeasuredForm:
    """A form printed by somebody else, one page.

    ``reference`` is the picture it was measured on, ``size_px`` that picture's width and height;
    ``blank`` is False where filled sheets went into the picture. ``capture`` is a note of how the
    reference came about (feeder, flatbed, phone, app); nothing depends on it.
    """

    form: Form
    reference: Path
    size_px: tuple[int, int]
    blank: bool
    capture: str
    targets: tuple[MeasuredTarget, ...]
