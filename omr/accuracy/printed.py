"""The bench's paper: each form printed once, its pages drawn once, and used in every batch.

A survey of fixed identity is founded and its sheets are printed as a user prints them. Drawing a
page takes longer than reading it, so that the drawn pages are kept as files; every batch gets a
fresh copy of the survey folder, with nothing read into it.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from omr import pipeline
from omr.accuracy.forms import form_file
from omr.accuracy.model import PaperSide
from omr.freezing import freeze
from omr.survey import Survey

if TYPE_CHECKING:
    from pathlib import Path

COPIES = 40
"""Sheets printed of each form: as many as a batch may have at most."""
PX_PER_MM = 12.0
"""A little finer than 300 dpi."""
UNIT, FIELD = "Xã An Bình", "Tư pháp - Hộ tịch"
SURVEY_ID = "acc0fac70001"
KEY = bytes(range(100, 132))
"""Fixed, so that a batch can be made again to the pixel: the page codes hang on both."""
PDF = "sheets.pdf"
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Printed:
    """One form's print run under ``folder``: the survey, its PDF and the pages drawn so far."""

    folder: Path

    def survey(self, fresh: Path) -> Survey:
        """Copy the printed survey to ``fresh``, with nothing read yet; the caller closes it."""
        shutil.copytree(self.folder / "survey", fresh)
        return Survey.open(fresh)

    def side(self, sheet: int, page: int, pages: int) -> PaperSide:
        """One printed side of a form of so many ``pages``, from 1; it may be written on."""
        path = self.folder / f"{sheet}-{page}.png"
        if not path.is_file():
            _draw(self.folder / PDF, (sheet - 1) * pages + page - 1, path)
        grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        return PaperSide(np.repeat(np.asarray(grey, np.uint8)[:, :, None], 3, axis=2), PX_PER_MM)


def printed(cache: Path, form: str) -> Printed:
    """The form's print run, from ``cache`` where it was made before."""
    folder = cache / form
    if not folder.is_dir():
        building = cache / f".{form}.{os.getpid()}"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        frozen = freeze(form_file(form))
        made = Survey.create(building / "survey", [frozen], [UNIT], survey_id=SURVEY_ID, key=KEY)
        with made as survey:
            pipeline.print_sheets(survey, COPIES, UNIT, FIELD, building / PDF)
        try:
            building.rename(folder)
        except OSError:  # another process was quicker
            shutil.rmtree(building)
    return Printed(folder)


def _draw(pdf: Path, index: int, path: Path) -> None:
    """Draw page ``index`` (from 0); the file appears whole, whoever else draws it too."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        # Just below the scale asked for: pdfium rounds the size of the picture up.
        scale = PX_PER_MM * MM_PER_POINT * (1 - 1e-5)
        pixels = document[index].render(scale=scale, grayscale=True).to_numpy()
    finally:
        document.close()
    unfinished = path.with_name(f".{path.stem}.{os.getpid()}.png")
    cv2.imwrite(str(unfinished), pixels.reshape(pixels.shape[:2]))
    unfinished.replace(path)
