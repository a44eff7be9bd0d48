"""Messages are compared in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr import language

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def english() -> Iterator[None]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    yield
    language.use(before)
