"""One page of blank paper becomes a draft: the sentence of measuring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.measuring.cells import find_cells
from omr.measuring.choose import choose
from omr.measuring.draft import Draft, DraftQuestion, DraftTarget, LeftOut
from omr.measuring.grouping import Grouper, in_reading_order
from omr.measuring.heads import ColumnHeads
from omr.measuring.ink import PPM, at_working_scale, reflectance
from omr.measuring.labels import Labeller, Labels
from omr.measuring.naming import kind_of, option_codes
from omr.measuring.outlines import find_outlines
from omr.measuring.page_print import PagePrint
from omr.measuring.upright import set_upright
from omr.measuring.words import only_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from omr.measuring.choose import Candidate, Doubtful
    from omr.measuring.grouping import Group
    from omr.measuring.words import WordReader


@dataclass(frozen=True, eq=False)
class Sheet:
    """The straightened page at PPM, ready to be looked at."""

    picture: NDArray[np.uint8]
    reflected: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """What stands on a sheet, in mm. ``groups`` are in reading order."""

    groups: tuple[Group, ...]
    doubtful: tuple[Doubtful, ...]
    blank: bool

    @property
    def targets(self) -> tuple[Candidate, ...]:
        """All targets of all groups."""
        return tuple(one for group in self.groups for one in group.targets)


def measure_page(
    picture: NDArray[np.uint8], dpi: float | None, form_id: str, title: str, reader: WordReader
) -> Draft:
    """Measure a grey scan of one blank page; ``dpi`` is what its file says, or None."""
    upright = set_upright(picture, dpi)
    working = at_working_scale(upright.picture, upright.pixels_per_mm)
    sheet = Sheet(working, reflectance(working))
    found = find_questions(sheet)
    labels = read_labels(sheet, found, reader)
    height, width = upright.picture.shape
    to_px = (width / working.shape[1] * PPM, height / working.shape[0] * PPM)
    return Draft(
        form_id=form_id,
        title=title,
        picture=upright.picture,
        blank=found.blank,
        capture="",
        questions=tuple(
            _question(number, group, named, to_px)
            for number, (group, named) in enumerate(zip(found.groups, labels, strict=True), 1)
        ),
        left_out=tuple(LeftOut(_pixels(one.box, to_px), one.why) for one in found.doubtful),
    )


def find_questions(sheet: Sheet) -> Found:
    """Targets of a sheet and how they belong together; no words are read."""
    outlines = find_outlines(sheet.reflected)
    choice = choose(sheet.reflected, outlines)
    page = PagePrint.of(sheet.reflected, [one.box for one in choice.targets])
    cells = find_cells(outlines, page.ink, page.letters, choice.targets)
    targets = (*choice.targets, *cells.targets)
    letters = page.letters.letters([one.box for one in targets])
    groups = tuple(in_reading_order(Grouper(letters, page.regions).groups(targets)))
    return Found(groups, (*choice.doubtful, *cells.doubtful), choice.blank)


def read_labels(sheet: Sheet, found: Found, reader: WordReader) -> list[Labels]:
    """The words of every group, in order."""
    boxes = [one.box for one in found.targets]
    readable = only_words(sheet.picture, sheet.reflected, boxes)
    page = PagePrint.of(sheet.reflected, boxes)
    heads = ColumnHeads(page, found.groups, lambda area: reader.block(readable, area))
    labeller = Labeller(reader.words(readable), page, found.groups, heads)
    return [labeller.labels(group) for group in found.groups]


def _question(
    number: int, group: Group, labels: Labels, to_px: tuple[float, float]
) -> DraftQuestion:
    codes = option_codes(labels.options)
    targets = tuple(
        DraftTarget(code, text, one.shape, _pixels(one.box, to_px))
        for code, text, one in zip(codes, labels.options, group.targets, strict=True)
    )
    return DraftQuestion(f"q{number}", kind_of(labels.question), labels.question, targets)


def _pixels(box: Box, to_px: Sequence[float]) -> Box:
    across, down = to_px
    return Box(box.x * across, box.y * down, box.w * across, box.h * down)
