"""Decks as an office makes them: printed by the command, scanned as files, read."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from omr.simulate import CaptureSettings, Mode, ScannedImage, render_pdf_page, scan
from omr.simulate.files import write_image
from omr.simulate.settings import Blemishes, Geometry

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

CLEAN = Blemishes(dust=0.0)
"""A speck in an empty box rightly fails a deck; where one falls depends on the layout."""
GREY = CaptureSettings(geometry=Geometry(skew_deg=0.4), blemishes=CLEAN)
BITS = CaptureSettings(mode=Mode.ONE_BIT, blemishes=CLEAN)
PX_PER_MM = 10.0


def omr(*arguments: object, code: int = 0) -> Result:
    """Run the command in this process; it must end with ``code``."""
    from omr.cli import language_first
    from omr.cli.app import app

    done = CliRunner().invoke(app, language_first([str(each) for each in arguments]))
    assert done.exit_code == code, f"{arguments}: {done.exit_code}\n{done.output}"
    return done


@dataclass(frozen=True)
class Deck:
    """A survey with one form, its deck as PDF, and the scans of its pages by PDF page from 1."""

    root: Path
    pages: int
    images: dict[int, ScannedImage] = field(default_factory=dict)

    @property
    def survey(self) -> Path:
        return self.root / "survey"

    @property
    def scans(self) -> Path:
        return self.root / "scans"

    @staticmethod
    def make(root: Path, form: str | Path) -> Deck:
        """Found the survey and print its deck."""
        import pypdfium2

        omr("init", root / "survey", "--form", form, "--unit", "Xã Cẩm Vinh")
        omr("deck", root / "survey", "-o", root / "deck.pdf", "--unit", "Xã Cẩm Vinh")
        with pypdfium2.PdfDocument(root / "deck.pdf") as document:
            return Deck(root, len(document))

    def scan_all(self, settings: CaptureSettings) -> None:
        """A file for each page, as a scanner without a feeder delivers them."""
        self.scans.mkdir()
        kind = "tif" if settings.mode is Mode.ONE_BIT else "jpg"
        for number in range(1, self.pages + 1):
            paper = render_pdf_page(self.root / "deck.pdf", number, PX_PER_MM)
            self.images[number] = scan(paper, settings, number)
            write_image(self.scans / f"{number:02}.{kind}", self.images[number])

    def copy(self, to: Path) -> Deck:
        """The same deck in a folder of its own: a copy of a survey's folder is a survey."""
        shutil.copytree(self.root, to)
        return Deck(to, self.pages, self.images)
