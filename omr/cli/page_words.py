"""How many pages a sheet has, in the words of the commands that choose or print a form."""

from __future__ import annotations

from omr.language import say


def page_count(pages: int) -> str:
    """``2 trang``, in English ``2 pages``."""
    return say(f"{pages} trang", f"{pages} page" if pages == 1 else f"{pages} pages")


def duplex_advice(pages: int) -> str:
    """How to print a sheet of several pages; empty for a sheet of one page."""
    if pages == 1:
        return ""
    return say(
        f"Mỗi phiếu {page_count(pages)}: in hai mặt, lật theo cạnh dài.",
        f"Each sheet has {page_count(pages)}: print on both sides, flipped on the long edge.",
    )
