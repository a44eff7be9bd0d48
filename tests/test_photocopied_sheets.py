"""A master is photocopied, filled in, scanned and read: sheets without serial, nothing mixed."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from printed import T1, T3, UNIT

from omr import pipeline
from omr.simulate import (
    CaptureSettings,
    FilledSheet,
    Mode,
    ScannedImage,
    ink_page,
    photocopy,
    render_pdf_page,
    scan,
)
from omr.simulate.files import write_pdf
from omr.simulate.settings import Geometry
from omr.survey import status_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.survey import Survey
    from omr.survey.model import SheetRecord

FIELD = "Tư pháp - Hộ tịch"
LYING = Geometry(skew_deg=0.9, print_scale=0.98)


class Office:
    """A survey with a master of each form; its copies come back filled in."""

    def __init__(self, printed: PrintedSurvey, root: Path) -> None:
        self.printed, self.root = printed, root
        self.survey: Survey = printed.copy(root / "survey")
        for form in (T1, T3):
            pipeline.print_master(self.survey, UNIT, FIELD, root / f"{form}.pdf", form)

    def copied(
        self, form: str, mode: Mode, person: int, *, writes: bool = True
    ) -> tuple[list[ScannedImage], FilledSheet]:
        """The scan of one photocopy that this person filled in, or left as it was."""
        filled = self.printed.filled(form, person)
        images = []
        for page in self.printed.layout(form).pages:
            blank = render_pdf_page(self.root / f"{form}.pdf", page.number, 10.0)
            copy = photocopy(blank, np.random.default_rng(10 * person + page.number))
            paper = ink_page(copy, filled, page.number) if writes else copy
            images.append(scan(paper, CaptureSettings(mode=mode, geometry=LYING), person))
        return images, filled

    def read(self, name: str, images: list[ScannedImage]) -> tuple[SheetRecord, ...]:
        write_pdf(self.root / name, images)
        pipeline.read(self.survey, [self.root / name], jobs=1)
        sheets = pipeline.assemble(self.survey).sheets
        return tuple(sheet for sheet in sheets if sheet.pages[0].name.file == name)


@pytest.fixture
def office(printed: PrintedSurvey, tmp_path: Path) -> Iterator[Office]:
    office = Office(printed, tmp_path)
    yield office
    office.survey.close()


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        (T1, Mode.GREY),
        (T3, Mode.ONE_BIT),
        pytest.param(T1, Mode.ONE_BIT, marks=pytest.mark.full),
        pytest.param(T3, Mode.GREY, marks=pytest.mark.full),
    ],
)
def test_copies_of_a_master_are_read_rightly(office: Office, form: str, mode: Mode) -> None:
    came_back = [office.copied(form, mode, person) for person in (1, 2)]
    sheets = office.read("scan.pdf", [image for images, _ in came_back for image in images])
    assert len(sheets) == 2
    for sheet, (images, filled) in zip(sheets, came_back, strict=True):
        assert (sheet.serial, sheet.unit, sheet.field) == (None, UNIT, FIELD)
        assert (sheet.reason, len(sheet.pages)) == ("", len(images))
        truth = {question: answer.value for question, answer in filled.answers.items()}
        clear = [answer for answer in sheet.answers if not answer.doubts]
        assert [answer.value for answer in clear] == [truth.get(a.question, "") for a in clear]
        assert len(clear) >= len(sheet.answers) - 2


def test_two_copies_that_nobody_wrote_on_are_two_sheets(office: Office) -> None:
    images = [office.copied(T1, Mode.GREY, person, writes=False)[0][0] for person in (1, 2)]
    sheets = office.read("blank.pdf", images)
    assert [str(sheet.pages[0].name) for sheet in sheets] == ["blank.pdf#1", "blank.pdf#2"]
    assert {answer.value for sheet in sheets for answer in sheet.answers} == {""}
    counts = status_of(pipeline.assemble(office.survey), office.survey.issued())
    assert (counts.photocopied, counts.sheets_read, len(counts.missing)) == (2, 2, counts.printed)


def test_what_the_office_is_told_of_an_odd_stack(office: Office) -> None:
    """One copy lost its second page: no sheet of that file is taken for sure, and none is lost."""
    whole, short = (office.copied(T3, Mode.GREY, person)[0] for person in (1, 2))
    sheets = office.read("odd.pdf", [*whole, short[0]])
    assert [sheet.reason for sheet in sheets] == ["pairing-uncertain"] * 2
    again = pipeline.read(office.survey, [office.root / "odd.pdf"], jobs=1)
    assert (again.sheets, again.review, again.pairing_uncertain) == (2, 2, 2)
    pipeline.export_results(office.survey, office.root / "out")
    with (office.root / "out" / "ratings.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["serial"], row["unit"], row["review"], row["reason"]) for row in rows] == [
        ("", UNIT, "*", "pairing-uncertain")
    ] * 2
