"""Progress of a reading on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from omr.cli.numbers import count, rate
from omr.cli.screen import console
from omr.language import say
from omr.outcome import PageRefused

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console
    from rich.progress import Task, TaskID

    from omr.outcome import PageOutcome

LINE_EVERY_S = 10.0
"""Seconds between two plain lines, where there is no terminal."""


def reading_progress() -> ReadingBar | ReadingLines:
    """What suits stderr: a bar for eyes, lines for a log."""
    screen = console(stderr=True)
    return ReadingBar(screen) if screen.is_terminal else ReadingLines(screen)


class ReadingBar:
    """A bar with the pages done, the rate and the time left."""

    def __init__(self, screen: Console) -> None:
        """``screen`` must be a terminal."""
        self._bar = Progress(
            TextColumn(say("Đọc", "Reading")),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TextColumn(say("còn", "left")),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=screen,
        )
        self._task: TaskID | None = None
        self._refused = 0

    def __enter__(self) -> Self:
        """The bar is shown once there is something to read."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bar as it stands."""
        self._bar.stop()

    def begin(self, pages: int) -> None:
        """So many page images are to be read."""
        if pages:
            self._bar.start()
            self._task = self._bar.add_task("", total=pages)

    def page(self, outcome: PageOutcome) -> None:
        """One page image is done."""
        if self._task is not None:
            self._refused += isinstance(outcome, PageRefused)
            self._bar.update(self._task, advance=1, description=_refused_words(self._refused))


class ReadingLines:
    """A line now and then, for logs and pipes."""

    def __init__(self, screen: Console) -> None:
        """Lines go to ``screen``."""
        self._screen = screen
        self._total = self._done = self._refused = 0
        self._begun = self._spoken = time.monotonic()

    def __enter__(self) -> Self:
        """Nothing is shown until there is something to say."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is left open."""

    def begin(self, pages: int) -> None:
        """So many page images are to be read."""
        self._total = pages
        self._begun = self._spoken = time.monotonic()

    def page(self, outcome: PageOutcome) -> None:
        """One page image is done."""
        self._done += 1
        self._refused += isinstance(outcome, PageRefused)
        now = time.monotonic()
        if now - self._spoken >= LINE_EVERY_S:
            self._spoken = now
            self._say(now - self._begun)

    def _say(self, seconds: float) -> None:
        speed = self._done / seconds
        left = (self._total - self._done) / speed
        done, total = count(self._done), count(self._total)
        self._screen.print(
            say(
                f"Đã đọc {done}/{total} trang, {rate(speed)} trang/giây, còn {left:.0f} giây",
                f"Read {done}/{total} pages, {rate(speed)} pages/s, about {left:.0f} s left",
            )
            + _refused_words(self._refused)
        )


class TrialBar:
    """How far ``omr check`` is: a bar on a terminal, nothing elsewhere (it takes seconds)."""

    def __init__(self) -> None:
        """On stderr."""
        screen = console(stderr=True)
        self._bar = Progress(
            TextColumn(say("In thử, quét thử", "Trying")),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(say("trang, còn", "pages, left")),
            TimeRemainingColumn(),
            console=screen,
            transient=True,
            disable=not screen.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """The bar is shown once there is something to try."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away: the table of results says it all."""
        self._bar.stop()

    def begin(self, pages: int) -> None:
        """So many pages are to be tried."""
        self._bar.start()
        self._task = self._bar.add_task("", total=pages)

    def advance(self) -> None:
        """One of them is done."""
        if self._task is not None:
            self._bar.update(self._task, advance=1)


def _refused_words(refused: int) -> str:
    if not refused:
        return ""
    return say(f" · {count(refused)} trang không đọc được", f" · {count(refused)} pages refused")


class _RateColumn(ProgressColumn):
    """Pages per second."""

    def render(self, task: Task) -> Text:
        """The speed of late, empty before it is known."""
        speed = task.finished_speed or task.speed
        unit = say("trang/giây", "pages/s")
        return Text(f"{rate(speed)} {unit}" if speed else "")
