"""Rules that hold between the parts of a form, checked after each part is well shaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form import rule_words as words
from omr.form.model import Kind
from omr.form.source import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.form.schema import (
        DesignedEntry,
        MeasuredOptionEntry,
        MeasuredQuestionEntry,
        OptionEntry,
        QuestionEntry,
        SectionEntry,
    )
    from omr.form.source import Source, Step

RATINGS_COLUMNS = (
    "serial",
    "form",
    "unit",
    "field",
    "opening",
    "status",
    "review",
    "reason",
    "pages",
)
"""Columns of ratings.csv that stand beside the questions' columns."""

Path = tuple["Step", ...]


def designed_problems(entry: DesignedEntry, source: Source) -> list[Problem]:
    """What is wrong between the parts of a designed form."""
    found: list[Problem] = []
    for name, options in entry.scales.items():
        found += _codes(options, ("scales", name), source)
    placed: list[tuple[Path, QuestionEntry | MeasuredQuestionEntry]] = []
    for s, section in enumerate(entry.sections):
        path: Path = ("sections", s)
        found += _section(section, path, entry, source)
        for q, question in enumerate(section.questions):
            placed.append(((*path, "questions", q), question))
    return found + list(_ids(placed, source))


def measured_problems(
    questions: Sequence[MeasuredQuestionEntry], size_px: tuple[int, int], source: Source
) -> list[Problem]:
    """What is wrong between the parts of a measured form with a picture of this size."""
    found: list[Problem] = []
    placed: list[tuple[Path, QuestionEntry | MeasuredQuestionEntry]] = []
    for q, question in enumerate(questions):
        path: Path = ("questions", q)
        placed.append((path, question))
        found += _codes(question.options, (*path, "options"), source)
        found += _maximum(question, len(question.options), path, source)
        if question.kind not in (Kind.SINGLE, Kind.MULTI):
            found.append(Problem(source.spot((*path, "kind")), words.measured_kind()))
        for o, option in enumerate(question.options):
            found += _box(option.box_px, size_px, (*path, "options", o, "box_px"), source)
    return found + list(_ids(placed, source))


def _section(
    section: SectionEntry, path: Path, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    if not section.scale:
        if section.also:
            yield Problem(source.key_spot((*path, "also")), words.also_needs_scale())
        for q, question in enumerate(section.questions):
            yield from _question(question, (*path, "questions", q), entry, source)
        return
    if section.scale not in entry.scales:
        yield Problem(source.spot((*path, "scale")), words.no_scale(section.scale, entry))
        return
    yield from _codes((*entry.scales[section.scale], *section.also), (*path, "also"), source)
    for q, question in enumerate(section.questions):
        for key in ("kind", "options", "scale", "maximum", "digits", "lines"):
            if key in question.model_fields_set:
                spot = source.key_spot((*path, "questions", q, key))
                yield Problem(spot, words.row_has_columns(key))


def _question(
    question: QuestionEntry, path: Path, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    if question.scale and question.options:
        yield Problem(source.key_spot((*path, "scale")), words.scale_or_options())
    if question.scale and question.scale not in entry.scales:
        yield Problem(source.spot((*path, "scale")), words.no_scale(question.scale, entry))
        return
    options = question.options or entry.scales.get(question.scale, ())
    marked = question.kind in (Kind.SINGLE, Kind.MULTI)
    if marked and not options:
        yield Problem(source.spot(path), words.needs_options(question))
    if not marked and options:
        key = "options" if question.options else "scale"
        yield Problem(source.key_spot((*path, key)), words.has_no_options(question))
    if question.kind is Kind.NUMBER and question.digits is None:
        yield Problem(source.spot(path), words.needs_digits(question))
    for key, kind in (("digits", Kind.NUMBER), ("lines", Kind.TEXT)):
        if key in question.model_fields_set and question.kind is not kind:
            yield Problem(source.key_spot((*path, key)), words.only_for(key, kind))
    yield from _codes(question.options, (*path, "options"), source)
    yield from _maximum(question, len(options), path, source)


def _maximum(
    question: QuestionEntry | MeasuredQuestionEntry, count: int, path: Path, source: Source
) -> Iterator[Problem]:
    if question.maximum is None:
        return
    if question.kind is not Kind.MULTI:
        yield Problem(source.key_spot((*path, "maximum")), words.only_for("maximum", Kind.MULTI))
    elif question.maximum > count:
        yield Problem(
            source.spot((*path, "maximum")), words.maximum_too_large(question.maximum, count)
        )


def _codes(
    options: Sequence[OptionEntry | MeasuredOptionEntry], path: Path, source: Source
) -> Iterator[Problem]:
    seen: set[str] = set()
    first_own = len(options) - _entries_at(path, options, source)
    for position, option in enumerate(options):
        if option.code in seen:
            spot = source.spot((*path, max(position - first_own, 0), "code"))
            yield Problem(spot, words.code_twice(option.code))
        seen.add(option.code)


def _entries_at(path: Path, options: Sequence[object], source: Source) -> int:
    """How many of the options are written at ``path``; the others come from a named scale."""
    own = (position for position in range(len(options)) if source.has((*path, position)))
    return sum(1 for _ in own)


def _ids(
    placed: list[tuple[Path, QuestionEntry | MeasuredQuestionEntry]], source: Source
) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, question in placed:
        spot = source.spot((*path, "id"))
        if question.id in RATINGS_COLUMNS:
            yield Problem(spot, words.id_is_column(question.id))
        if question.id in first:
            yield Problem(spot, words.id_twice(question.id, first[question.id]))
        first.setdefault(question.id, spot[0])


def _box(
    box: tuple[float, float, float, float], size_px: tuple[int, int], path: Path, source: Source
) -> Iterator[Problem]:
    x, y, w, h = box
    if w < 1 or h < 1 or x + w > size_px[0] or y + h > size_px[1]:
        yield Problem(source.spot(path), words.box_outside(size_px))
