"""A form as offices have it: drawn by another hand, with boxes, cells to tick, and cells to fill.

Everything of it is known in mm: the targets of each question, and what must not be taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from omr.fonts import Style, font_path
from omr.geometry import Box

if TYPE_CHECKING:
    from pathlib import Path

ROWS = ("Thái độ phục vụ của cán bộ", "Thời gian giải quyết hồ sơ", "Mức thu phí, lệ phí")
HEADS = ("Rất tốt", "Tốt", "Kém")
BOX_MM = 4.0


@dataclass
class ForeignPaper:
    """The drawn page; ``questions`` are its targets in order, in mm."""

    pdf: Path
    questions: dict[str, list[Box]] = field(default_factory=dict)

    @property
    def boxes(self) -> list[Box]:
        """All targets."""
        return [box for boxes in self.questions.values() for box in boxes]


def draw(pdf: Path) -> ForeignPaper:
    """Draw the form."""
    for style in (Style.REGULAR, Style.BOLD):
        pdfmetrics.registerFont(TTFont(style.value, str(font_path(style))))
    paper = ForeignPaper(pdf)
    canvas = Canvas(str(pdf), pagesize=(210 * mm, 297 * mm))
    canvas.setFont(Style.BOLD.value, 15)
    canvas.drawCentredString(105 * mm, _up(20), "PHIẾU KHẢO SÁT: ĐỘC LẬP, DÂN CHỦ, OOOO")
    canvas.setFont(Style.REGULAR.value, 13)
    _write(canvas, 20, 36, "1. Họ và tên: ....................................  Tuổi: ......")
    _write(canvas, 20, 46, "2. Giới tính:")
    paper.questions["sex"] = _options(canvas, 50, 46, ("Nam", "Nữ"))
    _write(canvas, 20, 56, "3. Ông/Bà đến làm thủ tục gì? (có thể chọn nhiều)")
    paper.questions["field"] = _options(canvas, 25, 65, ("Hộ tịch", "Đất đai", "Chứng thực"))
    paper.questions |= _marking_table(canvas, 80)
    _writing_table(canvas, 150)
    _write(canvas, 20, 190, "Số CCCD:")
    for digit in range(12):
        canvas.rect((45 + 6 * digit) * mm, _up(192), 6 * mm, 6 * mm)
    canvas.circle(180 * mm, _up(25), 6 * mm)
    canvas.showPage()
    canvas.save()
    return paper


def _up(y: float) -> float:
    return (297 - y) * mm


def _write(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x * mm, _up(y), text)


def _options(canvas: Canvas, x: float, y: float, words: tuple[str, ...]) -> list[Box]:
    boxes = []
    canvas.setLineWidth(0.7)
    for word in words:
        canvas.rect(x * mm, _up(y), BOX_MM * mm, BOX_MM * mm)
        boxes.append(Box(x, y - BOX_MM, BOX_MM, BOX_MM))
        _write(canvas, x + 6, y - 0.5, word)
        x += 14 + pdfmetrics.stringWidth(word, Style.REGULAR.value, 13) / mm
    return boxes


def _grid(canvas: Canvas, columns: list[float], lines: list[float]) -> None:
    canvas.setLineWidth(0.5)
    for y in lines:
        canvas.line(columns[0] * mm, _up(y), columns[-1] * mm, _up(y))
    for x in columns:
        canvas.line(x * mm, _up(lines[0]), x * mm, _up(lines[-1]))


def _marking_table(canvas: Canvas, top: float) -> dict[str, list[Box]]:
    columns = [20.0, 30.0, 145.0, 158.0, 171.0, 184.0]
    lines = [top, *(top + 12 + 10 * row for row in range(len(ROWS) + 1))]
    _grid(canvas, columns, lines)
    for head, left in zip(HEADS, columns[2:], strict=False):
        canvas.drawCentredString((left + 6.5) * mm, _up(top + 7), head)
    found = {}
    for number, words in enumerate(ROWS):
        y = lines[number + 1]
        _write(canvas, 23, y + 6.5, str(number + 1))
        _write(canvas, 32, y + 6.5, words)
        found[f"row{number + 1}"] = [Box(left, y, 13, 10) for left in columns[2:5]]
    return found


def _writing_table(canvas: Canvas, top: float) -> None:
    """Empty cells for names and dates: no place for a mark."""
    _grid(canvas, [20, 30, 90, 120, 150, 184], [top, top + 8, top + 16, top + 24])
    for x, words in ((22, "TT"), (50, "Tên hồ sơ"), (95, "Ngày nộp"), (155, "Ghi chú")):
        _write(canvas, x, top + 5.5, words)
    for row in (1, 2):
        _write(canvas, 23, top + 5.5 + 8 * row, str(row))
