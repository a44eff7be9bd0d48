"""Tile-wise comparison of a straightened page with its reference, by normalised correlation.

Both pictures lie in the frame of the paper at :data:`TILE_PPM`. A tile is a square of the
reference with print in it; it is looked for in the page around the place where it should be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE_PPM = 5.0
"""Pixels per mm of the frame in which tiles are compared: 127 dpi, below the poorest office scan,
so that neither picture is ever enlarged there, and print strokes are still two pixels wide."""
SOFTENING_PX = 0.8
"""Blur (sigma) of both pictures: takes away the stair steps of 1-bit scans and the difference of
sharpness between a clean reference and a scan."""
MIN_CONTRAST = 10.0
"""Least grey deviation (0..255, RMS) of a reference tile that counts as print."""
MIN_CORNERNESS = 0.12
"""Least share of the weaker gradient direction in a tile used for measuring: a tile with one
straight rule slides along it unnoticed."""
FLAT = 1.5
"""Grey deviation (RMS) below which an image patch is bare paper and agrees with nothing."""
RIVAL_MM = 1.0
"""A second peak of the correlation further away than this is another place, not the same peak."""
RIVAL_LEAD = 0.05
"""Least lead of the best place over a rival: repeated print (bubbles, rules) has many."""


@dataclass(frozen=True)
class Tiles:
    """Squares of the reference with print in them.

    ``corners`` is (N, 2) int, the top-left pixels (x, y) in the tile frame, ``side`` the length in
    px, ``fixing`` (N,) bool whether the print fixes the place in both directions.
    """

    corners: NDArray[np.int64]
    side: int
    fixing: NDArray[np.bool_]

    @property
    def centres_mm(self) -> NDArray[np.float64]:
        """(N, 2) middles of the tiles on paper, mm."""
        return np.asarray((self.corners + self.side / 2) / TILE_PPM, dtype=np.float64)

    def only(self, chosen: NDArray[np.bool_]) -> Tiles:
        """The tiles chosen by an (N,) mask."""
        return Tiles(self.corners[chosen], self.side, self.fixing[chosen])


@dataclass(frozen=True)
class TileMatch:
    """What was found for each tile.

    ``shifts`` is (N, 2), how far (mm) the print lies from where it was looked for; ``agreement``
    (N,) is the correlation there, -1..1; ``clear`` (N,) whether no other place competes.
    """

    shifts: NDArray[np.float64]
    agreement: NDArray[np.float64]
    clear: NDArray[np.bool_]


def soften(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The picture as float, blurred as the comparison wants it."""
    blurred = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), SOFTENING_PX)
    return np.asarray(blurred, dtype=np.float32)


def choose_tiles(soft: NDArray[np.float32], side_mm: float, stride_mm: float) -> Tiles:
    """All squares of a softened reference that hold print, on a regular grid."""
    side = round(side_mm * TILE_PPM)
    stride = round(stride_mm * TILE_PPM)
    height, width = soft.shape
    ys = np.arange(0, max(height - side, 0) + 1, stride)
    xs = np.arange(0, max(width - side, 0) + 1, stride)
    corners = np.array([(x, y) for y in ys for x in xs], dtype=np.int64)
    middles = corners + side // 2
    box = (side, side)
    mean = cv2.boxFilter(soft, -1, box)
    spread = np.sqrt(np.maximum(cv2.boxFilter(soft * soft, -1, box) - mean * mean, 0))
    weak_share = _weak_share(soft, box)
    at = (np.clip(middles[:, 1], 0, height - 1), np.clip(middles[:, 0], 0, width - 1))
    printed = spread[at] > MIN_CONTRAST
    return Tiles(corners[printed], side, weak_share[at][printed] > MIN_CORNERNESS)


def _weak_share(soft: NDArray[np.float32], box: tuple[int, int]) -> NDArray[np.float32]:
    """Per pixel, weaker over stronger eigenvalue of the gradients' structure in the box around."""
    gx = cv2.Sobel(soft, cv2.CV_32F, 1, 0)
    gy = cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.boxFilter(product, -1, box) for product in (gx * gx, gy * gy, gx * gy))
    mean, half = (xx + yy) / 2, np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    return np.asarray((mean - half) / np.maximum(mean + half, 1e-6), dtype=np.float32)


def match_tiles(
    reference: NDArray[np.float32], page: NDArray[np.float32], tiles: Tiles, search_mm: float
) -> TileMatch:
    """Look for every tile of the reference in the page, up to ``search_mm`` away in x and y."""
    reach = round(search_mm * TILE_PPM)
    around = cv2.copyMakeBorder(page, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    count = len(tiles.corners)
    shifts, agreement = np.zeros((count, 2)), np.zeros(count)
    clear = np.zeros(count, dtype=bool)
    for i, (x, y) in enumerate(tiles.corners):
        tile = reference[y : y + tiles.side, x : x + tiles.side]
        window = around[y : y + tiles.side + 2 * reach, x : x + tiles.side + 2 * reach]
        if window.std() < FLAT:
            continue
        found = cv2.matchTemplate(window, tile, cv2.TM_CCOEFF_NORMED)
        scores = np.asarray(found, dtype=np.float32)
        column, row, agreement[i] = _peak(scores)
        shifts[i] = ((column - reach) / TILE_PPM, (row - reach) / TILE_PPM)
        clear[i] = _is_clear(scores, column, row)
    return TileMatch(shifts, agreement, clear)


def _peak(scores: NDArray[np.float32]) -> tuple[float, float, float]:
    """Column, row and value of the maximum, refined by a parabola through its neighbours."""
    scores[~(np.abs(scores) <= 1.0 + 1e-3)] = 0.0  # bare patches divide by zero
    row, column = np.unravel_index(int(scores.argmax()), scores.shape)
    value = float(scores[row, column])
    return (
        column + vertex(scores[row, :].tolist(), int(column)),
        row + vertex(scores[:, column].tolist(), int(row)),
        value,
    )


def _is_clear(scores: NDArray[np.float32], column: float, row: float) -> bool:
    """Whether the peak lies inside the window and no distant place comes near to it."""
    near = RIVAL_MM * TILE_PPM
    height, width = scores.shape
    inside = 0 < column < width - 1 and 0 < row < height - 1
    rows, columns = np.ogrid[:height, :width]
    rivals = scores[np.hypot(rows - row, columns - column) > near]
    return bool(inside and (not rivals.size or scores.max() - rivals.max() > RIVAL_LEAD))
