"""Words into lines. A line breaks at spaces only, so a Vietnamese syllable is never divided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from omr.errors import FormError
from omr.fonts import Style, text_width
from omr.language import say
from omr.layout.drawing import Text
from omr.layout.measures import LEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

MM_PER_POINT = 25.4 / 72
ASCENT = 0.891
DESCENT = 0.216
"""Tinos' typographic ascent and descent, in parts of the font size (its hhea table)."""
EVEN_STEP = 2.0
_EMPHASIS = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*)")


class Align(Enum):
    """How lines stand in their column. A justified paragraph's last line is flush left."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()
    JUSTIFY = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style."""

    text: str
    style: Style = Style.REGULAR


@dataclass(frozen=True, slots=True)
class Line:
    """One line of runs and its natural width in mm."""

    runs: tuple[Run, ...]
    width: float

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(run.text for run in self.runs)


def emphasised(text: str) -> tuple[Run, ...]:
    """Runs of a text in which ``*word*`` is italic and ``**word**`` is bold."""
    runs = []
    for part in filter(None, _EMPHASIS.split(text)):
        if part.startswith("**") and part.endswith("**") and len(part) > len("****"):
            runs.append(Run(part[2:-2], Style.BOLD))
        elif part.startswith("*") and part.endswith("*") and len(part) > len("**"):
            runs.append(Run(part[1:-1], Style.ITALIC))
        else:
            runs.append(Run(part))
    return tuple(runs)


def wrap(runs: Sequence[Run], points: float, width: float) -> tuple[Line, ...]:
    """Break runs into lines no wider than ``width`` mm; FormError if one word is wider."""
    return _wrap(tuple(runs), points, width)


@lru_cache(maxsize=4096)
def _wrap(runs: tuple[Run, ...], points: float, width: float) -> tuple[Line, ...]:
    # Remembered, because a form is set several times to find the roomiest spacing.
    lines: list[Line] = []
    current: list[list[Run]] = []
    for word in words_of(runs):
        if line_of([word], points).width > width:
            raise FormError(_too_wide("".join(run.text for run in word), width))
        if current and line_of([*current, word], points).width > width:
            lines.append(line_of(current, points))
            current = []
        current.append(word)
    if current:
        lines.append(line_of(current, points))
    return tuple(lines)


def wrap_evenly(runs: Sequence[Run], points: float, width: float) -> tuple[Line, ...]:
    """As :func:`wrap`, in as many lines, but of nearly equal length: for centred titles."""
    lines = wrap(runs, points, width)
    narrowest = max((line_of([word], points).width for word in words_of(runs)), default=0.0)
    trial = width - EVEN_STEP
    while trial > narrowest and len(closer := wrap(runs, points, trial)) == len(lines):
        lines, trial = closer, trial - EVEN_STEP
    return lines


def wrap_from_end(run: Run, points: float, width: float) -> tuple[Line, ...]:
    """As :func:`wrap`, but filled from the last line upwards: "Rất / hài lòng".

    In Vietnamese the words that belong together stand at the end, what grades them before. Where
    they must be parted, every word has its own line.
    """
    lines: list[list[list[Run]]] = []
    for word in reversed(words_of([run])):
        if lines and line_of([word, *lines[0]], points).width <= width:
            lines[0].insert(0, word)
        else:
            lines.insert(0, [word])
    if lines and len(lines[-1]) == 1 and len(lines) > 1:
        lines = [[word] for line in lines for word in line]
    return tuple(line_of(words, points) for words in lines)


def leading(points: float) -> float:
    """Height of a line in mm."""
    return points * MM_PER_POINT * LEADING


def baseline_in(height: float, points: float) -> float:
    """Baseline of a single line that stands in the middle of ``height`` mm."""
    em = points * MM_PER_POINT
    return (height - (ASCENT + DESCENT) * em) / 2 + ASCENT * em


def set_lines(
    lines: Sequence[Line],
    points: float,
    x: float,
    y: float,
    width: float,
    *,
    align: Align = Align.LEFT,
    indent: float = 0.0,
) -> tuple[Text, ...]:
    """Text items for lines that begin at height ``y`` in a column from ``x`` of this width.

    The first line begins ``indent`` mm farther in.
    """
    items: list[Text] = []
    for number, line in enumerate(lines):
        baseline = y + number * leading(points) + baseline_in(leading(points), points)
        shift = 0.0 if number else indent
        items += _set_line(
            line,
            points,
            x + shift,
            baseline,
            width - shift,
            align=align,
            is_last=number == len(lines) - 1,
        )
    return tuple(items)


def _set_line(
    line: Line,
    points: float,
    x: float,
    baseline: float,
    width: float,
    *,
    align: Align,
    is_last: bool,
) -> list[Text]:
    free = width - line.width
    start = {Align.CENTRE: x + free / 2, Align.RIGHT: x + free}.get(align, x)
    spaces = line.text.count(" ")
    stretch = free / spaces if align is Align.JUSTIFY and spaces and not is_last else 0.0
    items = []
    for run in line.runs:
        items.append(Text(start, baseline, run.text, run.style, points, stretch))
        start += text_width(run.text, run.style, points) + stretch * run.text.count(" ")
    return items


def words_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Words as lists of runs: a style may change inside a word (a bold word with its comma)."""
    words: list[list[Run]] = [[]]
    for run in runs:
        for number, part in enumerate(run.text.split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append(Run(part, run.style))
    return [word for word in words if word]


def line_of(words: Sequence[Sequence[Run]], points: float) -> Line:
    """Words as one line, a space between each two."""
    runs: list[Run] = []
    for number, word in enumerate(words):
        for position, piece in enumerate(word):
            space = " " if number and not position else ""
            if runs and runs[-1].style is piece.style:
                runs[-1] = Run(runs[-1].text + space + piece.text, piece.style)
                continue
            if space:
                runs[-1] = Run(runs[-1].text + space, runs[-1].style)
            runs.append(piece)
    return Line(tuple(runs), sum(text_width(run.text, run.style, points) for run in runs))


def _too_wide(word: str, width: float) -> str:
    return say(
        f"“{word}” rộng hơn chỗ dành cho nó ({width:.0f} mm) và không được ngắt giữa chữ; "
        "hãy viết ngắn hơn hoặc thêm dấu cách.",
        f"'{word}' is wider than its place ({width:.0f} mm), and words are never broken; "
        "make it shorter or put a space into it.",
    )
