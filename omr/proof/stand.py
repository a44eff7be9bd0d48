"""The test stand: a form's own paper, filled in, scanned and read, one page at a time.

Everything is as in an office except the paper and the scanner: the sheets are printed by the
printing room, with signed codes, and read by the reader. What stands between them, pens and
scanners, is the simulator's, which shares no code with either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.form.model import Kind
from omr.identity import PageIdentity, encode_page
from omr.outcome import PageRead, PageRefused
from omr.printing import SheetToPrint, print_sheets, render_reference
from omr.proof.judging import judged
from omr.proof.model import PageTrial
from omr.proof.plan import said_on, writer_of
from omr.reading import Reader
from omr.reference import ReferenceForm
from omr.registration.designed import OwnPaper
from omr.scan.model import PageName, ScannedPage
from omr.simulate import CAREFUL, Mode, PaperRaster, fill_form, ink_page, render_pdf_page, scan
from omr.simulate.files import delivered_pixels
from omr.simulate.lost import lost_marks

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from omr.form.model import Form
    from omr.layout import Typeset
    from omr.layout.model import Layout
    from omr.outcome import PageOutcome
    from omr.proof.scanners import Scanner
    from omr.simulate import FilledSheet, ScannedImage

PX_PER_MM = 14.5
"""Resolution of the simulated paper: 1.2 times that of a scan at 300 dpi."""
SURVEY_ID = "000000000000"
KEY = bytes(32)
"""Of a survey that never was: what is printed here never leaves this process."""
UNIT, FIELD = "Xã Cẩm Vinh", "Tư pháp - Hộ tịch"


@dataclass(frozen=True, slots=True)
class Task:
    """One page (from 1) of one sheet (from 0)."""

    sheet: int
    page: int


@dataclass(frozen=True)
class Stand:
    """A form, its blank paper and its reader. Called with a task, it tries that page everywhere.

    ``paper`` is the PDF of all sheets of a designed form, or the blank picture (H, W) uint8 grey
    of a measured one.
    """

    reference: ReferenceForm
    paper: Path | NDArray[np.uint8]
    scanners: tuple[Scanner, ...]
    seed: int

    @property
    def form(self) -> Form:
        """What is asked."""
        return self.reference.form

    @property
    def layout(self) -> Layout:
        """Where it is answered."""
        return self.reference.layout

    @property
    def printed_pages(self) -> tuple[int, ...]:
        """Numbers of the pages that are read: all but the empty one that makes a sheet even."""
        pages = self.layout.pages
        return tuple(p.number for p in pages if p.marks or self.layout.is_measured)

    def __call__(self, task: Task) -> tuple[PageTrial, ...]:
        """The page on every scanner."""
        sheet = self.filled(task.sheet)
        inked = ink_page(self._blank(task), sheet, task.page)
        trials = []
        for number, scanner in enumerate(self.scanners):
            seed = int(
                np.random.default_rng([self.seed, task.sheet, task.page, number]).integers(1 << 31)
            )
            image = scan(inked, scanner.profile.draw(seed), seed)
            outcome = self._reader.read_page(delivered(image))
            lost = lost_marks(sheet, self.layout.page(task.page), image)
            bits = image.settings.mode is Mode.ONE_BIT
            trials.append(self._judged(outcome, scanner.name, task, sheet, lost, bits=bits))
        return tuple(trials)

    def filled(self, sheet: int) -> FilledSheet:
        """The sheet as somebody careful fills it in: clear marks and blanks only."""
        return fill_form(
            self.form, self.layout, 1000 * self.seed + sheet,
            writer=writer_of(sheet, self.seed),
            behaviour=CAREFUL,
            given=said_on(self.form, sheet, self.seed),
        )  # fmt: skip

    @cached_property
    def _reader(self) -> Reader:
        own = () if self.layout.is_measured else (self.reference,)
        measured = (self.reference,) if self.layout.is_measured else ()
        return Reader(OwnPaper(SURVEY_ID, KEY, own, _everything_issued), measured)

    def _blank(self, task: Task) -> PaperRaster:
        if isinstance(self.paper, np.ndarray):
            return self._picture
        number = task.sheet * len(self.layout.pages) + task.page
        return render_pdf_page(self.paper, number, PX_PER_MM)

    @cached_property
    def _picture(self) -> PaperRaster:
        size = self.layout.size
        shape = (round(size.width * PX_PER_MM), round(size.height * PX_PER_MM))
        grey = cv2.resize(np.asarray(self.paper), shape, interpolation=cv2.INTER_CUBIC)
        return PaperRaster(np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8), size)

    def _judged(
        self,
        outcome: PageOutcome,
        scanner: str,
        task: Task,
        sheet: FilledSheet,
        lost: frozenset[tuple[str, str]],
        *,
        bits: bool,
    ) -> PageTrial:
        if not isinstance(outcome, PageRead):
            refusal = str(outcome.refusal) if isinstance(outcome, PageRefused) else "blank"
            return PageTrial(scanner, task.sheet, task.page, refusal)
        responses = {response.question: response for response in outcome.responses}
        said = {name: sheet.answers[name].value for name in self.questions_on(task.page)}
        marks = {(name, code) for name, value in said.items() for code in value.split("+") if code}
        unmarked = bits and marks <= lost
        answers = tuple(
            judged(self.form.question(name), value, responses.get(name), lost, by_rule=unmarked)
            for name, value in said.items()
        )
        return PageTrial(scanner, task.sheet, task.page, "", answers)

    def questions_on(self, page: int) -> tuple[str, ...]:
        """Ids of the questions with targets on this page, comments left out."""
        ids = dict.fromkeys(target.question for target in self.layout.page(page).targets)
        return tuple(one for one in ids if self.form.question(one).kind is not Kind.TEXT)


def designed_stand(
    pages: Typeset, scanners: tuple[Scanner, ...], sheets: int, seed: int, pdf: Path
) -> Stand:
    """A stand for a form of ours; its sheets are printed into the file ``pdf``."""
    reference = ReferenceForm(pages.form, pages.layout, render_reference(pages))
    print_sheets(pages, [_sheet(pages.layout, serial) for serial in range(1, sheets + 1)], pdf)
    return Stand(reference, pdf, scanners, seed)


def delivered(image: ScannedImage) -> ScannedPage:
    """The image as the reader gets it: packed as the device does it, and unpacked."""
    pixels = delivered_pixels(image)
    if pixels.ndim == 3:  # noqa: PLR2004 - colour: the simulator has RGB, the reader BGR
        pixels = np.ascontiguousarray(pixels[:, :, ::-1])
    is_bits = image.settings.mode is Mode.ONE_BIT
    return ScannedPage(PageName("scan", 1), "0" * 64, pixels, image.settings.dpi, is_bits)


def _sheet(layout: Layout, serial: int) -> SheetToPrint:
    identities = [PageIdentity(SURVEY_ID, layout.version, serial, p.number) for p in layout.pages]
    return SheetToPrint(serial, UNIT, FIELD, tuple(encode_page(one, KEY) for one in identities))


def _everything_issued(page: PageIdentity) -> bool:
    return bool(page.serial and page.form)
