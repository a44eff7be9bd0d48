"""Words put into lines: which stand beside each other, and where a text of a line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.geometry import Box
    from omr.measuring.words import Word

PART_MM = 6.0
"""A wider gap between two words of a line (or between two lines) parts two texts."""
ON_LINE = 0.45
"""Middles of one line's words differ by less than this share of a word's height."""


def overlap(one: Box, other: Box) -> float:
    """Mm of height that two boxes share, beyond a third of the smaller; negative if less."""
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return shared - min(one.h, other.h) / 3


def unbroken(words: Sequence[Word], *, from_right: bool = False) -> list[Word]:
    """Words of a line up to the first wide gap, from the left (or from the right)."""
    ordered = sorted(words, key=lambda word: word.box.x, reverse=from_right)
    kept: list[Word] = []
    for word in ordered:
        if kept:
            last = kept[-1].box
            gap = last.x - word.box.right if from_right else word.box.x - last.right
            if gap > PART_MM:
                break
        kept.append(word)
    return kept[::-1] if from_right else kept


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words in lines from the top, each from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.box.centre[1]):
        if lines and on_line(word.box, lines[-1][0].box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.x) for line in lines]


def on_line(one: Box, other: Box) -> bool:
    """Whether the middles of two words lie at one height, ascenders and descenders allowed."""
    return abs(one.centre[1] - other.centre[1]) < ON_LINE * max(one.h, other.h)


def joined(words: Sequence[Word]) -> str:
    """The words with spaces between."""
    return " ".join(word.text for word in words)
