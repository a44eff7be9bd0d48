"""The words of the form language, as pydantic models. ``docs/forms.md`` explains them to people.

Every scalar of the file arrives here as text, exactly as written (:mod:`omr.form.source`), so
that the codes ``01``, ``NO`` and ``12:30`` stay what they are; fields that are numbers or yes/no
are converted by their type. Included files are joined and variables replaced before
(:mod:`omr.form.joining`, :mod:`omr.form.variables`); short forms are written out by the models
themselves (:mod:`omr.form.short`). The published JSON Schema is made from these models.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from omr.form import short
from omr.form.designed import PaperSizes
from omr.form.model import Correction, DoubleMarks, Kind
from omr.form.variables import NAME

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LARGEST_BOX = 100_000.0
_PROVED = PaperSizes()

FORM_ID = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
QUESTION_ID = r"^[A-Za-z_][A-Za-z0-9_-]{0,39}$"
CODE = r"^[^\s+]{1,40}$"
FACTOR_CODE = rf"^({short.FACTOR})?$"

# Editors see `code: 5` as a number, and we read it as the text it is: their schema allows both.
_ANY_SCALAR: Final[list[str]] = ["string", "number", "boolean"]


def _nothing_is_empty(value: Any) -> Any:
    return "" if value is None else value


Words = Annotated[
    str,
    BeforeValidator(_nothing_is_empty),
    WithJsonSchema({"type": [*_ANY_SCALAR, "null"]}),
]
"""Text that may be left out or left empty."""
Text = Annotated[
    str,
    StringConstraints(min_length=1),
    WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1}),
]
FormId = Annotated[str, StringConstraints(pattern=FORM_ID)]
QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_ID)]
VariableName = Annotated[str, StringConstraints(pattern=f"^{NAME}$")]
Code = Annotated[
    str,
    StringConstraints(pattern=CODE),
    WithJsonSchema({"type": _ANY_SCALAR, "pattern": CODE}),
]
Factor = Annotated[
    str,
    BeforeValidator(_nothing_is_empty),
    StringConstraints(pattern=FACTOR_CODE),
    WithJsonSchema({"type": ["string", "null"], "pattern": FACTOR_CODE}),
]
Number = Annotated[float, Field(allow_inf_nan=False)]
Pixels = Annotated[float, Field(ge=0, le=LARGEST_BOX, allow_inf_nan=False)]


class WrittenKind(StrEnum):
    """The kinds of question as authors write them; yes/no is a single choice underneath."""

    SINGLE = "single"
    MULTI = "multi"
    YESNO = "yesno"
    NUMBER = "number"
    TEXT = "text"

    @property
    def kind(self) -> Kind:
        """What kind of answer it takes."""
        return Kind.SINGLE if self is WrittenKind.YESNO else Kind(self.value)


class ScaleOrder(StrEnum):
    """In which order the columns of a scale stand; the scores stay with their options."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionEntry(_Entry):
    """An option: ``{code: "5", text: Rất hài lòng, score: 5}``."""

    code: Code
    text: Text
    score: Number | None = None


def _option_in_full(value: Any) -> Any:
    return short.option_in_full(value, tuple(OptionEntry.model_fields))


_OptionPair = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "description": "Chữ in trên phiếu: điểm (điểm cũng là mã), hoặc NA nếu không tính điểm",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"not": {"enum": list(OptionEntry.model_fields)}},
            "additionalProperties": {
                "anyOf": [{"type": "number"}, {"type": "string", "const": short.NO_SCORE}]
            },
        }
    ),
]
_WrittenOption = Annotated[
    OptionEntry,
    BeforeValidator(_option_in_full, json_schema_input_type=_OptionPair | OptionEntry),
]
_PlainOption = Annotated[str, WithJsonSchema({"type": _ANY_SCALAR})]
Options = Annotated[
    tuple[_WrittenOption, ...],
    BeforeValidator(
        short.options_in_full,
        json_schema_input_type=list[_PlainOption | _OptionPair | OptionEntry],
    ),
]
"""Options: plain texts (codes 1, 2, 3 …), pairs ``text: score``, or in full."""
Scale = Annotated[
    tuple[_WrittenOption, ...],
    Field(min_length=1),
    BeforeValidator(
        short.options_in_full,
        json_schema_input_type=Annotated[
            list[_PlainOption | _OptionPair | OptionEntry], Field(min_length=1)
        ],
    ),
]
"""As options, and at least one."""


class QuestionKeys(_Entry):
    """What may be said of a question, or changed in a block that is used."""

    id: QuestionId | None = None
    label: Words = ""
    kind: WrittenKind = WrittenKind.SINGLE
    factor: Factor = ""
    options: Options = ()
    scale: Words = ""
    order: ScaleOrder | None = None
    also: Options = ()
    maximum: Annotated[int, Field(ge=1)] | None = None
    digits: Annotated[int, Field(ge=1, le=12)] | None = None
    lines: Annotated[int, Field(ge=1, le=20)] | None = None


class QuestionEntry(QuestionKeys):
    """A question. A row of a table has only id, label, text, factor and also.

    Without ``id`` it is numbered: ``q1``, ``q2`` … with the labels 1, 2 … through the form.
    """

    text: Text


class UsedEntry(QuestionKeys):
    """A block of an included file in its place: replaced before these models see the form."""

    use: Annotated[
        tuple[Text, ...],
        BeforeValidator(short.one_or_more, json_schema_input_type=str | list[str]),
    ]
    text: Text | None = None


QUESTION_WORDS = tuple({**QuestionEntry.model_fields, **UsedEntry.model_fields})


def _question_in_full(value: Any) -> Any:
    return short.question_in_full(value, QUESTION_WORDS)


_QuestionPair = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "description": "Chữ in trên phiếu: mã yếu tố (TC, TT, CC, KQ, GY, CHUNG)",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"not": {"enum": list(QUESTION_WORDS)}},
            "additionalProperties": {"type": "string", "pattern": FACTOR_CODE},
        }
    ),
]
WrittenQuestion = Annotated[
    QuestionEntry,
    BeforeValidator(
        _question_in_full,
        json_schema_input_type=_PlainOption | _QuestionPair | UsedEntry | QuestionEntry,
    ),
]
"""A question: plain text, a pair ``text: FACTOR``, a block to use, or in full."""


class SectionEntry(_Entry):
    """Questions under one title; with ``scale`` they become the rows of a table.

    ``also`` are options that stand in columns after the scale's, such as "Không liên quan";
    ``factor`` holds for all questions of the section that name none.
    """

    title: Words = ""
    scale: Words = ""
    order: ScaleOrder | None = None
    head: str = "Nội dung"
    factor: Factor = ""
    also: Options = ()
    questions: Annotated[tuple[WrittenQuestion, ...], Field(min_length=1)]


class SharedHeadingEntry(_Entry):
    """The head of the page as far as one file gives it; others may give the rest."""

    authority: Words = ""
    office: Words = ""
    nation: Text = NATION
    motto: Text = MOTTO


class HeadingEntry(SharedHeadingEntry):
    """The head of the page: the authority above, the office that asks."""

    office: Text


def _as_it_is(value: Any) -> Any:
    return value


WrittenHeading = Annotated[
    HeadingEntry, BeforeValidator(_as_it_is, json_schema_input_type=SharedHeadingEntry)
]
"""Complete when the form is joined with what it includes; the form itself may give a part."""


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


class SharedKeys(_Entry):
    """What a form may take from the files that it includes."""

    variables: dict[VariableName, Words] = {}
    attachment: Words = ""
    bases: tuple[Text, ...] = ()
    intro: Words = ""
    instruction: str | None = None
    correction: Correction = Correction.CIRCLE
    double: DoubleMarks = DoubleMarks.PERSON
    scales: dict[str, Scale] = {}
    date_line: Words = ""
    paper: PaperEntry = PaperEntry()


class SharedEntry(SharedKeys):
    """A file that forms include: their common texts, scales and blocks."""

    heading: SharedHeadingEntry = SharedHeadingEntry()
    blocks: dict[QuestionId, WrittenQuestion] = {}


class DesignedEntry(SharedKeys):
    """A form that we typeset and print."""

    id: FormId
    include: Annotated[
        tuple[Text, ...],
        BeforeValidator(short.one_or_more, json_schema_input_type=str | list[str]),
    ] = ()
    title: Text
    subtitle: Words = ""
    form_number: Words = ""
    heading: WrittenHeading
    sections: Annotated[tuple[SectionEntry, ...], Field(min_length=1)]
    notes: tuple[NoteEntry, ...] = ()


class MeasuredOptionEntry(_Entry):
    """An option with its place on the reference picture: x, y, width, height in pixels."""

    code: Code
    text: Words = ""
    score: Number | None = None
    shape: Literal["box", "oval"]
    box_px: tuple[Pixels, Pixels, Pixels, Pixels]


class MeasuredQuestionEntry(_Entry):
    """A question whose targets were measured."""

    id: QuestionId
    kind: Kind = Kind.SINGLE
    text: Words = ""
    factor: Factor = ""
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
    double: DoubleMarks = DoubleMarks.PERSON
    measured: MeasuredPart
    questions: Annotated[tuple[MeasuredQuestionEntry, ...], Field(min_length=1)]
