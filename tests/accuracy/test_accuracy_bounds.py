"""Bounds of shares, against the sums of binomial probabilities that define them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.accuracy.bounds import interval, lower_bound, upper_bound

COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def chance_of_at_most(found: int, of: int, share: Fraction) -> Fraction:
    return sum(
        (math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(found + 1)),
        Fraction(0),
    )


@given(COUNTS)
def test_at_the_upper_bound_so_few_are_found_with_a_chance_of_one_in_twenty(
    counts: tuple[int, int],
) -> None:
    found, of = counts
    bound = upper_bound(found, of)
    if found == of:
        assert bound == 1
    else:
        chance = chance_of_at_most(found, of, Fraction(bound))
        assert float(chance) == pytest.approx(0.05, abs=1e-9)


@given(COUNTS)
def test_the_lower_bound_is_the_upper_one_of_the_others(counts: tuple[int, int]) -> None:
    found, of = counts
    assert lower_bound(found, of) == pytest.approx(1 - upper_bound(of - found, of), abs=1e-12)


@given(COUNTS)
def test_the_interval_holds_the_share_and_is_wider_than_the_bound(counts: tuple[int, int]) -> None:
    found, of = counts
    low, high = interval(found, of)
    assert low <= found / of <= high
    assert high >= upper_bound(found, of)


@given(st.integers(1, 10**7))
def test_nothing_found(of: int) -> None:
    assert upper_bound(0, of) == pytest.approx(1 - 0.05 ** (1 / of), rel=1e-6)
    assert lower_bound(0, of) == 0


def test_a_share_of_nothing_may_be_anything() -> None:
    assert interval(0, 0) == (0, 1)


@pytest.mark.parametrize(("found", "of"), [(2, 1), (-1, 5)])
def test_no_share(found: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        upper_bound(found, of)
