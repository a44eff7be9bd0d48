"""Where the known print of a whole page lies: many small pieces of it, each looked for by itself.

All print of a reference is known: words, rules, table lines. Pieces of it that fix a place in both
directions, spread over the page and away from where people write, are looked for on the scan
within two millimetres of where the page transform puts them. Pen strokes hide few of them, and
whatever moved a row of the page (a feeder's slip, curled paper) moved the print beside its targets
alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.registration.subpixel import vertex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.reference import ReferencePage
    from omr.registration.patches import PagePicture

LANDMARK_PPM = 4.0
"""Pixels per mm at which landmarks are compared: 100 dpi, where a line of print is a pixel wide."""
WIDTH_MM, HEIGHT_MM = 11.0, 5.5
"""Size of a landmark: a word or two of one line, which stretch by a few per cent leaves alike."""
CELL_MM = (24.0, 11.0)
"""The page is divided into cells of this width and height; each gives its best landmark."""
LEAST_TEXTURE = 15.0
"""Least gradient energy, (grey levels per px) squared, in the weaker direction: a straight rule has
none along itself and would slide unnoticed."""
SEARCH_MM = 2.0
"""How far a landmark may lie from where the page transform puts it."""
TARGET_MARGIN_MM = 0.8
"""Marks overflow their targets: nothing is looked for there."""
MARK_MARGIN_MM = 1.0
PAPER = 255


@dataclass(frozen=True)
class Landmarks:
    """Pieces of one reference's print.

    ``corners`` is (N, 2) int, the top-left pixels (x, y) at LANDMARK_PPM; ``pictures`` (N, h, w)
    uint8 what is printed there; ``shape`` the (H, W) of the whole page.
    """

    corners: NDArray[np.int64]
    pictures: NDArray[np.uint8]
    shape: tuple[int, int]

    @property
    def centres(self) -> NDArray[np.float64]:
        """(N, 2) middles on paper, mm."""
        size = np.array(self.pictures.shape[:0:-1])
        return np.asarray((self.corners + size / 2) / LANDMARK_PPM, dtype=np.float64)


@dataclass(frozen=True)
class Moves:
    """How far print was found from where it was looked for.

    ``centres`` (N, 2) mm on paper, ``moves`` (N, 2) mm, ``agreement`` (N,) correlation -1..1.
    """

    centres: NDArray[np.float64]
    moves: NDArray[np.float64]
    agreement: NDArray[np.float64]


@lru_cache(maxsize=64)
def landmarks_of(reference: ReferencePage) -> Landmarks:
    """The landmarks of a reference, chosen once per reference and process."""
    factor = LANDMARK_PPM / reference.pixels_per_mm
    print_ = np.asarray(
        cv2.resize(reference.image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA),
        dtype=np.uint8,
    )
    width, height = round(WIDTH_MM * LANDMARK_PPM), round(HEIGHT_MM * LANDMARK_PPM)
    texture = _texture(print_, width, height)
    texture[_written_on(reference, print_.shape, width, height)] = 0.0
    corners = [(x - width // 2, y - height // 2) for x, y in _peaks(texture)]
    pictures = [print_[y : y + height, x : x + width] for x, y in corners]
    return Landmarks(
        np.array(corners, dtype=np.int64).reshape(-1, 2),
        np.array(pictures, dtype=np.uint8).reshape(-1, height, width),
        (print_.shape[0], print_.shape[1]),
    )


def find_landmarks(scan: PagePicture, landmarks: Landmarks) -> Moves:
    """Look for every landmark around the place that the page transform gives it."""
    reach = round(SEARCH_MM * LANDMARK_PPM)
    page = scan.upright(landmarks.shape, LANDMARK_PPM, reach)
    moves = np.zeros((len(landmarks.corners), 2))
    agreement = np.zeros(len(landmarks.corners))
    height, width = landmarks.pictures.shape[1:]
    for index, ((x, y), picture) in enumerate(
        zip(landmarks.corners.tolist(), landmarks.pictures, strict=True)
    ):
        around = page[y : y + height + 2 * reach, x : x + width + 2 * reach]
        scores = cv2.matchTemplate(around, picture, cv2.TM_CCOEFF_NORMED)
        _, agreement[index], _, (column, row) = cv2.minMaxLoc(scores)
        moves[index] = (
            column + vertex(scores[row].tolist(), column) - reach,
            row + vertex(scores[:, column].tolist(), row) - reach,
        )
    return Moves(landmarks.centres, moves / LANDMARK_PPM, agreement)


def _texture(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.float32]:
    """(H, W): the gradient energy of the weaker direction in the window around each pixel.

    The smaller eigenvalue of the structure tensor (Shi and Tomasi 1994).
    """
    grey = picture.astype(np.float32)
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    xx, yy, xy = (
        cv2.boxFilter(product, -1, (width, height))
        for product in (across * across, down * down, across * down)
    )
    return np.asarray((xx + yy) / 2 - np.sqrt((xx - yy) ** 2 / 4 + xy**2), dtype=np.float32)


def _written_on(
    reference: ReferencePage, shape: tuple[int, ...], width: int, height: int
) -> NDArray[np.bool_]:
    """(H, W): where a window would touch a target, print of another sheet, or the page's edge."""
    layout = reference.layout
    taken: list[Box] = [target.box.grown(TARGET_MARGIN_MM) for target in layout.targets]
    taken += [mark.box.grown(MARK_MARGIN_MM) for mark in layout.marks]
    taken += layout.varying
    touched = np.zeros(shape[:2], dtype=np.uint8)
    for left, top, right, bottom in _in_pixels(taken):
        touched[
            max(0, top - height // 2) : max(0, bottom + height // 2),
            max(0, left - width // 2) : max(0, right + width // 2),
        ] = 1
    inner = np.zeros(shape[:2], dtype=np.uint8)
    inner[height // 2 : shape[0] - height, width // 2 : shape[1] - width] = 1
    return np.asarray((touched > 0) | (inner == 0))


def _in_pixels(boxes: Iterable[Box]) -> Iterator[tuple[int, int, int, int]]:
    for box in boxes:
        scaled = box.scaled(LANDMARK_PPM)
        yield int(scaled.x), int(scaled.y), int(scaled.right) + 1, int(scaled.bottom) + 1


def _peaks(texture: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """The richest place of every cell that has any print."""
    width, height = (round(side * LANDMARK_PPM) for side in CELL_MM)
    for top in range(0, texture.shape[0], height):
        for left in range(0, texture.shape[1], width):
            cell = texture[top : top + height, left : left + width]
            _, most, _, (x, y) = cv2.minMaxLoc(cell)
            if most >= LEAST_TEXTURE:
                yield left + x, top + y
