"""Sheets of photocopied masters: no paper twice, no two respondents on one sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey_makers import ONE_PAGE, a_design, a_layout, a_page, an_issue, digest

from omr.layout.model import PageLayout
from omr.outcome import PageBlank, PageOutcome, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.scan.model import PageName
from omr.survey.assembly import Recorded, assemble
from omr.survey.items import INVALID, VALID, sheet_item
from omr.survey.model import (
    Assembly,
    Decision,
    PageStatus,
    PrintRun,
    RunKind,
    SheetRecord,
    SheetStatus,
)
from omr.survey.papers import PaperTests, every_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.layout.model import Layout

TWO = a_layout()
ONE = a_layout(ONE_PAGE, form_id="one")
EMPTY = b""


def master(number: int, layout: Layout, unit: str, field: str = "") -> PrintRun:
    moment = "2026-03-02T08:00:00+07:00"
    return PrintRun(number, layout.version, unit, field, 0, 0, moment, kind=RunKind.MASTER)


MASTERS = {
    3: master(3, TWO, "Xã Cẩm Vinh", "Hộ tịch"),
    4: master(4, TWO, "Phường Bắc Sơn"),
    5: master(5, ONE, "Xã Cẩm Vinh"),
}


def same_ink(one: PageRead, other: PageRead) -> bool:
    return one.ink == other.ink != EMPTY


def put_together(
    *pages: PageOutcome,
    decided: Sequence[Decision] = (),
    withdrawn: Sequence[PageOutcome] = (),
) -> Assembly:
    recorded = Recorded(
        outcomes=pages,
        withdrawn=frozenset((page.name.file, page.sha256) for page in withdrawn),
        decisions=tuple(decided),
        issued=an_issue(2, TWO),
        masters=MASTERS,
        designs={layout.version: a_design(layout) for layout in (TWO, ONE)},
    )
    return assemble(recorded, PaperTests(same_ink, every_pair, lambda page: page.ink == EMPTY))


def stack(file: str, *inks: tuple[int, str], run: int = 3) -> list[PageRead]:
    """The images of a file: (page, what the pen drew), each answering q1 with the pen's name."""
    layout = ONE if run == 5 else TWO
    return [
        a_page(file, image=n, serial=None, run=run, layout=layout, page=page, ink=ink.encode())
        for n, (page, ink) in enumerate(inks, start=1)
    ]


def shown(assembly: Assembly) -> list[str]:
    """Each sheet: its images, then why it waits."""
    return [
        " ".join(
            [*(str(page.name) for page in sheet.pages), *([sheet.reason] * bool(sheet.reason))]
        )
        for sheet in assembly.sheets
    ]


def sheet_of(assembly: Assembly) -> SheetRecord:
    (sheet,) = assembly.sheets
    return sheet


def decision(page: PageRead, value: str) -> Decision:
    return Decision(sheet_item(page), value, "Lan", "2026-03-02T09:00:00+07:00")


def test_a_copy_has_no_serial_but_its_masters_unit_and_field() -> None:
    sheet = sheet_of(put_together(*stack("a.pdf", (1, "x"), (2, "y"))))
    assert (sheet.serial, sheet.unit, sheet.field) == (None, "Xã Cẩm Vinh", "Hộ tịch")
    assert (sheet.status, sheet.reason) == (SheetStatus.ACCEPTED, "")


def test_every_copy_of_a_one_page_form_is_a_sheet() -> None:
    pages = stack("a.pdf", (1, "x"), (1, "y"), (1, ""), (1, ""), run=5)
    assembly = put_together(*pages)
    assert shown(assembly) == [f"a.pdf#{n}" for n in (1, 2, 3, 4)]
    assert {sheet.status for sheet in assembly.sheets} == {SheetStatus.ACCEPTED}


def test_the_same_paper_scanned_twice_is_one_sheet() -> None:
    one, again = (stack(f"{name}.pdf", (1, "x"), (2, "y")) for name in "ab")
    assembly = put_together(*one, *again)
    assert shown(assembly) == ["a.pdf#1 a.pdf#2"]
    assert [page.status for page in assembly.pages].count(PageStatus.DUPLICATE) == 2


def test_an_empty_second_page_is_known_again_beside_its_first() -> None:
    one, again = (stack(f"{name}.pdf", (1, "x"), (2, "")) for name in "ab")
    assembly = put_together(*one, *again)
    assert shown(assembly) == ["a.pdf#1 a.pdf#2"]
    assert sheet_of(assembly).copies == tuple(again)


def test_two_empty_copies_are_two_sheets() -> None:
    one, other = (stack(f"{name}.pdf", (1, ""), (2, "")) for name in "ab")
    assert shown(put_together(*one, *other)) == ["a.pdf#1 a.pdf#2", "b.pdf#1 b.pdf#2"]


def test_one_first_page_with_two_second_pages_waits() -> None:
    one, other = stack("a.pdf", (1, "x"), (2, "y")), stack("b.pdf", (1, "x"), (2, "z"))
    assembly = put_together(*one, *other)
    assert shown(assembly) == ["a.pdf#1 a.pdf#2 pairing-uncertain", "b.pdf#2 pairing-uncertain"]


def test_copies_of_two_masters_are_kept_apart() -> None:
    first, second = stack("a.pdf", (1, "x"), (2, "y")), stack("b.pdf", (1, "x"), (2, "y"), run=4)
    units = [sheet.unit for sheet in put_together(*first, *second).sheets]
    assert units == ["Xã Cẩm Vinh", "Phường Bắc Sơn"]


def test_a_form_with_an_empty_last_page_is_one_page_to_pair() -> None:
    even = replace(ONE, version="e" * 64, pages=(*ONE.pages, PageLayout(2, ())))
    run = master(6, even, "Xã Cẩm Vinh")
    pages = [
        a_page("a.pdf", image=n, serial=None, run=6, layout=even, ink=b"%d" % n) for n in (1, 3, 5)
    ]
    backs = [PageBlank(PageName("a.pdf", n), digest("a.pdf"), 200.0) for n in (2, 4, 6)]
    recorded = Recorded(
        outcomes=(*pages, *backs),
        withdrawn=frozenset(),
        decisions=(),
        issued={},
        masters={6: run},
        designs={even.version: a_design(even)},
    )
    tests = PaperTests(same_ink, every_pair, lambda page: page.ink == EMPTY)
    assert shown(assemble(recorded, tests)) == ["a.pdf#1", "a.pdf#3", "a.pdf#5"]


def test_the_end_of_a_file_ends_a_pair() -> None:
    assembly = put_together(*stack("a.pdf", (1, "x")), *stack("b.pdf", (2, "y")))
    assert shown(assembly) == ["a.pdf#1 missing-page:2", "b.pdf#1 missing-page:1"]


def test_an_odd_number_of_pages_makes_the_file_wait() -> None:
    assembly = put_together(*stack("a.pdf", (1, "x"), (2, "y"), (1, "z")))
    assert [sheet.reason for sheet in assembly.sheets] == ["pairing-uncertain"] * 2
    assert {answer.value for sheet in assembly.sheets for answer in sheet.answers} == {""}


def test_scanning_the_stack_again_in_full_settles_what_was_uncertain() -> None:
    short = stack("a.pdf", (1, "x"), (2, "y"), (1, "z"))
    full = stack("b.pdf", (1, "x"), (2, "y"), (1, "z"), (2, "w"))
    assembly = put_together(*short, *full)
    assert shown(assembly) == ["a.pdf#1 a.pdf#2", "a.pdf#3 b.pdf#4"]
    assert {sheet.status for sheet in assembly.sheets} == {SheetStatus.ACCEPTED}


def test_an_unreadable_second_page_leaves_only_its_own_sheet_waiting() -> None:
    pages: list[PageOutcome] = [
        *stack("a.pdf", (1, "x"), (2, "y"), (1, "z"), (2, ""), (1, "v"), (2, "w"))
    ]
    pages[3] = PageRefused(PageName("a.pdf", 4), digest("a.pdf"), Refusal(Reason.NO_PAGE_CODE))
    assert shown(put_together(*pages)) == [
        "a.pdf#1 a.pdf#2",
        "a.pdf#3 missing-page:2",
        "a.pdf#5 a.pdf#6",
    ]


@pytest.mark.parametrize(
    ("value", "status"), [(VALID, SheetStatus.ACCEPTED), (INVALID, SheetStatus.REJECTED)]
)
def test_a_person_settles_an_uncertain_pair(value: str, status: SheetStatus) -> None:
    pages = stack("a.pdf", (1, "x"), (2, "y"), (1, "z"))
    first = put_together(*pages, decided=[decision(pages[0], value)]).sheets[0]
    assert (first.status, first.reason) == (status, "")


def test_a_withdrawn_file_pairs_nothing() -> None:
    pages = stack("a.pdf", (1, "x"), (2, "y"))
    assembly = put_together(*pages, withdrawn=pages)
    assert assembly.sheets == ()
    assert {page.reason for page in assembly.pages} == {"withdrawn"}


def test_a_copy_of_a_master_that_was_never_printed_is_not_counted() -> None:
    (page,) = stack("a.pdf", (1, "x"), run=9)
    assembly = put_together(page)
    assert assembly.sheets == ()
    assert assembly.pages[0].reason == "not-issued:run-9"


def test_a_master_of_another_form_is_refused() -> None:
    page = a_page("a.pdf", serial=None, run=5, layout=TWO)
    assert put_together(page).pages[0].reason == f"other-form:{TWO.version[:12]}"


papers_drawn = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.sampled_from(["", "a", "b", "c", "d"])), max_size=7
)


@given(first=papers_drawn, second=papers_drawn, data=st.data())
def test_every_image_is_on_one_sheet_whatever_the_order_of_reading(
    first: list[tuple[int, str]], second: list[tuple[int, str]], data: st.DataObject
) -> None:
    pages = [*stack("a.pdf", *first), *stack("b.pdf", *second)]
    assembly = put_together(*pages)
    on_sheets = [page.name for sheet in assembly.sheets for page in (*sheet.pages, *sheet.copies)]
    assert sorted(on_sheets) == sorted(page.name for page in pages)
    assert put_together(*data.draw(st.permutations(pages))) == assembly


@given(first=papers_drawn, second=papers_drawn)
def test_an_accepted_sheet_has_each_page_once(
    first: list[tuple[int, str]], second: list[tuple[int, str]]
) -> None:
    for sheet in put_together(*stack("a.pdf", *first), *stack("b.pdf", *second)).sheets:
        numbers = [page.page for page in sheet.pages]
        assert numbers == sorted(set(numbers))
        if sheet.status is SheetStatus.ACCEPTED:
            assert numbers == [1, 2]


def files_of(*stacks: str) -> list[PageOutcome]:
    """Files as text: ``1a`` page 1 of respondent a, ``__`` a blank side, ``XX`` an unread one."""
    outcomes: list[PageOutcome] = []
    for number, text in enumerate(stacks):
        file = f"{number}.pdf"
        for position, side in enumerate(text.split(), start=1):
            name = PageName(file, position)
            if side == "__":
                outcomes.append(PageBlank(name, digest(file), 200.0))
            elif side == "XX":
                refusal = Refusal(Reason.NO_PAGE_CODE)
                outcomes.append(PageRefused(name, digest(file), refusal))
            else:
                page, pen = int(side[0]), side.encode()
                outcomes.append(
                    a_page(file, image=position, serial=None, run=3, page=page, ink=pen)
                )
    return outcomes


def accepted(*stacks: str) -> list[str]:
    """The sheets that nobody is asked about, by what the pen drew on them."""
    return [
        " ".join(page.ink.decode() for page in sheet.pages)
        for sheet in put_together(*files_of(*stacks)).sheets
        if sheet.status is SheetStatus.ACCEPTED
    ]


@pytest.mark.parametrize(
    ("stacks", "sheets"),
    [
        (["2a", "1a 2b 1b 2c", "1c"], []),  # 2 1 2 1 2 1, cut inside two sheets
        (["2a", "1a 2b 1b 2c 1c"], []),
        (["2a", "1a 2b 1b 2c", "1c 2d", "1d 2e", "1e"], []),
        (["2a 1a 2b", "1b 2c 1c 2d", "1d 2e 1e"], []),
        (["1a 2b 1b 2c", "1c"], []),  # its first side is lost
        (["2a", "1a 2b", "XX 2c 1c"], []),  # what could not be read may be the page that fits
        (["__ 1a __ 2b", "__ 1b __"], []),
        (["1a __ __ 2b 1c 2c"], ["1c 2c"]),
        (["2a", "1b 1b 2b 1c 2d 2d 1d 2e 1e"], []),
        (["1a 2a 1b 2b", "2c 1c 2d 1d"], ["1a 2a", "1b 2b", "1c 2c", "1d 2d"]),
        (["1a 2a 1b 2b", "1c XX 1d 2d"], ["1a 2a", "1b 2b", "1d 2d"]),  # not at its ends
        (["1a 2a 1b 2b", "1c __ 2c __"], ["1a 2a", "1b 2b", "1c 2c"]),
        (["1a 2a 1b", "1a 2a 1b 2b"], ["1a 2a", "1b 2b"]),  # scanned again in full
        (["1a 2a 1b", "1a 2a 1b 2b", "1c 2c"], ["1a 2a", "1b 2b", "1c 2c"]),
        (["1a 2b"], ["1a 2b"]),  # two sheets drawn in at once: no order shows that
    ],
)
def test_what_the_files_of_a_run_make_certain(stacks: list[str], sheets: list[str]) -> None:
    assert accepted(*stacks) == sheets


def is_one_person(sheet: str) -> bool:
    return len({side[1] for side in sheet.split()}) == 1


@given(st.data())
def test_one_side_lost_or_scanned_twice_and_any_unread_never_mix_two_people(
    data: st.DataObject,
) -> None:
    order, back = data.draw(st.sampled_from(["12", "21"])), data.draw(st.sampled_from(["", "__"]))
    people = "abcdefgh"[: data.draw(st.integers(1, 8))]
    sides = [side for pen in people for n in order for side in (n + pen, back) if side]
    failed = data.draw(st.lists(st.sampled_from(["", "", "XX", "__"]), max_size=len(sides)))
    sides[: len(failed)] = [fault or side for side, fault in zip(sides, failed, strict=False)]
    place = data.draw(st.integers(0, len(sides) - 1))
    sides[place : place + 1] = [sides[place]] * data.draw(st.integers(0, 2))
    assert all(map(is_one_person, accepted(" ".join(sides))))


@given(st.data())
def test_a_stack_cut_anywhere_into_files_never_mixes_two_people(data: st.DataObject) -> None:
    order = data.draw(st.sampled_from(["12", "21"]))
    people = "abcdefgh"[: data.draw(st.integers(1, 8))]
    sides = [n + pen for pen in people for n in order]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sides) - 1), max_size=4)))
    if data.draw(st.booleans()):  # and one side is not there, or there twice
        place = data.draw(st.integers(0, len(sides) - 1))
        sides[place : place + 1] = [sides[place]] * data.draw(st.sampled_from([0, 2]))
    files = [
        " ".join(sides[start:end]) for start, end in zip([0, *cuts], [*cuts, None], strict=True)
    ]
    assert all(map(is_one_person, accepted(*data.draw(st.permutations(files)))))


@given(st.lists(st.tuples(st.sampled_from(["12", "21"]), st.integers(1, 4)), max_size=4))
def test_whole_stacks_are_certain(stacks: list[tuple[str, int]]) -> None:
    pens = iter("abcdefghijklmnop")
    files, whole = [], []
    for order, count in stacks:
        people = [next(pens) for _ in range(count)]
        files.append(" ".join(n + pen for pen in people for n in order))
        whole += [f"1{pen} 2{pen}" for pen in people]
    assert accepted(*files) == whole
