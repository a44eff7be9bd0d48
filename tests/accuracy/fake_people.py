"""People and machines for tests of the bench itself: the simulator that the reader was built on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omr.accuracy.model import PaperSide, Said
from omr.accuracy.paper import Delivered, Filled
from omr.geometry import Size
from omr.simulate import OFFICE, Mode, PaperRaster, fill_form, ink_page, scan
from omr.simulate.files import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from omr.accuracy.model import Profile
    from omr.form.model import Form
    from omr.layout.model import Layout
    from omr.simulate import ScannedImage

A4 = Size(210, 297)


@dataclass(frozen=True)
class Photo:
    """A simulated scan as the bench wants it."""

    image: ScannedImage
    data: bytes
    suffix: str
    px_per_mm: float

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.image.locate(points_mm)


@dataclass(frozen=True)
class FakePeople:
    """Ordinary people and an office scanner. ``lies``: every n-th sheet's truth is made wrong."""

    lies: int = 0

    def fill(
        self, form: Form, layout: Layout, sides: Sequence[PaperSide], profile: Profile, seed: int
    ) -> Filled:
        del profile
        sheet = fill_form(form, layout, seed)
        inked = [
            ink_page(PaperRaster(side.pixels, A4), sheet, page)
            for page, side in enumerate(sides, start=1)
        ]
        said = [
            Said(name, _value(answer.value, plain=answer.plain), answer.plain, (str(answer.act),))
            for name, answer in sheet.answers.items()
        ]
        if self.lies and seed % self.lies == 0:
            codes = [option.code for option in form.questions[0].options]
            other = next(code for code in codes if (code,) != said[0].value)
            said[0] = replace(said[0], value=(other,))
        paper = tuple(PaperSide(side.pixels, sides[0].px_per_mm) for side in inked)
        return Filled(tuple(said), paper, "ball")

    def capture(self, layout: Layout, filled: Filled, profile: Profile, seed: int) -> Delivered:
        del layout, profile
        photos = []
        for side in filled.sides:
            settings = replace(OFFICE.draw(seed), dpi=150.0, mode=Mode.GREY)
            image = scan(PaperRaster(side.pixels, A4), settings, seed)
            photos.append(Photo(image, encoded(image), ".jpg", image.placement.px_per_mm))
        return Delivered(filled.said, tuple(photos), "150 dpi")


def _value(text: str, *, plain: bool) -> tuple[str, ...] | None:
    codes = tuple(code for code in text.split("+") if code)
    return codes if plain or len(codes) < 2 else None
