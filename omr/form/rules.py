"""Rules that hold between the parts of a form, checked after each part is well shaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form import rule_words as words
from omr.form.build import scale_options
from omr.form.model import Kind
from omr.form.schema import WrittenKind
from omr.form.short import YES_NO
from omr.form.tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omr.form.schema import (
        DesignedEntry,
        MeasuredOptionEntry,
        MeasuredQuestionEntry,
        OptionEntry,
        QuestionEntry,
        ScaleOrder,
        SectionEntry,
        SharedEntry,
        SharedKeys,
    )
    from omr.form.source import Source
    from omr.form.tree import Steps

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

_MARKED = (WrittenKind.SINGLE, WrittenKind.MULTI, WrittenKind.YESNO)
_NOT_IN_ROWS = ("kind", "options", "scale", "order", "maximum", "digits", "lines")


def designed_problems(entry: DesignedEntry, source: Source) -> list[Problem]:
    """What is wrong between the parts of a designed form whose questions are numbered."""
    found = list(_scales(entry, source))
    placed: list[tuple[Steps, QuestionEntry | MeasuredQuestionEntry]] = []
    for s, section in enumerate(entry.sections):
        path: Steps = ("sections", s)
        found += _section(section, path, entry, source)
        for q, question in enumerate(section.questions):
            placed.append(((*path, "questions", q), question))
    return found + list(_ids(placed, source))


def shared_problems(entry: SharedEntry, source: Source) -> list[Problem]:
    """What is wrong in a file that forms include. Names of scales are judged in the form."""
    found = list(_scales(entry, source))
    for name, block in entry.blocks.items():
        found += _question(block, ("blocks", name), source)
    return found


def measured_problems(
    questions: Sequence[MeasuredQuestionEntry], size_px: tuple[int, int], source: Source
) -> list[Problem]:
    """What is wrong between the parts of a measured form with a picture of this size."""
    found: list[Problem] = []
    placed: list[tuple[Steps, QuestionEntry | MeasuredQuestionEntry]] = []
    for q, question in enumerate(questions):
        path: Steps = ("questions", q)
        placed.append((path, question))
        found += _codes(question.options, (*path, "options"), source)
        found += _maximum(question, len(question.options), path, source)
        if question.maximum is not None and question.kind is not Kind.MULTI:
            spot = source.key_spot((*path, "maximum"))
            found.append(Problem(spot, words.only_for("maximum", Kind.MULTI)))
        if question.kind not in (Kind.SINGLE, Kind.MULTI):
            found.append(Problem(source.spot((*path, "kind")), words.measured_kind()))
        for o, option in enumerate(question.options):
            found += _box(option.box_px, size_px, (*path, "options", o, "box_px"), source)
    return found + list(_ids(placed, source))


def _scales(entry: SharedKeys, source: Source) -> Iterator[Problem]:
    for name, options in entry.scales.items():
        yield from _codes(options, ("scales", name), source)


def _section(
    section: SectionEntry, path: Steps, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    if not section.scale:
        for key in ("also", "order"):
            if key in section.model_fields_set:
                yield Problem(source.key_spot((*path, key)), words.needs_scale(key))
        for q, question in enumerate(section.questions):
            place = (*path, "questions", q)
            yield from _question(question, place, source)
            yield from _scale(question.scale, question.order, place, entry, source)
            yield from _maximum(question, _count(question, entry), place, source)
        return
    yield from _scale(section.scale, section.order, path, entry, source)
    yield from _codes(section.also, (*path, "also"), source, entry.scales.get(section.scale, ()))
    yield from _rows(section, path, entry, source)


def _rows(
    section: SectionEntry, path: Steps, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    """Rows have no boxes of their own but ``also``, and one code means one column."""
    columns = {one.code: one for one in (*entry.scales.get(section.scale, ()), *section.also)}
    common = tuple(columns.values())
    for q, question in enumerate(section.questions):
        row = (*path, "questions", q)
        for key in _NOT_IN_ROWS:
            if key in question.model_fields_set:
                yield Problem(source.key_spot((*row, key)), words.row_has_columns(key))
        yield from _codes(question.also, (*row, "also"), source, common)
        for o, one in enumerate(question.also):
            if columns.setdefault(one.code, one) != one and one.code not in _all_codes(common):
                message = words.column_differs(one.code, columns[one.code].text)
                yield Problem(source.spot((*row, "also", o)), message)


def _scale(
    name: str, order: ScaleOrder | None, path: Steps, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    if name and name not in entry.scales:
        yield Problem(source.spot((*path, "scale")), words.no_scale(name, entry))
    elif order is not None and all(o.score is None for o in scale_options(entry, name, None)):
        yield Problem(source.key_spot((*path, "order")), words.order_needs_scores())


def _question(question: QuestionEntry, path: Steps, source: Source) -> Iterator[Problem]:
    """What is wrong in a question that is not a row of a table, whatever its scale holds."""
    kind = question.kind
    given = [key for key in ("options", "scale") if getattr(question, key)]
    if len(given) > 1:
        yield Problem(source.key_spot((*path, "scale")), words.scale_or_options())
    if kind in _MARKED and not given:
        yield Problem(source.spot(path), words.needs_options(question))
    if kind not in _MARKED and given:
        yield Problem(source.key_spot((*path, given[0])), words.has_no_options(question))
    if kind is WrittenKind.YESNO and not _is_yes_no(question):
        key = "scale" if question.scale else "options"
        yield Problem(source.spot((*path, key)), words.yes_no_only())
    if kind is WrittenKind.NUMBER and question.digits is None:
        yield Problem(source.spot(path), words.needs_digits(question))
    for key, one in (("digits", WrittenKind.NUMBER), ("lines", WrittenKind.TEXT)):
        if key in question.model_fields_set and kind is not one:
            yield Problem(source.key_spot((*path, key)), words.only_for(key, one))
    for key in ("also", "order"):
        if key in question.model_fields_set and not question.scale:
            yield Problem(source.key_spot((*path, key)), words.needs_scale(key))
    yield from _codes(question.options, (*path, "options"), source)
    if question.maximum is not None and kind is not WrittenKind.MULTI:
        yield Problem(source.key_spot((*path, "maximum")), words.only_for("maximum", Kind.MULTI))


def _is_yes_no(question: QuestionEntry) -> bool:
    given = {one.text: one.code for one in question.options}
    return given == YES_NO and len(question.options) == len(YES_NO) and not question.scale


def _count(question: QuestionEntry, entry: DesignedEntry) -> int:
    """How many options a question has that is not a row."""
    scale = entry.scales.get(question.scale, ())
    return len(question.options) or len(scale) + len(question.also)


def _maximum(
    question: QuestionEntry | MeasuredQuestionEntry, count: int, path: Steps, source: Source
) -> Iterator[Problem]:
    if question.maximum is not None and question.maximum > count > 0:
        yield Problem(
            source.spot((*path, "maximum")), words.maximum_too_large(question.maximum, count)
        )


def _codes(
    options: Sequence[OptionEntry | MeasuredOptionEntry],
    path: Steps,
    source: Source,
    before: Sequence[OptionEntry] = (),
) -> Iterator[Problem]:
    """A code that stands twice, in ``options`` or already in the options ``before`` them."""
    seen = _all_codes(before)
    for position, option in enumerate(options):
        if option.code in seen:
            spot = source.spot((*path, position, "code"))
            yield Problem(spot, words.code_twice(option.code))
        seen.add(option.code)


def _all_codes(options: Sequence[OptionEntry]) -> set[str]:
    return {option.code for option in options}


def _ids(
    placed: list[tuple[Steps, QuestionEntry | MeasuredQuestionEntry]], source: Source
) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, question in placed:
        name = str(question.id)
        spot = source.spot((*path, "id"))
        if name in RATINGS_COLUMNS:
            yield Problem(spot, words.id_is_column(name))
        if name in first:
            yield Problem(spot, words.id_twice(name, first[name]))
        first.setdefault(name, spot.line)


def _box(
    box: tuple[float, float, float, float], size_px: tuple[int, int], path: Steps, source: Source
) -> Iterator[Problem]:
    x, y, w, h = box
    if w < 1 or h < 1 or x + w > size_px[0] or y + h > size_px[1]:
        yield Problem(source.spot(path), words.box_outside(size_px))
