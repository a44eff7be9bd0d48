"""How evenly each batch was printed and scanned: drift of the gauge's figures, batch by batch."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from omr.gauge.drift import Drift, GaugedPage, drifts
from omr.outcome import PageRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omr.survey.model import PageRecord


def drifts_in(pages: Iterable[PageRecord]) -> tuple[Drift, ...]:
    """What drifted, in the order of the page images (by name, as ``pages.csv`` has them).

    Both sides of a sheet are one batch, but two pages of a form are two prints: each is judged
    against its own kind.
    """
    found: list[Drift] = []
    for batch in _batches(pages):
        found += drifts(batch)
    return tuple(found)


def _batches(pages: Iterable[PageRecord]) -> Iterator[list[GaugedPage]]:
    """Pages scanned together: those of one file, or the single images of one folder."""
    read = [page.outcome for page in pages if isinstance(page.outcome, PageRead)]
    per_file: dict[str, int] = {}
    for page in read:
        per_file[page.name.file] = per_file.get(page.name.file, 0) + 1

    def batch(page: PageRead) -> tuple[str, str, int]:
        file = page.name.file
        together = file if per_file[file] > 1 else file.rpartition("/")[0]
        return together, page.form_version, page.page

    for _, group in groupby(sorted(read, key=batch), batch):
        yield [
            GaugedPage(str(page.name), page.gauge, page.geometry)
            for page in group
            if page.gauge is not None
        ]
