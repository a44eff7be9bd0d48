"""``review.csv``, the pictures beside it, and a page to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.review.contact_page import contact_page
from omr.tables.columns import REVIEW_COLUMNS, Table
from omr.tables.csv_table import write_csv
from omr.tables.staging import staged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omr.review.items import ReviewItem

REVIEW_FILE = "review.csv"
CONTACT_PAGE = "index.html"


def write_review(items: Sequence[ReviewItem], folder: Path) -> tuple[Path, Path]:
    """Write ``review.csv``, ``index.html`` and one JPEG per doubtful question into ``folder``.

    Returns the paths of the first two. The columns ``decision`` and ``reviewer`` are left empty
    for a person to fill in. :class:`omr.errors.UsageError` where the folder cannot be written to.
    """
    with staged(folder, (REVIEW_FILE, CONTACT_PAGE)) as staging:
        write_csv(Table(REVIEW_COLUMNS, tuple(_row(item) for item in items)), staging / REVIEW_FILE)
        (staging / CONTACT_PAGE).write_text(contact_page(items), encoding="utf-8", newline="\n")
        for item in items:
            if item.picture:
                (staging / item.crop_name).write_bytes(item.picture)
    return folder / REVIEW_FILE, folder / CONTACT_PAGE


def _row(item: ReviewItem) -> tuple[str, ...]:
    return (
        item.item,
        item.serial,
        item.source,
        item.image,
        item.question_id,
        " ".join(item.doubts),
        item.machine,
        item.crop_name,
        "",
        "",
    )
