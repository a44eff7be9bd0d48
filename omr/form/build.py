"""From checked entries to a designed form: numbers given, scales and sections put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.designed import (
    Asked,
    DesignedForm,
    Heading,
    Note,
    PaperSizes,
    QuestionList,
    ScaleTable,
)
from omr.form.instruction import instruction
from omr.form.model import Form, Kind, Option, Question
from omr.form.schema import ScaleOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from omr.form.designed import Section
    from omr.form.schema import (
        DesignedEntry,
        MeasuredOptionEntry,
        OptionEntry,
        QuestionEntry,
        SectionEntry,
    )

DEFAULT_LINES = 3


def numbered(entry: DesignedEntry) -> DesignedEntry:
    """The form with ids ``q1``, ``q2`` … and labels 1, 2 … where the author gave no id."""
    sections = []
    number = 0
    for section in entry.sections:
        questions = []
        for question in section.questions:
            changed = question
            if question.id is None:
                number += 1
                own = "label" in question.model_fields_set
                label = question.label if own else str(number)
                changed = question.model_copy(update={"id": f"q{number}", "label": label})
            questions.append(changed)
        sections.append(section.model_copy(update={"questions": tuple(questions)}))
    return entry.model_copy(update={"sections": tuple(sections)})


def designed_form(entry: DesignedEntry) -> DesignedForm:
    """The form of an entry that is numbered and follows all rules."""
    sections = tuple(_section(section, entry) for section in entry.sections)
    questions = tuple(asked.question for section in sections for asked in section.questions)
    title = " - ".join(part for part in (entry.title, entry.subtitle) if part)
    return DesignedForm(
        form=Form(entry.id, title, questions, entry.correction, entry.double),
        heading=Heading(**entry.heading.model_dump()),
        form_number=entry.form_number,
        title=entry.title,
        subtitle=entry.subtitle,
        intro=entry.intro,
        instruction=_instruction(entry, questions),
        sections=sections,
        date_line=entry.date_line,
        attachment=entry.attachment,
        bases=entry.bases,
        paper=PaperSizes(**entry.paper.model_dump()),
        notes=tuple(Note(**note.model_dump()) for note in entry.notes),
    )


def option(entry: OptionEntry | MeasuredOptionEntry) -> Option:
    """An option; one without words is called by its code."""
    return Option(entry.code, entry.text or entry.code, entry.score)


def scale_options(
    entry: DesignedEntry, scale: str, order: ScaleOrder | None
) -> tuple[OptionEntry, ...]:
    """The options of a named scale, by score if an order is asked; those without score last."""
    options = entry.scales.get(scale, ())
    if order is None:
        return tuple(options)
    down = order is ScaleOrder.DESCENDING
    scored = [one for one in options if one.score is not None]
    scored.sort(key=lambda one: one.score or 0.0, reverse=down)
    return (*scored, *(one for one in options if one.score is None))


def table_columns(section: SectionEntry, entry: DesignedEntry) -> tuple[OptionEntry, ...]:
    """All columns of a table: the scale's, the section's own, then those of single rows."""
    columns = {one.code: one for one in scale_options(entry, section.scale, section.order)}
    more = (section.also, *(row.also for row in section.questions))
    for one in (one for group in more for one in group):
        columns.setdefault(one.code, one)
    return tuple(columns.values())


def _instruction(entry: DesignedEntry, questions: tuple[Question, ...]) -> str:
    """The author's words with the rule of correction, or the common words; "" asks for none."""
    marked = any(question.has_targets for question in questions)
    own = (entry.instruction or "") if "instruction" in entry.model_fields_set else None
    return instruction(own, entry.correction, marked=marked)


def _section(section: SectionEntry, entry: DesignedEntry) -> Section:
    if not section.scale:
        asked = tuple(_asked(question, section, entry) for question in section.questions)
        return QuestionList(section.title, asked)
    columns = table_columns(section, entry)
    common = _codes(scale_options(entry, section.scale, None)) | _codes(section.also)
    rows = tuple(_row(row, section, columns, common) for row in section.questions)
    return ScaleTable(section.title, section.head, tuple(option(one) for one in columns), rows)


def _row(
    row: QuestionEntry, section: SectionEntry, columns: Sequence[OptionEntry], common: set[str]
) -> Asked:
    """A row with its boxes: the columns that all rows have, and those of its own."""
    codes = common | _codes(row.also)
    options = tuple(option(one) for one in columns if one.code in codes)
    factor = _factor(row, section)
    return Asked(Question(str(row.id), Kind.SINGLE, row.text, options, factor), row.label)


def _asked(entry: QuestionEntry, section: SectionEntry, form: DesignedEntry) -> Asked:
    options = entry.options or (*scale_options(form, entry.scale, entry.order), *entry.also)
    kind = entry.kind.kind
    question = Question(
        id=str(entry.id),
        kind=kind,
        text=entry.text,
        options=tuple(option(one) for one in options),
        factor=_factor(entry, section),
        maximum=entry.maximum,
        digits=entry.digits or 0,
    )
    lines = (entry.lines or DEFAULT_LINES) if kind is Kind.TEXT else 0
    return Asked(question, entry.label, lines)


def _factor(question: QuestionEntry, section: SectionEntry) -> str:
    return question.factor if "factor" in question.model_fields_set else section.factor


def _codes(options: Iterable[OptionEntry]) -> set[str]:
    return {one.code for one in options}
