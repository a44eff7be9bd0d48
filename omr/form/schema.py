"""The words of the form language, as pydantic models. ``docs/forms.md`` explains them to people.

Every scalar of the file arrives here as text, exactly as written (:mod:`omr.form.source`), so
that the codes ``01``, ``NO`` and ``12:30`` stay what they are; fields that are numbers or yes/no
are converted by their type.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from omr.form.designed import PaperSizes
from omr.form.model import Correction, Kind

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LARGEST_BOX = 100_000.0
_PROVED = PaperSizes()

Words = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""Text that may be left out or left empty."""
Text = Annotated[str, StringConstraints(min_length=1)]
FormId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,39}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[^\s+]{1,40}$")]
Pixels = Annotated[float, Field(ge=0, le=LARGEST_BOX, allow_inf_nan=False)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionEntry(_Entry):
    """An option: ``{code: "5", text: Rất hài lòng, score: 5}``."""

    code: Code
    text: Text
    score: Annotated[float, Field(allow_inf_nan=False)] | None = None


class QuestionEntry(_Entry):
    """A question. Inside a section with a scale only id, label, text and factor are given."""

    id: QuestionId
    text: Text
    label: Words = ""
    kind: Kind = Kind.SINGLE
    factor: Words = ""
    options: tuple[OptionEntry, ...] = ()
    scale: Words = ""
    maximum: Annotated[int, Field(ge=1)] | None = None
    digits: Annotated[int, Field(ge=1, le=12)] | None = None
    lines: Annotated[int, Field(ge=1, le=20)] | None = None


class SectionEntry(_Entry):
    """Questions under one title; with ``scale`` they become the rows of a table.

    ``also`` are options that stand in columns after the scale's, such as "Không liên quan".
    """

    title: Words = ""
    scale: Words = ""
    head: str = "Nội dung"
    also: tuple[OptionEntry, ...] = ()
    questions: Annotated[tuple[QuestionEntry, ...], Field(min_length=1)]


class HeadingEntry(_Entry):
    """The head of the page: the authority above, the office that asks."""

    authority: Words = ""
    office: Text
    nation: Text = NATION
    motto: Text = MOTTO


class PaperEntry(_Entry):
    """Sizes in mm. The ranges are wide: ``omr check`` proves whether a size can be read."""

    box: Annotated[float, Field(ge=3, le=10, allow_inf_nan=False)] = _PROVED.box
    row: Annotated[float, Field(ge=3, le=30, allow_inf_nan=False)] = _PROVED.row
    column: Annotated[float, Field(ge=5, le=40, allow_inf_nan=False)] = _PROVED.column
    code: Annotated[float, Field(ge=6, le=30, allow_inf_nan=False)] = _PROVED.code
    even_pages: bool = _PROVED.even_pages


class NoteEntry(_Entry):
    """Free text at a place of its own, in mm from the page's top-left corner."""

    text: Text
    page: Annotated[int, Field(ge=1, le=99)] = 1
    x: Annotated[float, Field(ge=0, le=210, allow_inf_nan=False)]
    y: Annotated[float, Field(ge=0, le=297, allow_inf_nan=False)]
    points: Annotated[float, Field(ge=4, le=72, allow_inf_nan=False)] = 12.0


class DesignedEntry(_Entry):
    """A form that we typeset and print."""

    id: FormId
    title: Text
    subtitle: Words = ""
    form_number: Words = ""
    attachment: Words = ""
    heading: HeadingEntry
    bases: tuple[Text, ...] = ()
    intro: Words = ""
    instruction: str | None = None
    correction: Correction = Correction.CIRCLE
    scales: dict[str, Annotated[tuple[OptionEntry, ...], Field(min_length=1)]] = {}
    sections: Annotated[tuple[SectionEntry, ...], Field(min_length=1)]
    date_line: Words = ""
    paper: PaperEntry = PaperEntry()
    notes: tuple[NoteEntry, ...] = ()


class MeasuredOptionEntry(_Entry):
    """An option with its place on the reference picture: x, y, width, height in pixels."""

    code: Code
    text: Words = ""
    score: Annotated[float, Field(allow_inf_nan=False)] | None = None
    shape: Literal["box", "oval"]
    box_px: tuple[Pixels, Pixels, Pixels, Pixels]


class MeasuredQuestionEntry(_Entry):
    """A question whose targets were measured."""

    id: QuestionId
    kind: Kind = Kind.SINGLE
    text: Words = ""
    factor: Words = ""
    maximum: Annotated[int, Field(ge=1)] | None = None
    options: Annotated[tuple[MeasuredOptionEntry, ...], Field(min_length=1)]


class MeasuredPart(_Entry):
    """Which picture was measured."""

    reference: Text
    blank: bool
    capture: Words = ""


class MeasuredEntry(_Entry):
    """A form that somebody else printed."""

    id: FormId
    title: Text
    correction: Correction = Correction.CIRCLE
    measured: MeasuredPart
    questions: Annotated[tuple[MeasuredQuestionEntry, ...], Field(min_length=1)]
