"""Made-up printed paper for tests: words, rules and ovals, drawn from a seed, and its scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import Box, PageTransform
from omr.layout.model import PageLayout, Shape, Target
from omr.reference import ReferencePage
from omr.scan.model import PageName, ScannedPage

if TYPE_CHECKING:
    from numpy.typing import NDArray

PPM = 8.0
SIZE_MM = (210, 297)
QUESTIONS = 14
OPTIONS = 4


def target_box(question: int, option: int) -> Box:
    return Box(120 + 20 * option, 60 + 14 * question, 5, 3.5)


TARGETS = tuple(
    Target(f"q{question}", str(option), Shape.OVAL, target_box(question, option))
    for question in range(QUESTIONS)
    for option in range(OPTIONS)
)
CENTRES = np.array([target.box.centre for target in TARGETS])


def word(rng: np.random.Generator) -> str:
    return "".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), int(rng.integers(3, 9))))


def write(image: NDArray[np.uint8], at_mm: tuple[float, float], text: str) -> None:
    at = (round(at_mm[0] * PPM), round(at_mm[1] * PPM))
    cv2.putText(image, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2, cv2.LINE_AA)


def printed(seed: int, changed: dict[int, int] | None = None, blank: bool = True) -> ReferencePage:
    """A form; ``changed`` gives questions (by number) the text of another seed."""
    image = np.full((SIZE_MM[1] * 8, SIZE_MM[0] * 8), 255, np.uint8)
    rng = np.random.default_rng(seed)
    for y in (18, 27, 36, 45):
        write(image, (15, y), " ".join(word(rng) for _ in range(9)))
    for question in range(QUESTIONS):
        label = np.random.default_rng(1000 * (changed or {}).get(question, seed) + question)
        y = 60 + 14 * question
        write(image, (15, y + 3), " ".join(word(label) for _ in range(5)))
        cv2.line(image, (120, round((y + 8) * PPM)), (1560, round((y + 8) * PPM)), (0,), 2)
    for target in TARGETS:
        x, y = target.box.centre
        centre, axes = (round(x * PPM), round(y * PPM)), (20, 14)
        cv2.ellipse(image, centre, axes, 0, 0, 360, (0,), 2, cv2.LINE_AA)
    return ReferencePage(PageLayout(1, TARGETS), image, PPM, blank)


def marked(reference: ReferencePage, seed: int) -> NDArray[np.uint8]:
    """The print after somebody filled one option of every question, and scribbled."""
    image = reference.image.copy()
    rng = np.random.default_rng(seed)
    for question in range(QUESTIONS):
        x, y = target_box(question, int(rng.integers(OPTIONS))).centre
        cv2.ellipse(image, (round(x * PPM), round(y * PPM)), (24, 16), 0, 0, 360, (40,), -1)
    scribble = (rng.uniform(0.1, 0.9, (12, 2)) * (500, 120) + (900, 60)).astype(np.int32)
    cv2.polylines(image, [scribble], False, (30,), 4)
    return image


def page_of(image: NDArray[np.uint8], bilevel: bool = False) -> ScannedPage:
    return ScannedPage(PageName("scan.png", 1), "0" * 64, image, None, bilevel)


def lying(
    turn: float = 0.0,
    scale: tuple[float, float] = (1.0, 1.0),
    tilt: tuple[float, float] = (0.0, 0.0),
    dpi: float = 200.0,
) -> tuple[PageTransform, tuple[int, int]]:
    """A transform, and the (width, height) of an image that shows the whole sheet.

    ``turn`` in degrees clockwise; ``tilt`` is how much smaller the far edge is along x and y.
    """
    ppm = dpi / 25.4
    angle = np.deg2rad(turn)
    rotation = np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    tilted = np.array([[1, 0, 0], [0, 1, 0], [tilt[0] / SIZE_MM[0], tilt[1] / SIZE_MM[1], 1]])
    matrix = np.diag([ppm, ppm, 1]) @ rotation @ tilted @ np.diag([*scale, 1])
    corners = PageTransform(matrix).to_pixels(Box(0, 0, *SIZE_MM).corners())
    low, high = corners.min(axis=0), corners.max(axis=0)
    move = np.array([[1, 0, 6 - low[0]], [0, 1, 6 - low[1]], [0, 0, 1]])
    width, height = np.ceil(high - low + 12).astype(int)
    return PageTransform(matrix).then(move), (int(width), int(height))


def seen(
    image: NDArray[np.uint8], place: PageTransform, size: tuple[int, int], seed: int = 0
) -> NDArray[np.uint8]:
    """The paper as a scanner with some blur and noise sees it."""
    change = place.matrix @ np.linalg.inv(PageTransform.scale(PPM).matrix)
    soft = cv2.GaussianBlur(image, (0, 0), 0.8)
    scan = cv2.warpPerspective(soft, change, size, flags=cv2.INTER_LINEAR, borderValue=(225,))
    noise = np.random.default_rng(seed).normal(0, 6, scan.shape)
    return np.clip(0.8 * scan + 30 + noise, 0, 255).astype(np.uint8)
