"""The face of this room: a folder of OMRChecker and a sample sheet become a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from omr.errors import UsageError
from omr.form.model import Kind
from omr.language import say
from omr.measuring.draft import Draft, DraftQuestion, DraftTarget
from omr.measuring.omrchecker.folder import find_project, sample_pictures
from omr.measuring.omrchecker.model import AlignToReference, CropOnMarkers
from omr.measuring.omrchecker.naming import codes_of, ids_of
from omr.measuring.omrchecker.parse import read_template
from omr.measuring.omrchecker.picture import grey_picture
from omr.measuring.omrchecker.placing import Placed, place_template
from omr.measuring.omrchecker.rectify import frames_of

if TYPE_CHECKING:
    from pathlib import Path

    from omr.geometry import Box
    from omr.measuring.omrchecker.folder import Project
    from omr.measuring.omrchecker.model import Pair, Template
    from omr.measuring.omrchecker.placing import PlacedBox


FITS = 2 / 3
"""Least share of targets on print. Lines of equal letters in equal distances, the likest thing to
bubbles that is none, reached a half; a sheet with its head covered had three quarters."""


@dataclass(frozen=True, eq=False)
class Imported:
    """A draft, and what there is to say about it.

    ``unseen`` are the targets (question id, code) where no printed outline was seen.
    ``moved`` are the distances between template and print, median and largest, in sizes of a
    bubble. ``renamed`` are labels and values that had to change, with what they are now.
    """

    draft: Draft
    template: Template
    sample: Path
    unseen: tuple[tuple[str, str], ...]
    moved: Pair
    renamed: tuple[tuple[str, str], ...]

    @property
    def fits(self) -> bool:
        """Whether so many targets lie on print that the template belongs to this paper."""
        return self.seen >= FITS * self.draft.targets

    @property
    def seen(self) -> int:
        """How many targets lie on a printed outline."""
        return self.draft.targets - len(self.unseen)


def import_omrchecker(
    given: Path, image: Path | None, *, blank: bool, form_id: str, title: str
) -> Imported:
    """The measured form that the template in (or above) the folder ``given`` describes.

    ``image`` is a sample sheet; without one the reference of the template is taken, else the first
    picture in the folder. ``blank`` says that nothing is marked on it. Every field becomes one
    single-choice question: the format does not say where several marks are allowed.

    Raises:
        FormError: the template is not right (file and place are named).
        UsageError: there is no template or sample, or a preprocessor finds nothing on the sample.
    """
    project = find_project(given)
    template = read_template(project.template, project.config)
    sample = image or _sample(project, template)
    picture = grey_picture(sample)
    tries = (place_template(picture, frame, template) for frame in frames_of(picture, template))
    placed = max(tries, key=lambda one: one.score)
    draft = Draft(
        form_id=form_id,
        title=title,
        picture=placed.picture,
        blank=blank,
        capture="",
        questions=_questions(template, placed),
    )
    return _described(draft, template, sample, placed)


def _sample(project: Project, template: Template) -> Path:
    used = set()
    for step in template.steps:
        if isinstance(step, AlignToReference):
            return step.reference
        if isinstance(step, CropOnMarkers):
            used.add(step.picture)
    found = next(sample_pictures(project, frozenset(used)), None)
    if found is None:
        raise UsageError(
            say(
                f"Trong {project.folder} không có ảnh phiếu nào. Hãy chọn một ảnh bằng --image, "
                "tốt nhất là bản quét của phiếu trắng.",
                f"There is no picture of a sheet in {project.folder}. Choose one with --image, "
                "best the scan of a blank sheet.",
            )
        )
    return found


def _questions(template: Template, placed: Placed) -> tuple[DraftQuestion, ...]:
    height, width = placed.picture.shape
    column_of = {part: name for name, parts in template.joined for part in parts}
    labels = [label for block in template.blocks for label in block.labels]
    ids = dict(zip(labels, ids_of(labels), strict=True))
    questions = []
    for block, rows in zip(template.blocks, placed.blocks, strict=True):
        codes = codes_of(block.values)
        for label, row in zip(block.labels, rows, strict=True):
            targets = tuple(
                DraftTarget(
                    code, "" if code == value else value, box.shape, _inside(box.box, width, height)
                )
                for code, value, box in zip(codes, block.values, row, strict=True)
            )
            column = column_of.get(label)
            text = f"{column}: {label}" if column else "" if label == ids[label] else label
            questions.append(DraftQuestion(ids[label], Kind.SINGLE, text, targets))
    return tuple(questions)


def _inside(box: Box, width: int, height: int) -> Box:
    """The part of a box on the picture: a bubble at the very edge may reach beyond it."""
    x, y = max(box.x, 0.0), max(box.y, 0.0)
    # Half a tenth less: the file has tenths of pixels.
    right, bottom = min(box.right, width - 0.05), min(box.bottom, height - 0.05)
    return replace(box, x=x, y=y, w=max(right - x, 1.0), h=max(bottom - y, 1.0))


def _described(draft: Draft, template: Template, sample: Path, placed: Placed) -> Imported:
    boxes: list[PlacedBox] = [b for block in placed.blocks for row in block for b in row]
    names = [(q.id, target.code) for q in draft.questions for target in q.targets]
    pairs = zip(names, boxes, strict=True)
    moved = [box.moved for box in boxes if box.seen] or [0.0]
    labels = [label for block in template.blocks for label in block.labels]
    changed = list(zip(labels, ids_of(labels), strict=True))
    for block in template.blocks:
        changed += zip(block.values, codes_of(block.values), strict=True)
    return Imported(
        draft,
        template,
        sample,
        unseen=tuple(name for name, box in pairs if not box.seen),
        moved=(float(np.median(moved)), max(moved)),
        renamed=tuple(dict.fromkeys(pair for pair in changed if pair[0] != pair[1])),
    )
