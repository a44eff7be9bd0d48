"""Forms: the YAML language, its errors, and the forms that come with the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.designed import DesignedForm, MeasuredForm
from omr.form.shipped import find_form, shipped_forms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "DesignedForm",
    "MeasuredForm",
    "find_form",
    "load_form",
    "shipped_forms",
    "unset_variables",
]


def load_form(
    path: Path | str, settings: Mapping[str, str] | None = None
) -> DesignedForm | MeasuredForm:
    """The form in a YAML file; FormError lists every problem as ``file:line:column: …``.

    ``settings`` give variables of the form, such as the name of the office, other values.
    """
    from omr.form.load import load  # noqa: PLC0415 - reading scans needs no YAML and no pydantic

    return load(path, settings)


def unset_variables(path: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """The variables of a form that still have the value of a file it includes, with that value."""
    from omr.form import load  # noqa: PLC0415 - as above

    return load.unset_variables(path, settings)
