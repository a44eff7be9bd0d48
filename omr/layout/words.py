"""A question's number and words, in lines that hang from where the words begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.fonts import Style, text_width
from omr.layout.measures import LEFT, TABLE_POINTS, WIDTH
from omr.layout.paragraphs import break_paragraph
from omr.layout.text import Run, leading, set_lines, wrap

if TYPE_CHECKING:
    from omr.form.designed import Asked, QuestionList
    from omr.layout.drawing import Text
    from omr.layout.text import Line


@dataclass(frozen=True, slots=True)
class Words:
    """A question's words as lines that begin ``x`` mm from the margin, behind its number."""

    label: str
    lines: tuple[Line, ...]
    x: float

    @property
    def end(self) -> float:
        """How far the last line reaches from the left margin, in mm."""
        return self.x + self.lines[-1].width

    @property
    def height(self) -> float:
        """Height of all lines in mm."""
        return len(self.lines) * leading(TABLE_POINTS)

    def items(self, top: float) -> tuple[Text, ...]:
        """The print, with the first line's top at ``top``."""
        label = wrap([Run(self.label)], TABLE_POINTS, WIDTH)
        return (
            *set_lines(label, TABLE_POINTS, LEFT, top, WIDTH),
            *set_lines(self.lines, TABLE_POINTS, LEFT + self.x, top, WIDTH - self.x),
        )


def label_width(section: QuestionList) -> float:
    """Room for the numbers of all questions, so that their words stand in line."""
    labels = (f"{asked.label}. " for asked in section.questions if asked.label)
    return max((text_width(one, Style.REGULAR, TABLE_POINTS) for one in labels), default=0.0)


def set_words(asked: Asked, labels: float) -> Words:
    """The words of a question; one without a number begins at the margin."""
    x = labels if asked.label else 0.0
    lines = break_paragraph([Run(asked.question.text)], TABLE_POINTS, WIDTH - x)
    return Words(f"{asked.label}." if asked.label else "", lines, x)
