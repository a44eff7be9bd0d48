"""A person decides what the machine would not: ``review.csv`` with pictures, out and in again.

A decision is recorded beside the machine's reading, never over it, and can be taken back. What
may stand in the column ``decision`` is described in :mod:`omr.review.words`.
"""

from omr.review.decisions import parse_decisions
from omr.review.items import ReviewItem, decidable, waiting_items
from omr.review.waiting_table import Written, write_waiting
from omr.review.writer import REVIEW_FILE, write_review

__all__ = [
    "REVIEW_FILE",
    "ReviewItem",
    "Written",
    "decidable",
    "parse_decisions",
    "waiting_items",
    "write_review",
    "write_waiting",
]
