"""Filling in a sheet: question after question, then comments and what the pen did on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.accuracy.hand import digits, scrawl, truth
from omr.accuracy.hand.answers import Answer, Row, answer
from omr.accuracy.hand.chance import happens
from omr.accuracy.hand.model import FilledSheet
from omr.accuracy.hand.numbers import write_number
from omr.accuracy.hand.writer import Writer, a_writer
from omr.form.model import Kind

if TYPE_CHECKING:
    from omr.accuracy.hand.model import Stroke
    from omr.accuracy.model import Profile, Said
    from omr.form.model import Form
    from omr.geometry import Box
    from omr.layout.model import Layout, PageLayout

_COMMENT = 0.2
_MARGIN = 0.06
_OVER_TEXT = 0.05
_SWEEP = 0.03


def fill(form: Form, layout: Layout, seed: int, profile: Profile) -> FilledSheet:
    """One person fills in one sheet. The same arguments give the same sheet."""
    rng = np.random.default_rng((seed, 0x9E3))
    writer = a_writer(rng, profile)
    shapes = digits.habits(rng)
    said: dict[str, Said] = {}
    strokes: dict[int, tuple[Stroke, ...]] = {}
    for page in layout.pages:
        rows = _rows(page)
        answers: dict[str, Answer] = {}
        for question in form.questions:
            if question.id not in rows or question.kind is Kind.TEXT:
                continue
            boxes = rows[question.id]
            if question.kind is Kind.NUMBER:
                cells = list(boxes.values())
                answers[question.id] = write_number(rng, writer, question, cells, shapes)
            else:
                row = Row(question, boxes, form.correction, _is_table(question.id, rows))
                answers[question.id] = answer(rng, writer, row)
        drawn = [stroke for given in answers.values() for stroke in given.strokes]
        drawn += _writing(rng, writer, form, layout, page)
        ink = truth.Ink(drawn)
        for name, given in answers.items():
            number = form.question(name).kind is Kind.NUMBER
            judge = truth.judge_number if number else truth.judge
            said[name] = judge(name, given, rows[name], ink, writer)
        strokes[page.number] = tuple(drawn)
    in_order = truth.unless_blank([said[q.id] for q in form.questions if q.id in said])
    return FilledSheet(seed=seed, pen=writer.pen, said=in_order, strokes=strokes)


def _rows(page: PageLayout) -> dict[str, dict[str, Box]]:
    rows: dict[str, dict[str, Box]] = {}
    for target in page.targets:
        rows.setdefault(target.question, {})[target.option] = target.box
    return rows


def _is_table(question: str, rows: dict[str, dict[str, Box]]) -> bool:
    """Whether other questions have their boxes in the same columns: then no label stands beside."""
    places = {round(box.x, 1) for box in rows[question].values()}
    same = 0
    for name, row in rows.items():
        same += name != question and {round(box.x, 1) for box in row.values()} == places
    return same > 0 and len(places) > 2  # noqa: PLR2004 - yes and no are no scale


def _writing(
    rng: np.random.Generator, writer: Writer, form: Form, layout: Layout, page: PageLayout
) -> list[Stroke]:
    """Comments, remarks in the margin and over the text, and long slips across the sheet."""
    made: list[Stroke] = []
    texts = [t for t in page.targets if form.question(t.question).kind is Kind.TEXT]
    for target in texts:
        if happens(rng, _COMMENT):
            made += scrawl.in_frame(rng, writer, target.box)
    width, height = layout.size.width, layout.size.height
    if happens(rng, _MARGIN):
        place = (float(rng.uniform(32, width - 60)), float(rng.uniform(height - 28, height - 16)))
        made += scrawl.words(rng, writer, place, 50.0, int(rng.integers(1, 5)))
    if happens(rng, _OVER_TEXT):
        place = (float(rng.uniform(32, width - 60)), float(rng.uniform(40, height - 40)))
        made += scrawl.words(rng, writer, place, 40.0, int(rng.integers(1, 4)))
    if happens(rng, _SWEEP * writer.mishap):
        place = (float(rng.uniform(30, width - 30)), float(rng.uniform(90, height - 40)))
        made.append(scrawl.scrape(rng, writer, place, float(rng.uniform(15, 60))))
    return [stroke for stroke in made if not _on_marks(stroke, page)]


def _on_marks(stroke: Stroke, page: PageLayout) -> bool:
    """Whether a stroke crosses the corner marks or the page code, which people leave alone."""
    places = [mark.box.grown(1.0) for mark in page.marks]
    places += [page.code.grown(1.0)] if page.code else []
    x, y = stroke.points[:, 0], stroke.points[:, 1]
    return any(bool(((x > b.x) & (x < b.right) & (y > b.y) & (y < b.bottom)).any()) for b in places)
