"""Our own paper for tests: one survey of fixed identity, printed once, and its simulated scans."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from omr import pipeline
from omr.batch import open_reader
from omr.form import find_form
from omr.freezing import freeze
from omr.scan.model import PageName, ScannedPage
from omr.simulate import (
    CAREFUL,
    CaptureSettings,
    FilledSheet,
    Mode,
    PaperRaster,
    ScannedImage,
    fill_form,
    ink_page,
    render_pdf_page,
    scan,
)
from omr.simulate.files import delivered_pixels
from omr.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from omr.form.model import Form
    from omr.layout.model import Layout
    from omr.reading import Reader
    from omr.reference import ReferenceForm
    from omr.simulate import Writer

T1, T3 = "t1-mot-cua", "t3-sipas"
SURVEY_ID = "5eed00000001"
KEY = bytes(range(32))
UNIT = "Xã An Bình"
COPIES = 8
PX_PER_MM = 10.0
"""Resolution of paper that is scanned at up to 200 dpi."""
GREY = CaptureSettings()
ONE_BIT = CaptureSettings(mode=Mode.ONE_BIT)


@dataclass(frozen=True)
class PrintedSurvey:
    """A survey of T1 (serials 1..8) and T3 (9..16), both printed; nothing is read into it."""

    folder: Path

    @staticmethod
    def make(root: Path) -> PrintedSurvey:
        """Found it and print it under ``root``."""
        frozen = [freeze(find_form(name)) for name in (T1, T3)]
        made = Survey.create(root / "survey", frozen, [UNIT], survey_id=SURVEY_ID, key=KEY)
        with made as survey:
            for name in (T1, T3):
                pipeline.print_sheets(survey, COPIES, UNIT, "Hộ tịch", root / f"{name}.pdf", name)
        return PrintedSurvey(root / "survey")

    @cached_property
    def reader(self) -> Reader:
        """What pages of this survey are read against."""
        return open_reader(self.folder)

    def reference(self, form: str) -> ReferenceForm:
        return next(own for own in self.reader.own.forms if own.form.id == form)

    def form(self, form: str) -> Form:
        return self.reference(form).form

    def layout(self, form: str) -> Layout:
        return self.reference(form).layout

    def paper(
        self, form: str, serial: int, page: int = 1, px_per_mm: float = PX_PER_MM
    ) -> PaperRaster:
        """The printed page of this sheet, nobody having written on it."""
        return _paper(self, form, serial, page, px_per_mm)

    def filled(
        self,
        form: str,
        seed: int,
        given: Mapping[str, str] | None = None,
        writer: Writer | None = None,
    ) -> FilledSheet:
        """A careful person's answers: clear marks and blanks only."""
        return fill_form(
            self.form(form),
            self.layout(form),
            seed,
            behaviour=CAREFUL,
            given=given,
            writer=writer,
        )

    def image(
        self,
        form: str,
        serial: int,
        sheet: FilledSheet | None = None,
        settings: CaptureSettings = GREY,
        *,
        page: int = 1,
        seed: int = 1,
    ) -> ScannedImage:
        """A scan of this page, with the sheet's ink on it."""
        px_per_mm = max(PX_PER_MM, round(settings.dpi / 25.4 * 1.25))
        paper = self.paper(form, serial, page, px_per_mm)
        return scan(ink_page(paper, sheet, page) if sheet else paper, settings, seed)

    def copy(self, to: Path) -> Survey:
        """A survey of its own to read into, open."""
        shutil.copytree(self.folder, to)
        return Survey.open(to)


@cache
def _paper(
    survey: PrintedSurvey, form: str, serial: int, page: int, px_per_mm: float
) -> PaperRaster:
    pages = len(survey.layout(form).pages)
    first = 1 if form == T1 else 1 + COPIES
    pdf = survey.folder.parent / f"{form}.pdf"
    return render_pdf_page(pdf, (serial - first) * pages + page, px_per_mm)


def page_of(image: ScannedImage, name: str = "scan.png") -> ScannedPage:
    """What the scanner delivered, as the reader gets it (packed and unpacked, BGR)."""
    pixels = delivered_pixels(image)
    if pixels.ndim == 3:
        pixels = pixels[:, :, ::-1].copy()
    is_bits = image.settings.mode is Mode.ONE_BIT
    return ScannedPage(PageName(name, 1), "0" * 64, pixels, image.settings.dpi, is_bits)
