"""From a designed form to its pages: what is printed where, decided here once and for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omr.form.designed import QuestionList, ScaleTable
from omr.geometry import Box
from omr.layout.digest import drawing_version
from omr.layout.drawing import Fill, Item, Outline, PageDrawing, Rule, Text
from omr.layout.gauge import gauge, gauge_items
from omr.layout.head import (
    MARGIN_LINE_TOP,
    form_number_line,
    heading_block,
    name_slot,
    opening_blocks,
    serial_label,
    serial_slot,
)
from omr.layout.measures import (
    BODY_POINTS,
    CODE,
    INNER_RIGHT,
    MARK_MARGIN,
    MARK_SIZE,
    PAPER,
    RIGHT,
    SERIAL_HEIGHT,
    TOP_FIRST,
)
from omr.layout.model import Corner, Layout, PageLayout, RegistrationMark, Target
from omr.layout.pages import paginate
from omr.layout.questions import date_block, question_blocks
from omr.layout.spacing import TIGHT, spacings
from omr.layout.tables import table_blocks
from omr.layout.text import Align, Run, set_lines, wrap

if TYPE_CHECKING:
    from omr.form.designed import DesignedForm
    from omr.form.model import Form
    from omr.layout.drawing import Block
    from omr.layout.pages import Placed
    from omr.layout.spacing import Spacing


@dataclass(frozen=True, slots=True)
class Typeset:
    """A form ready to print: its layout, and the drawing of every page."""

    form: Form
    layout: Layout
    pages: tuple[PageDrawing, ...]
    author: str


def typeset(designed: DesignedForm) -> Typeset:
    """Set a form on A4 pages. Pure: the same form gives the same millimetres and version."""
    heading = heading_block(designed.heading)
    serial_top = TOP_FIRST + heading.height
    flow = _flow(designed, serial_top + SERIAL_HEIGHT)
    slots = [_first_slots(serial_top), *(_next_slots() for _ in flow[1:])]
    heads = [_first_head(designed, heading, serial_top)]
    heads += [_next_head(page, len(flow)) for page in range(2, len(flow) + 1)]
    drawings, layouts = [], []
    for page, placed in enumerate(flow, start=1):
        items, targets = _drawn(placed)
        slot = slots[page - 1]
        drawings.append(
            replace(
                slot,
                items=tuple(_rounded(i) for i in (*heads[page - 1], *items, *gauge_items(gauge()))),
            )
        )
        layouts.append(_page_layout(page, targets, slot))
    layout = Layout(designed.form.id, "", PAPER, tuple(layouts))
    version = drawing_version(designed.form, layout, tuple(drawings))
    author = designed.heading.office
    return Typeset(designed.form, replace(layout, version=version), tuple(drawings), author)


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


def _flow(designed: DesignedForm, top: float) -> list[list[Placed]]:
    """The blocks on pages: as roomy as can be on the fewest pages."""
    fewest = len(paginate(_blocks(designed, TIGHT), top))
    flows = (paginate(_blocks(designed, spacing), top) for spacing in spacings())
    return next(flow for flow in flows if len(flow) <= fewest)


def _blocks(designed: DesignedForm, spacing: Spacing) -> list[Block]:
    """Everything that flows, in the order of the paper."""
    blocks = list(opening_blocks(designed, spacing))
    before: ScaleTable | None = None
    for section in designed.sections:
        match section:
            case QuestionList():
                blocks += question_blocks(section, spacing)
                before = None
            case ScaleTable():
                blocks += table_blocks(section, before, spacing)
                before = section
    if designed.date_line:
        blocks[-1] = replace(blocks[-1], keep_with_next=True)
        blocks.append(date_block(designed.date_line, spacing))
    return blocks


def _first_head(designed: DesignedForm, heading: Block, serial_top: float) -> tuple[Item, ...]:
    """Form number, heading, and the label of the serial under the nation's motto."""
    number = form_number_line(designed.form_number)
    return (*number, *heading.placed(TOP_FIRST)[0], *serial_label(serial_top, RIGHT))


def _next_head(page: int, pages: int) -> tuple[Item, ...]:
    """Page number and the serial's label, between the upper corner marks."""
    lines = wrap([Run(f"Trang {page}/{pages}")], BODY_POINTS, PAPER.width)
    title = set_lines(lines, BODY_POINTS, 0, MARGIN_LINE_TOP, PAPER.width, align=Align.CENTRE)
    return (*title, *serial_label(MARGIN_LINE_TOP, INNER_RIGHT))


def _first_slots(serial_top: float) -> PageDrawing:
    return PageDrawing(
        items=(),
        serial=serial_slot(serial_top, RIGHT),
        unit=name_slot(serial_top),
        field=name_slot(MARGIN_LINE_TOP),
    )


def _next_slots() -> PageDrawing:
    return PageDrawing(items=(), serial=serial_slot(MARGIN_LINE_TOP, INNER_RIGHT))


def _drawn(placed: list[Placed]) -> tuple[tuple[Item, ...], tuple[Target, ...]]:
    items: list[Item] = []
    targets: list[Target] = []
    for one in placed:
        block_items, block_targets = one.block.placed(one.y)
        items += block_items
        targets += block_targets
    return tuple(items), tuple(targets)


def _page_layout(page: int, targets: tuple[Target, ...], slots: PageDrawing) -> PageLayout:
    names = [slot.box for slot in (slots.unit, slots.field) if slot is not None]
    varying = (CODE, slots.serial.box, *names)
    return PageLayout(
        number=page,
        targets=tuple(replace(target, box=_rounded_box(target.box)) for target in targets),
        marks=registration_marks(),
        code=CODE,
        serial=_rounded_box(slots.serial.box),
        varying=tuple(_rounded_box(box) for box in varying),
        gauge=gauge(),
    )


def _rounded_box(box: Box) -> Box:
    """To the micrometre: what the version digest and the frozen layout speak of."""
    return Box(round(box.x, 3), round(box.y, 3), round(box.w, 3), round(box.h, 3))


def _rounded(item: Item) -> Item:
    match item:
        case Text():
            return replace(item, x=round(item.x, 3), baseline=round(item.baseline, 3))
        case Rule():
            return replace(
                item,
                x1=round(item.x1, 3),
                y1=round(item.y1, 3),
                x2=round(item.x2, 3),
                y2=round(item.y2, 3),
            )
        case Outline() | Fill():
            return replace(item, box=_rounded_box(item.box))
