"""Find the four printed registration marks, and from them the page's place on the image.

The marks are ArUco symbols (dictionary 4x4_50) whose numbers tell which corner is which, so a page
may lie any way round. Four marks give a projective map, three still an affine one. Only the
*centre* of a mark is used to place the page: ink gain moves single corners, but all alike, so the
mean of the four stays put. The corners serve as a check: they must fall where the centres say.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import PageTransform
from omr.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from omr.layout.model import RegistrationMark

WORKING_LONG_SIDE_PX = 2400
"""Marks are looked for on a copy about this long (A4 at 205 dpi): a 9 mm mark then has 12 px
modules and its centre is found to 0.1 px (0.01 mm); more pixels only cost time."""
FINE_LONG_SIDE_PX = 3600
MARKS_NEEDED = 3
ALL_MARKS = 4
WORST_CORNER_MM = 1.2
"""Largest distance of a mark's corner from where the fitted page has it. Ink gain, blur and 1-bit
thresholds move corners by up to 0.5 mm; a mark that belongs to something else is off by more."""
MOST_COMBINATIONS = 64
CORNER_WIDTH, CORNER_HEIGHT = 0.27, 0.22
"""Shares of the image in whose corners marks are looked for first: 57 x 65 mm of an A4 page hold
a mark that is 21 mm from the edge, whatever the skew, the shift and the turn."""
STREAK_PX = 7
"""Widest cut that is mended, on the working picture: 0.85 mm; a mark's module is 1.5 mm."""
AROUND_MISSING_MM = 14.0
"""How far a missing mark may lie from where the others put it, in a photograph of curled paper."""
CLOSE_LOOK_PX = 320
"""Size of the picture in which a missing mark is looked for: a mark then has 75 px."""
LEAST_MARK_PX = 24.0
"""Smallest side of a mark on the working picture: a third of a page that fills the image."""


@dataclass(frozen=True)
class FoundMark:
    """A registration mark on the image.

    ``corners`` are (4, 2) px of the image, from the mark's own top-left corner clockwise.
    """

    marker_id: int
    corners: NDArray[np.float64]


@dataclass(frozen=True)
class PagePlace:
    """The page's place, and what it rests on.

    ``worst_corner_mm`` is the farthest that a mark's corner lies from where the transform has it.
    """

    transform: PageTransform
    marks_found: int
    worst_corner_mm: float


def find_page(gray: NDArray[np.uint8], printed: Sequence[RegistrationMark]) -> PagePlace | Refusal:
    """Where the page lies on the image (H, W), from its registration marks.

    Looks harder each time until three marks are found; a fourth is then looked for in its place.
    """
    best: PagePlace | Refusal = Refusal(Reason.NO_MARKS_FOUND, "0-of-4")
    working, working_scale = _resized(gray, WORKING_LONG_SIDE_PX)
    for found in itertools.chain(
        (_detect_in_corners(working, working_scale),),
        (_detect(picture, scale) for picture, scale in _looks(gray, working, working_scale)),
    ):
        placed = place_page(found, printed)
        if isinstance(placed, PagePlace):
            return _with_the_missing(gray, found, placed, printed)
        if _better(placed, best):
            best = placed
    return best


def _with_the_missing(
    gray: NDArray[np.uint8],
    found: Sequence[FoundMark],
    place: PagePlace,
    printed: Sequence[RegistrationMark],
) -> PagePlace:
    """The place from all marks, once the missing one was looked for harder where it should be.

    Without it (torn off, covered) the place remains as it is.
    """
    more = list(found)
    for mark in printed:
        if all(one.marker_id != mark.marker_id for one in found):
            corners = _nearby(found, printed).to_pixels(mark.box.grown(AROUND_MISSING_MM).corners())
            more += [one for one in _look_closely(gray, corners) if one.marker_id == mark.marker_id]
    if len(more) == len(found):
        return place
    placed = place_page(more, printed)
    return placed if isinstance(placed, PagePlace) else place


def _nearby(found: Sequence[FoundMark], printed: Sequence[RegistrationMark]) -> PageTransform:
    """A transform from all corners of the marks: it tells about where a missing mark should be.

    In a photograph three centres miss the perspective; twelve corners know it, though not exactly.
    """
    boxes = {mark.marker_id: mark.box.corners() for mark in printed}
    known = [mark for mark in found if mark.marker_id in boxes]
    paper = np.vstack([boxes[mark.marker_id] for mark in known])
    matrix, _ = cv2.findHomography(paper, np.vstack([mark.corners for mark in known]))
    return PageTransform(np.asarray(matrix, dtype=np.float64))


def _look_closely(gray: NDArray[np.uint8], corners: NDArray[np.float64]) -> list[FoundMark]:
    """Marks in the part of the image (H, W) around four points (px), looked for in every way."""
    low = np.clip(np.floor(corners.min(axis=0)), 0, gray.shape[::-1]).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)) + 1, 0, gray.shape[::-1]).astype(int)
    part = gray[low[1] : high[1], low[0] : high[0]]
    if min(part.shape) < LEAST_MARK_PX:
        return []
    scale = float(np.clip(CLOSE_LOOK_PX / max(part.shape), 0.25, 2.0))
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    picture = _as_uint8(cv2.resize(part, None, fx=scale, fy=scale, interpolation=how))
    for look in _mended(picture):
        if marks := _detect(look, scale):
            return [FoundMark(mark.marker_id, mark.corners + low) for mark in marks]
    return []


def place_page(
    found: Sequence[FoundMark], printed: Sequence[RegistrationMark]
) -> PagePlace | Refusal:
    """The page that these marks make, if they make exactly one.

    A number found twice (two sheets on one image, or a misreading) is settled by the corners;
    where that leaves two pages, the image is refused.
    """
    choices = [[mark for mark in found if mark.marker_id == p.marker_id] for p in printed]
    present = [(p, c) for p, c in zip(printed, choices, strict=True) if c]
    if len(present) < MARKS_NEEDED:
        return Refusal(Reason.NO_MARKS_FOUND, f"{len(present)}-of-{len(printed)}")
    pages: list[PagePlace] = []
    combinations = itertools.product(*(c for _, c in present))
    for combination in itertools.islice(combinations, MOST_COMBINATIONS):
        place = _fit([p for p, _ in present], combination)
        if place.worst_corner_mm <= WORST_CORNER_MM:
            pages.append(place)
    if len(pages) == 1:
        return pages[0]
    return Refusal(Reason.MARKS_DISAGREE, "several-pages" if pages else "")


def _fit(printed: Sequence[RegistrationMark], found: Sequence[FoundMark]) -> PagePlace:
    paper = np.array([mark.box.centre for mark in printed])
    image = np.array([mark.corners.mean(axis=0) for mark in found])
    if len(printed) == ALL_MARKS:
        matrix = cv2.getPerspectiveTransform(paper.astype(np.float32), image.astype(np.float32))
    else:
        affine = cv2.getAffineTransform(paper[:3].astype(np.float32), image[:3].astype(np.float32))
        matrix = np.vstack([affine, (0.0, 0.0, 1.0)])
    transform = PageTransform(np.asarray(matrix, dtype=np.float64))
    expected = np.vstack([mark.box.corners() for mark in printed])
    seen = np.vstack([mark.corners for mark in found])
    if not _is_invertible(transform):
        return PagePlace(transform, len(found), float("inf"))
    with np.errstate(divide="ignore", invalid="ignore"):
        distances = np.linalg.norm(transform.to_paper(seen) - expected, axis=1)
    worst = float(distances.max()) if np.isfinite(distances).all() else float("inf")
    return PagePlace(transform, len(found), worst)


def _is_invertible(transform: PageTransform) -> bool:
    matrix = transform.matrix
    return bool(np.isfinite(matrix).all() and abs(np.linalg.det(matrix)) > 1e-9)  # noqa: PLR2004


def _better(new: PagePlace | Refusal, old: PagePlace | Refusal) -> bool:
    if isinstance(new, PagePlace):
        return isinstance(old, Refusal) or new.worst_corner_mm < old.worst_corner_mm
    if isinstance(old, PagePlace):
        return False
    # "marks-disagree" says more than "no-marks-found", and of two counts the higher.
    return (new.reason is Reason.MARKS_DISAGREE, new.detail) > (
        old.reason is Reason.MARKS_DISAGREE,
        old.detail,
    )


def _detect_in_corners(picture: NDArray[np.uint8], scale: float) -> list[FoundMark]:
    """Marks in the picture's own corners: there they are on nearly every scan, however turned."""
    height, width = picture.shape
    rows, columns = max(1, round(CORNER_HEIGHT * height)), max(1, round(CORNER_WIDTH * width))
    found: list[FoundMark] = []
    for top, left in itertools.product((0, height - rows), (0, width - columns)):
        corner = picture[top : top + rows, left : left + columns]
        offset = np.array([left, top]) / scale
        found += [FoundMark(m.marker_id, m.corners + offset) for m in _detect(corner, scale)]
    return found


def _looks(
    gray: NDArray[np.uint8], working: NDArray[np.uint8], scale: float
) -> Iterator[tuple[NDArray[np.uint8], float]]:
    """Whole pictures to look at, each with its size against the image, ever more thorough."""
    yield working, scale
    for mended in itertools.islice(_mended(working), 1, None):
        yield mended, scale
    fine, fine_scale = _resized(gray, FINE_LONG_SIDE_PX)
    yield _as_uint8(cv2.GaussianBlur(fine, (0, 0), 1.5)), fine_scale


def _mended(picture: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """The picture as it is, then freed of what may hide a mark."""
    yield picture
    # Salt and pepper of a 1-bit scan, or dust, breaks the mark's outline: a median mends it.
    yield _as_uint8(cv2.medianBlur(picture, 5))
    # A shadow or a weak toner: even out the contrast first.
    even = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(12, 12))
    yield _as_uint8(even.apply(cv2.GaussianBlur(picture, (0, 0), 1.0)))
    # A light streak of dirty glass cuts a mark in two: close the cut, across and along.
    for width, height in ((1, STREAK_PX), (STREAK_PX, 1)):
        thin = np.ones((height, width), dtype=np.uint8)
        yield _as_uint8(cv2.morphologyEx(picture, cv2.MORPH_OPEN, thin))
    # Noise of a photograph in poor light.
    yield _as_uint8(cv2.GaussianBlur(picture, (0, 0), 2.0))


def _resized(gray: NDArray[np.uint8], long_side: int) -> tuple[NDArray[np.uint8], float]:
    scale = min(long_side / max(gray.shape), 2.0)
    if scale >= 1.0 and max(gray.shape) >= WORKING_LONG_SIDE_PX // 2:
        return gray, 1.0
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    size = (round(gray.shape[1] * scale), round(gray.shape[0] * scale))
    return _as_uint8(cv2.resize(gray, size, interpolation=how)), scale


def _detect(picture: NDArray[np.uint8], scale: float) -> list[FoundMark]:
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    least = LEAST_MARK_PX * 4 / max(picture.shape)
    parameters.minMarkerPerimeterRate = least
    parameters.maxMarkerPerimeterRate = max(4 * least, 1.0)
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(picture)
    if ids is None:
        return []
    return [
        FoundMark(int(number), (np.asarray(four[0], dtype=np.float64) + 0.5) / scale - 0.5)
        for number, four in zip(ids.ravel(), corners, strict=True)
    ]


def _as_uint8(picture: object) -> NDArray[np.uint8]:
    return np.asarray(picture, dtype=np.uint8)
