"""What is printed where on a page: every item of its drawing as a box, with what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.fonts import text_width
from omr.form.model import Kind
from omr.geometry import Box
from omr.layout.drawing import Fill, Outline, Rule, Text
from omr.layout.gauge import gauge_items
from omr.layout.text import ASCENT, DESCENT, MM_PER_POINT

if TYPE_CHECKING:
    from omr.form.model import Form
    from omr.geometry import Size
    from omr.layout import Typeset
    from omr.layout.drawing import Item, PageDrawing
    from omr.layout.model import PageLayout, Target

CAPITAL = 0.66
"""Height of a capital letter in parts of the font size: the body of a line without its accents."""
SAME = 0.002
"""Boxes that differ by less (mm) are one: the layout is rounded to the micrometre."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed thing. ``box`` bounds its ink; ``body`` is a text's without accents and tails.

    ``words`` is empty for lines and grounds; ``darkness`` is below 1 for grounds only.
    """

    box: Box
    body: Box
    words: str = ""
    points: float = 0.0
    darkness: float = 1.0


@dataclass(frozen=True)
class PaperPage:
    """One page as the rules see it.

    ``prints`` leaves out what a target, a mark or the gauge is made of. ``answers`` are the
    targets of questions answered by marking, ``cells`` those of digits.
    """

    form: Form
    size: Size
    layout: PageLayout
    prints: tuple[Printed, ...]
    slots: tuple[Box, ...]
    answers: tuple[Target, ...]
    cells: tuple[Target, ...]
    is_measured: bool = False

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.layout.number

    @property
    def texts(self) -> tuple[Printed, ...]:
        """What people read."""
        return tuple(one for one in self.prints if one.words)


def designed_pages(pages: Typeset) -> tuple[PaperPage, ...]:
    """The pages of a form of ours."""
    return tuple(
        _page(pages.form, pages.layout.size, layout, drawing)
        for layout, drawing in zip(pages.layout.pages, pages.pages, strict=True)
    )


def measured_page(form: Form, size: Size, layout: PageLayout) -> PaperPage:
    """The page of a measured form, of whose print nothing is known but its targets."""
    answers = _targets(form, layout, (Kind.SINGLE, Kind.MULTI))
    return PaperPage(form, size, layout, (), (), answers, (), is_measured=True)


def _page(form: Form, size: Size, layout: PageLayout, drawing: PageDrawing) -> PaperPage:
    gauge = () if layout.gauge is None else gauge_items(layout.gauge)
    own = {_key(target.box) for target in layout.targets}
    known = {_key(item.box) for item in gauge if isinstance(item, Fill | Outline)}
    prints = [
        one
        for item in drawing.items
        if not (isinstance(item, Outline) and _key(item.box) in own | known)
        and not (isinstance(item, Fill) and _key(item.box) in known)
        for one in printed(item)
    ]
    slots = [slot.box for slot in (drawing.serial, drawing.names) if slot is not None]
    return PaperPage(
        form, size, layout, tuple(prints), tuple(slots),
        answers=_targets(form, layout, (Kind.SINGLE, Kind.MULTI)),
        cells=_targets(form, layout, (Kind.NUMBER,)),
    )  # fmt: skip


def printed(item: Item) -> tuple[Printed, ...]:
    """The item's ink; an outline is its four sides."""
    match item:
        case Text():
            return (_text(item),)
        case Rule():
            return (_line(item.x1, item.y1, item.x2, item.y2, item.width),)
        case Fill():
            return (Printed(item.box, item.box, darkness=item.darkness),)
        case Outline():
            box, width = item.box, item.width
            return (
                _line(box.x, box.y, box.right, box.y, width),
                _line(box.right, box.y, box.right, box.bottom, width),
                _line(box.x, box.bottom, box.right, box.bottom, width),
                _line(box.x, box.y, box.x, box.bottom, width),
            )


def _line(x1: float, y1: float, x2: float, y2: float, width: float) -> Printed:
    left, right = sorted((x1, x2))
    top, bottom = sorted((y1, y2))
    box = Box(left, top, right - left, bottom - top).grown(width / 2)
    return Printed(box, box)


def _text(item: Text) -> Printed:
    em = item.points * MM_PER_POINT
    words = item.text.strip()
    before = item.text[: len(item.text) - len(item.text.lstrip())]
    x = item.x + _width(item, before)
    width = _width(item, words)
    return Printed(
        Box(x, item.baseline - ASCENT * em, width, (ASCENT + DESCENT) * em),
        Box(x, item.baseline - CAPITAL * em, width, CAPITAL * em),
        words,
        item.points,
    )


def _width(item: Text, words: str) -> float:
    return text_width(words, item.style, item.points) + item.word_space * words.count(" ")


def _targets(form: Form, layout: PageLayout, kinds: tuple[Kind, ...]) -> tuple[Target, ...]:
    return tuple(t for t in layout.targets if form.question(t.question).kind in kinds)


def _key(box: Box) -> tuple[int, ...]:
    return tuple(round(side / SAME) for side in (box.x, box.y, box.w, box.h))
