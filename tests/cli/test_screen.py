"""Numbers as an office writes them, progress, and what ends a command early."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from omr.cli import language_first, numbers
from omr.cli.progress import ReadingBar, ReadingLines
from omr.language import Language, current, use
from omr.outcome import PageBlank, PageRefused
from omr.refusal import Reason, Refusal
from omr.scan.model import PageName

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

BLANK = PageBlank(PageName("a.pdf", 1), "a" * 64, 200.0)
REFUSED = PageRefused(PageName("a.pdf", 2), "a" * 64, Refusal(Reason.NO_PAGE_CODE))


def test_vietnamese_writes_a_comma_for_decimals_and_points_for_thousands() -> None:
    use(Language.VIETNAMESE)
    assert numbers.count(1480) == "1.480"
    assert numbers.percent(Decimal("80.58")) == "80,58%"
    assert numbers.rate(12.34) == "12,3"


def test_english_writes_them_the_other_way_round() -> None:
    assert numbers.count(1480) == "1,480"
    assert numbers.percent(Decimal("80.58")) == "80.58%"


def test_no_share_is_a_dash() -> None:
    assert numbers.percent(None) == "–"


@pytest.mark.parametrize(
    "given",
    [
        ["--lang", "vi", "read", "x"],
        ["read", "--lang", "vi", "x"],
        ["read", "x", "--lang=vi"],
    ],
)
def test_the_language_may_stand_anywhere(given: list[str]) -> None:
    assert language_first(given) == ["--lang", "vi", "read", "x"]
    assert current() is Language.VIETNAMESE


def test_after_two_dashes_it_is_a_file_like_any_other() -> None:
    given = ["read", "x", "--", "--lang", "vi"]
    assert language_first(given) == given


def test_the_bar_shows_pages_done_and_pages_refused() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    with ReadingBar(screen) as bar:
        bar.begin(2)
        bar.page(BLANK)
        bar.page(REFUSED)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "2/2" in shown
    assert "1 pages refused" in shown


def test_without_a_terminal_there_are_lines_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 8))
    monkeypatch.setattr("omr.cli.progress.time.monotonic", lambda: float(next(clock)))
    screen = Console(file=io.StringIO(), width=140)
    with ReadingLines(screen) as lines:
        lines.begin(4)
        for outcome in (BLANK, REFUSED, BLANK):
            lines.page(outcome)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert shown == "Read 2/4 pages, 0.1 pages/s, about 16 s left · 1 pages refused\n"


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (KeyboardInterrupt(), 130, "Stopped"),
        (OSError(28, "No space left on device", "survey.sqlite"), 2, "No space left"),
    ],
)
def test_what_ends_a_command_early_is_said_without_a_traceback(  # noqa: PLR0917 - by name
    omr: Callable[..., Result],
    survey: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    word: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("omr.pipeline.assemble", fail)
    result = omr("status", survey)
    assert result.exit_code == code
    assert word in result.stderr
