"""Hand-made readings for tests of what comes after reading: forms, pages, sheets."""

from __future__ import annotations

import hashlib

from omr.form.model import Form, Kind, Option, Question
from omr.gauge.model import GaugeReading
from omr.geometry import Box, Size
from omr.identity import PageIdentity
from omr.layout.model import Layout, PageLayout, Shape, Target
from omr.marks.model import Mark, State
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.registration.model import PageGeometry
from omr.responses.model import Doubt, Response
from omr.scan.model import PageName
from omr.survey.items import question_item, sheet_item
from omr.survey.model import (
    MACHINE,
    Answer,
    Assembly,
    Design,
    PageRecord,
    PageStatus,
    SheetRecord,
    SheetStatus,
)

SCALE = tuple(
    Option(str(score), text, score)
    for score, text in (
        (5, "Rất hài lòng"),
        (4, "Hài lòng"),
        (3, "Bình thường"),
        (2, "Không hài lòng"),
        (1, "Rất không hài lòng"),
    )
)
NO_OPINION = Option("kyk", "Không liên quan")
DESK = Form(
    "mot-cua",
    "Phiếu đánh giá",
    (
        Question(
            "a1", Kind.SINGLE, "Ông/Bà là", (Option("nd", "Người dân"), Option("tc", "Tổ chức"))
        ),
        Question("q1", Kind.SINGLE, "Nơi ngồi chờ", SCALE, factor="TC"),
        Question("q2", Kind.SINGLE, "Thái độ công chức", SCALE, factor="CC"),
        Question("q3", Kind.SINGLE, "Xử lý góp ý", (*SCALE, NO_OPINION), factor="GY"),
        Question(
            "m",
            Kind.MULTI,
            "Cần ưu tiên",
            (Option("tt", "Thủ tục"), Option("tg", "Thời gian"), Option("phi", "Phí")),
            maximum=2,
        ),
        Question("n", Kind.NUMBER, "Số lần đi lại", digits=3),
        Question("z", Kind.TEXT, "Ý kiến khác"),
    ),
)
SHOP = Form(
    "doanh-nghiep",
    "Phiếu doanh nghiệp",
    (
        Question("q1", Kind.SINGLE, "Nơi ngồi chờ", SCALE, factor="TC"),
        Question("b1", Kind.SINGLE, "Loại hình", (Option("01", "Công ty"), Option("02", "Hộ"))),
    ),
)


def design(form: Form) -> Design:
    """The form on one A4 page, its targets in a column."""
    targets = tuple(
        Target(question.id, option.code, Shape.BOX, Box(40.0, 10.0 + 6 * place, 5, 5))
        for place, (question, option) in enumerate(
            (question, option) for question in form.questions for option in question.options
        )
    )
    version = hashlib.sha256(form.id.encode()).hexdigest()
    return Design(form, Layout(form.id, version, Size(210, 297), (PageLayout(1, targets),)))


DESIGNS = (design(DESK), design(SHOP))


def version_of(form: Form) -> str:
    return next((made.layout.version for made in DESIGNS if made.form is form), "")


def page(
    form: Form,
    values: dict[str, str],
    *,
    serial: int | None = None,
    name: PageName | None = None,
    doubts: dict[str, tuple[Doubt, ...]] | None = None,
) -> PageRead:
    """A page on which the pen left ``values`` (codes joined with ``+``)."""
    name = name or PageName("scan.pdf", serial or 1)
    marked = {question: set(value.split("+")) for question, value in values.items()}
    marks = tuple(
        Mark(q.id, o.code, State.MARKED, 0.4375, 0.99875)
        if o.code in marked.get(q.id, ())
        else Mark(q.id, o.code, State.UNMARKED, 0.0, 1.0)
        for q in form.questions
        for o in q.options
    )
    responses = tuple(
        Response(
            q.id, tuple(filter(None, values.get(q.id, "").split("+"))), (doubts or {}).get(q.id, ())
        )
        for q in form.questions
        if q.has_targets
    )
    identity = PageIdentity("0" * 12, version_of(form)[:12], serial, 1) if serial else None
    return PageRead(
        name=name,
        sha256=hashlib.sha256(name.file.encode()).hexdigest(),
        form_version=version_of(form),
        page=1,
        identity=identity,
        geometry=PageGeometry(200.04, -0.51, 1.0012, 0.998, 0.0504),
        marks=marks,
        responses=responses,
        ink=b"",
        gauge=GaugeReading(245.0, 0.9, 0.51, 0.7004, 0.008, 0.0, 0.0213),
    )


def sheet(
    values: dict[str, str],
    *,
    form: Form = DESK,
    serial: int | None = 1,
    name: PageName | None = None,
    doubts: dict[str, tuple[Doubt, ...]] | None = None,
    decided: dict[str, tuple[str, str]] | None = None,
    unit: str = "",
    field: str = "",
    reason: str = "",
    rejected: bool = False,
) -> SheetRecord:
    """A sheet of one page. ``decided`` are (value, reviewer) by question."""
    read = page(form, values, serial=serial, name=name, doubts=doubts)
    answers = []
    for question in form.questions:
        machine = values.get(question.id, "")
        value, by = (decided or {}).get(question.id, (machine, MACHINE))
        waits = () if question.id in (decided or {}) else (doubts or {}).get(question.id, ())
        answers.append(
            Answer(
                question.id,
                "" if waits or reason else value,
                by,
                machine,
                waits,
                str(read.name),
                question_item(read, question.id),
            )
        )
    waiting = bool(reason) or any(answer.doubts for answer in answers)
    status = SheetStatus.REVIEW if waiting else SheetStatus.ACCEPTED
    return SheetRecord(
        serial,
        version_of(form),
        unit,
        field,
        "",
        SheetStatus.REJECTED if rejected else status,
        reason,
        tuple(answers),
        (read,),
        sheet_item(read),
    )


def assembly(*sheets: SheetRecord) -> Assembly:
    """These sheets, with a blank side and a refused page beside them."""
    blank = PageBlank(PageName("scan.pdf", 900), "b" * 64, 200.0)
    refused = PageRefused(
        PageName("lạ #1.jpg", 1), "c" * 64, Refusal(Reason.OTHER_SURVEY, "a1b2c3d4e5f6")
    )
    read = [PageRecord(p, PageStatus.READ) for s in sheets for p in s.pages]
    others = [
        PageRecord(blank, PageStatus.BLANK),
        PageRecord(refused, PageStatus.REJECTED, str(refused.refusal)),
    ]
    return Assembly(tuple(sheets), (*others[1:], *read, others[0]))
