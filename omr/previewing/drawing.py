"""The preview as a vector PDF: the print as it is, and over it what only the program knows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from omr.fonts import Style, text_width
from omr.language import say
from omr.layout import Typeset
from omr.layout.model import Shape
from omr.previewing.labels import labels
from omr.printing.static_page import draw_static, register_fonts

if TYPE_CHECKING:
    from omr.geometry import Box
    from omr.layout.model import PageLayout, Target
    from omr.previewing.labels import Label
    from omr.previewing.shown import Shown

    Colour = tuple[float, float, float]

STRIP = 11.0
"""Height of the legend's strip under the page, in mm: nothing of the page is hidden by it."""
QUESTION_COLOURS: tuple[Colour, ...] = (
    (0.80, 0.11, 0.16), (0.05, 0.33, 0.76), (0.00, 0.45, 0.25), (0.62, 0.16, 0.63),
    (0.76, 0.36, 0.00), (0.00, 0.44, 0.52),
)  # fmt: skip
"""One after the other, so that neighbouring questions differ; all dark enough to be read."""
MARK: Colour = (0.25, 0.25, 0.25)
CODE: Colour = (0.45, 0.20, 0.70)
SLOT: Colour = (0.85, 0.55, 0.00)
GAUGE: Colour = (0.00, 0.55, 0.30)
WRITING: Colour = (0.30, 0.45, 0.60)
LINE = 0.35
LEGEND_POINTS = 8.0


def preview_pdf(shown: Shown) -> bytes:
    """All pages of a form with targets, machine areas and a legend; the same form, same bytes."""
    register_fonts()
    buffer = io.BytesIO()
    size = shown.layout.size
    pagesize = (size.width * mm, (size.height + STRIP) * mm)
    canvas = Canvas(buffer, pagesize=pagesize, invariant=1, lang="vi")
    canvas.setTitle(shown.form.title)
    for number, page in enumerate(shown.layout.pages):
        canvas.saveState()
        canvas.translate(0, STRIP * mm)
        _draw_print(canvas, shown, number)
        _Overlay(canvas, size.height, page).draw(size.width, _colours(shown))
        canvas.restoreState()
        _draw_legend(canvas, shown, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_print(canvas: Canvas, shown: Shown, number: int) -> None:
    if isinstance(shown.print, Typeset):
        draw_static(canvas, shown.print.pages[number], shown.layout.pages[number])
        return
    size = shown.layout.size
    picture = ImageReader(Image.fromarray(np.asarray(shown.print)))
    canvas.drawImage(picture, 0, 0, size.width * mm, size.height * mm)


def _colours(shown: Shown) -> dict[str, Colour]:
    ids = [question.id for question in shown.form.questions]
    return {name: QUESTION_COLOURS[i % len(QUESTION_COLOURS)] for i, name in enumerate(ids)}


@dataclass(frozen=True)
class _Overlay:
    """What is drawn over one page of a height in mm; y runs down from the page's top."""

    canvas: Canvas
    height: float
    page: PageLayout

    def draw(self, width: float, colours: dict[str, Colour]) -> None:
        """Areas first, then outlines, then names, so that names are never covered."""
        for mark in self.page.marks:
            self._area(mark.box.grown(0.5), MARK)
        for box in self.page.varying:
            self._area(box, CODE if box == self.page.code else SLOT)
        if self.page.code is not None:
            self._area(self.page.code, CODE)
        if self.page.gauge is not None:
            self._area(self.page.gauge.box.grown(0.5), GAUGE)
        for target in self.page.targets:
            self._target(target, colours[target.question])
        named = zip(self.page.targets, labels(self.page.targets, width), strict=True)
        for target, label in named:
            self._label(label, colours[target.question])

    def _area(self, box: Box, colour: Colour) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillColorRGB(*colour, alpha=0.10)
        canvas.setStrokeColorRGB(*colour, alpha=0.8)
        canvas.setLineWidth(0.2 * mm)
        canvas.rect(*self._rectangle(box), stroke=1, fill=1)
        canvas.restoreState()

    def _target(self, target: Target, colour: Colour) -> None:
        if not target.option:
            self._area(target.box, WRITING)
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(LINE * mm)
        around = target.box.grown(LINE / 2 if target.shape is Shape.BOX else 0)
        x, y, width, height = self._rectangle(around)
        if target.shape is Shape.BOX:
            canvas.rect(x, y, width, height, stroke=1, fill=0)
        else:
            canvas.ellipse(x, y, x + width, y + height, stroke=1, fill=0)
        canvas.restoreState()

    def _label(self, label: Label, colour: Colour) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillColorRGB(1, 1, 1, alpha=0.8)
        canvas.rect(*self._rectangle(label.box), stroke=0, fill=1)
        canvas.setFillColorRGB(*colour, alpha=1)
        canvas.setFont(Style.BOLD.value, label.points)
        baseline = (self.height - label.box.y) * mm - 0.72 * label.points
        canvas.drawString(label.box.x * mm, baseline, label.words)
        canvas.restoreState()

    def _rectangle(self, box: Box) -> tuple[float, float, float, float]:
        return box.x * mm, (self.height - box.bottom) * mm, box.w * mm, box.h * mm


def _draw_legend(canvas: Canvas, shown: Shown, page: PageLayout) -> None:
    """Which form and page this is, and what the colours mean, under the page."""
    layout = shown.layout
    canvas.setFont(Style.BOLD.value, LEGEND_POINTS)
    title = say(
        f"{shown.form.id} · trang {page.number}/{len(layout.pages)} · {layout.version[:12]}",
        f"{shown.form.id} · page {page.number}/{len(layout.pages)} · {layout.version[:12]}",
    )
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setStrokeColorRGB(0.6, 0.6, 0.6)
    canvas.line(0, STRIP * mm, layout.size.width * mm, STRIP * mm)
    canvas.drawString(6 * mm, 6.6 * mm, title)
    x = 6.0
    for colour, words in _legend(page):
        canvas.setFillColorRGB(*colour, alpha=0.25)
        canvas.setStrokeColorRGB(*colour)
        canvas.rect(x * mm, 2 * mm, 3 * mm, 2.6 * mm, stroke=1, fill=1)
        canvas.setFillColorRGB(0, 0, 0, alpha=1)
        canvas.setFont(Style.REGULAR.value, LEGEND_POINTS)
        canvas.drawString((x + 4) * mm, 2.3 * mm, words)
        x += 4 + text_width(words, Style.REGULAR, LEGEND_POINTS) + 5


def _legend(page: PageLayout) -> list[tuple[Colour, str]]:
    """Only what this page has."""
    told = [(QUESTION_COLOURS[0], say("ô: câu·lựa chọn", "box: question·option"))]
    if any(not target.option for target in page.targets):
        told.append((WRITING, say("chỗ viết", "writing")))
    if page.marks:
        told.append((MARK, say("dấu định vị", "registration mark")))
    if page.code is not None:
        told.append((CODE, say("mã trang", "page code")))
    if page.varying:
        told.append((SLOT, say("số phiếu, đơn vị, lĩnh vực", "serial, unit, field")))
    if page.gauge is not None:
        told.append((GAUGE, say("thước kiểm in và quét", "print-and-scan gauge")))
    return told
