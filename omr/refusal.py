"""Refusals: the reasons why a page image is not read, as values.

A refusal is made where the doubt arises, carries what a person needs to understand it, and ends
up in ``pages.csv`` as ``slug`` or ``slug:detail``. :class:`Reason` is the one documented list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a page image was not read. The value is the slug written to ``pages.csv``."""

    UNREADABLE_FILE = "unreadable-file"
    """The file is damaged, truncated, empty or not of a supported kind."""
    ENCRYPTED_FILE = "encrypted-file"
    """The file asks for a password."""
    TOO_LARGE = "too-large"
    """The image has more pixels than the limit in the settings."""
    UNSAFE_NAME = "unsafe-name"
    """A ZIP member's name points outside the archive."""
    NO_MARKS_FOUND = "no-marks-found"
    """Fewer than three registration marks: not one of our pages, or too damaged."""
    MARKS_DISAGREE = "marks-disagree"
    """The registration marks cannot all lie where they were printed."""
    NO_PAGE_CODE = "no-page-code"
    """The page code could not be read; the detail is the printed serial, where that could."""
    BAD_MAC = "bad-mac"
    """The page code was not made with this survey's key: forged or damaged."""
    OTHER_SURVEY = "other-survey"
    """A genuine-looking page of another survey."""
    OTHER_FORM = "other-form"
    """The page code names a form, a version or a page that this survey does not have."""
    NOT_ISSUED = "not-issued"
    """The serial was never printed in this survey."""
    NO_FORM_MATCHES = "no-form-matches"
    """Measured forms: the page looks like none of the survey's forms."""
    FORMS_ALIKE = "forms-alike"
    """Measured forms: the page looks like several of them, and nothing tells them apart."""
    BAD_REGISTRATION = "bad-registration"
    """The page was found, but its print does not lie where it should; nothing was read."""
    INTERNAL_ERROR = "internal-error"
    """A fault of this program while reading the page; the detail says which."""
    WITHDRAWN = "withdrawn"
    """A person took the file out again with ``omr withdraw``."""
    TEST_DECK = "test-deck"
    """No refusal: a sheet of ``omr deck`` was read. It tests the machines and never counts."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One page image (or file) that was not read, with its reason."""

    reason: Reason
    detail: str = ""

    def __str__(self) -> str:
        """The slug as ``pages.csv`` has it."""
        return f"{self.reason.value}:{self.detail}" if self.detail else self.reason.value
