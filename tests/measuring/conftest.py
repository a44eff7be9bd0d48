"""Foreign paper, drawn once and scanned in several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign_paper import ForeignPaper, draw

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> ForeignPaper:
    """A form that another program printed, as PDF."""
    folder: Path = tmp_path_factory.mktemp("foreign")
    return draw(folder / "phieu-cu.pdf")
