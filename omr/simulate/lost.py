"""Marks that a scanner lost: a 1-bit scan can turn every pixel of a faint stroke white.

Nobody, man or machine, can see such a mark in the image; what is read there says nothing against
the form or the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.simulate.settings import Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.layout.model import PageLayout
    from omr.simulate.filling import FilledSheet
    from omr.simulate.scanner import ScannedImage

LOST_SHARE = 0.1
"""A mark with less of its path in the image cannot be seen by anybody: noise leaves as much."""
RIM_MM = 0.6
"""Next to the printed outline nobody can say whose black it is."""
HALF = 128


def lost_marks(
    sheet: FilledSheet, page: PageLayout, image: ScannedImage
) -> frozenset[tuple[str, str]]:
    """(question, option) of the targets whose ink left hardly a black pixel in this image.

    Empty for grey and colour images, which show every mark that the simulator draws.
    """
    if image.settings.mode is not Mode.ONE_BIT:
        return frozenset()
    boxes = {(target.question, target.option): target.box for target in page.targets}
    seen: dict[tuple[str, str], float] = {}
    for inked in sheet.ink[page.number]:
        name = inked.question, inked.option
        if name in boxes:
            share = _black_share(image, inked.stroke.points, boxes[name])
            seen[name] = max(seen.get(name, 0.0), share)
    return frozenset(name for name, share in seen.items() if share < LOST_SHARE)


def _black_share(image: ScannedImage, points: NDArray[np.float64], box: Box) -> float:
    """Share of a stroke's points within the target, away from its outline, that came out black."""
    inner = box.grown(-RIM_MM)
    x, y = points.T
    within = points[(x > inner.x) & (x < inner.right) & (y > inner.y) & (y < inner.bottom)]
    if not len(within):
        return 1.0
    height, width = image.pixels.shape
    column, row = np.rint(image.locate(within)).astype(int).T
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    return float((image.pixels[row[inside], column[inside]] < HALF).mean()) if inside.any() else 0.0
