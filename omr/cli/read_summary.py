"""What came of a reading: as words on the screen, or as JSON for other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from omr.cli.drift_words import show_drifts
from omr.cli.numbers import count, rate
from omr.cli.reason_words import reason_sentence
from omr.language import say

if TYPE_CHECKING:
    from omr.pipeline import ReadSummary

_SHOWN = 3
"""Refused pages named for each reason; ``pages.csv`` has them all."""


def summary_object(summary: ReadSummary) -> dict[str, object]:
    """The summary as the contract's JSON object."""
    return {
        "pages": summary.pages,
        "blank": summary.blank,
        "already_read": summary.already_read,
        "sheets": summary.sheets,
        "accepted": summary.accepted,
        "review": summary.review,
        "rejected": summary.rejected,
        "pages_rejected": summary.pages_rejected,
        "deck_pages": summary.deck_pages,
        "pairing_uncertain": summary.pairing_uncertain,
        "duplicates": summary.duplicates,
        "seconds": round(summary.seconds, 3),
        "refused": [{"image": image, "reason": reason} for image, reason in summary.refused],
        "drifts": [asdict(drift) for drift in summary.drifts],
    }


def show_summary(summary: ReadSummary) -> None:
    """What came of a reading, in words."""
    pages = count(summary.pages)
    typer.echo(
        say(
            f"Đã xử lý {pages} ảnh trang{_speed(summary)}: "
            f"{count(summary.blank)} mặt trắng, {count(summary.duplicates)} trang trùng lặp, "
            f"{count(summary.already_read)} đã đọc từ trước, "
            f"{count(summary.pages_rejected)} không được nhận.",
            f"{pages} page images{_speed(summary)}: "
            f"{count(summary.blank)} blank, {count(summary.duplicates)} duplicates, "
            f"{count(summary.already_read)} read before, {count(summary.pages_rejected)} refused.",
        )
    )
    typer.echo(
        say(
            f"Các bản quét này có {count(summary.sheets)} phiếu: {count(summary.accepted)} đã "
            f"nhận, {count(summary.review)} chờ xem xét, {count(summary.rejected)} không hợp lệ.",
            f"These scans hold {count(summary.sheets)} sheets: {count(summary.accepted)} "
            f"accepted, {count(summary.review)} waiting for review, {count(summary.rejected)} "
            "invalid.",
        )
    )
    if summary.pairing_uncertain:
        _warn_of_pairing(summary.pairing_uncertain)
    show_drifts(summary.drifts)
    if summary.deck_pages:
        pages = count(summary.deck_pages)
        typer.echo(
            say(
                f"Trong đó có {pages} ảnh trang phiếu thử máy, không tính vào kết quả.",
                f"Of these, {pages} page images are of a test deck, and do not count.",
            )
        )
    _show_refused(summary)


def _warn_of_pairing(sheets: int) -> None:
    typer.echo(
        say(
            f"Chú ý: {count(sheets)} phiếu photocopy phải chờ vì không chắc các trang là của cùng "
            "một người: tệp có số trang lẻ hoặc thứ tự trang không đều. Hãy rút tệp đó ra bằng omr "
            "withdraw, xếp lại chồng giấy rồi quét lại trọn vào một tệp; hoặc xem xét từng phiếu.",
            f"Note: {count(sheets)} photocopied sheets wait because their pages may be of several "
            "people: a file has an odd number of pages, or they are not in one order. Take it out "
            "with omr withdraw, put the stack in order and scan it whole into one file again; or "
            "review sheet by sheet.",
        )
    )


def _speed(summary: ReadSummary) -> str:
    """How fast the new pages were read; nothing where none was new."""
    new = summary.pages - summary.already_read
    if not new or summary.seconds <= 0:
        return ""
    seconds, speed = rate(summary.seconds), rate(new / summary.seconds)
    return say(f" trong {seconds} giây ({speed} trang/giây)", f" in {seconds} s ({speed} pages/s)")


def _show_refused(summary: ReadSummary) -> None:
    if not summary.refused:
        return
    typer.echo(say("Trang không được nhận:", "Pages refused:"))
    images: dict[str, list[str]] = {}
    for image, reason in summary.refused:
        images.setdefault(reason_sentence(reason), []).append(image)
    for sentence, named in sorted(images.items(), key=lambda group: -len(group[1])):
        shown = ", ".join(named[:_SHOWN]) + (", …" if len(named) > _SHOWN else "")
        typer.echo(f"  {count(len(named))} × {sentence} [{shown}]")
    if any(len(named) > _SHOWN for named in images.values()):
        typer.echo(
            say(
                "  Danh sách đầy đủ: omr status --rejected, hoặc pages.csv.",
                "  All of them: omr status --rejected, or pages.csv.",
            )
        )
