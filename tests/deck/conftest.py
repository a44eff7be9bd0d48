"""What the tests of decks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from deck_makers import GREY, Deck, omr

from omr.language import Language, current, use

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = current()
    use(Language.ENGLISH)
    yield
    use(before)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """The deck of T1, scanned in grey and read."""
    made = Deck.make(tmp_path_factory.mktemp("deck") / "t1", "t1-mot-cua")
    made.scan_all(GREY)
    omr("read", made.survey, made.scans, "--jobs", "1")
    return made
