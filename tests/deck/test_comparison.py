"""The comparison: a right reading passes, and nothing that was altered gets through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hand_made import DESK, design, page
from hypothesis import given
from hypothesis import strategies as st

from omr.deck import DeckResult, Fault, compare, expected_table, plan_deck
from omr.form.model import Kind
from omr.identity import PageIdentity
from omr.refusal import Reason
from omr.registration.model import PageGeometry
from omr.responses.model import Doubt, Response
from omr.scan.model import PageName
from omr.survey.model import ExpectedAnswer, PageRecord, PageStatus, PrintRun, RunKind, Waits

if TYPE_CHECKING:
    from omr.outcome import PageRead

DESIGN = design(DESK)
VERSION = DESIGN.layout.version
FIRST = 11
EXPECTED = {serial: sheet.expected for serial, sheet in enumerate(plan_deck(DESK), FIRST)}
RUN = PrintRun(3, VERSION, "Xã Cẩm Vinh", "", FIRST, max(EXPECTED), "2026-03-02", kind=RunKind.DECK)
GOOD = PageGeometry(200.0, 0.2, 1.001, 0.999, 0.05)
# The layout made by hand has boxes for choices only.
READ = [q.id for q in DESK.questions if q.has_targets]
ROWS = [
    (serial, answer)
    for serial, answers in EXPECTED.items()
    for answer in answers
    if answer.question in READ
]


def as_printed(serial: int) -> dict[str, Response]:
    """The responses of a good reading: what must wait waits, all else is decided."""
    return {
        answer.question: Response(
            answer.question,
            tuple(filter(None, answer.value.split("+"))),
            (Doubt.DOUBLE,) if answer.waits is Waits.MUST else (),
        )
        for answer in EXPECTED[serial]
        if answer.question in READ
    }


def reading(serial: int, **changed: Response) -> PageRead:
    made = page(DESK, {}, serial=serial, name=PageName(f"{serial}.png", 1))
    responses = tuple((as_printed(serial) | changed).values())
    identity = PageIdentity("0" * 12, VERSION[:12], serial, 1)
    return replace(made, identity=identity, responses=responses, geometry=GOOD)


def compared(*pages: PageRead) -> DeckResult:
    reason = Reason.TEST_DECK.value
    records = [PageRecord(read, PageStatus.READ, reason) for read in pages]
    return compare(RUN, DESIGN, EXPECTED, records)


def whole(but: PageRead | None = None) -> list[PageRead]:
    """A good reading of every sheet, one of them replaced."""
    changed = but.identity.serial if but and but.identity else None
    return [but if but and serial == changed else reading(serial) for serial in EXPECTED]


def test_a_right_reading_passes() -> None:
    result = compared(*whole())
    assert result.passed
    assert result.answers == len(ROWS)
    assert result.waiting == sum(answer.waits is Waits.MUST for _, answer in ROWS) > 0
    assert not result.figures


def test_the_pages_of_people_do_not_matter() -> None:
    people = PageRecord(reading(FIRST, q1=Response("q1", ("1", "2"))), PageStatus.READ)
    reason = Reason.TEST_DECK.value
    deck = [PageRecord(read, PageStatus.READ, reason) for read in whole()]
    foreign = PageRecord(reading_of_another_deck(), PageStatus.READ, reason)
    assert compare(RUN, DESIGN, EXPECTED, [people, *deck, foreign]).passed


def reading_of_another_deck() -> PageRead:
    made = reading(FIRST)
    assert made.identity
    return replace(made, identity=replace(made.identity, serial=FIRST - 1))


@given(st.data())
def test_any_other_value_is_found_and_named(data: st.DataObject) -> None:
    serial, answer = data.draw(st.sampled_from(ROWS))
    codes = [option.code for option in DESK.question(answer.question).options]
    read = data.draw(st.lists(st.sampled_from(codes), unique=True).map(tuple))
    altered = Response(answer.question, read)
    result = compared(*whole(reading(serial, **{answer.question: altered})))
    if altered.value == answer.value and answer.waits is not Waits.MUST:
        assert result.passed
        return
    (difference,) = result.differences
    fault = Fault.DECIDED if answer.waits is Waits.MUST else Fault.OTHER_VALUE
    assert (difference.fault, difference.serial) == (fault, serial)
    assert (difference.question, difference.page) == (answer.question, 1)
    assert difference.image == f"{serial}.png#1"
    assert (difference.marked, difference.read) == (answer.value, altered.value)


@pytest.mark.parametrize(("serial", "answer"), ROWS)
@pytest.mark.parametrize("doubt", [Doubt.MARGINAL, Doubt.READINGS])
def test_only_plain_marks_may_not_wait(serial: int, answer: ExpectedAnswer, doubt: Doubt) -> None:
    waits = Response(answer.question, (), (doubt,))
    result = compared(*whole(reading(serial, **{answer.question: waits})))
    faults = [difference.fault for difference in result.differences]
    assert faults == ([Fault.WAITS] if answer.waits is Waits.NO else [])


@pytest.mark.parametrize(
    ("guess", "passed"),
    [(("4", "5"), True), (("4",), True), ((), True), (("3",), False), (("3", "4"), False)],
)
def test_a_mark_where_none_was_made_is_found_though_the_question_waits(
    guess: tuple[str, ...], passed: bool
) -> None:
    expected = {FIRST: (ExpectedAnswer("q1", "5+4", Waits.MUST),)}
    read = reading(FIRST, q1=Response("q1", guess, (Doubt.DOUBLE,)))
    record = PageRecord(read, PageStatus.READ, Reason.TEST_DECK.value)
    assert compare(RUN, DESIGN, expected, [record]).passed == passed


def test_a_question_that_was_not_found_waits() -> None:
    read = reading(FIRST)
    gone = replace(read, responses=read.responses[1:])
    (difference,) = compared(*whole(gone)).differences
    assert (difference.fault, difference.question) == (Fault.WAITS, read.responses[0].question)


def test_a_missing_sheet_is_named() -> None:
    (difference,) = compared(*whole()[1:]).differences
    assert (difference.fault, difference.serial) == (Fault.MISSING_SHEET, FIRST)


def test_nothing_read_is_every_sheet_missing() -> None:
    result = compared()
    assert not result.passed
    assert [difference.serial for difference in result.differences] == list(EXPECTED)


def test_one_bad_scan_beside_a_good_one_fails() -> None:
    answer = next(a for s, a in ROWS if s == FIRST and a.waits is Waits.NO and a.value)
    bad = reading(FIRST, **{answer.question: Response(answer.question, ())})
    again = replace(bad, name=PageName("lần hai.png", 1))
    (difference,) = compared(*whole(), again).differences
    assert difference.image == "lần%20hai.png#1"


@pytest.mark.parametrize(
    ("geometry", "rescaled", "bent"),
    [
        (GOOD, False, False),
        (replace(GOOD, scale_x=0.96, scale_y=0.96), True, False),
        (replace(GOOD, scale_y=1.04), True, False),
        (replace(GOOD, residual_mm=0.4), False, True),
    ],
)
def test_a_wrong_print_scale_fails_and_bent_paper_is_advice(
    geometry: PageGeometry, rescaled: bool, bent: bool
) -> None:
    result = compared(*whole(replace(reading(FIRST), geometry=geometry)))
    assert not result.differences
    assert result.passed != rescaled
    assert [page.serial for page in result.rescaled] == ([FIRST] if rescaled else [])
    assert [page.serial for page in result.bent] == ([FIRST] if bent else [])


def test_the_expected_ratings_are_written_as_ratings() -> None:
    table = expected_table([DESIGN], RUN, EXPECTED)
    ids = [question.id for question in DESK.questions]
    assert table.header[:8] == (
        "serial", "form", "unit", "field", "opening", "status", "review", "reason",
    )  # fmt: skip
    assert table.header[8:] == (*ids, "pages")
    for row, answers in zip(table.rows, EXPECTED.values(), strict=True):
        cells = dict(zip(table.header, row, strict=True))
        named = cells["review"].split()
        for answer in answers:
            must, may = answer.waits is Waits.MUST, answer.waits is Waits.MAY
            assert (answer.question in named, f"{answer.question}?" in named) == (must, may)
            assert cells[answer.question] == ("" if must else answer.value)
        waits = any(answer.waits is Waits.MUST for answer in answers)
        assert cells["status"] == ("review" if waits else "accepted")
    assert any(q.kind is Kind.NUMBER and dict(zip(table.header, table.rows[0], strict=True))[q.id]
               for q in DESK.questions)  # fmt: skip
