"""Trouble on a page: what a reader has to doubt, far commoner here than in any office."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from omr.marks.learned.model import Truth
from omr.simulate import Act, MarkKind, PenKind
from omr.simulate.inking import FAINT_PRESSURE, InkedStroke
from omr.simulate.marks import mark, ring, slip, speck
from omr.simulate.pens import contrast
from omr.simulate.strokes import arc, curve, drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from omr.geometry import Box
    from omr.layout.model import PageLayout, Target
    from omr.simulate import FilledSheet
    from omr.simulate.strokes import Stroke

UNSEEN = -1
"""The label of a mark of which next to nothing is left: neither right nor wrong."""
GHOST_CONTRAST = 0.3
"""A mark rubbed out that takes away less of the light than this may be seen or not; in
a 1-bit image any may."""
SOLID_MM = 35.0
"""A stroke so long within one box fills it: a circled solid box is chosen again."""


class Trouble:
    """Rare things on one page: more ink, by this pen or another, and what becomes of the truth."""

    def __init__(self, page: PageLayout, sheet: FilledSheet, rng: np.random.Generator) -> None:
        """Nothing has happened yet."""
        self.page, self.sheet, self.rng = page, sheet, rng
        self.ink: list[InkedStroke] = []
        self.of_others: list[tuple[list[Stroke], PenKind]] = []
        self.labels: dict[tuple[str, str], int] = {}
        self.ghosts: set[tuple[str, str]] = set()
        self.touched: set[str] = set()
        owners = {(i.question, i.option) for i in sheet.ink[page.number]}
        boxes = [t for t in page.targets if t.option]
        self.marked = [t for t in boxes if (t.question, t.option) in owners]
        self.empty = [t for t in boxes if (t.question, t.option) not in owners]

    def make(self) -> None:
        """Some of every kind."""
        kinds: tuple[tuple[float, Callable[[], None]], ...] = (
            (2.5, self._slip_at_a_box), (2.0, self._speck_in_a_box), (1.5, self._long_stroke),
            (0.8, self._struck_through), (0.7, self._loop), (0.8, self._rubbed_out),
            (0.4, self._stamp), (0.7, self._ring_around_a_mark), (1.0, self._tick_from_beside),
        )  # fmt: skip
        for expected, happens in kinds:
            if self.empty and self.marked:
                for _ in range(int(self.rng.poisson(expected))):
                    happens()

    def _one(self, targets: list[Target]) -> Target:
        return targets[int(self.rng.integers(len(targets)))]

    def _about(self, box: Box, spread: float) -> tuple[float, float]:
        x, y = box.centre
        across, down = self.rng.normal(0, spread, 2)
        return float(x + across * box.w), float(y + down * box.h)

    def _add(self, strokes: list[Stroke], *touched: Target) -> None:
        self.ink += [InkedStroke(stroke) for stroke in strokes]
        self.touched |= {target.question for target in touched}

    def _say(self, target: Target, truth: int) -> None:
        self.labels[target.question, target.option] = int(truth)

    def all_ink(self) -> list[Stroke]:
        """Every stroke on the page, whoever made it."""
        own = [i.stroke for i in (*self.sheet.ink[self.page.number], *self.ink)]
        return [*own, *(stroke for strokes, _ in self.of_others for stroke in strokes)]

    def _slip_at_a_box(self) -> None:
        target = self._one(self.empty)
        self._add(slip(self._about(target.box, 0.8), self.sheet.writer, self.rng), target)

    def _speck_in_a_box(self) -> None:
        target = self._one(self.empty)
        self._add(speck(self._about(target.box, 0.25), self.sheet.writer, self.rng), target)

    def _tick_from_beside(self) -> None:
        """A mark far off its place: it belongs to nobody who could be asked."""
        target = self._one(self.empty)
        box = target.box
        away = self.rng.choice([-1, 1], 2) * self.rng.uniform(0.7, 1.4, 2)
        beside = replace(box, x=box.x + away[0] * box.w, y=box.y + away[1] * box.h)
        kind = MarkKind.LARGE_TICK if self.rng.random() < 0.5 else MarkKind.CROSS  # noqa: PLR2004
        self._add(mark(kind, beside, self.sheet.writer, self.rng), target)

    def _long_stroke(self) -> None:
        """The last stroke of a mark runs on through the neighbours."""
        start = self._one(self.marked)
        end = self._one([t for t in self.page.targets if t.option])
        x, y = start.box.centre
        ahead = np.array(end.box.centre) - (x, y)
        length = max(float(np.hypot(*ahead)), 1.0)
        tip = np.array([x, y]) + ahead * min(1.0, float(self.rng.uniform(8, 30)) / length)
        bend = self.rng.normal(0, 1.0, 2)
        path = curve([(x, y), tuple((np.array([x, y]) + tip) / 2 + bend), (tip[0], tip[1])])
        writer = self.sheet.writer
        self._add([drawn(path, writer.pressure, writer.steadiness_mm, self.rng)])
        near = [t for t in self.page.targets if reaches(path, t.box)]
        self.touched |= {target.question for target in near}

    def _struck_through(self) -> None:
        """One line through a whole row or column of boxes: all of them meant, or none."""
        first = self._one(self.empty)
        axis = int(self.rng.integers(2))
        line = [
            t for t in self.page.targets
            if t.option and abs(t.box.centre[axis] - first.box.centre[axis]) < first.box.h / 4
        ]  # fmt: skip
        line.sort(key=lambda t: t.box.centre[1 - axis])
        at = line.index(first)
        chosen = line[at : at + int(self.rng.integers(2, 6))]
        ends = np.array([chosen[0].box.centre, chosen[-1].box.centre])
        ends[0, 1 - axis] -= self.rng.uniform(2, 5)
        ends[1, 1 - axis] += self.rng.uniform(2, 5)
        ends += self.rng.normal(0, 0.6, (2, 2))
        path = curve([(float(x), float(y)) for x, y in ends])
        writer = self.sheet.writer
        self._add([drawn(path, writer.pressure, writer.steadiness_mm, self.rng)], *chosen)
        for target in chosen:
            if target in self.empty:
                self._say(target, Truth.PERSON)

    def _loop(self) -> None:
        """A loop around two or three boxes of a row."""
        first = self._one(self.empty)
        row = [t for t in self.page.targets if t.option and t.question == first.question]
        at = row.index(first)
        chosen = row[at : at + int(self.rng.integers(2, 4))]
        left, right = min(t.box.x for t in chosen), max(t.box.right for t in chosen)
        top, bottom = min(t.box.y for t in chosen), max(t.box.bottom for t in chosen)
        radii = ((right - left) * 0.58 + 1.2, (bottom - top) * 0.6 + 1.2)
        path = arc(((left + right) / 2, (top + bottom) / 2), radii, self.rng.uniform(0, 6), 6.6)
        writer = self.sheet.writer
        self._add([drawn(path, writer.pressure, writer.steadiness_mm, self.rng)], *chosen)
        for target in chosen:
            if reaches(path, target.box):
                self._say(target, Truth.PERSON)

    def _rubbed_out(self) -> None:
        """A mark rubbed out: its ghost may be a faint mark just as well."""
        target = self._one(self.empty)
        kind = self.sheet.writer.mark_kind(self.rng)
        strokes = mark(kind, target.box, self.sheet.writer, self.rng)
        ghost = [
            replace(s, pressure=np.minimum(s.pressure, FAINT_PRESSURE * self.rng.uniform(0.2, 1)))
            for s in strokes
        ]
        self._add(ghost, target)
        self.ghosts.add((target.question, target.option))
        is_seen = contrast(ghost[0], self.sheet.writer.pen) >= GHOST_CONTRAST
        self._say(target, Truth.PERSON if is_seen else UNSEEN)

    def _ring_around_a_mark(self) -> None:
        """For emphasis, or to take it back: the form's rule says taken back, if it is no fill."""
        target = self._one(self.marked)
        is_solid = length_within(self.all_ink(), target.box) >= SOLID_MM
        self._add(ring(target.box, self.sheet.writer, self.rng), target)
        if self.sheet.answers[target.question].act is Act.MARKED:
            self._say(target, Truth.MARK if is_solid else Truth.TAKEN_BACK)
        else:
            self._say(target, UNSEEN)

    def _stamp(self) -> None:
        """An office stamp, red, over some boxes: two rings and a line of script between."""
        target = self._one(self.empty)
        at = self._about(target.box, 3.0)
        radius = float(self.rng.uniform(15, 19))
        paths = [arc(at, (r, r), 0.0, 6.4) for r in (radius, radius - 1.2, 0.55 * radius)]
        strokes = [drawn(path, 0.8, 0.02, self.rng) for path in paths]
        is_blue = self.rng.random() < 0.15  # noqa: PLR2004 - most stamps are red
        self.of_others.append((strokes, PenKind.GEL_BLUE if is_blue else PenKind.BALL_RED))
        near = [t for t in self.page.targets if any(reaches(path, t.box) for path in paths)]
        self.touched |= {t.question for t in near}


def length_within(strokes: list[Stroke], box: Box) -> float:
    """Length in mm of what lies of the strokes' paths within a box."""
    low, high = np.array([box.x, box.y]), np.array([box.right, box.bottom])
    return sum(
        float(s.steps()[((s.points >= low) & (s.points <= high)).all(axis=1)].sum())
        for s in strokes
    )


def reaches(path: np.ndarray, box: Box) -> bool:
    """Whether a path comes near a box."""
    near = box.grown(0.8)
    low, high = (near.x, near.y), (near.right, near.bottom)
    return bool(((path >= low) & (path <= high)).all(axis=1).any())
