"""A 1-bit scan is black ink on white paper for everyone who opens the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import pytest

from omr.geometry import Size
from omr.simulate import ONE_BIT, blank_paper, scan
from omr.simulate.files import write_pdf, write_tiff

if TYPE_CHECKING:
    from pathlib import Path

    from omr.simulate import ScannedImage


@pytest.fixture(scope="module")
def white_sheet() -> ScannedImage:
    settings = replace(ONE_BIT.draw(1), dpi=100.0)
    return scan(blank_paper(Size(210, 297), 8), settings, seed=1)


def test_white_paper_is_white_in_a_pdf(white_sheet: ScannedImage, tmp_path: Path) -> None:
    write_pdf(tmp_path / "scan.pdf", [white_sheet])
    with pypdfium2.PdfDocument(tmp_path / "scan.pdf") as document:
        seen = document[0].render(scale=0.5).to_numpy()
    assert np.mean(seen) > 200


def test_white_paper_is_white_in_a_tiff(white_sheet: ScannedImage, tmp_path: Path) -> None:
    write_tiff(tmp_path / "scan.tif", [white_sheet])
    seen = cv2.imread(str(tmp_path / "scan.tif"), cv2.IMREAD_GRAYSCALE)
    assert seen is not None
    assert np.mean(seen) > 200
