"""Screen language: Vietnamese or English, both written side by side where they are said.

``say("Không có phiếu", "No sheets")`` returns the words of the current language. File formats
never depend on it. The choice: ``--lang``, else ``OMR_LANG``, else the locale, else Vietnamese.
"""

from __future__ import annotations

import os
from enum import StrEnum


class Language(StrEnum):
    """Languages of the screen."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


def preferred(environment: dict[str, str] | None = None) -> Language:
    """The language that the environment asks for: ``OMR_LANG``, then the locale's variables."""
    env = os.environ if environment is None else environment
    for variable in ("OMR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.get(variable, "")[:2].lower()
        if value in tuple(Language):
            return Language(value)
    return Language.VIETNAMESE


_current = preferred()


def use(language: Language) -> None:
    """Set the language of everything said from now on in this process."""
    global _current  # noqa: PLW0603 - one screen, one language
    _current = language


def current() -> Language:
    """The language in use."""
    return _current


def say(vietnamese: str, english: str) -> str:
    """The words of the language in use."""
    return english if _current is Language.ENGLISH else vietnamese
