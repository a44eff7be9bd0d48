"""Percentiles of placement errors, kept as counts, against the errors themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.accuracy.placement import BIN_MM, WORST, count_errors, percentile
from omr.accuracy.records import added

ERRORS = st.lists(st.floats(0, 3), min_size=1, max_size=50)


@given(ERRORS, ERRORS, st.sampled_from([0.5, 0.97, 1.0]))
def test_a_percentile_of_counts_is_that_of_the_errors_to_a_bin(
    one: list[float], other: list[float], share: float
) -> None:
    counts = added(count_errors(np.array(one)), count_errors(np.array(other)))
    errors = np.sort([*one, *other])
    exact = errors[int(np.ceil(share * len(errors))) - 1]
    found = percentile(counts, share)
    assert found is not None
    assert exact - 1e-9 <= found <= exact + BIN_MM + 1e-9
    assert counts[WORST] == pytest.approx(errors[-1] * 1000, abs=0.5)


def test_without_errors_there_is_no_percentile() -> None:
    assert percentile({"questions": 3}, 0.5) is None
