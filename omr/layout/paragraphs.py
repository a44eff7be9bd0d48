"""Paragraphs broken as a whole: even white between the words, no last line of one syllable.

The breaks are those with the least sum of squares of what is missing in every line, over all ways
that take no more lines than necessary (Knuth and Plass, *Breaking paragraphs into lines*, 1981,
without their hyphens: a Vietnamese syllable is never divided).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.layout.text import Line, Run, line_of, words_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_LAST = 0.25
"""A last line shorter than this share of the width looks forgotten, the shorter the more."""
AT_PUNCTUATION = 0.35
"""A ragged line that ends with punctuation is this much less bad: what belongs together stays."""
PUNCTUATION = (",", ";", ":", ".", "?", "!", ")")
ANOTHER_LINE = 1e6
SHRINK = 0.15
"""A space of a justified line may lose this share of its width."""
ANOTHER_LINE = 1e6


@dataclass(frozen=True, slots=True)
class _Room:
    """What a paragraph has to fill: ``width`` mm, less ``indent`` in the first line.

    ``space`` is the width of a space, ``shrink`` the share of it that a line may save.
    """

    width: float
    indent: float
    space: float
    shrink: float


def break_paragraph(
    runs: Sequence[Run],
    points: float,
    width: float,
    *,
    indent: float = 0.0,
    justified: bool = False,
) -> tuple[Line, ...]:
    """Lines no wider than ``width`` mm, the first shorter by ``indent``; FormError as ``wrap``.

    Lines that will be ``justified`` may be a little wider: their spaces shrink.
    """
    space = text_width(" ", Style.REGULAR, points)
    room = _Room(width, indent, space, SHRINK if justified else 0.0)
    return _break(tuple(runs), points, room)


@lru_cache(maxsize=4096)
def _break(runs: tuple[Run, ...], points: float, room: _Room) -> tuple[Line, ...]:
    # Remembered, because a form is set several times to find the roomiest spacing.
    wrap(runs, points, room.width - room.indent)  # refuses a word that is wider than its place
    words = words_of(runs)
    widths = [line_of([word], points).width for word in words]
    pauses = [word[-1].text.endswith(PUNCTUATION) for word in words]
    return tuple(
        line_of(words[start:end], points) for start, end in _best_breaks(widths, pauses, room)
    )


def _best_breaks(
    widths: Sequence[float], pauses: Sequence[bool], room: _Room
) -> list[tuple[int, int]]:
    """First word and one past the last of every line; ``pauses`` tells where a word ends a part."""
    count = len(widths)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for end in range(1, count + 1):
        natural = -room.space
        for start in range(end - 1, -1, -1):
            natural += widths[start] + room.space
            width = room.width - (0.0 if start else room.indent)
            is_last = end == count
            gain = 0.0 if is_last else room.shrink * room.space * (end - start - 1)
            if natural > width + gain:
                break
            missing = max(0.0, LEAST_LAST * width - natural) if is_last else width - natural
            ease = AT_PUNCTUATION if pauses[end - 1] and not room.shrink else 1.0
            best[end] = min(best[end], (best[start][0] + ANOTHER_LINE + ease * missing**2, start))
    breaks: list[tuple[int, int]] = []
    end = count
    while end:
        start = best[end][1]
        breaks.append((start, end))
        end = start
    return breaks[::-1]
