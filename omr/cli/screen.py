"""The screen as rich sees it."""

from __future__ import annotations

import sys

from rich.console import Console

_WIDTH_OF_A_PIPE = 140
"""Characters per line where nobody's terminal says how wide it is."""


def console(*, stderr: bool = False) -> Console:
    """A console for tables or progress; words are shown as they are, without markup."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDTH_OF_A_PIPE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)
