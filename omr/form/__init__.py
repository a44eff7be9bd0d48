"""Forms: the YAML language, its errors, and the forms that come with the product."""

from omr.form.designed import DesignedForm, MeasuredForm
from omr.form.load import load_form
from omr.form.shipped import find_form, shipped_forms

__all__ = ["DesignedForm", "MeasuredForm", "find_form", "load_form", "shipped_forms"]
