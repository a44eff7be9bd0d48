"""Paper: rendering keeps its millimetres, toner changes print and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from omr.geometry import MM_PER_INCH
from omr.simulate import PaperRaster, Toner, photocopy, print_with, render_pdf_page

if TYPE_CHECKING:
    from pathlib import Path

    from omr.layout.model import Layout


def test_targets_lie_where_the_layout_says(printed: PaperRaster, layout: Layout) -> None:
    along_x, along_y = printed.scale
    dark = 255 - printed.pixels[:, :, 0].astype(float)
    for target in layout.page(1).targets[5:10]:
        box = target.box.grown(1.0)
        top, left = round(box.y * along_y), round(box.x * along_x)
        part = dark[top : round(box.bottom * along_y), left : round(box.right * along_x)]
        x = (part.sum(axis=0) @ (np.arange(part.shape[1]) + 0.5)) / part.sum() + left
        y = (part.sum(axis=1) @ (np.arange(part.shape[0]) + 0.5)) / part.sum() + top
        assert abs(x / along_x - target.box.centre[0]) < 0.02
        assert abs(y / along_y - target.box.centre[1]) < 0.02


@pytest.mark.parametrize("points", [(595.2756, 841.8898), (595, 842), (612, 792), (300.3, 400.7)])
def test_a_rendered_page_knows_its_own_size(tmp_path: Path, points: tuple[float, float]) -> None:
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=points)
    canvas.rect(10, 10, 20, 20)
    canvas.save()
    page = render_pdf_page(tmp_path / "page.pdf", 1, 6.0)
    assert page.size.width == pytest.approx(points[0] / 72 * MM_PER_INCH, abs=1e-3)
    assert page.pixels.shape[2] == 3
    # A pixel's worth of rounding at most.
    assert page.scale[0] == pytest.approx(6.0, abs=6.0 / page.pixels.shape[1])
    assert page.scale[1] == pytest.approx(6.0, abs=6.0 / page.pixels.shape[0])


def test_weak_toner_is_lighter_and_a_photocopy_is_fatter(printed: PaperRaster) -> None:
    rng = np.random.default_rng(1)
    ink = {
        name: float((255 - print_with(printed, toner, rng).pixels.astype(float)).sum())
        for name, toner in {
            "good": Toner(),
            "weak": Toner(darkness=0.5),
            "spotted": Toner(speckle=0.2),
            "copied": Toner(swell_mm=0.1),
            "copied again": Toner(swell_mm=0.2),
        }.items()
    }
    assert ink["weak"] == pytest.approx(0.5 * ink["good"], rel=0.02)
    assert 0.6 * ink["good"] < ink["spotted"] < 0.95 * ink["good"]
    assert ink["good"] < ink["copied"] < ink["copied again"]


def test_good_toner_changes_nothing(printed: PaperRaster) -> None:
    same = print_with(printed, Toner(), np.random.default_rng(1))
    assert np.array_equal(same.pixels, printed.pixels)


def test_a_photocopy_loses_colour_and_keeps_print_in_place(printed: PaperRaster) -> None:
    page = PaperRaster(printed.pixels.copy(), printed.size)
    page.pixels[400:420, 200:900] = (20, 30, 140)
    copy = photocopy(page, np.random.default_rng(1)).pixels
    assert (copy[:, :, 0] == copy[:, :, 2]).all()
    assert copy[405:415, 300:800].mean() < 60
    assert np.median(copy) > 235
    dark = [int((pixels[:, :, 0] < 100).sum()) for pixels in (page.pixels, copy)]
    assert 0.7 < dark[1] / dark[0] < 1.6
