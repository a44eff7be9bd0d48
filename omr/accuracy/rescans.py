"""The same sheet captured several times: no target may turn from marked to unmarked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from omr.marks.model import State
from omr.outcome import PageRead
from omr.scan import PageRef, file_digest, list_files, list_pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omr.accuracy.model import Captured
    from omr.reading import Reader

Flip = tuple[int, str, str, str]
"""Page, question, option, and the states that were read."""


def count_flips(
    captures: Sequence[Sequence[Captured]], reader: Reader, folder: Path
) -> tuple[Counter[str], list[Flip]]:
    """Targets seen more than once, and those that were marked in one capture, unmarked in another.

    ``captures`` are the sides of one sheet, again and again.
    """
    folder.mkdir(exist_ok=True)
    states: dict[tuple[int, str, str], list[State]] = {}
    for sides in captures:
        for page, captured in enumerate(sides, start=1):
            for question, option, state in _states(captured, reader, folder):
                states.setdefault((page, question, option), []).append(state)
    counts: Counter[str] = Counter()
    flips: list[Flip] = []
    for (page, question, option), seen in states.items():
        counts["rescanned"] += len(seen) > 1
        if {State.MARKED, State.UNMARKED} <= set(seen):
            counts["flips"] += 1
            flips.append((page, question, option, " ".join(state.value for state in seen)))
    return counts, flips


def _states(captured: Captured, reader: Reader, folder: Path) -> list[tuple[str, str, State]]:
    path = folder / f"page{captured.suffix}"
    path.write_bytes(captured.data)
    [file] = list_files(path)
    [ref] = list_pages(file, file_digest(file.path))
    outcome = reader.read(ref) if isinstance(ref, PageRef) else None
    if not isinstance(outcome, PageRead):
        return []
    return [(mark.question, mark.option, mark.state) for mark in outcome.marks]
