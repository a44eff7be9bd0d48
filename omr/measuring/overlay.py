"""The picture for correcting a draft: every target framed and named over the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from omr.fonts import Style, font_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.measuring.draft import Draft, DraftQuestion

    Colour = tuple[int, int, int]

COLOURS: tuple[Colour, ...] = (
    (0, 90, 220),
    (0, 140, 60),
    (150, 0, 170),
    (0, 140, 150),
)
"""Neighbouring questions have different ones. Red is kept for what was left out."""
LEFT_OUT: Colour = (225, 40, 20)
LEAST_WIDTH_PX = 1600
"""A smaller picture is enlarged by whole numbers, so that the names can be read."""
PAPER_FADE = 0.55
"""How much of the print's darkness stays behind the frames."""
LETTER_HEIGHTS = 0.62
"""Height of a code's letters in heights of its target."""
WHITE: Colour = (255, 255, 255)
LETTER_PX = (11, 26)
"""Smallest and largest height of letters."""


def draw_overlay(draft: Draft) -> NDArray[np.uint8]:
    """(H, W, 3) BGR: the faded paper with frames, codes and question ids.

    The code stands under its target, the id of a question above its first one. What was left out
    is framed in red with its reason.
    """
    factor = max(1, -(-LEAST_WIDTH_PX // draft.picture.shape[1]))
    picture = _faded(draft.picture, factor)
    canvas = ImageDraw.Draw(picture)
    for number, question in enumerate(draft.questions):
        _draw_question(canvas, question, COLOURS[number % len(COLOURS)], factor)
    for doubtful in draft.left_out:
        box = doubtful.box_px.scaled(factor)
        _frame(canvas, box, LEFT_OUT)
        canvas.text((box.x, box.bottom + 2), doubtful.why, LEFT_OUT, _font(LETTER_PX[0] + 3))
    return np.ascontiguousarray(np.asarray(picture, dtype=np.uint8)[:, :, ::-1])


def _faded(picture: NDArray[np.uint8], factor: int) -> Image.Image:
    light = 255 - (255 - picture.astype(np.float32)) * PAPER_FADE
    grey = Image.fromarray(np.rint(light).astype(np.uint8))
    size = (grey.width * factor, grey.height * factor)
    return grey.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def _draw_question(
    canvas: ImageDraw.ImageDraw, question: DraftQuestion, colour: Colour, factor: int
) -> None:
    boxes = [target.box_px.scaled(factor) for target in question.targets]
    for target, box in zip(question.targets, boxes, strict=True):
        _frame(canvas, box, colour)
        font = _fitting(target.code, box, boxes)
        below = (box.centre[0], box.bottom + 1)
        canvas.text(
            below, target.code, colour, font, anchor="mt", stroke_width=2, stroke_fill=WHITE
        )
    first = question.targets[0].box_px.scaled(factor)
    font = _font(LETTER_HEIGHTS * first.h, bold=True)
    canvas.text(
        (first.x, first.y - 2),
        question.id,
        colour,
        font,
        anchor="lb",
        stroke_width=2,
        stroke_fill=WHITE,
    )


def _fitting(code: str, box: Box, boxes: Sequence[Box]) -> ImageFont.FreeTypeFont:
    """Letters small enough for the room between a target and its neighbours in the row."""
    steps = [
        abs(other.x - box.x)
        for other in boxes
        if other.x != box.x and abs(other.y - box.y) < box.h / 2
    ]
    font = _font(LETTER_HEIGHTS * box.h)
    wanted = font.getlength(code)
    room = min(steps, default=wanted)
    return font if wanted <= room else _font(LETTER_HEIGHTS * box.h * room / wanted)


def _frame(canvas: ImageDraw.ImageDraw, box: Box, colour: Colour) -> None:
    canvas.rectangle((box.x, box.y, box.right - 1, box.bottom - 1), outline=colour, width=2)


def _font(height: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    size = round(min(max(height, LETTER_PX[0]), LETTER_PX[1]))
    return ImageFont.truetype(font_path(Style.BOLD if bold else Style.REGULAR), size)
