"""Rules that hold between the parts of a form, checked after each part is well shaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Kind
from omr.form.source import Problem
from omr.language import say

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
            found.append(Problem(source.spot((*path, "kind")), _measured_kind()))
        for o, option in enumerate(question.options):
            found += _box(option.box_px, size_px, (*path, "options", o, "box_px"), source)
    return found + list(_ids(placed, source))


def _section(
    section: SectionEntry, path: Path, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    if not section.scale:
        if section.also:
            yield Problem(source.key_spot((*path, "also")), _also_needs_scale())
        for q, question in enumerate(section.questions):
            yield from _question(question, (*path, "questions", q), entry, source)
        return
    if section.scale not in entry.scales:
        yield Problem(source.spot((*path, "scale")), _no_scale(section.scale, entry))
        return
    yield from _codes((*entry.scales[section.scale], *section.also), (*path, "also"), source)
    for q, question in enumerate(section.questions):
        for key in ("kind", "options", "scale", "maximum", "digits", "lines"):
            if key in question.model_fields_set:
                spot = source.key_spot((*path, "questions", q, key))
                yield Problem(spot, _row_has_columns(key))


def _question(
    question: QuestionEntry, path: Path, entry: DesignedEntry, source: Source
) -> Iterator[Problem]:
    if question.scale and question.options:
        yield Problem(source.key_spot((*path, "scale")), _scale_or_options())
    if question.scale and question.scale not in entry.scales:
        yield Problem(source.spot((*path, "scale")), _no_scale(question.scale, entry))
        return
    options = question.options or entry.scales.get(question.scale, ())
    marked = question.kind in (Kind.SINGLE, Kind.MULTI)
    if marked and not options:
        yield Problem(source.spot(path), _needs_options(question))
    if not marked and options:
        key = "options" if question.options else "scale"
        yield Problem(source.key_spot((*path, key)), _has_no_options(question))
    if question.kind is Kind.NUMBER and question.digits is None:
        yield Problem(source.spot(path), _needs_digits(question))
    for key, kind in (("digits", Kind.NUMBER), ("lines", Kind.TEXT)):
        if key in question.model_fields_set and question.kind is not kind:
            yield Problem(source.key_spot((*path, key)), _only_for(key, kind))
    yield from _codes(question.options, (*path, "options"), source)
    yield from _maximum(question, len(options), path, source)


def _maximum(
    question: QuestionEntry | MeasuredQuestionEntry, count: int, path: Path, source: Source
) -> Iterator[Problem]:
    if question.maximum is None:
        return
    if question.kind is not Kind.MULTI:
        yield Problem(source.key_spot((*path, "maximum")), _only_for("maximum", Kind.MULTI))
    elif question.maximum > count:
        yield Problem(source.spot((*path, "maximum")), _maximum_too_large(question.maximum, count))


def _codes(
    options: Sequence[OptionEntry | MeasuredOptionEntry], path: Path, source: Source
) -> Iterator[Problem]:
    seen: set[str] = set()
    first_own = len(options) - _entries_at(path, options, source)
    for position, option in enumerate(options):
        if option.code in seen:
            spot = source.spot((*path, max(position - first_own, 0), "code"))
            yield Problem(spot, _code_twice(option.code))
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
            yield Problem(spot, _id_is_column(question.id))
        if question.id in first:
            yield Problem(spot, _id_twice(question.id, first[question.id]))
        first.setdefault(question.id, spot[0])


def _box(
    box: tuple[float, float, float, float], size_px: tuple[int, int], path: Path, source: Source
) -> Iterator[Problem]:
    x, y, w, h = box
    if w < 1 or h < 1 or x + w > size_px[0] or y + h > size_px[1]:
        yield Problem(source.spot(path), _box_outside(size_px))


def _also_needs_scale() -> str:
    return say(
        "“also” là cột thêm vào sau một thang điểm, mà phần này không có “scale”; "
        "hãy thêm scale hoặc bỏ also.",
        "'also' adds columns after a scale, but this section has no 'scale'; add one or drop it.",
    )


def _no_scale(name: str, entry: DesignedEntry) -> str:
    known = ", ".join(entry.scales) or "-"
    return say(
        f"không có thang “{name}” trong scales (hiện có: {known}); hãy khai báo hoặc sửa tên.",
        f"there is no scale '{name}' under scales (there are: {known}); add it or correct it.",
    )


def _row_has_columns(key: str) -> str:
    return say(
        f"câu hỏi trong bảng lấy các ô từ scale của cả phần, nên không có “{key}” riêng; "
        "hãy bỏ khóa này hoặc chuyển câu hỏi sang phần không có scale.",
        f"a row of a table takes its boxes from the section's scale and has no '{key}' of its "
        "own; drop it, or move the question to a section without scale.",
    )


def _scale_or_options() -> str:
    return say(
        "câu hỏi có cả scale và options nên không rõ lấy ô nào; hãy bỏ một trong hai.",
        "the question has both scale and options, so it is not clear which count; drop one.",
    )


def _needs_options(question: QuestionEntry) -> str:
    return say(
        f"câu “{question.id}” là câu chọn ({question.kind}) nhưng không có options hoặc scale; "
        "hãy thêm, hoặc ghi kind: text hay kind: number.",
        f"the question '{question.id}' is answered by marking ({question.kind}) but has neither "
        "options nor scale; add them, or write kind: text or kind: number.",
    )


def _has_no_options(question: QuestionEntry) -> str:
    return say(
        f"câu loại {question.kind} được viết tay nên không có ô để chọn; hãy bỏ khóa này.",
        f"a {question.kind} question is written by hand and has no options; drop this key.",
    )


def _needs_digits(question: QuestionEntry) -> str:
    return say(
        f"câu “{question.id}” là câu ghi số nhưng không cho biết mấy chữ số; "
        "hãy thêm, ví dụ digits: 3.",
        f"the number question '{question.id}' does not say how many digits it has; "
        "add for example digits: 3.",
    )


def _only_for(key: str, kind: Kind) -> str:
    return say(
        f"“{key}” chỉ dùng cho câu loại {kind}; hãy bỏ hoặc đổi kind.",
        f"'{key}' is only for {kind} questions; drop it or change kind.",
    )


def _maximum_too_large(maximum: int, count: int) -> str:
    return say(
        f"“maximum: {maximum}” lớn hơn số ô ({count}); hãy giảm xuống hoặc bỏ khóa này.",
        f"'maximum: {maximum}' is more than there are options ({count}); lower or drop it.",
    )


def _code_twice(code: str) -> str:
    return say(
        f"mã “{code}” lặp lại trong cùng câu hỏi nên không phân biệt được hai ô; hãy đổi một mã.",
        f"the code '{code}' stands twice in one question, so two boxes could not be told apart; "
        "change one.",
    )


def _id_is_column(name: str) -> str:
    return say(
        f"“{name}” là tên một cột cố định của ratings.csv; hãy đặt mã câu hỏi khác.",
        f"'{name}' is the name of a fixed column of ratings.csv; choose another id.",
    )


def _id_twice(name: str, line: int) -> str:
    return say(
        f"mã câu hỏi “{name}” đã dùng ở dòng {line}; mỗi câu cần một mã riêng, hãy đổi lại.",
        f"the id '{name}' is already used in line {line}; every question needs its own, "
        "change one.",
    )


def _measured_kind() -> str:
    return say(
        "mẫu đo chỉ có câu loại single hoặc multi; hãy sửa kind hoặc bỏ câu này.",
        "a measured form has single and multi questions only; correct kind or drop the question.",
    )


def _box_outside(size_px: tuple[int, int]) -> str:
    return say(
        f"ô nằm ngoài ảnh mẫu ({size_px[0]} x {size_px[1]} điểm ảnh) hoặc không có bề rộng; "
        "box_px là [x, y, rộng, cao] tính từ góc trên bên trái, hãy đo lại.",
        f"the box lies outside the reference picture ({size_px[0]} x {size_px[1]} px) or has no "
        "size; box_px is [x, y, width, height] from the top-left corner, measure it again.",
    )
