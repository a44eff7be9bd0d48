"""Drift of a batch in words: what changed, from which page on, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from omr.cli.numbers import figure
from omr.language import say
from omr.tables.columns import PAGE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.gauge.drift import Drift


def show_drifts(drifts: Iterable[Drift]) -> None:
    """One warning for every figure that drifted; often none."""
    meaning = {column.name: say(column.vietnamese, column.english) for column in PAGE_COLUMNS}
    for drift in drifts:
        what, start, now = meaning[drift.figure], figure(drift.start), figure(drift.now)
        typer.echo(
            say(
                f"Chú ý: chất lượng bản quét thay đổi dần. Từ {drift.image}: {drift.figure} = "
                f"{now}, lúc đầu là {start} ({what}). Hãy lau kính máy quét, kiểm tra mực in, rồi "
                "so vài tờ phiếu với kết quả đọc trước khi làm tiếp.",
                f"Note: the scans drift. From {drift.image} on: {drift.figure} = {now}, at first "
                f"{start} ({what}). Clean the scanner's glass, look at the toner, and compare a "
                "few sheets with what was read before going on.",
            )
        )
