"""What is shown: a form with its print, from its file or from a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.form import DesignedForm
from omr.freezing import reference_of, typeset_frozen
from omr.layout import typeset

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from omr.form import MeasuredForm
    from omr.form.model import Form
    from omr.layout import Typeset
    from omr.layout.model import Layout
    from omr.reference import ReferenceForm
    from omr.survey import Survey


@dataclass(frozen=True)
class Shown:
    """A form to show. ``print`` is its typeset pages, or the picture (H, W) grey of its paper."""

    form: Form
    layout: Layout
    print: Typeset | NDArray[np.uint8]


def shown(form: DesignedForm | MeasuredForm) -> Shown:
    """A form from its file; FormError if it does not fit on pages or has no picture."""
    if isinstance(form, DesignedForm):
        return _typeset(typeset(form))
    return _measured(reference_of(form))


def survey_shown(survey: Survey) -> tuple[Shown, ...]:
    """Every form of a survey, in its order, as it was frozen."""
    return tuple(
        _measured(form)
        if form.layout.is_measured
        else _typeset(typeset_frozen(survey, form.layout.version))
        for form in survey.forms
    )


def _typeset(pages: Typeset) -> Shown:
    return Shown(pages.form, pages.layout, pages)


def _measured(reference: ReferenceForm) -> Shown:
    return Shown(reference.form, reference.layout, reference.pages[0].image)
