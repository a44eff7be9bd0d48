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
class DesignedForm:
    """A form that we typeset. ``intro`` and ``instruction`` may hold ``*`` and ``**`` emphasis."""

    form: Form
    heading: Heading
    form_number: str
    title: str
    subtitle: str
    intro: str
    instruction: str
    sections: tuple[Section, ...]
    date_line: str


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
