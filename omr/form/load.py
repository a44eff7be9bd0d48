"""From a YAML file to a form, or to one error that lists everything wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from omr.form.build import designed_form, numbered, option
from omr.form.designed import DesignedForm, MeasuredForm, MeasuredTarget
from omr.form.joining import included_files, joined
from omr.form.model import Form, Question
from omr.form.problems import problems_of
from omr.form.rules import designed_problems, measured_problems, shared_problems
from omr.form.schema import DesignedEntry, MeasuredEntry, SharedEntry
from omr.form.source import read_source
from omr.form.tree import Mapped, Problem, scalars
from omr.form.variables import no_glyph, refuse_settings, undrawable, with_variables
from omr.geometry import Box
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omr.form.source import Source

Entry = TypeVar("Entry", bound=BaseModel)


def load(
    path: Path | str, settings: Mapping[str, str] | None = None
) -> DesignedForm | MeasuredForm:
    """The form in a YAML file; FormError lists every problem as ``file:line:column: …``.

    ``settings`` give variables of the form other values.
    """
    source = read_source(Path(path))
    if isinstance(source.tree, Mapped) and "measured" in source.tree:
        refuse_settings(settings or {}, (), source.path)
        return _load_measured(source)
    return _load_designed(source, settings or {})


def author_files(path: Path) -> tuple[Path, ...]:
    """A form's file, and the files that it includes."""
    return (path, *included_files(read_source(path)))


def unset_variables(path: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """The variables that still have the value of an included file, with that value.

    Shipped values are dots for a pen: neither the form nor ``settings`` name the office.
    """
    source = read_source(path)
    whole = joined(source, _validate_shared).tree if isinstance(source.tree, Mapped) else {}
    known = {*settings, *_variables(source.tree)}
    return {name: value for name, value in _variables(whole).items() if name not in known}


def _variables(tree: Any) -> dict[str, str]:
    written = tree.get("variables") if isinstance(tree, Mapped) else None
    return {name: str(value or "") for name, value in (written or {}).items()}


def _load_designed(source: Source, settings: Mapping[str, str]) -> DesignedForm:
    source.problems.extend(_undrawable(source))
    if isinstance(source.tree, Mapped):
        source = with_variables(joined(source, _validate_shared), settings)
    entry = numbered(_validated(DesignedEntry, source))
    source.problems.extend(designed_problems(entry, source))
    _stop_at_problems(source)
    return designed_form(entry)


def _validate_shared(source: Source) -> None:
    """FormError if an included file is wrong in itself. Its variables are replaced in the form."""
    source.problems.extend(_undrawable(source))
    entry = _validated(SharedEntry, source)
    source.problems.extend(shared_problems(entry, source))
    _stop_at_problems(source)


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
            options=tuple(option(one) for one in question.options),
            factor=question.factor,
            maximum=question.maximum,
        )
        for question in entry.questions
    )
    targets = tuple(
        MeasuredTarget(question.id, one.code, one.shape, Box(*one.box_px))
        for question in entry.questions
        for one in question.options
    )
    return MeasuredForm(
        form=Form(entry.id, entry.title, questions, entry.correction, entry.double),
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


def _undrawable(source: Source) -> list[Problem]:
    """Characters that would leave a hole on paper, each at its place."""
    return [
        Problem(words.spot_of(character), no_glyph(character))
        for words in scalars(source.tree)
        for character in undrawable(words)
    ]


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
