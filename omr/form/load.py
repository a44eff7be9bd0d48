"""From a YAML file to a form, or to one error that lists everything wrong with it."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from omr.fonts import is_drawable
from omr.form.designed import (
    Asked,
    DesignedForm,
    Heading,
    MeasuredForm,
    MeasuredTarget,
    Note,
    PaperSizes,
    QuestionList,
    ScaleTable,
)
from omr.form.instruction import instruction
from omr.form.model import Form, Kind, Option, Question
from omr.form.problems import problems_of
from omr.form.rules import designed_problems, measured_problems
from omr.form.schema import DesignedEntry, MeasuredEntry
from omr.form.source import Problem, Source
from omr.geometry import Box
from omr.language import say

if TYPE_CHECKING:
    from omr.form.designed import Section
    from omr.form.schema import (
        MeasuredOptionEntry,
        OptionEntry,
        QuestionEntry,
        SectionEntry,
    )

DEFAULT_LINES = 3
Entry = TypeVar("Entry", bound=BaseModel)


def load(path: Path | str) -> DesignedForm | MeasuredForm:
    """The form in a YAML file; FormError lists every problem as ``file:line:column: …``."""
    source = Source(Path(path))
    if isinstance(source.tree, dict) and "measured" in source.tree:
        return _load_measured(source)
    return _load_designed(source)


def _load_designed(source: Source) -> DesignedForm:
    source.problems.extend(_undrawable(source))
    entry = _validated(DesignedEntry, source)
    source.problems.extend(designed_problems(entry, source))
    _stop_at_problems(source)
    sections = tuple(_section(section, entry) for section in entry.sections)
    questions = tuple(asked.question for section in sections for asked in section.questions)
    title = " - ".join(part for part in (entry.title, entry.subtitle) if part)
    return DesignedForm(
        form=Form(entry.id, title, questions, entry.correction),
        heading=Heading(**entry.heading.model_dump()),
        form_number=entry.form_number,
        title=entry.title,
        subtitle=entry.subtitle,
        intro=entry.intro,
        instruction=_instruction(entry, questions, source),
        sections=sections,
        date_line=entry.date_line,
        attachment=entry.attachment,
        bases=entry.bases,
        paper=PaperSizes(**entry.paper.model_dump()),
        notes=tuple(Note(**note.model_dump()) for note in entry.notes),
    )


def _load_measured(source: Source) -> MeasuredForm:
    entry = _validated(MeasuredEntry, source)
    reference = source.path.parent / entry.measured.reference
    size_px = _picture_size(reference, source)
    source.problems.extend(measured_problems(entry.questions, size_px, source))
    _stop_at_problems(source)
    questions = tuple(
        Question(
            id=question.id,
            kind=question.kind,
            text=question.text or question.id,
            options=tuple(_option(option) for option in question.options),
            factor=question.factor,
            maximum=question.maximum,
        )
        for question in entry.questions
    )
    targets = tuple(
        MeasuredTarget(question.id, option.code, option.shape, Box(*option.box_px))
        for question in entry.questions
        for option in question.options
    )
    return MeasuredForm(
        form=Form(entry.id, entry.title, questions, entry.correction),
        reference=reference,
        size_px=size_px,
        blank=entry.measured.blank,
        capture=entry.measured.capture,
        targets=targets,
    )


def _validated(model: type[Entry], source: Source) -> Entry:
    try:
        entry = model.model_validate(source.tree)
    except ValidationError as error:
        source.problems.extend(problems_of(error, source, model))
        raise source.fail(source.problems) from error
    _stop_at_problems(source)
    return entry


def _stop_at_problems(source: Source) -> None:
    if source.problems:
        raise source.fail(source.problems)


def _instruction(entry: DesignedEntry, questions: tuple[Question, ...], source: Source) -> str:
    """The author's words with the rule of correction, or the common words; "" asks for none."""
    marked = any(question.has_targets for question in questions)
    own = (entry.instruction or "") if source.has(("instruction",)) else None
    return instruction(own, entry.correction, marked=marked)


def _section(section: SectionEntry, entry: DesignedEntry) -> Section:
    if not section.scale:
        asked = tuple(_asked(question, entry) for question in section.questions)
        return QuestionList(section.title, asked)
    columns = tuple(_option(option) for option in (*entry.scales[section.scale], *section.also))
    rows = tuple(
        Asked(Question(row.id, Kind.SINGLE, row.text, columns, row.factor), row.label)
        for row in section.questions
    )
    return ScaleTable(section.title, section.head, columns, rows)


def _asked(entry: QuestionEntry, form: DesignedEntry) -> Asked:
    options = entry.options or form.scales.get(entry.scale, ())
    question = Question(
        id=entry.id,
        kind=entry.kind,
        text=entry.text,
        options=tuple(_option(option) for option in options),
        factor=entry.factor,
        maximum=entry.maximum,
        digits=entry.digits or 0,
    )
    lines = (entry.lines or DEFAULT_LINES) if entry.kind is Kind.TEXT else 0
    return Asked(question, entry.label, lines)


def _option(entry: OptionEntry | MeasuredOptionEntry) -> Option:
    return Option(entry.code, entry.text or entry.code, entry.score)


def _undrawable(source: Source) -> list[Problem]:
    """Characters that would leave a hole on paper, each at its place."""
    problems = []
    for scalar in source.scalars:
        for character in dict.fromkeys(scalar.text):
            if is_drawable(character):
                continue
            index = source.text.find(character, scalar.start, scalar.end)
            spot = source.spot_at(index if index >= 0 else scalar.start)
            problems.append(Problem(spot, _no_glyph(character)))
    return problems


def _no_glyph(character: str) -> str:
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    shown = f"“{character}” ({name})" if character.isprintable() else name
    return say(
        f"ký tự {shown} không có trong phông chữ in phiếu nên sẽ thành chỗ trống trên giấy; "
        "hãy xóa hoặc thay bằng chữ khác.",
        f"the character {shown} is not in the font of the form and would leave a hole on paper; "
        "delete or replace it.",
    )


def _picture_size(reference: Path, source: Source) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only measured forms need it

    spot = source.spot(("measured", "reference"))
    try:
        with Image.open(reference) as picture:
            return picture.size
    except FileNotFoundError as error:
        raise source.fail([Problem(spot, _no_reference(reference))]) from error
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise source.fail([Problem(spot, _bad_reference(reference, error))]) from error


def _no_reference(reference: Path) -> str:
    return say(
        f"không có ảnh mẫu {reference}; đường dẫn tính từ thư mục của tệp mẫu, hãy kiểm tra lại.",
        f"there is no reference picture {reference}; its path is relative to the form's file, "
        "check it.",
    )


def _bad_reference(reference: Path, error: Exception) -> str:
    return say(
        f"không đọc được ảnh mẫu {reference} ({error}); hãy dùng ảnh PNG, JPEG hoặc TIFF.",
        f"the reference picture {reference} cannot be read ({error}); use PNG, JPEG or TIFF.",
    )
