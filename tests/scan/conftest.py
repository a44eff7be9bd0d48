"""Files that the tests read do not stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr.scan import close_files

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _no_file_stays_open() -> Iterator[None]:
    yield
    close_files()
