"""Ranges of labels and the geometry of blocks, against a slower second way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.measuring.omrchecker.blocks import bubble_boxes
from omr.measuring.omrchecker.labels import LabelError, labels_of
from omr.measuring.omrchecker.model import FieldBlock
from omr.measuring.omrchecker.naming import codes_of, ids_of

NAMES = st.text(st.characters(exclude_characters=".0123456789", codec="utf-8"), min_size=1)


@given(NAMES, st.integers(0, 500), st.integers(1, 300), st.sampled_from(("..", "...")))
def test_a_range_counts_from_its_first_to_its_last_number(
    name: str, first: int, more: int, dots: str
) -> None:
    labels = labels_of(f"{name}{first}{dots}{first + more}")
    slow, number = [], first
    while number <= first + more:
        slow.append(name + str(number))
        number += 1
    assert list(labels) == slow


@given(NAMES)
def test_a_label_without_dots_stands_for_itself(label: str) -> None:
    assert labels_of(label) == (label,)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("q5..5", "order"),
        ("q7..3", "order"),
        ("q1.9", "form"),
        ("1..9", "form"),
        ("q1..", "form"),
        ("q1....9", "form"),
        ("q1x..9", "form"),
        ("q1..99999999", "length"),
    ],
)
def test_what_is_no_range_is_refused(label: str, reason: str) -> None:
    with pytest.raises(LabelError) as caught:
        labels_of(label)
    assert caught.value.reason == reason


SIZES = st.floats(1, 80, allow_nan=False)


@st.composite
def blocks(draw: st.DrawFn) -> FieldBlock:
    fields, values = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return FieldBlock(
        name="b",
        origin=(draw(SIZES), draw(SIZES)),
        bubble=(draw(SIZES), draw(SIZES)),
        bubbles_gap=draw(SIZES),
        labels_gaps=tuple(draw(SIZES) for _ in range(fields - 1)),
        vertical=draw(st.booleans()),
        labels=tuple(f"q{n}" for n in range(fields)),
        values=tuple(str(n) for n in range(values)),
    )


@given(blocks())
def test_bubbles_lie_where_walking_from_one_to_the_next_leads(block: FieldBlock) -> None:
    rows = bubble_boxes(block)
    lead = list(block.origin)
    for field in range(len(block.labels)):
        here = list(lead)
        for value in range(len(block.values)):
            box = rows[field][value]
            assert (box.x, box.y) == pytest.approx(tuple(here))
            assert (box.w, box.h) == block.bubble
            here[1 if block.vertical else 0] += block.bubbles_gap
        if field < len(block.labels_gaps):
            lead[0 if block.vertical else 1] += block.labels_gaps[field]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_ids_and_codes_fit_the_form_language(words: list[str]) -> None:
    ids, codes = ids_of(words), codes_of(words)
    assert len(set(ids)) == len(set(codes)) == len(words)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", one) for one in ids)
    assert all(re.fullmatch(r"[^\s+]{1,40}", one) for one in codes)
    assert not {"serial", "form", "pages"} & set(ids_of(["serial", "form", "pages"]))
