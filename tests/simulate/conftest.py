"""A home-made form on home-made paper: the simulator is tested without our own printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from omr.form.model import Form, Kind, Option, Question
from omr.geometry import Box, Size
from omr.layout.model import Layout, PageLayout, Shape, Target
from omr.simulate import PaperRaster, render_pdf_page

if TYPE_CHECKING:
    from pathlib import Path

SCALE = tuple(Option(str(score), f"mức {score}", score) for score in (5, 4, 3, 2, 1))
PAPER = Size(210, 297)
PX_PER_MM = 8.0


@pytest.fixture(scope="session")
def form() -> Form:
    rows = [Question(f"q{number}", Kind.SINGLE, f"Câu {number}", SCALE) for number in range(1, 11)]
    return Form(
        "demo",
        "Phiếu thử",
        (
            *rows,
            Question("m", Kind.MULTI, "Chọn tối đa 3", SCALE, maximum=3),
            Question("n", Kind.NUMBER, "Số lần", digits=3),
            Question("z", Kind.TEXT, "Ý kiến"),
        ),
    )


@pytest.fixture(scope="session")
def layout(form: Form) -> Layout:
    targets = [
        Target(question.id, option.code, Shape.BOX if row % 3 else Shape.OVAL, _box(row, column))
        for row, question in enumerate(form.questions[:11])
        for column, option in enumerate(question.options)
    ]
    cells = [Target("n", str(k), Shape.BOX, Box(110 + 7 * k, 200, 6.5, 8)) for k in (1, 2, 3)]
    comment = Target("z", "", Shape.BOX, Box(30, 220, 150, 25))
    return Layout("demo", "0" * 64, PAPER, (PageLayout(1, (*targets, *cells, comment)),))


@pytest.fixture(scope="session")
def printed(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> PaperRaster:
    """The form's outlines, drawn as PDF and rendered."""
    path = tmp_path_factory.mktemp("print") / "form.pdf"
    _print(layout, path)
    return render_pdf_page(path, 1, PX_PER_MM)


def _box(row: int, column: int) -> Box:
    return Box(110 + 17 * column, 60 + 11 * row, 5, 5)


def _print(layout: Layout, path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(PAPER.width * mm, PAPER.height * mm))
    canvas.setLineWidth(0.7)
    for target in layout.pages[0].targets:
        box = target.box
        low = (PAPER.height - box.bottom) * mm
        if target.shape is Shape.OVAL:
            canvas.ellipse(box.x * mm, low, box.right * mm, low + box.h * mm)
        else:
            canvas.rect(box.x * mm, low, box.w * mm, box.h * mm)
    canvas.save()
