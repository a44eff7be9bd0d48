"""What a test deck came to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from omr.cli.numbers import count, figure, rate
from omr.deck import LEAST_SCALE, MOST_SCALE, Fault
from omr.identity.serial import format_serial
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omr.deck import DeckResult, Difference, PageFigures

_SHOWN = 60
"""Differences named on the screen: a machine that fails at more has one cause, not sixty."""


def show_result(result: DeckResult, survey: Path) -> None:
    """Whether the deck passed, everything that differs, and what to adjust."""
    run = result.run
    sheets = count(run.last - run.first + 1)
    typer.echo(
        say(
            f"Mẫu {result.form_id}, đợt in {run.number}: {sheets} phiếu thử, đã đọc "
            f"{count(result.images)} ảnh trang, so sánh {count(result.answers)} câu trả lời, "
            f"trong đó {count(result.waiting)} câu chờ người xem xét.",
            f"Form {result.form_id}, print run {run.number}: {sheets} test sheets, "
            f"{count(result.images)} page images read, {count(result.answers)} answers compared, "
            f"{count(result.waiting)} of them wait for a person.",
        )
    )
    for difference in result.differences[:_SHOWN]:
        typer.echo(f"  {_words(difference)}")
    more = len(result.differences) - _SHOWN
    if more > 0:
        typer.echo(say(f"  … và {count(more)} sai khác nữa.", f"  … and {count(more)} more."))
    _show_missing_hint(result, survey)
    _show_figures(result)
    if result.passed:
        typer.echo(
            say(
                "Đạt: mọi câu được đọc đúng như đã in, tỷ lệ in đúng.",
                "Passed: every question was read as it was printed, and the print scale is right.",
            )
        )


def _words(difference: Difference) -> str:
    serial = format_serial(difference.serial)
    page, marked = difference.page, difference.marked or "–"
    read = difference.read or "–"
    where = say(
        f"phiếu {serial}, trang {page}, câu {difference.question} ({difference.image})",
        f"sheet {serial}, page {page}, question {difference.question} ({difference.image})",
    )
    match difference.fault:
        case Fault.MISSING_SHEET:
            return say(f"phiếu {serial}: chưa đọc được", f"sheet {serial}: not read")
        case Fault.MISSING_PAGE:
            return say(
                f"phiếu {serial}, trang {page}: chưa đọc được",
                f"sheet {serial}, page {page}: not read",
            )
        case Fault.OTHER_VALUE:
            return say(
                f"{where}: in {marked}, đọc là {read}", f"{where}: printed {marked}, read {read}"
            )
        case Fault.WAITS:
            return say(
                f"{where}: in {marked} rõ ràng nhưng máy không dám nhận, phải chờ xem xét",
                f"{where}: printed {marked} plainly, yet it waits for a person",
            )
        case Fault.DECIDED:
            return say(
                f"{where}: in {marked} nên phải chờ xem xét, nhưng máy tự nhận là {read}",
                f"{where}: printed {marked} and must wait, yet it was decided as {read}",
            )


def _show_missing_hint(result: DeckResult, survey: Path) -> None:
    missing = {Fault.MISSING_SHEET, Fault.MISSING_PAGE}
    if any(difference.fault in missing for difference in result.differences):
        typer.echo(
            say(
                f"  Trang bị từ chối kèm lý do: omr status {survey} --rejected",
                f"  Pages refused, with reasons: omr status {survey} --rejected",
            )
        )


def _show_figures(result: DeckResult) -> None:
    if result.rescaled:
        least, most = rate(100 * LEAST_SCALE), rate(100 * MOST_SCALE)
        typer.echo(
            say(
                f"  sai tỷ lệ in: {_scales(result.rescaled)}; phải nằm trong {least} – {most} %. "
                "Hãy in lại ở tỷ lệ 100 % (Actual size), không chọn “Vừa trang” (Fit to page).",
                f"  wrong print scale: {_scales(result.rescaled)}; it must be within {least} – "
                f"{most} %. Print again at 100 % (Actual size), not “Fit to page”.",
            )
        )
    if result.bent:
        bent = result.bent
        worst = max(bent, key=lambda page: page.geometry.residual_mm)
        residual = figure(worst.geometry.residual_mm)
        typer.echo(
            say(
                f"Giấy bị cong hoặc bị trượt khi in, khi quét: {count(len(bent))} trang, nặng nhất "
                f"là {worst.image} ({residual} mm). Hãy kiểm tra khay giấy và bộ nạp giấy.",
                f"The paper was bent or slipped while printing or scanning: {count(len(bent))} "
                f"pages, worst {worst.image} ({residual} mm). Check the tray and the feeder.",
            )
        )


def _scales(pages: Sequence[PageFigures]) -> str:
    """How many pages, and how far their print is from true size."""
    geometries = [page.geometry for page in pages]
    scales = [scale for g in geometries for scale in (g.scale_x, g.scale_y)]
    least, most = rate(100 * min(scales)), rate(100 * max(scales))
    return say(
        f"{count(len(pages))} trang có tỷ lệ {least} – {most} %",
        f"{count(len(pages))} pages at {least} – {most} %",
    )
