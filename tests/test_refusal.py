"""Refusals are values with a documented reason."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omr.errors import (
    CheckFailedError,
    ExitCode,
    FormError,
    NoInputError,
    OmrError,
    SurveyError,
    UsageError,
)
from omr.refusal import Reason, Refusal


def test_a_refusal_is_written_as_a_slug_with_its_detail() -> None:
    assert str(Refusal(Reason.BAD_MAC)) == "bad-mac"
    assert str(Refusal(Reason.NO_PAGE_CODE, "000123K")) == "no-page-code:000123K"


@pytest.mark.parametrize("reason", list(Reason))
def test_slugs_are_plain_words_that_split_from_their_detail(reason: Reason) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reason.value)


def test_the_contracts_slugs_are_among_them() -> None:
    assert {
        "unreadable-file", "no-marks-found", "no-page-code", "bad-mac", "other-survey",
        "other-form", "not-issued",
    } <= {reason.value for reason in Reason}  # fmt: skip


@given(st.sampled_from(Reason), st.text())
def test_refusals_travel_between_processes(reason: Reason, detail: str) -> None:
    refusal = Refusal(reason, detail)
    assert pickle.loads(pickle.dumps(refusal)) == refusal
    assert str(refusal).partition(":")[0] == reason.value


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OmrError, 2),
        (UsageError, 2),
        (FormError, 2),
        (NoInputError, 3),
        (SurveyError, 4),
        (CheckFailedError, 5),
    ],
)
def test_errors_that_end_a_command_carry_the_contracts_exit_codes(
    error: type[OmrError], code: int
) -> None:
    assert error("…").exit_code == code
    assert ExitCode.INTERRUPTED == 130
