"""What stands on a page beside its flow: marks, code, gauge, names, serial, page number, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.geometry import Box
from omr.layout.drawing import PageDrawing, Slot, rounded_box
from omr.layout.gauge import gauge, gauge_items
from omr.layout.measures import (
    BODY_POINTS,
    BOTTOM_NARROW,
    CODE_CENTRE,
    INNER_RIGHT,
    LEFT,
    MARGIN_LINE_TOP,
    MARK_MARGIN,
    MARK_SIZE,
    NAMES_TOP,
    PAPER,
    SERIAL_HEIGHT,
    SERIAL_WIDTH,
    TABLE_POINTS,
)
from omr.layout.model import Corner, PageLayout, RegistrationMark
from omr.layout.text import (
    Align,
    Run,
    baseline_in,
    emphasised,
    leading,
    set_lines,
    wrap,
)

if TYPE_CHECKING:
    from omr.form.designed import Note
    from omr.layout.drawing import Item
    from omr.layout.model import Target

SERIAL_LABEL = "Số phiếu:"
TURN_OVER = "(Xin xem tiếp trang sau)"


def registration_marks() -> tuple[RegistrationMark, ...]:
    """The four corner marks; the id of a mark tells its corner."""
    near_x = near_y = MARK_MARGIN
    far_x = PAPER.width - MARK_MARGIN - MARK_SIZE
    far_y = PAPER.height - MARK_MARGIN - MARK_SIZE
    places = (
        (Corner.TOP_LEFT, near_x, near_y),
        (Corner.TOP_RIGHT, far_x, near_y),
        (Corner.BOTTOM_RIGHT, far_x, far_y),
        (Corner.BOTTOM_LEFT, near_x, far_y),
    )
    return tuple(
        RegistrationMark(corner, marker_id, Box(x, y, MARK_SIZE, MARK_SIZE))
        for marker_id, (corner, x, y) in enumerate(places)
    )


def code_box(side: float) -> Box:
    """Where the page code stands: in the left margin, about a fixed centre, whatever its side."""
    x, y = CODE_CENTRE
    return Box(x - side / 2, y - side / 2, side, side)


def page_layout(
    number: int, targets: tuple[Target, ...], drawing: PageDrawing, code_side: float
) -> PageLayout:
    """What reading must know of a page; an empty page has nothing at all."""
    if drawing.serial is None:
        return PageLayout(number, ())
    code = code_box(code_side)
    names = [] if drawing.names is None else [drawing.names.box]
    return PageLayout(
        number=number,
        targets=targets,
        marks=registration_marks(),
        code=rounded_box(code),
        serial=rounded_box(drawing.serial.box),
        varying=tuple(rounded_box(box) for box in (code, drawing.serial.box, *names)),
        gauge=gauge(),
    )


def first_page(form_number: str, serial: Box) -> PageDrawing:
    """Number of the form, the serial in its box, and at the foot the names of unit and field."""
    return PageDrawing(
        items=(
            *_form_number_line(form_number),
            *_serial_label(serial),
            *gauge_items(gauge()),
        ),
        serial=_serial_slot(serial),
        names=_names_slot(),
    )


def next_page(page: int, pages: int) -> PageDrawing:
    """Page number and serial, between the upper corner marks."""
    lines = wrap([Run(f"Trang {page}/{pages}")], BODY_POINTS, PAPER.width)
    title = set_lines(lines, BODY_POINTS, 0, MARGIN_LINE_TOP, PAPER.width, align=Align.CENTRE)
    serial = Box(INNER_RIGHT - SERIAL_WIDTH, MARGIN_LINE_TOP, SERIAL_WIDTH, SERIAL_HEIGHT)
    return PageDrawing(
        items=(*title, *_serial_label(serial), *gauge_items(gauge())),
        serial=_serial_slot(serial),
    )


def turn_over() -> tuple[Item, ...]:
    """Words at the foot of a page that another one follows."""
    width = INNER_RIGHT - LEFT
    lines = wrap([Run(TURN_OVER, Style.ITALIC)], TABLE_POINTS, width)
    y = BOTTOM_NARROW - leading(TABLE_POINTS)
    return set_lines(lines, TABLE_POINTS, LEFT, y, width, align=Align.RIGHT)


def empty_page() -> PageDrawing:
    """A page without any print, so that its scan counts as blank."""
    return PageDrawing(items=(), serial=None)


def note_items(note: Note) -> tuple[Item, ...]:
    """A note's lines as its author broke them, wherever they may fall."""
    items: list[Item] = []
    for number, words in enumerate(note.text.splitlines()):
        y = note.y + number * leading(note.points)
        lines = wrap(emphasised(words), note.points, float("inf"))
        items += set_lines(lines, note.points, note.x, y, 0.0)
    return tuple(items)


def _form_number_line(form_number: str) -> tuple[Item, ...]:
    """The form's number, right above the heading between the corner marks, as decrees have it."""
    width = INNER_RIGHT - LEFT
    lines = wrap([Run(form_number, Style.ITALIC)], TABLE_POINTS, width)
    shift = (SERIAL_HEIGHT - leading(TABLE_POINTS)) / 2
    y = MARGIN_LINE_TOP + shift - leading(TABLE_POINTS) * max(0, len(lines) - 1)
    return set_lines(lines, TABLE_POINTS, LEFT, y, width, align=Align.RIGHT)


def serial_label_width() -> float:
    """Room for the words before a serial, with the space behind them, in mm."""
    return text_width(SERIAL_LABEL + " ", Style.REGULAR, TABLE_POINTS)


def _serial_label(serial: Box) -> tuple[Item, ...]:
    """The words before the box of a serial."""
    width = serial_label_width()
    lines = wrap([Run(SERIAL_LABEL)], TABLE_POINTS, width)
    y = serial.y + (serial.h - leading(TABLE_POINTS)) / 2
    return set_lines(lines, TABLE_POINTS, serial.x - width, y, width)


def _serial_slot(box: Box) -> Slot:
    """Where the serial is printed."""
    return Slot(box, box.y + baseline_in(box.h, BODY_POINTS), Style.BOLD, BODY_POINTS)


def _names_slot() -> Slot:
    """Where unit and field are printed: at the foot, where they cost the form no line."""
    box = Box(LEFT, NAMES_TOP, INNER_RIGHT - LEFT, leading(TABLE_POINTS))
    return Slot(box, box.y + baseline_in(box.h, TABLE_POINTS), Style.REGULAR, TABLE_POINTS)
