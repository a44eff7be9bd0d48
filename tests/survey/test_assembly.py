"""Sheets from page images: nothing counted twice, nothing guessed, nothing depending on order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey_makers import ONE_PAGE, a_design, a_layout, a_page, an_issue, digest

from omr.layout.model import PageLayout
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.responses.model import Doubt
from omr.scan.model import PageName
from omr.survey.assembly import Recorded, assemble
from omr.survey.items import INVALID, VALID, question_item, sheet_item
from omr.survey.model import (
    Answer,
    Assembly,
    Decision,
    Issued,
    PageStatus,
    SheetRecord,
    SheetStatus,
)
from omr.survey.papers import PaperTests, every_pair, papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.layout.model import Layout
    from omr.outcome import PageOutcome

DESIGNED = a_layout()
MEASURED = a_layout(ONE_PAGE, form_id="other", measured=True)
MEASURED_TOO = a_layout(ONE_PAGE, form_id="third", measured=True)


def same_ink(one: PageRead, other: PageRead) -> bool:
    return one.ink == other.ink


def put_together(
    *pages: PageOutcome,
    decided: Sequence[Decision] = (),
    withdrawn: Sequence[PageOutcome] = (),
    issued: dict[int, Issued] | None = None,
) -> Assembly:
    recorded = Recorded(
        outcomes=pages,
        withdrawn=frozenset((page.name.file, page.sha256) for page in withdrawn),
        decisions=tuple(decided),
        issued=an_issue(9, DESIGNED) if issued is None else issued,
        masters={},
        designs={layout.version: a_design(layout) for layout in (DESIGNED, MEASURED, MEASURED_TOO)},
    )
    return assemble(recorded, PaperTests(same_ink, every_pair, lambda page: not page.ink))


def decision(item: str, value: str, reviewer: str = "Lan") -> Decision:
    return Decision(item, value, reviewer, "2026-03-02T09:00:00+07:00")


def both_pages(file: str, *, serial: int = 1, ink: bytes = b"pen") -> list[PageRead]:
    return [
        a_page(file, image=page, page=page, serial=serial, ink=ink + bytes([page]))
        for page in (1, 2)
    ]


def measured(file: str, ink: bytes = b"pen", layout: Layout = MEASURED) -> PageRead:
    return a_page(file, layout=layout, serial=None, ink=ink)


def statuses(assembly: Assembly) -> dict[str, tuple[str, str]]:
    return {str(page.outcome.name): (page.status, page.reason) for page in assembly.pages}


def only(assembly: Assembly) -> SheetRecord:
    (sheet,) = assembly.sheets
    return sheet


def test_two_pages_with_one_serial_are_one_sheet() -> None:
    sheet = only(put_together(*both_pages("a.pdf")))
    assert (sheet.serial, sheet.status, sheet.reason) == (1, SheetStatus.ACCEPTED, "")
    assert (sheet.unit, sheet.field) == ("Xã Cẩm Vinh", "Hộ tịch")
    assert [page.page for page in sheet.pages] == [1, 2]
    assert [answer.question for answer in sheet.answers] == ["q1", "q2", "tuoi", "y_kien"]
    assert [answer.page for answer in sheet.answers] == ["a.pdf#1", "a.pdf#1", "a.pdf#2", "a.pdf#2"]


def test_a_missing_page_makes_the_whole_sheet_wait() -> None:
    page = a_page("a.pdf", answers={"q1": ("5",)})
    sheet = only(put_together(page))
    assert (sheet.status, sheet.reason) == (SheetStatus.REVIEW, "missing-page:2")
    assert sheet.waiting == ("*",)
    assert sheet.decided == ()
    assert {answer.value for answer in sheet.answers} == {""}
    assert sheet.answers[0].machine == "5"


def test_no_sheet_waits_for_a_page_that_asks_nothing() -> None:
    """Duplex printers get an even number of pages: the last may be empty, and scans as a blank."""
    even = replace(a_layout(ONE_PAGE), version="e" * 64)
    even = replace(even, pages=(*even.pages, PageLayout(2, ())))
    recorded = Recorded(
        outcomes=(a_page("a.pdf", layout=even),),
        withdrawn=frozenset(),
        decisions=(),
        issued=an_issue(1, even),
        masters={},
        designs={even.version: a_design(even)},
    )
    sheet = only(assemble(recorded, PaperTests(same_ink, every_pair, lambda page: not page.ink)))
    assert (sheet.status, sheet.reason) == (SheetStatus.ACCEPTED, "")


def test_a_page_that_arrives_later_completes_its_sheet() -> None:
    first, second = a_page("a.pdf", answers={"q1": ("5",)}), a_page("z.pdf", page=2)
    sheet = only(put_together(second, first))
    assert (sheet.status, sheet.reason) == (SheetStatus.ACCEPTED, "")
    assert sheet.answers[0].value == "5"


def test_a_person_may_accept_a_sheet_without_its_second_page() -> None:
    page = a_page("a.pdf", answers={"q1": ("5",)})
    sheet = only(put_together(page, decided=[decision(sheet_item(page), VALID)]))
    assert (sheet.status, sheet.waiting) == (SheetStatus.ACCEPTED, ())
    assert [answer.value for answer in sheet.answers] == ["5", "", "", ""]


def test_the_same_paper_read_twice_counts_once() -> None:
    assembly = put_together(*both_pages("b.pdf"), *both_pages("a.pdf"))
    sheet = only(assembly)
    assert [str(page.name) for page in sheet.pages] == ["a.pdf#1", "a.pdf#2"]
    assert statuses(assembly) == {
        "a.pdf#1": ("read", ""),
        "a.pdf#2": ("read", ""),
        "b.pdf#1": ("duplicate", "a.pdf#1"),
        "b.pdf#2": ("duplicate", "a.pdf#2"),
    }


def test_an_image_like_two_others_joins_all_three() -> None:
    """Two poor scans that only a good third one can link are still one paper."""
    pages = [a_page(f"{name}.pdf", ink=name.encode()) for name in "abc"]
    (paper,) = papers(pages, every_pair(pages), lambda one, other: b"c" in (one.ink, other.ink))
    assert [page.name.file for page in paper.images] == ["a.pdf", "b.pdf", "c.pdf"]


def test_two_papers_with_one_serial_both_wait() -> None:
    assembly = put_together(*both_pages("a.pdf", ink=b"pen"), *both_pages("b.pdf", ink=b"copy"))
    assert [sheet.serial for sheet in assembly.sheets] == [1, 1]
    assert {sheet.status for sheet in assembly.sheets} == {SheetStatus.REVIEW}
    assert {sheet.reason for sheet in assembly.sheets} == {"duplicate-serial"}
    assert {sheet.waiting for sheet in assembly.sheets} == {("*",)}
    assert {status for status, _ in statuses(assembly).values()} == {"read"}


def test_equal_answers_do_not_make_two_papers_one() -> None:
    one, other = a_page("a.pdf", ink=b"pen"), a_page("b.pdf", ink=b"photocopy")
    assert one.responses == other.responses
    assert len(put_together(one, other).sheets) == 2


def test_rejecting_one_of_two_papers_frees_the_other() -> None:
    kept, copy = both_pages("a.pdf"), both_pages("b.pdf", ink=b"copy")
    assembly = put_together(*kept, *copy, decided=[decision(sheet_item(copy[0]), INVALID)])
    assert [(sheet.status, sheet.reason) for sheet in assembly.sheets] == [
        (SheetStatus.ACCEPTED, ""),
        (SheetStatus.REJECTED, ""),
    ]
    assert assembly.sheets[1].waiting == ()


def test_declaring_one_of_two_papers_valid_leaves_the_other_waiting() -> None:
    kept, copy = both_pages("a.pdf"), both_pages("b.pdf", ink=b"copy")
    assembly = put_together(*kept, *copy, decided=[decision(sheet_item(kept[0]), VALID)])
    assert [(sheet.status, sheet.reason) for sheet in assembly.sheets] == [
        (SheetStatus.ACCEPTED, ""),
        (SheetStatus.REVIEW, "duplicate-serial"),
    ]


def test_a_third_paper_waits_even_after_two_were_decided() -> None:
    read = [both_pages(f"{name}.pdf", ink=name.encode()) for name in "abc"]
    items = [sheet_item(paper[0]) for paper in read]
    decided = [decision(items[0], VALID), decision(items[1], INVALID)]
    assembly = put_together(*(page for paper in read for page in paper), decided=decided)
    assert [sheet.status.value for sheet in assembly.sheets] == ["accepted", "rejected", "review"]


def test_sides_from_one_file_stay_together() -> None:
    """A lone photocopy of page 1 does not take page 2 from the paper it was scanned with."""
    lone = a_page("a.pdf", ink=b"copy")
    pages = [lone, *both_pages("b.pdf")]
    rows = [[str(page.name) for page in sheet.pages] for sheet in put_together(*pages).sheets]
    assert rows == [["a.pdf#1"], ["b.pdf#1", "b.pdf#2"]]
    kept = put_together(*pages, decided=[decision(sheet_item(lone), INVALID)]).sheets[1]
    assert (kept.status, kept.reason) == (SheetStatus.ACCEPTED, "")


def test_sides_that_follow_each_other_in_a_file_stay_together() -> None:
    order = [(1, b"x"), (2, b"x2"), (2, b"y2"), (1, b"y")]
    pages = [a_page("a.pdf", image=n, page=page, ink=i) for n, (page, i) in enumerate(order, 1)]
    rows = [[page.ink for page in sheet.pages] for sheet in put_together(*pages).sheets]
    assert rows == [[b"x", b"x2"], [b"y", b"y2"]]


def test_a_sheet_declared_invalid_is_rejected_with_its_answers_kept() -> None:
    pages = both_pages("a.pdf")
    assembly = put_together(*pages, decided=[decision(sheet_item(pages[1]), INVALID)])
    sheet = only(assembly)
    assert (sheet.status, sheet.waiting, sheet.decided) == (SheetStatus.REJECTED, (), ())
    assert {page.status for page in assembly.pages} == {PageStatus.READ}


def test_a_sheet_declared_invalid_waits_no_more_for_its_missing_page() -> None:
    page = a_page("a.pdf", answers={"q1": ("5",)})
    sheet = only(put_together(page, decided=[decision(sheet_item(page), INVALID)]))
    assert (sheet.status, sheet.reason) == (SheetStatus.REJECTED, "")
    assert sheet.answers[0].value == "5"


def test_a_decision_follows_the_paper_when_another_image_of_it_counts() -> None:
    """Decided on b.pdf; then the same paper arrives as a.pdf, which comes first by name."""
    seen = a_page("b.pdf", doubts={"q1": (Doubt.MARGINAL,)})
    later = a_page("a.pdf", doubts={"q1": (Doubt.MARGINAL,)})
    rest = a_page("c.pdf", page=2)
    decided = [decision(question_item(seen, "q1"), "5")]
    sheet = only(put_together(seen, later, rest, decided=decided))
    assert str(sheet.pages[0].name) == "a.pdf#1"
    assert (sheet.answers[0].value, sheet.answers[0].decided_by) == ("5", "Lan")


def said(
    file: str, *codes: str, doubts: tuple[Doubt, ...] = (), serial: int | None = None
) -> PageRead:
    """A reading of the one paper that all of these show, with this answer to q1."""
    return a_page(
        file,
        layout=MEASURED if serial is None else DESIGNED,
        serial=serial,
        answers={"q1": codes},
        doubts={"q1": doubts},
    )


def first_answer(*pages: PageRead, decided: Sequence[Decision] = ()) -> Answer:
    return only(put_together(*pages, decided=decided)).answers[0]


@pytest.mark.parametrize("serial", [None, 1])
def test_two_readings_of_one_paper_that_differ_make_the_question_wait(serial: int | None) -> None:
    pages = [said("a.png", "1", serial=serial), said("b.png", "5", serial=serial)]
    sheet = only(put_together(*pages))
    assert sheet.status is SheetStatus.REVIEW
    answer = sheet.answers[0]
    assert (answer.value, answer.machine, answer.doubts) == ("", "1", (Doubt.READINGS,))
    assert [answer.doubts for answer in sheet.answers[1:]] == [()] * 3
    assert sheet.copies == (pages[1],)


@pytest.mark.parametrize("image", [0, 1])
def test_a_decision_on_either_image_settles_readings_that_differ(image: int) -> None:
    pages = [said("a.png", "1"), said("b.png", "5")]
    answer = first_answer(*pages, decided=[decision(question_item(pages[image], "q1"), "5")])
    assert (answer.value, answer.machine, answer.doubts) == ("5", "1", ())


@pytest.mark.parametrize(
    ("counts", "copy", "waits"),
    [
        (said("a.png", "1"), said("b.png", "1"), False),
        (said("a.png"), said("b.png"), False),
        (said("a.png", "1"), said("b.png"), True),
        (said("a.png"), said("b.png", "1"), True),
        (said("a.png"), said("b.png", "1", doubts=(Doubt.MARGINAL,)), True),
        (said("a.png"), said("b.png", doubts=(Doubt.FAINT,)), False),
        (said("a.png", "1"), said("b.png", "5", doubts=(Doubt.MARGINAL,)), False),
    ],
)
def test_a_copy_that_is_unsure_contradicts_nothing_but_silence(
    counts: PageRead, copy: PageRead, waits: bool
) -> None:
    assert first_answer(counts, copy).doubts == ((Doubt.READINGS,) if waits else ())


def test_a_reading_with_a_doubt_of_its_own_keeps_that_doubt() -> None:
    unsure = said("a.png", "1", doubts=(Doubt.MARGINAL,))
    assert first_answer(unsure, said("b.png", "5")).doubts == (Doubt.MARGINAL,)


def test_digits_seen_by_one_image_only_are_not_taken_for_none() -> None:
    pages = [
        a_page("a.png", layout=MEASURED, serial=None),
        a_page("b.png", layout=MEASURED, serial=None, doubts={"tuoi": (Doubt.NUMBER,)}),
    ]
    assert only(put_together(*pages)).waiting == ("tuoi",)


def test_a_copy_on_which_the_question_was_not_found_contradicts_nothing() -> None:
    without = replace(said("b.png"), responses=())
    assert first_answer(said("a.png", "1"), without).doubts == ()


def test_withdrawing_the_copy_ends_the_difference() -> None:
    counts, copy = said("a.png", "1"), said("b.png", "5")
    sheet = only(put_together(counts, copy, withdrawn=[copy]))
    assert (sheet.answers[0].value, sheet.copies) == ("1", ())


def test_a_doubtful_question_waits_with_an_empty_value() -> None:
    page = a_page(
        "a.pdf", answers={"q1": ("1",), "q2": ("a", "b")}, doubts={"q1": (Doubt.MARGINAL,)}
    )
    sheet = only(put_together(page, a_page("b.pdf", page=2)))
    assert (sheet.status, sheet.reason, sheet.waiting) == (SheetStatus.REVIEW, "", ("q1",))
    assert [(answer.value, answer.machine) for answer in sheet.answers[:2]] == [
        ("", "1"),
        ("a+b", "a+b"),
    ]
    assert [answer.question for answer in sheet.decided] == ["q2", "tuoi", "y_kien"]


def test_a_comment_never_waits_and_is_empty_until_typed() -> None:
    first, second = a_page("a.pdf"), a_page("b.pdf", page=2, doubts={"y_kien": (Doubt.MARGINAL,)})
    sheet = only(put_together(first, second))
    assert (sheet.status, sheet.answers[3].value) == (SheetStatus.ACCEPTED, "")
    typed = [decision(question_item(second, "y_kien"), "Chờ lâu")]
    answer = only(put_together(first, second, decided=typed)).answers[3]
    assert (answer.value, answer.decided_by) == ("Chờ lâu", "Lan")


@pytest.mark.parametrize(("typed", "written"), [("042", "42"), ("000", "0"), ("7", "7"), ("", "")])
def test_a_number_has_no_leading_zeros(typed: str, written: str) -> None:
    first, second = a_page("a.pdf"), a_page("b.pdf", page=2, doubts={"tuoi": (Doubt.NUMBER,)})
    assert only(put_together(first, second)).waiting == ("tuoi",)
    decided = [decision(question_item(second, "tuoi"), typed)]
    assert only(put_together(first, second, decided=decided)).answers[2].value == written


def test_a_question_that_the_reader_left_out_waits() -> None:
    page = replace(a_page("a.pdf"), responses=())
    sheet = only(put_together(page, a_page("b.pdf", page=2)))
    assert sheet.waiting == ("q1", "q2")


def test_an_unissued_serial_makes_no_sheet() -> None:
    assembly = put_together(a_page("a.pdf", serial=77))
    assert assembly.sheets == ()
    assert statuses(assembly) == {"a.pdf#1": ("rejected", "not-issued:000077K")}


def test_a_page_of_another_form_than_issued_makes_no_sheet() -> None:
    page = a_page("a.pdf", layout=MEASURED, serial=1)
    assembly = put_together(page)
    assert assembly.sheets == ()
    assert statuses(assembly)["a.pdf#1"] == ("rejected", f"other-form:{MEASURED.version[:12]}")


def test_blank_refused_and_withdrawn_pages_are_listed() -> None:
    blank = PageBlank(PageName("a.pdf", 2), digest("a.pdf"), 200.0)
    foreign = PageRefused(PageName("f.pdf", 1), digest("f"), Refusal(Reason.OTHER_SURVEY, "abc"))
    gone = a_page("w.pdf")
    assembly = put_together(blank, foreign, gone, withdrawn=[gone])
    assert assembly.sheets == ()
    assert statuses(assembly) == {
        "a.pdf#2": ("blank", ""),
        "f.pdf#1": ("rejected", "other-survey:abc"),
        "w.pdf#1": ("rejected", "withdrawn"),
    }


def test_withdrawing_the_image_that_counted_lets_its_copy_count() -> None:
    first, second = a_page("a.pdf"), a_page("b.pdf")
    assembly = put_together(first, second, a_page("c.pdf", page=2), withdrawn=[first])
    assert [str(page.name) for page in only(assembly).pages] == ["b.pdf#1", "c.pdf#1"]


def test_every_measured_page_is_a_sheet_of_its_own() -> None:
    assembly = put_together(measured("b.pdf", b"y"), measured("a.pdf", b"x"))
    assert [(sheet.serial, str(sheet.pages[0].name)) for sheet in assembly.sheets] == [
        (None, "a.pdf#1"),
        (None, "b.pdf#1"),
    ]


def test_a_measured_paper_read_twice_counts_once() -> None:
    assembly = put_together(measured("b.pdf"), measured("a.pdf"), measured("c.pdf", b"another"))
    assert len(assembly.sheets) == 2
    assert statuses(assembly)["b.pdf#1"] == ("duplicate", "a.pdf#1")


def test_sheets_stand_by_serial_then_by_name_and_unnumbered_last() -> None:
    pages = [measured("a.pdf"), *both_pages("z.pdf", serial=2), *both_pages("b.pdf", serial=5)]
    assert [sheet.serial for sheet in put_together(*pages).sheets] == [2, 5, None]


def test_sheets_of_several_measured_forms_stand_by_name() -> None:
    forms = {"a.png": MEASURED, "b.png": MEASURED_TOO, "c.png": MEASURED, "d.png": MEASURED_TOO}
    pages = [measured(file, file.encode(), layout) for file, layout in forms.items()]
    assert [sheet.pages[0].name.file for sheet in put_together(*pages).sheets] == list(forms)


def test_two_files_of_one_name_are_two_readings() -> None:
    one, other = measured("scan.pdf", b"x"), measured("scan.pdf", b"y")
    assembly = put_together(one, replace(other, sha256=digest("other")))
    assert len(assembly.sheets) == len(assembly.pages) == 2


some_pages = st.lists(
    st.one_of(
        st.builds(
            a_page,
            file=st.sampled_from(["a.pdf", "b.pdf", "c.pdf"]),
            image=st.integers(1, 6),
            serial=st.integers(1, 3),
            page=st.sampled_from([1, 2]),
            ink=st.sampled_from([b"x", b"y", b"z"]),
            answers=st.sampled_from([{}, {"q1": ("1",)}, {"q1": ("5",)}]),
            doubts=st.sampled_from([{}, {"q1": (Doubt.DOUBLE,)}, {"tuoi": (Doubt.NUMBER,)}]),
        ),
        st.builds(
            measured, file=st.sampled_from(["m.pdf", "n.pdf"]), ink=st.sampled_from([b"x", b"y"])
        ),
    ),
    max_size=12,
    unique_by=lambda page: page.name,
)


@given(pages=some_pages, data=st.data())
def test_the_order_of_reading_changes_nothing(pages: list[PageRead], data: st.DataObject) -> None:
    decided = [
        decision(sheet_item(page), data.draw(st.sampled_from([VALID, INVALID])))
        for page in pages[:2]
    ]
    shuffled = data.draw(st.permutations(pages))
    assert put_together(*shuffled, decided=decided) == put_together(*pages, decided=decided)


@given(pages=some_pages)
def test_every_page_image_is_accounted_for_once(pages: list[PageRead]) -> None:
    assembly = put_together(*pages)
    assert sorted(page.outcome.name for page in assembly.pages) == sorted(p.name for p in pages)
    read = [page.outcome.name for page in assembly.pages if page.status is PageStatus.READ]
    assert sorted(page.name for sheet in assembly.sheets for page in sheet.pages) == sorted(read)


@given(pages=some_pages)
def test_no_accepted_sheet_shares_its_serial_with_another(pages: list[PageRead]) -> None:
    sheets = put_together(*pages).sheets
    serials = [sheet.serial for sheet in sheets if sheet.serial is not None]
    for sheet in sheets:
        if sheet.status is SheetStatus.ACCEPTED and sheet.serial is not None:
            assert serials.count(sheet.serial) == 1
            assert [page.page for page in sheet.pages] == [1, 2]


@given(pages=some_pages)
def test_what_waits_has_no_value(pages: list[PageRead]) -> None:
    for sheet in put_together(*pages).sheets:
        for answer in sheet.answers:
            if sheet.reason or answer.doubts:
                assert answer.value == ""
                assert answer not in sheet.decided
