"""Small surveys, forms and page readings for the tests of this folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from omr.form.model import Form, Kind, Option, Question
from omr.geometry import Box, Size
from omr.identity import PageIdentity
from omr.layout.model import Layout, PageLayout, Shape, Target
from omr.marks.model import Mark, State
from omr.outcome import PageRead
from omr.reference import ReferenceForm, ReferencePage
from omr.registration.model import PageGeometry
from omr.responses.model import Response
from omr.scan.model import PageName
from omr.survey import FrozenForm
from omr.survey.model import Design, Issued

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.responses.model import Doubt

SURVEY = "5a17e0c0ffee"
QUESTIONS = (
    Question("q1", Kind.SINGLE, "Thái độ phục vụ?", (Option("1", "Kém", 1), Option("5", "Tốt", 5))),
    Question("q2", Kind.MULTI, "Điều gì tốt?", (Option("a", "Nhanh"), Option("b", "Rõ ràng"))),
    Question("tuoi", Kind.NUMBER, "Tuổi", digits=3),
    Question("y_kien", Kind.TEXT, "Ý kiến khác"),
)
TWO_PAGES = (("q1", "q2"), ("tuoi", "y_kien"))
ONE_PAGE = (("q1", "q2", "tuoi", "y_kien"),)


def a_layout(
    pages: Sequence[Sequence[str]] = TWO_PAGES, *, form_id: str = "t2", measured: bool = False
) -> Layout:
    """A layout with a target per question, 10 mm apart."""
    sides = tuple(
        PageLayout(
            number,
            tuple(
                Target(question, "1", Shape.BOX, Box(20.0, 10.0 * row, 5.0, 5.0))
                for row, question in enumerate(questions, start=1)
            ),
        )
        for number, questions in enumerate(pages, start=1)
    )
    version = hashlib.sha256(f"{form_id}{sides}".encode()).hexdigest()
    size_px = (1680, 2376) if measured else None
    return Layout(form_id, version, Size(210.0, 297.0), sides, size_px)


def a_design(layout: Layout | None = None) -> Design:
    """The questions above on this layout."""
    lies = layout or a_layout()
    return Design(Form(lies.form_id, "Phiếu khảo sát", QUESTIONS), lies)


def a_frozen_form(layout: Layout | None = None) -> FrozenForm:
    """The same, ready to be frozen; every page has a picture of its own."""
    design = a_design(layout)
    pages = tuple(
        ReferencePage(side, np.full((297, 210), 255 - side.number, np.uint8), 1.0)
        for side in design.layout.pages
    )
    reference = ReferenceForm(design.form, design.layout, pages)
    return FrozenForm(reference, f"{design.form.id}.yaml", b"id: t2\n")


def digest(content: str) -> str:
    """A SHA-256 in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def a_page(
    file: str,
    *,
    image: int = 1,
    layout: Layout | None = None,
    serial: int | None = 1,
    run: int | None = None,
    page: int = 1,
    ink: bytes = b"pen",
    answers: dict[str, tuple[str, ...]] | None = None,
    doubts: dict[str, tuple[Doubt, ...]] | None = None,
    crops: tuple[tuple[str, bytes], ...] = (),
) -> PageRead:
    """A reading of one page of the two-page form, every question with a response.

    With a ``run`` it is a photocopy of that run's master, without either of a measured form.
    """
    lies = layout or a_layout()
    questions = [target.question for target in lies.page(page).targets]
    codes, waits = answers or {}, doubts or {}
    identity = None
    if serial is not None or run is not None:
        number = serial if run is None else None
        identity = PageIdentity(SURVEY, lies.version[:12], number, page, run)
    return PageRead(
        name=PageName(file, image),
        sha256=digest(file),
        form_version=lies.version,
        page=page,
        identity=identity,
        geometry=PageGeometry(200.0, 0.25, 1.001, 0.999, 0.04),
        marks=tuple(Mark(question, "1", State.MARKED, 0.4, 0.97) for question in questions),
        responses=tuple(
            Response(question, codes.get(question, ()), waits.get(question, ()))
            for question in questions
        ),
        ink=ink,
        crops=crops,
    )


def an_issue(count: int, layout: Layout | None = None) -> dict[int, Issued]:
    """A ledger of the serials 1 to ``count``."""
    version = (layout or a_layout()).version
    return {
        serial: Issued(serial, version, "Xã Cẩm Vinh", "Hộ tịch", 1, "2026-03-02T08:00:00+07:00")
        for serial in range(1, count + 1)
    }
