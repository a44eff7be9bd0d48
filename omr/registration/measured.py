"""Register a page that somebody else printed: by its own print, against the measured forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.refusal import Refusal
from omr.registration.designed import register_at
from omr.registration.printed_features import match_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.reference import ReferenceForm
    from omr.registration.model import RegisteredPage
    from omr.scan.model import ScannedPage


def register_measured(
    page: ScannedPage, forms: Sequence[ReferenceForm]
) -> RegisteredPage | Refusal:
    """The page registered to the one measured form that it shows, or why it is not read."""
    matched = match_page(page, [reference for form in forms for reference in form.pages])
    if isinstance(matched, Refusal):
        return matched
    return register_at(page, None, matched.reference, matched.transform, matched.shifts_mm)
