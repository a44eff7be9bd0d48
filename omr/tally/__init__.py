"""Counts per question and option, the share of the two best scores, factors and the index."""

from omr.tally.counting import tally
from omr.tally.long_table import tally_table
from omr.tally.model import FactorTally, Grouping, GroupTally, QuestionTally, Share

__all__ = [
    "FactorTally",
    "GroupTally",
    "Grouping",
    "QuestionTally",
    "Share",
    "tally",
    "tally_table",
]
