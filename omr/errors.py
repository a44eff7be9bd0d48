"""What ends a command early, and with which exit code.

    OmrError
      UsageError        2   wrong usage, or a form that is not valid (FormError)
      NoInputError      3   nothing at all could be read
      SurveyError       4   the survey folder is missing, damaged or of a newer version
      CheckFailedError  5   a check, a deck or a verification failed
      StoppedError    130   interrupted by a person, who must be told what stands

A doubtful page, a foreign sheet or a damaged file is *not* an exception: it is a refusal, a value
that travels with the other results (:mod:`omr.refusal`). Every message says what is wrong, why,
and what to do.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command ``omr``."""

    OK = 0
    USAGE = 2
    NO_INPUT = 3
    SURVEY = 4
    CHECK_FAILED = 5
    INTERRUPTED = 130


class OmrError(Exception):
    """The run cannot go on; the message is meant for the person at the screen."""

    exit_code = ExitCode.USAGE


class UsageError(OmrError):
    """The command or the call asks for something that cannot be done."""


class FormError(UsageError):
    """The form is not valid; the message names file, line and column."""


class NoInputError(OmrError):
    """No scan could be read at all."""

    exit_code = ExitCode.NO_INPUT


class SurveyError(OmrError):
    """The survey folder is missing, damaged or was made by a newer version."""

    exit_code = ExitCode.SURVEY


class CheckFailedError(OmrError):
    """A check ran, and what it checked is not right."""

    exit_code = ExitCode.CHECK_FAILED


class StoppedError(OmrError):
    """A person interrupted the run; the message says what it left on record."""

    exit_code = ExitCode.INTERRUPTED
