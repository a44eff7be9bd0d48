"""What of a batch somebody should see, with a picture of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from omr.accuracy.compare import written
from omr.accuracy.pictures import page_picture, question_crop
from omr.accuracy.records import Failure, Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from omr.accuracy.compare import JudgedSheet, Row
    from omr.accuracy.model import Captured, Said
    from omr.accuracy.paper import Delivered
    from omr.accuracy.records import BatchTask
    from omr.accuracy.rescans import Flip
    from omr.survey.model import Design

MOST_PICTURES = 12
"""Pictures of one kind that a batch keeps; what is unforgivable is always kept."""
ALWAYS_SHOWN = frozenset({Kind.SILENT, Kind.LOST, Kind.FLIP})


@dataclass(frozen=True)
class Returned:
    """One sheet that came back from people, captured once or several times.

    The first capture was written to ``files`` (names, in the order of pages) and read as a user
    reads; the others are only held against it.
    """

    serial: int
    pen: str
    captures: tuple[Delivered, ...]
    files: tuple[str, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """The truth of the capture that was read."""
        return self.captures[0].said

    @property
    def images(self) -> tuple[Captured, ...]:
        """Its page images."""
        return self.captures[0].sides

    @property
    def every_capture(self) -> list[tuple[Captured, ...]]:
        """The page images, capture by capture."""
        return [delivered.sides for delivered in self.captures]


def failures_of(
    task: BatchTask, design: Design, sheet: Returned, judged: JudgedSheet, marks: Sequence[Row]
) -> Iterator[Failure]:
    """Refused pages, silent errors, and plain questions that went to a person.

    ``marks`` are this sheet's rows of marks.csv. Pictures are made here, where the images are.
    """
    failure, images = _naming(task, sheet), sheet.images
    for page, reason in judged.refused:
        kind = Kind.LOST if judged.lost else Kind.REFUSED
        yield failure(kind, page, read=reason, picture=page_picture(images[page - 1]))
    if judged.lost and not judged.refused:
        yield failure(Kind.LOST, 1, picture=page_picture(images[0]))
    for one in judged.questions:
        is_plain_review = one.verdict is Verdict.REVIEW and one.said.plain
        if one.verdict is not Verdict.SILENT and not is_plain_review:
            continue
        name = one.said.question
        states = {row["option"]: row["state"] for row in marks if row["question"] == name}
        yield failure(
            Kind.PLAIN_REVIEW if is_plain_review else Kind.SILENT,
            one.page,
            question=name,
            expected=written(design.form, one.said),
            read=one.read,
            doubts=one.doubts,
            acts=" ".join(one.said.acts),
            plain=one.said.plain,
            picture=question_crop(images[one.page - 1], design.layout, name, states),
        )


def flipped(
    task: BatchTask, design: Design, sheet: Returned, flips: Iterable[Flip]
) -> Iterator[Failure]:
    """Targets whose state changed between marked and unmarked; the first capture is shown."""
    failure = _naming(task, sheet)
    for page, question, option, states in flips:
        picture = question_crop(sheet.images[page - 1], design.layout, question, {})
        yield failure(
            Kind.FLIP, page, question=question, read=f"{option}: {states}", picture=picture
        )


def shown(failures: Iterable[Failure]) -> Iterator[Failure]:
    """All that are unforgivable, and so many of each other kind."""
    seen: Counter[Kind] = Counter()
    for failure in failures:
        seen[failure.kind] += 1
        if failure.kind in ALWAYS_SHOWN or seen[failure.kind] <= MOST_PICTURES:
            yield failure


def _naming(task: BatchTask, sheet: Returned) -> partial[Failure]:
    """A failure that still wants to be told its kind, its page and what there is to see."""
    return partial(
        Failure,
        profile=task.profile.value,
        form=task.form,
        seed=task.seed,
        sheet=sheet.serial,
        pen=sheet.pen,
        notes=sheet.captures[0].notes,
    )
