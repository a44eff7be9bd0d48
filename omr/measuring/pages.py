"""The pages of a scan of blank paper: the same files, refusals and limits as in reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say
from omr.refusal import Refusal
from omr.scan import (
    FileRefusal,
    PageRef,
    ScannedPage,
    file_digest,
    list_files,
    list_pages,
    load_page,
)

if TYPE_CHECKING:
    from pathlib import Path

    from omr.scan import PageName


MOST_PAGES = 4
"""Pages measured unasked: two sheets, both sides. More are hardly one blank form."""


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """A page of the scan that could not be read."""

    name: PageName
    refusal: Refusal


def blank_pages(scan: Path, page: int | None = None) -> list[PageRef | FileRefusal]:
    """The pages of a file or folder in order; only the ``page``-th of them, if one is named.

    Raises:
        UsageError: there is no such file, it has no such page, or it has so many that it is hardly
            a blank form.
    """
    listed = [
        item for file in list_files(scan) for item in list_pages(file, file_digest(file.path))
    ]
    if page is None and len(listed) > MOST_PAGES:
        raise UsageError(
            say(
                f"{scan} có {len(listed)} trang, nhiều hơn một mẫu phiếu (tối đa {MOST_PAGES} "
                "trang). Hãy đo từng trang cần dùng bằng --page N, hoặc chỉ quét phiếu trắng.",
                f"{scan} has {len(listed)} pages, more than a form has (at most {MOST_PAGES}). "
                "Measure the pages you need one by one with --page N, or scan the blank form only.",
            )
        )
    if page is None:
        return listed
    if page > len(listed):
        raise UsageError(
            say(
                f"{scan} có {len(listed)} trang, không có trang {page}.",
                f"{scan} has {len(listed)} pages, there is no page {page}.",
            )
        )
    return [listed[page - 1]]


def open_page(item: PageRef | FileRefusal) -> ScannedPage | RefusedPage:
    """One of them decoded, or why it cannot be."""
    page = load_page(item) if isinstance(item, PageRef) else item.refusal
    return RefusedPage(item.name, page) if isinstance(page, Refusal) else page
