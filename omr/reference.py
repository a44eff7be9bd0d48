"""How each page of a form looks before anybody has written on it.

A designed form is rendered once, when it is frozen into a survey; a measured form brings its
reference picture. From here on both are the same thing: a layout and a picture of the print.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from omr.form.model import Form
    from omr.layout.model import Layout, PageLayout


@dataclass(frozen=True, eq=False)
class ReferencePage:
    """The print of one page. Two are equal only if they are one: they are used as keys of caches.

    ``image`` is uint8 (H, W) grey, upright, pixel (0, 0) at the paper's top-left corner;
    ``pixels_per_mm`` is its resolution. ``blank`` is False where the picture was made from filled
    sheets, so that its targets may hold marks.
    """

    layout: PageLayout
    image: NDArray[np.uint8]
    pixels_per_mm: float
    blank: bool = True


@dataclass(frozen=True)
class ReferenceForm:
    """A form with its layout and the pictures of its pages, in page order."""

    form: Form
    layout: Layout
    pages: tuple[ReferencePage, ...]

    def page(self, number: int) -> ReferencePage:
        """The page with this number, from 1; KeyError if there is none."""
        for page in self.pages:
            if page.layout.number == number:
                return page
        raise KeyError(number)
