"""Surveys on real disks, closed after each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from survey_makers import SURVEY, a_frozen_form

from omr.language import Language, current, use
from omr.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current()
    use(Language.ENGLISH)
    yield
    use(before)


@pytest.fixture
def survey(tmp_path: Path) -> Iterator[Survey]:
    """A survey of one two-page form, with two units."""
    units = ["Xã Cẩm Vinh", "Phường Bắc Sơn"]
    made = Survey.create(tmp_path / "khao-sat", [a_frozen_form()], units, survey_id=SURVEY)
    with made as opened:
        yield opened
