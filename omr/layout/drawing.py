"""What a page is made of: text on baselines, rules and outlines, all in mm.

Layout decides everything; printing only repeats it. Blocks are drawn at y = 0 and moved to their
place on the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.fonts import Style
    from omr.geometry import Box
    from omr.layout.model import Shape, Target


@dataclass(frozen=True, slots=True)
class Text:
    """One run of one line. ``word_space`` is added to every space (justified lines)."""

    x: float
    baseline: float
    text: str
    style: Style
    points: float
    word_space: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of a given width; ``dotted`` rules are made of round points."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a target or frame; the line's middle runs along the box."""

    box: Box
    shape: Shape
    width: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle without outline; ``darkness`` 0 (paper) to 1 (black)."""

    box: Box
    darkness: float


Item = Text | Rule | Outline | Fill


@dataclass(frozen=True, slots=True)
class Block:
    """Things that stay together on one page, drawn from y = 0 down to ``height``.

    ``space_before`` is white above it, dropped at the top of a page. ``keep_with_next`` forbids a
    page break after it. ``header`` is repeated above it where it begins a page. A ``narrow``
    block stays left of the lower right corner mark, so that it may stand beside it.
    ``opens`` marks the beginning of a section: a good place for a new page.

    ``full`` is the same block as it stands on a page where its table shows all its columns, None
    where that makes no difference; one such block that ``needs_full`` makes all of them full.
    """

    height: float
    items: tuple[Item, ...]
    targets: tuple[Target, ...] = ()
    space_before: float = 0.0
    keep_with_next: bool = False
    header: Block | None = None
    narrow: bool = False
    opens: bool = False
    full: Block | None = None
    needs_full: bool = False

    def placed(self, y: float) -> tuple[tuple[Item, ...], tuple[Target, ...]]:
        """The items and targets with the block's top at ``y``."""
        items = tuple(moved(item, y) for item in self.items)
        targets = tuple(replace(target, box=_down(target.box, y)) for target in self.targets)
        return items, targets


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for text that differs from sheet to sheet; ``box`` bounds what may be written."""

    box: Box
    baseline: float
    style: Style
    points: float


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """The static print of one page, and where its varying text goes.

    ``names`` is the place for unit and field, None on pages that do not show them; ``serial`` is
    None on an empty page.
    """

    items: tuple[Item, ...]
    serial: Slot | None
    names: Slot | None = None


def moved(item: Item, y: float) -> Item:
    """The item, ``y`` mm further down."""
    match item:
        case Text():
            return replace(item, baseline=item.baseline + y)
        case Rule():
            return replace(item, y1=item.y1 + y, y2=item.y2 + y)
        case Outline() | Fill():
            return replace(item, box=_down(item.box, y))


def rounded_box(box: Box) -> Box:
    """To the micrometre: what the version digest and the frozen layout speak of."""
    return replace(box, x=round(box.x, 3), y=round(box.y, 3), w=round(box.w, 3), h=round(box.h, 3))


def rounded(item: Item) -> Item:
    """The item with its places to the micrometre."""
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
            return replace(item, box=rounded_box(item.box))


def _down(box: Box, y: float) -> Box:
    return replace(box, y=box.y + y)
