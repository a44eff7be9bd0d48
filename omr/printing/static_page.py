"""The static print of a page drawn on a reportlab canvas: what the layout decided, repeated."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from omr.fonts import Style, font_path
from omr.layout.drawing import Fill, Outline, Rule, Text
from omr.layout.measures import DOT_PITCH, PAPER
from omr.layout.model import Shape
from omr.printing.aruco import mark_modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from omr.geometry import Box
    from omr.layout.drawing import Item, PageDrawing
    from omr.layout.model import PageLayout

PAGE_POINTS = (PAPER.width * mm, PAPER.height * mm)


@cache
def register_fonts() -> None:
    """Make Tinos known to reportlab, once per process."""
    for style in Style:
        pdfmetrics.registerFont(TTFont(style.value, str(font_path(style))))


def draw_static(canvas: Canvas, drawing: PageDrawing, layout: PageLayout) -> None:
    """Everything on a page that is the same on every sheet."""
    for item in drawing.items:
        draw_item(canvas, item)
    for mark in layout.marks:
        draw_symbol(canvas, mark_modules(mark), mark.box)


def draw_item(canvas: Canvas, item: Item) -> None:
    """One item of a page; millimetres from the top become points from the foot."""
    match item:
        case Text():
            draw_text(canvas, item)
        case Rule():
            _draw_rule(canvas, item)
        case Outline():
            _draw_outline(canvas, item)
        case Fill():
            _draw_fill(canvas, item)


def draw_text(canvas: Canvas, text: Text) -> None:
    """One run of text on its baseline."""
    canvas.setFont(text.style.value, text.points)
    canvas.drawString(text.x * mm, up(text.baseline), text.text, wordSpace=text.word_space * mm)


def draw_symbol(canvas: Canvas, black: Sequence[Sequence[bool]], box: Box) -> None:
    """A square symbol (page code or corner mark) of black modules in its box.

    It is drawn as one path in units of modules: no seams between touching modules, and short
    numbers in the file.
    """
    side = box.w * mm / len(black)
    canvas.saveState()
    canvas.translate(box.x * mm, up(box.y))
    canvas.scale(side, -side)
    path = canvas.beginPath()
    for row, modules in enumerate(black):
        for start, end in _runs(modules):
            path.rect(start, row, end - start, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _runs(modules: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and one past the last of every run of black modules in a row."""
    start = None
    for position, black in enumerate((*modules, False)):
        if black and start is None:
            start = position
        elif not black and start is not None:
            yield start, position
            start = None


def up(y: float) -> float:
    """Points above the page's foot of a height in mm below its top."""
    return (PAPER.height - y) * mm


def _draw_rule(canvas: Canvas, rule: Rule) -> None:
    canvas.saveState()
    canvas.setLineWidth(rule.width * mm)
    if rule.dotted:
        canvas.setLineCap(1)
        canvas.setLineWidth(2 * rule.width * mm)
        canvas.setDash([0, DOT_PITCH * mm])
    canvas.line(rule.x1 * mm, up(rule.y1), rule.x2 * mm, up(rule.y2))
    canvas.restoreState()


def _draw_outline(canvas: Canvas, outline: Outline) -> None:
    box = outline.box
    canvas.setLineWidth(outline.width * mm)
    if outline.shape is Shape.BOX:
        canvas.rect(box.x * mm, up(box.bottom), box.w * mm, box.h * mm, stroke=1, fill=0)
    else:
        canvas.ellipse(box.x * mm, up(box.bottom), box.right * mm, up(box.y), stroke=1, fill=0)


def _draw_fill(canvas: Canvas, fill: Fill) -> None:
    box = fill.box
    canvas.saveState()
    canvas.setFillGray(1 - fill.darkness)
    canvas.rect(box.x * mm, up(box.bottom), box.w * mm, box.h * mm, stroke=0, fill=1)
    canvas.restoreState()
