"""Forms: the YAML language, its errors, and the forms that come with the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.designed import DesignedForm, MeasuredForm
from omr.form.shipped import find_form, shipped_forms

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DesignedForm", "MeasuredForm", "find_form", "load_form", "shipped_forms"]


def load_form(path: Path | str) -> DesignedForm | MeasuredForm:
    """The form in a YAML file; FormError lists every problem as ``file:line:column: …``."""
    from omr.form.load import load  # noqa: PLC0415 - reading scans needs no YAML and no pydantic

    return load(path)
