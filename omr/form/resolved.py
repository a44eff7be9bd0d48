"""A designed form written out in full: nothing included, no variables, every id and code there.

This is what a survey keeps. ``load_form`` of it gives the very same form, so that a survey folder
needs no other file, and no later version of an included one changes what was frozen.
"""

from __future__ import annotations

import json
from itertools import takewhile
from typing import TYPE_CHECKING

from omr.form.designed import ScaleTable
from omr.form.model import Kind
from omr.form.variables import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.form.designed import Asked, DesignedForm, Heading, QuestionList, Section
    from omr.form.model import Option


def resolved_yaml(form: DesignedForm, comments: Sequence[str] = ()) -> str:
    """The form as YAML in the full language; ``comments`` are lines at its head."""
    scales = _scales(form.sections)
    lines = [f"# {comment}" for comment in comments]
    lines += [f"id: {_quoted(form.form.id)}", *_head(form)]
    lines += ["scales:"] if scales else []
    for columns, name in scales.items():
        lines += [f"  {name}:", *(f"    - {_option(one)}" for one in columns)]
    lines.append("sections:")
    for section in form.sections:
        lines += _section(section, scales)
    return "\n".join(lines) + "\n"


def _head(form: DesignedForm) -> Iterator[str]:
    yield f"form_number: {_text(form.form_number)}"
    yield f"attachment: {_text(form.attachment)}"
    yield f"heading: {_heading(form.heading)}"
    yield f"title: {_text(form.title)}"
    yield f"subtitle: {_text(form.subtitle)}"
    yield f"bases: [{', '.join(_text(one) for one in form.bases)}]"
    yield f"intro: {_text(form.intro)}"
    yield f"instruction: {_text(form.instruction)}"
    yield f"correction: {form.form.correction}"
    yield f"double: {form.form.double}"
    yield f"date_line: {_text(form.date_line)}"
    paper = form.paper
    sizes = (
        f"box: {paper.box!r}, row: {paper.row!r}, column: {paper.column!r}, code: {paper.code!r}"
    )
    yield f"paper: {{{sizes}, even_pages: {json.dumps(paper.even_pages)}}}"
    yield "notes:" if form.notes else "notes: []"
    for note in form.notes:
        place = f"page: {note.page}, x: {note.x!r}, y: {note.y!r}, points: {note.points!r}"
        yield f"  - {{text: {_text(note.text)}, {place}}}"


def _heading(heading: Heading) -> str:
    parts = (
        ("authority", heading.authority),
        ("office", heading.office),
        ("nation", heading.nation),
        ("motto", heading.motto),
    )
    return "{" + ", ".join(f"{key}: {_text(value)}" for key, value in parts) + "}"


def _scales(sections: Sequence[Section]) -> dict[tuple[Option, ...], str]:
    """Names for the common columns of the tables, one for each different list."""
    names: dict[tuple[Option, ...], str] = {}
    for section in sections:
        if isinstance(section, ScaleTable):
            names.setdefault(_common(section), f"scale_{len(names) + 1}")
    return names


def _common(table: ScaleTable) -> tuple[Option, ...]:
    """The first columns, up to one that some row has not: so the order of all is kept."""
    rows = [set(asked.question.options) for asked in table.questions]
    return tuple(takewhile(lambda column: all(column in row for row in rows), table.columns))


def _section(section: Section, scales: dict[tuple[Option, ...], str]) -> Iterator[str]:
    yield f"  - title: {_text(section.title)}"
    if isinstance(section, ScaleTable):
        yield from _table(section, scales)
    else:
        yield from _list(section)


def _table(table: ScaleTable, scales: dict[tuple[Option, ...], str]) -> Iterator[str]:
    common = _common(table)
    yield f"    scale: {scales[common]}"
    yield f"    head: {_text(table.head)}"
    yield "    questions:"
    for asked in table.questions:
        also = [one for one in asked.question.options if one not in common]
        parts = _asked(asked)
        if also:
            parts.append(f"also: [{', '.join(_option(one) for one in also)}]")
        yield f"      - {{{', '.join(parts)}}}"


def _list(section: QuestionList) -> Iterator[str]:
    yield "    questions:"
    for asked in section.questions:
        question = asked.question
        yield "      - " + "\n        ".join([*_asked(asked), *_answer(asked)])
        if question.options:
            yield "        options:"
            yield from (f"          - {_option(one)}" for one in question.options)


def _answer(asked: Asked) -> Iterator[str]:
    question = asked.question
    yield f"kind: {question.kind}"
    if question.kind is Kind.NUMBER:
        yield f"digits: {question.digits}"
    if question.kind is Kind.TEXT:
        yield f"lines: {asked.lines}"
    if question.maximum is not None:
        yield f"maximum: {question.maximum}"


def _asked(asked: Asked) -> list[str]:
    question = asked.question
    return [
        f"id: {_quoted(question.id)}",
        f"label: {_text(asked.label)}",
        f"factor: {_quoted(question.factor)}",
        f"text: {_text(question.text)}",
    ]


def _option(option: Option) -> str:
    score = "" if option.score is None else f", score: {option.score!r}"
    return f"{{code: {_text(option.code)}, text: {_text(option.text)}{score}}}"


def _text(text: str) -> str:
    """A text that may hold braces, which mean themselves."""
    return _quoted(escaped(text))


def _quoted(text: str) -> str:
    """A double-quoted scalar: what JSON writes, YAML reads."""
    return json.dumps(text, ensure_ascii=False)
