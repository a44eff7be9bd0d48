"""From a form's file to what a survey freezes: its meaning, its layout, its blank print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.errors import FormError, SurveyError
from omr.form import DesignedForm, MeasuredForm, load_form
from omr.language import say
from omr.layout import Typeset, measured_layout, typeset
from omr.printing import render_reference
from omr.reference import ReferenceForm, ReferencePage
from omr.survey.forms import FrozenForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from omr.survey import Survey


def freeze(path: Path, settings: Mapping[str, str] | None = None) -> FrozenForm:
    """The form in this YAML file, ready for a survey; FormError if it is not valid.

    ``settings`` give variables of the form other values. A designed form is kept written out in
    full, so that a survey needs no file beside it; what the author wrote is kept for the record.
    """
    loaded = load_form(path, settings)
    if isinstance(loaded, MeasuredForm):
        return FrozenForm(reference_of(loaded), path.name, path.read_bytes())
    from omr.form.load import author_files  # noqa: PLC0415 - printing what is frozen needs it not
    from omr.form.resolved import resolved_yaml  # noqa: PLC0415 - likewise
    from omr.form.source import normalised  # noqa: PLC0415 - likewise

    pairs = (f"{name}={normalised(value)}" for name, value in (settings or {}).items())
    comments = [f"{path.name}, written out in full", *(f"--set {pair}" for pair in pairs)]
    source = resolved_yaml(loaded, comments).encode()
    return FrozenForm(reference_of(loaded), path.name, source, _by_name(author_files(path)))


def reference_of(form: DesignedForm | MeasuredForm) -> ReferenceForm:
    """A form on its pages, with its blank print; FormError if it does not fit or has no picture."""
    return _designed(form) if isinstance(form, DesignedForm) else _measured(form)


def typeset_frozen(survey: Survey, version: str) -> Typeset:
    """The pages of a survey's designed form, set again exactly as they were frozen.

    Raises:
        SurveyError: this program sets the form differently; what it would print could not be read.
    """
    source = survey.form_source(version)
    loaded = load_form(source)
    if isinstance(loaded, DesignedForm):
        pages = typeset(loaded)
        if pages.layout.version == version:
            return pages
    raise SurveyError(
        say(
            f"Chương trình này dàn trang {source.name} khác với lúc mẫu phiếu được chốt, nên phiếu "
            "in ra sẽ không đọc được. Hãy in bằng phiên bản chương trình đã tạo cuộc khảo sát, "
            "hoặc tạo cuộc khảo sát mới.",
            f"This program sets {source.name} differently from when the form was frozen, so what "
            "it prints could not be read. Print with the version that made the survey, or make a "
            "new survey.",
        )
    )


def _by_name(files: Sequence[Path]) -> dict[str, bytes]:
    """The contents of files by their names; the second of one name is called ``2-name``."""
    contents: dict[str, bytes] = {}
    for number, path in enumerate(files, start=1):
        name = f"{number}-{path.name}" if path.name in contents else path.name
        contents[name] = path.read_bytes()
    return contents


def _designed(form: DesignedForm) -> ReferenceForm:
    pages = typeset(form)
    return ReferenceForm(pages.form, pages.layout, render_reference(pages))


def _measured(form: MeasuredForm) -> ReferenceForm:
    image = _grey_picture(form.reference)
    layout = measured_layout(form, form.size_px)
    pixels_per_mm = image.shape[1] / layout.size.width
    page = ReferencePage(layout.pages[0], image, pixels_per_mm, form.blank)
    return ReferenceForm(form.form, layout, (page,))


def _grey_picture(path: Path) -> NDArray[np.uint8]:
    # Through bytes, because cv2.imread cannot open a Vietnamese path on Windows.
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
    if image is None:
        raise FormError(
            say(
                f"Không đọc được ảnh mẫu {path}. Hãy lưu lại ảnh dưới dạng PNG, TIFF hoặc JPEG.",
                f"The reference picture {path} cannot be read. Save it again as PNG, TIFF or JPEG.",
            )
        )
    return np.asarray(image, dtype=np.uint8)
