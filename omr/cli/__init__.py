"""The command ``omr``: a thin face of :mod:`omr.pipeline`, one file per command.

The language is decided before anything else is imported, because help texts are built on import.
Heavy libraries are imported inside the commands that use them: ``omr --help`` must be quick.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from omr.language import Language, use

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANGUAGE_OPTION = "--lang"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``omr`` with these arguments (those of the process if None); leaves by SystemExit."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    ordered = language_first(given)
    from omr.cli.app import app

    app(args=ordered, prog_name="omr")


def language_first(arguments: Sequence[str]) -> list[str]:
    """Use the language that ``--lang`` asks for, and move that option before the command.

    So ``omr read DIR --lang en`` and ``omr --lang en read DIR`` are the same. A language that
    there is not is left for the option itself to refuse.
    """
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for place, argument in enumerate(rest[:end]):
        name, equals, value = argument.partition("=")
        if name == _LANGUAGE_OPTION and (equals or place + 1 < end):
            taken = 1 if equals else 2
            chosen = value if equals else rest[place + 1]
            if chosen in tuple(Language):
                use(Language(chosen))
            return [_LANGUAGE_OPTION, chosen, *rest[:place], *rest[place + taken :]]
    return rest


def _speak_utf8() -> None:
    """Write UTF-8 even on a Windows console or pipe that asks for an old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
