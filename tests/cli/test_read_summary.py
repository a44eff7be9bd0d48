"""Refused pages on the screen: one line for each reason, not one for each page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from omr.cli.read_summary import _show_refused
from omr.cli.reason_words import reason_sentence

if TYPE_CHECKING:
    import pytest


def test_equal_reasons_are_one_line_with_the_first_images(
    capsys: pytest.CaptureFixture[str],
) -> None:
    many = [(f"{number}.jpg#1", "not-issued") for number in range(1, 41)]
    summary = SimpleNamespace(refused=(("x.jpg#1", "bad-mac"), *many))
    _show_refused(summary)  # type: ignore[arg-type]
    _, first, second, last = capsys.readouterr().out.splitlines()
    assert first == f"  40 × {reason_sentence('not-issued')} [1.jpg#1, 2.jpg#1, 3.jpg#1, …]"
    assert second == f"  1 × {reason_sentence('bad-mac')} [x.jpg#1]"
    assert "omr status --rejected" in last
