"""What a person may write in the column ``decision``, and the reasons for asking, in words.

For a question: an option's code; several codes joined with ``+`` (on a single-choice question: a
double mark that is really there, accepted but not counted); digits for a number; ``-`` for no
answer; for a comment, its words. For a whole sheet (question ``*``): ``valid`` or ``invalid``.
An empty cell means: not decided yet. (A decision is taken back with ``omr review --undo``, not in
the table: importing a table twice must change nothing.)
The Vietnamese words do the same, with or without diacritics.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from omr.language import say
from omr.responses.model import Doubt
from omr.survey.items import INVALID, VALID

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

NO_ANSWER: AbstractSet[str] = frozenset({"-", "blank", "trong", "khong tra loi"})
SHEET_WORDS = {
    "valid": VALID,
    "accept": VALID,
    "hop le": VALID,
    "invalid": INVALID,
    "reject": INVALID,
    "khong hop le": INVALID,
}


def folded(text: str) -> str:
    """The words in small letters without diacritics and doubled spaces: ``Hợp  lệ`` = hop le."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.replace("–", "-").replace("—", "-").split())


def doubt_words(doubt: Doubt) -> str:
    """Why a question waits, in the words of the screen language."""
    words = {
        Doubt.MARGINAL: say("không rõ có đánh dấu hay không", "a mark that may not be one"),
        Doubt.FAINT: say("nét quá nhạt", "all ink is very faint"),
        Doubt.WRITING: say("có nét viết bên cạnh ô", "something is written beside the boxes"),
        Doubt.DOUBLE: say("số ô được đánh dấu nhiều hơn mức cho phép", "more marks than allowed"),
        Doubt.CORRECTED: say("có chỗ sửa hoặc khoanh tròn", "a correction or a circled answer"),
        Doubt.UNPLACED: say("không định vị được ô trên ảnh", "the print was not found in place"),
        Doubt.READINGS: say(
            "hai lần quét cùng một tờ giấy cho kết quả khác nhau",
            "two scans of this paper were read differently",
        ),
        Doubt.NUMBER: say(
            "chữ số viết tay chưa đọc chắc", "handwritten digits that were not read for sure"
        ),
    }
    return words[doubt]


def sheet_reason_words(reason: str) -> str:
    """Why a whole sheet waits, in the words of the screen language."""
    slug, _, detail = reason.partition(":")
    if slug == "missing-page":
        return say(f"thiếu trang {detail}", f"page {detail} is missing")
    if slug == "duplicate-serial":
        return say("có phiếu khác trùng số phiếu", "another paper has the same serial")
    if slug == "pairing-uncertain":
        return say(
            "không chắc các trang này là của cùng một phiếu",
            "these pages may not be of one sheet",
        )
    return reason
