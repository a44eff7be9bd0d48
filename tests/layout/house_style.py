"""What must hold of every page that we typeset, whatever the form: one function, all faults."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from omr.fonts import text_width
from omr.form.designed import ScaleTable
from omr.geometry import Box
from omr.layout.drawing import Fill, Outline, Rule, Text
from omr.layout.measures import BOX_LINE, CODE_MODULES
from omr.layout.text import ASCENT, DESCENT, MM_PER_POINT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.form import DesignedForm
    from omr.layout import Typeset
    from omr.layout.drawing import Item, PageDrawing
    from omr.layout.model import PageLayout

LEFT, RIGHT, TOP, FOOT = 30.0, 195.0, 8.0, 285.0
TALL = 40.0
HAIR = 0.01


def faults(designed: DesignedForm, sheet: Typeset) -> list[str]:
    """Everything on this paper that breaks a rule, in words."""
    found = list(_together(designed, sheet))
    for layout, drawing in zip(sheet.layout.pages, sheet.pages, strict=True):
        page = f"page {layout.number}: "
        found += [page + fault for fault in _page_faults(designed, layout, drawing)]
    return found


def ink(item: Item) -> Box:
    """The rectangle that an item covers; of a text, the height of its tallest letters."""
    match item:
        case Text():
            em = item.points * MM_PER_POINT
            width = text_width(item.text, item.style, item.points)
            width += item.word_space * item.text.count(" ")
            return Box(item.x, item.baseline - ASCENT * em, width, (ASCENT + DESCENT) * em)
        case Rule():
            left, top = min(item.x1, item.x2), min(item.y1, item.y2)
            line = Box(left, top, abs(item.x2 - item.x1), abs(item.y2 - item.y1))
            return line.grown(item.width * (1 if item.dotted else 0.5))
        case Outline():
            return item.box.grown(item.width / 2)
        case Fill():
            return item.box


def _page_faults(designed: DesignedForm, layout: PageLayout, drawing: PageDrawing) -> Iterator[str]:
    assert layout.gauge is not None
    gauge = layout.gauge.box.grown(0.2)
    items = [one for one in drawing.items if not _within(ink(one), gauge)]
    yield from _sizes_and_margins(items)
    yield from _distances(designed, layout)
    yield from _white_around_boxes(layout, items)
    yield from _texts(layout, items)


def _sizes_and_margins(items: list[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Text) and item.points < 12:
            yield f"'{item.text}' has {item.points} points"
        box = ink(item)
        if box.w and not _within(box, Box(LEFT, TOP, RIGHT - LEFT, FOOT - TOP).grown(0.2)):
            yield f"outside the margins: {item}"


def _distances(designed: DesignedForm, layout: PageLayout) -> Iterator[str]:
    rows = {
        asked.question.id
        for section in designed.sections
        if isinstance(section, ScaleTable)
        for asked in section.questions
    }
    targets = [target for target in layout.targets if target.option]
    for one, other in combinations(targets, 2):
        across = abs(one.box.centre[0] - other.box.centre[0])
        down = abs(one.box.centre[1] - other.box.centre[1])
        if HAIR < down < 7 - HAIR:
            yield f"rows of {one.question} and {other.question} are {down:.2f} mm apart"
        if down <= HAIR and across < one.box.w + 1.4:
            yield f"{one.question} {one.option} and {other.option} are {across:.2f} mm apart"
        if down <= HAIR and one.question in rows and across < 12 - HAIR:
            yield f"columns of {one.question} are {across:.2f} mm apart"


def _white_around_boxes(layout: PageLayout, items: list[Item]) -> Iterator[str]:
    boxes = [target.box for target in layout.targets if target.option]
    for box in boxes:
        white = box.grown(BOX_LINE / 2 + 1 - HAIR)
        for item in items:
            if isinstance(item, Outline) and item.box == box:
                continue
            if white.overlaps(ink(item)):
                yield f"less than 1 mm of white between the box at {box} and {item}"
        for item in items:
            is_leader = isinstance(item, Rule) and item.dotted
            if is_leader and box.grown(BOX_LINE / 2 + 1.5).overlaps(ink(item)):
                yield f"a leader touches the box at {box}"


def _texts(layout: PageLayout, items: list[Item]) -> Iterator[str]:
    texts = [item for item in items if isinstance(item, Text) and item.text.strip()]
    assert layout.code is not None
    assert layout.gauge is not None
    reserved = [
        layout.code.grown(4 * layout.code.w / CODE_MODULES),
        layout.gauge.box.grown(1.0),
        *(mark.box.grown(2.9) for mark in layout.marks),
        *layout.varying,
    ]
    for text in texts:
        if any(ink(text).overlaps(box.grown(-HAIR)) for box in reserved):
            yield f"'{text.text}' covers what is reserved for the machine"
    for one, other in combinations(texts, 2):
        if ink(one).grown(-0.02).overlaps(ink(other).grown(-0.02)):
            yield f"'{one.text}' and '{other.text}' overlap"
    for target in layout.targets:
        if any(target.box.overlaps(box) for box in reserved):
            yield f"{target.question} {target.option} covers what is reserved for the machine"


def _together(designed: DesignedForm, sheet: Typeset) -> Iterator[str]:
    """No title without two questions under it, no question of a section alone on its page."""
    for section in designed.sections:
        ids = {asked.question.id for asked in section.questions}
        for layout, drawing in zip(sheet.layout.pages, sheet.pages, strict=True):
            own = [target for target in layout.targets if target.question in ids]
            count = len({target.question for target in own})
            is_low = all(target.box.h < TALL for target in own)
            if count == 1 and len(ids) > 1 and is_low:
                yield f"page {layout.number}: one question of '{section.title}' stands alone"
            titles = {item.text for item in drawing.items if isinstance(item, Text)}
            if section.title and section.title in titles and not count:
                yield f"page {layout.number}: the title '{section.title}' stands alone"


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )
