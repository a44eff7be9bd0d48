"""From a designed form to its pages: what is printed where, decided here once and for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omr.errors import FormError
from omr.form.designed import QuestionList, ScaleTable
from omr.language import say
from omr.layout.columns import are_one
from omr.layout.digest import drawing_version
from omr.layout.drawing import rounded, rounded_box
from omr.layout.furniture import (
    empty_page,
    first_page,
    next_page,
    note_items,
    page_layout,
    turn_over,
)
from omr.layout.head import heading_block, opening_blocks
from omr.layout.measures import PAPER, TOP_FIRST
from omr.layout.model import Layout
from omr.layout.pages import count_pages, paginate
from omr.layout.questions import question_blocks
from omr.layout.spacing import closest, ladders
from omr.layout.tables import table_blocks
from omr.layout.writing import date_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.form.designed import DesignedForm, Note, Section
    from omr.form.model import Form
    from omr.layout.drawing import Block, Item, PageDrawing
    from omr.layout.model import Target
    from omr.layout.pages import Placed
    from omr.layout.spacing import Spacing


@dataclass(frozen=True, slots=True)
class Typeset:
    """A form ready to print: its layout, and the drawing of every page.

    ``text_points`` is the size of introduction and instruction: 13, or 12 where that saves a page.
    """

    form: Form
    layout: Layout
    pages: tuple[PageDrawing, ...]
    author: str
    text_points: float


def typeset(designed: DesignedForm) -> Typeset:
    """Set a form on A4 pages. Pure: the same form gives the same millimetres and version.

    FormError if something is too wide or too high for its place, or a note has no page.
    """
    heading, serial = heading_block(designed.heading)
    serial = replace(serial, y=serial.y + TOP_FIRST)
    spacing, flow = _flow(designed, TOP_FIRST + heading.height)
    drawings = [first_page(designed.form_number, serial)]
    drawings += [next_page(number, len(flow)) for number in range(2, len(flow) + 1)]
    drawings[0] = replace(drawings[0], items=(*drawings[0].items, *heading.placed(TOP_FIRST)[0]))
    targets: list[tuple[Target, ...]] = []
    for number, placed in enumerate(flow):
        items, found = _drawn(placed)
        notes = _notes(designed.notes, number + 1)
        turn = turn_over() if number + 1 < len(flow) else ()
        targets.append(found)
        items = tuple(rounded(item) for item in (*drawings[number].items, *items, *turn, *notes))
        drawings[number] = replace(drawings[number], items=items)
    _refuse_stray_notes(designed.notes, len(flow))
    if designed.paper.even_pages and len(drawings) % 2:
        drawings.append(empty_page())
        targets.append(())
    pages = tuple(
        page_layout(number, found, drawing, designed.paper.code)
        for number, (found, drawing) in enumerate(zip(targets, drawings, strict=True), start=1)
    )
    layout = Layout(designed.form.id, "", PAPER, pages)
    version = drawing_version(designed.form, layout, tuple(drawings))
    return Typeset(
        form=designed.form,
        layout=replace(layout, version=version),
        pages=tuple(drawings),
        author=designed.heading.office,
        text_points=spacing.text_points,
    )


def _flow(designed: DesignedForm, top: float) -> tuple[Spacing, list[list[Placed]]]:
    """The blocks on pages: as roomy as can be on the fewest pages."""
    fewest = count_pages(_blocks(designed, closest(designed.paper)), top)

    def fits(spacing: Spacing) -> bool:
        return count_pages(_blocks(designed, spacing), top) <= fewest

    ladder = next(steps for steps in ladders(designed.paper) if fits(steps[-1]))
    spacing = next(step for step in ladder if fits(step))
    return spacing, paginate(_blocks(designed, spacing), top)


def _blocks(designed: DesignedForm, spacing: Spacing) -> list[Block]:
    """Everything that flows, in the order of the paper."""
    blocks = list(opening_blocks(designed, spacing))
    for part in _parts(designed.sections):
        if isinstance(part, QuestionList):
            blocks += question_blocks(part, spacing)
        else:
            blocks += table_blocks(part, spacing)
    if designed.date_line:
        blocks[-1] = replace(blocks[-1], keep_with_next=True)
        blocks.append(date_block(designed.date_line, spacing))
    return blocks


def _parts(sections: tuple[Section, ...]) -> Iterator[QuestionList | list[ScaleTable]]:
    """Lists of questions, and tables that are set as one."""
    tables: list[ScaleTable] = []
    for section in sections:
        joins = isinstance(section, ScaleTable) and all(are_one(one, section) for one in tables)
        if tables and not joins:
            yield tables
            tables = []
        if isinstance(section, ScaleTable):
            tables = [*tables, section]
        else:
            yield section
    if tables:
        yield tables


def _notes(notes: tuple[Note, ...], page: int) -> tuple[Item, ...]:
    return tuple(item for note in notes if note.page == page for item in note_items(note))


def _drawn(placed: list[Placed]) -> tuple[tuple[Item, ...], tuple[Target, ...]]:
    items: list[Item] = []
    targets: list[Target] = []
    for one in placed:
        block_items, block_targets = one.block.placed(one.y)
        items += block_items
        targets += block_targets
    return tuple(items), tuple(replace(one, box=rounded_box(one.box)) for one in targets)


def _refuse_stray_notes(notes: tuple[Note, ...], pages: int) -> None:
    for note in notes:
        if note.page > pages:
            raise FormError(
                say(
                    f"ghi chú “{note.text}” nằm ở trang {note.page} nhưng phiếu chỉ có {pages} "
                    "trang; hãy sửa số trang.",
                    f"the note '{note.text}' is on page {note.page}, but the form has {pages} "
                    "page(s); change its page.",
                )
            )
