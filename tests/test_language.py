"""Screen language: chosen once, Vietnamese where nobody says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omr.language import Language, current, preferred, say, use

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = current()
    yield
    use(before)


def test_the_words_follow_the_choice() -> None:
    use(Language.ENGLISH)
    assert (say("Không có phiếu", "No sheets"), current()) == ("No sheets", Language.ENGLISH)
    use(Language.VIETNAMESE)
    assert say("Không có phiếu", "No sheets") == "Không có phiếu"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.VIETNAMESE),
        ({"LANG": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LANG": "vi_VN.UTF-8"}, Language.VIETNAMESE),
        ({"LANG": "C.UTF-8"}, Language.VIETNAMESE),
        ({"LANG": "fr_FR.UTF-8"}, Language.VIETNAMESE),
        ({"OMR_LANG": "en", "LANG": "vi_VN.UTF-8"}, Language.ENGLISH),
        ({"OMR_LANG": "VI", "LANG": "en_US.UTF-8"}, Language.VIETNAMESE),
        ({"OMR_LANG": "", "LC_ALL": "en_GB", "LANG": "vi_VN"}, Language.ENGLISH),
        ({"OMR_LANG": "xx", "LANG": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LC_MESSAGES": "vi_VN", "LANG": "en_US"}, Language.VIETNAMESE),
    ],
)
def test_the_environment_is_asked_from_the_nearest_wish_to_the_farthest(
    environment: dict[str, str], language: Language
) -> None:
    assert preferred(environment) is language
