"""The survey: one campaign in one folder, what was issued, read and decided, and its sheets."""

from omr.survey.forms import FrozenForm
from omr.survey.items import parse_item, question_item, sheet_item
from omr.survey.status import StatusCounts, status_of
from omr.survey.survey import Survey

__all__ = [
    "FrozenForm",
    "StatusCounts",
    "Survey",
    "parse_item",
    "question_item",
    "sheet_item",
    "status_of",
]
