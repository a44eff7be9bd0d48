"""Lines break at spaces only, never exceed their column, and lose nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.errors import FormError
from omr.fonts import Style, text_width
from omr.layout.text import Align, Run, emphasised, set_lines, wrap, wrap_evenly

WORDS = "Nhằm nâng chất lượng người dân, nghiêng Ông/Bà (Quân sự) 25 - 34 khuỷu đường; Ẳ ……… ấy"
SYLLABLES = st.sampled_from(WORDS.split(" "))
SENTENCES = st.lists(SYLLABLES, min_size=1, max_size=60).map(" ".join)
RUNS = st.lists(
    st.tuples(SENTENCES, st.sampled_from(Style)).map(lambda pair: Run(*pair)),
    min_size=1,
    max_size=4,
)
POINTS = st.sampled_from([12.0, 13.0, 14.0])
WIDTHS = st.floats(90, 170)


@given(runs=RUNS, points=POINTS, width=WIDTHS)
def test_no_line_is_wider_than_its_column(runs: list[Run], points: float, width: float) -> None:
    for line in wrap(runs, points, width):
        measured = sum(text_width(run.text, run.style, points) for run in line.runs)
        assert measured <= width + 1e-9
        assert line.width == pytest.approx(measured)


@given(runs=RUNS, points=POINTS, width=WIDTHS)
def test_no_syllable_is_broken_and_no_text_is_lost(
    runs: list[Run], points: float, width: float
) -> None:
    before = [word for run in runs for word in run.text.split(" ")]
    # Runs that touch without a space form one word across the change of style.
    joined = "".join(run.text for run in runs).split(" ")
    after = [word for line in wrap(runs, points, width) for word in line.text.split(" ")]
    assert after == joined
    assert "".join(after) == "".join(before)


@given(text=SENTENCES, points=POINTS, width=WIDTHS)
def test_a_line_is_broken_only_where_the_next_word_does_not_fit(
    text: str, points: float, width: float
) -> None:
    lines = wrap([Run(text)], points, width)
    for line, following in pairwise(lines):
        longer = f"{line.text} {following.text.split(' ')[0]}"
        assert text_width(longer, Style.REGULAR, points) > width


@given(text=SENTENCES, points=POINTS, width=WIDTHS)
def test_evening_out_changes_neither_words_nor_number_of_lines(
    text: str, points: float, width: float
) -> None:
    plain, even = wrap([Run(text)], points, width), wrap_evenly([Run(text)], points, width)
    assert len(even) == len(plain)
    assert " ".join(line.text for line in even) == text


@given(runs=RUNS, points=POINTS, width=WIDTHS)
def test_justified_lines_end_at_the_right_edge_except_the_last(
    runs: list[Run], points: float, width: float
) -> None:
    lines = wrap(runs, points, width)
    items = set_lines(lines, points, 10, 0, width, align=Align.JUSTIFY)
    ends: dict[float, float] = {}
    for item in items:
        end = item.x + text_width(item.text, item.style, points)
        ends[item.baseline] = end + item.word_space * item.text.count(" ")
    *justified, _ = [ends[baseline] for baseline in sorted(ends)]
    for line, end in zip(lines, justified, strict=False):
        assert end == pytest.approx(10 + width) or " " not in line.text


def test_a_word_wider_than_its_column_is_refused_not_broken() -> None:
    with pytest.raises(FormError, match="nghiêng"):
        wrap([Run("nghiêng")], 12, 5)


def test_a_no_break_space_holds_words_together() -> None:
    lines = wrap([Run("25\u00a0-\u00a034 tuổi")], 12, 16)
    assert [line.text for line in lines] == ["25\u00a0-\u00a034", "tuổi"]


def test_stars_mean_italic_and_bold() -> None:
    assert emphasised("*Cách ghi:* dấu **X** nhé * thôi") == (
        Run("Cách ghi:", Style.ITALIC),
        Run(" dấu "),
        Run("X", Style.BOLD),
        Run(" nhé * thôi"),
    )
