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
    PAPER,
    RIGHT,
    SERIAL_HEIGHT,
    SERIAL_WIDTH,
    SLOT_WIDTH,
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
    names = [slot.box for slot in (drawing.unit, drawing.field) if slot is not None]
    return PageLayout(
        number=number,
        targets=targets,
        marks=registration_marks(),
        code=rounded_box(code),
        serial=rounded_box(drawing.serial.box),
        varying=tuple(rounded_box(box) for box in (code, drawing.serial.box, *names)),
        gauge=gauge(),
    )


def first_page(form_number: str, serial_top: float) -> PageDrawing:
    """Number of the form, and the row of unit and serial under the heading."""
    return PageDrawing(
        items=(
            *_form_number_line(form_number),
            *_serial_label(serial_top, RIGHT),
            *gauge_items(gauge()),
        ),
        serial=_serial_slot(serial_top, RIGHT),
        unit=_name_slot(serial_top),
        field=_name_slot(MARGIN_LINE_TOP),
    )


def next_page(page: int, pages: int) -> PageDrawing:
    """Page number and serial, between the upper corner marks."""
    lines = wrap([Run(f"Trang {page}/{pages}")], BODY_POINTS, PAPER.width)
    title = set_lines(lines, BODY_POINTS, 0, MARGIN_LINE_TOP, PAPER.width, align=Align.CENTRE)
    return PageDrawing(
        items=(*title, *_serial_label(MARGIN_LINE_TOP, INNER_RIGHT), *gauge_items(gauge())),
        serial=_serial_slot(MARGIN_LINE_TOP, INNER_RIGHT),
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
    left = LEFT + SLOT_WIDTH
    lines = wrap([Run(form_number, Style.ITALIC)], TABLE_POINTS, INNER_RIGHT - left)
    shift = (SERIAL_HEIGHT - leading(TABLE_POINTS)) / 2
    y = MARGIN_LINE_TOP + shift - leading(TABLE_POINTS) * max(0, len(lines) - 1)
    return set_lines(lines, TABLE_POINTS, left, y, INNER_RIGHT - left, align=Align.RIGHT)


def _serial_label(y: float, right: float) -> tuple[Item, ...]:
    """The words before a serial whose box ends at ``right``, in a row that begins at ``y``."""
    lines = wrap([Run(SERIAL_LABEL)], TABLE_POINTS, SERIAL_WIDTH)
    shift = (SERIAL_HEIGHT - leading(TABLE_POINTS)) / 2
    words = text_width(SERIAL_LABEL + " ", Style.REGULAR, TABLE_POINTS)
    return set_lines(lines, TABLE_POINTS, right - SERIAL_WIDTH - words, y + shift, SERIAL_WIDTH)


def _serial_slot(y: float, right: float) -> Slot:
    """Where the serial is printed, in a row that begins at ``y``."""
    box = Box(right - SERIAL_WIDTH, y, SERIAL_WIDTH, SERIAL_HEIGHT)
    return Slot(box, y + baseline_in(SERIAL_HEIGHT, BODY_POINTS), Style.BOLD, BODY_POINTS)


def _name_slot(y: float) -> Slot:
    """Where a unit's or a field's name is printed, at the left of a row that begins at ``y``."""
    box = Box(LEFT, y, SLOT_WIDTH, SERIAL_HEIGHT)
    return Slot(box, y + baseline_in(SERIAL_HEIGHT, TABLE_POINTS), Style.REGULAR, TABLE_POINTS)
