"""Status: every printed sheet and every page image is in one count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey_makers import a_layout, a_page, digest

from omr.outcome import PageBlank, PageRefused
from omr.refusal import Reason, Refusal
from omr.responses.model import Doubt
from omr.scan.model import PageName
from omr.survey import sheet_item, status_of
from omr.survey.model import Decision

if TYPE_CHECKING:
    from omr.survey import Survey


def test_an_empty_survey_has_empty_counts(survey: Survey) -> None:
    counts = status_of(survey.assembly(lambda one, other: one == other), survey.issued())
    assert (counts.printed, counts.sheets_read, counts.missing, counts.pages) == (0, 0, (), ())


def test_everything_is_counted_where_it_belongs(survey: Survey) -> None:
    survey.issue(6, "Xã Cẩm Vinh", "", a_layout().version)
    for serial in (1, 2, 3):
        doubts = {"q1": (Doubt.DOUBLE,)} if serial == 2 else {}
        survey.record(
            a_page(f"{serial}.pdf", image=page, page=page, serial=serial, doubts=doubts)
            for page in (1, 2)
        )
    survey.record([a_page("4.pdf", serial=4)])
    survey.record([PageBlank(PageName("4.pdf", 2), digest("4.pdf"), None)])
    survey.record(
        PageRefused(PageName(f"x{n}.pdf", 1), digest(f"x{n}"), Refusal(Reason.OTHER_FORM, str(n)))
        for n in (1, 2)
    )
    survey.decide([Decision(sheet_item(a_page("3.pdf")), "invalid", "Lan", "2026-03-02")])

    counts = status_of(survey.assembly(lambda one, other: one == other), survey.issued())

    assert (counts.printed, counts.sheets_read) == (6, 4)
    assert (counts.accepted, counts.review, counts.rejected) == (1, 2, 1)
    assert counts.missing == (5, 6)
    assert [sheet.waiting for sheet in counts.waiting] == [("q1",), ("*",)]
    assert counts.pages == (("blank", "", 1), ("read", "", 7), ("rejected", "other-form", 2))
    assert [str(page.outcome.name) for page in counts.rejected_pages] == ["x1.pdf#1", "x2.pdf#1"]
