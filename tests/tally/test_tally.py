"""Every decided question of every sheet that is not rejected counts; the rest stands beside it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hand_made import DESIGNS, DESK, SHOP, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from omr.form.model import Kind
from omr.responses.model import Doubt
from omr.scan.model import PageName
from omr.survey.model import SheetRecord, SheetStatus
from omr.tally import Grouping, GroupTally, QuestionTally, Share, tally, tally_table

FAINT = (Doubt.MARGINAL,)


def line(group: GroupTally, question: str, form: str = "mot-cua") -> QuestionTally:
    return next(q for q in group.questions if (q.form, q.question.id) == (form, question))


def one(*sheets: SheetRecord) -> GroupTally:
    (group,) = tally(DESIGNS, sheets)
    return group


def test_options_are_counted_in_the_forms_order() -> None:
    group = one(*(sheet({"q1": value}, serial=n) for n, value in enumerate("5545", 1)))
    assert line(group, "q1").counts == (("5", 3), ("4", 1), ("3", 0), ("2", 0), ("1", 0))


def test_a_blank_a_double_and_a_doubt_stand_beside() -> None:
    group = one(
        sheet({"q1": "5"}, serial=1),
        sheet({}, serial=2),
        sheet({"q1": "5+4"}, serial=3),
        sheet({"q1": "5"}, serial=4, doubts={"q1": FAINT}),
    )
    counted = line(group, "q1")
    assert (counted.answered, counted.blank, counted.double, counted.waiting) == (1, 1, 1, 1)
    assert counted.share == Share(1, 1)


def test_decided_questions_of_a_sheet_in_review_count() -> None:
    group = one(sheet({"q1": "5", "q2": "3"}, doubts={"q2": FAINT}))
    assert line(group, "q1").answered == 1
    assert line(group, "q2").waiting == 1
    assert (group.sheets, group.waiting) == (1, 1)


def test_nothing_of_a_sheet_that_waits_as_a_whole_counts() -> None:
    group = one(sheet({"q1": "5"}, reason="duplicate-serial"))
    assert (line(group, "q1").answered, line(group, "q1").waiting) == (0, 1)


def test_a_rejected_sheet_is_only_counted_as_one() -> None:
    group = one(sheet({"q1": "5"}, rejected=True))
    assert (group.sheets, group.rejected, line(group, "q1").answered) == (0, 1, 0)


def test_no_opinion_is_an_answer_without_a_score() -> None:
    group = one(sheet({"q3": "kyk"}, serial=1), sheet({"q3": "2"}, serial=2))
    assert line(group, "q3").answered == 2
    assert line(group, "q3").share == Share(0, 1)


def test_several_marks_on_a_multi_question_all_count() -> None:
    counted = line(one(sheet({"m": "tt+phi"})), "m")
    assert counted.counts == (("tt", 1), ("tg", 0), ("phi", 1))
    assert (counted.answered, counted.double, counted.share) == (1, 0, None)


def test_questions_without_a_scale_have_no_share() -> None:
    assert line(one(sheet({"a1": "nd"})), "a1").share is None


def test_comments_are_not_counted_and_numbers_only_as_answers() -> None:
    group = one(sheet({"n": "12", "z": "cảm ơn"}))
    assert "z" not in {counted.question.id for counted in group.questions}
    assert (line(group, "n").answered, line(group, "n").counts) == (1, ())


def test_factors_and_index_pool_answers_not_percentages() -> None:
    sheets = [sheet({"q1": "5", "q2": "5"}, serial=1)]
    sheets += [sheet({"q2": "1"}, serial=n) for n in (2, 3, 4)]
    group = one(*sheets)
    assert {f.factor: f.share for f in group.factors} == {
        "TC": Share(1, 1),
        "CC": Share(1, 4),
        "GY": Share(0, 0),
    }
    assert group.overall == Share(2, 5)
    assert group.overall.percent == Decimal("40.00")


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(97, 800), "12.13"),  # 12.125: halves go up, as a binary float would not
        (Share(1, 3), "33.33"),
        (Share(2, 3), "66.67"),
        (Share(395, 600), "65.83"),
        (Share(5, 5), "100.00"),
    ],
)
def test_percentages_round_halves_up(share: Share, percent: str) -> None:
    assert share.percent == Decimal(percent)


def test_there_is_no_percentage_of_nothing() -> None:
    assert Share(0, 0).percent is None


@given(st.integers(1, 100_000), st.data())
def test_a_percentage_is_the_exact_one_rounded(scored: int, data: st.DataObject) -> None:
    best = data.draw(st.integers(0, scored))
    percent = Share(best, scored).percent
    assert percent is not None
    exact = Fraction(100 * best, scored)
    assert Fraction(percent) == Fraction(int(exact * 100 + Fraction(1, 2)), 100)


def test_units_and_fields_are_told_apart_by_name() -> None:
    sheets = [
        sheet({"q1": "5"}, serial=1, unit="B", field="Hộ tịch"),
        sheet({"q1": "1"}, serial=2, unit="A", field="Hộ tịch"),
    ]
    assert [g.name for g in tally(DESIGNS, sheets, Grouping.UNIT)] == ["A", "B"]
    (field,) = tally(DESIGNS, sheets, Grouping.FIELD)
    assert (field.name, field.overall) == ("Hộ tịch", Share(1, 2))


def test_questions_with_one_id_on_two_forms_are_counted_apart() -> None:
    group = one(
        sheet({"q1": "5"}),
        sheet({"q1": "1"}, form=SHOP, serial=None, name=PageName("b.pdf", 1)),
    )
    assert line(group, "q1").share == Share(1, 1)
    assert line(group, "q1", "doanh-nghiep").share == Share(0, 1)


def test_the_long_table_has_a_row_per_option_and_ends_with_the_index() -> None:
    table = tally_table([one(sheet({"q1": "5"}))])
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    first = next(row for row in rows if (row["question"], row["option"]) == ("q1", "5"))
    assert (first["count"], first["answered"], first["percent"]) == ("1", "1", "100.00")
    assert (rows[-1]["question"], rows[-1]["factor"], rows[-1]["percent"]) == ("", "", "100.00")


# --- against a slow second count -----------------------------------------------------------------

CELLS = {
    "q1": st.sampled_from(["", "5", "4", "3", "2", "1", "5+4", "3+1"]),
    "q2": st.sampled_from(["", "5", "1", "4+2"]),
    "q3": st.sampled_from(["", "5", "kyk", "5+kyk", "2"]),
    "m": st.sampled_from(["", "tt", "tt+tg", "tt+tg+phi"]),
    "a1": st.sampled_from(["", "nd", "nd+tc"]),
    "n": st.sampled_from(["", "7"]),
}


@st.composite
def any_sheet(draw: st.DrawFn) -> SheetRecord:
    values = {question: draw(cell) for question, cell in CELLS.items()}
    doubtful = draw(st.sets(st.sampled_from(sorted(CELLS)), max_size=2))
    return sheet(
        values,
        serial=draw(st.integers(1, 10**6)),
        doubts=dict.fromkeys(doubtful, FAINT),
        reason=draw(st.sampled_from(["", "", "", "duplicate-serial"])),
        rejected=draw(st.booleans()) and draw(st.booleans()),
        unit=draw(st.sampled_from(["A", "B", ""])),
    )


def slow_count(sheets: list[SheetRecord], question: str) -> Counter[str]:
    """One question of the desk form counted by hand, cell by cell."""
    counts: Counter[str] = Counter()
    asked = DESK.question(question)
    for one_sheet in sheets:
        if one_sheet.status is SheetStatus.REJECTED:
            continue
        answer = next(a for a in one_sheet.answers if a.question == question)
        codes = answer.value.split("+") if answer.value else []
        if one_sheet.reason or answer.doubts:
            counts["waiting"] += 1
        elif not codes:
            counts["blank"] += 1
        elif len(codes) > (1 if asked.kind is Kind.SINGLE else asked.maximum or 99):
            counts["double"] += 1
        else:
            counts["answered"] += 1
            for code in codes:
                counts[f"={code}"] += 1
            if asked.factor and codes[0] in "54321":
                counts["scored"] += 1
                counts["best"] += codes[0] in "54"
    return counts


@settings(max_examples=40)
@given(st.lists(any_sheet(), max_size=12))
def test_the_tally_is_what_a_slow_count_gives(sheets: list[SheetRecord]) -> None:
    group = one(*sheets)
    for question in CELLS:
        counted, slow = line(group, question), slow_count(sheets, question)
        assert (counted.answered, counted.blank) == (slow["answered"], slow["blank"])
        assert (counted.double, counted.waiting) == (slow["double"], slow["waiting"])
        assert all(number == slow[f"={code}"] for code, number in counted.counts)
        if counted.share is not None:
            assert counted.share == Share(slow["best"], slow["scored"])
        beside = counted.answered + counted.blank + counted.double + counted.waiting
        assert beside == group.sheets


@settings(max_examples=15)
@given(st.lists(any_sheet(), max_size=10))
def test_the_units_together_are_the_whole(sheets: list[SheetRecord]) -> None:
    whole, parts = one(*sheets), tally(DESIGNS, sheets, Grouping.UNIT)
    assert sum((part.overall for part in parts), Share()) == whole.overall
    assert sum(part.sheets for part in parts) == whole.sheets
