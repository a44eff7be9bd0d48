"""One simulated answer held against its truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.form.model import Kind
from omr.proof.model import AnswerRead, Reading

if TYPE_CHECKING:
    from omr.form.model import Question
    from omr.responses.model import Response


def judged(
    question: Question,
    said: str,
    response: Response | None,
    lost: frozenset[tuple[str, str]] = frozenset(),
    *,
    by_rule: bool = False,
) -> AnswerRead:
    """What the reader made of an answer; without a response the question waits.

    ``said`` is as in ``ratings.csv``; ``lost`` are the targets whose ink is not in the image.
    ``by_rule`` is true where the question may wait whatever the form is like.
    """
    read = response.value if response else ""
    if response is None or response.doubts:
        digits = question.kind is Kind.NUMBER and bool(said)
        reading = Reading.BY_HAND if digits or by_rule else Reading.REVIEW
    else:
        reading = _decided(question, said, read, lost)
    return AnswerRead(question.id, said, read, reading)


def _decided(question: Question, said: str, read: str, lost: frozenset[tuple[str, str]]) -> Reading:
    if read == said:
        return Reading.RIGHT
    return Reading.LOST if read == _left_of(question, said, lost) else Reading.WRONG


def _left_of(question: Question, said: str, lost: frozenset[tuple[str, str]]) -> str:
    """What can still be seen of an answer."""
    if question.kind is Kind.NUMBER:
        # Cells are named 1 to n from the left, and numbers stand at the right.
        cells = range(question.digits - len(said) + 1, question.digits + 1)
        return "" if all((question.id, str(cell)) in lost for cell in cells) else said
    return "+".join(code for code in said.split("+") if (question.id, code) not in lost)
