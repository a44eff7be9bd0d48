"""The short ways of writing options and questions, brought into their full form.

Called on the raw tree by the models of :mod:`omr.form.schema`; what is neither short nor full is
left as it is, for the models to refuse.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import PydanticCustomError

NO_SCORE: Final = "NA"
"""In a pair ``Không liên quan: NA``: the code NA, and no score."""
YES_NO: Final = {"Không": "0", "Có": "1"}
"""The answers of a yes/no question, in their usual order, and their codes."""
NUMBER = r"-?[0-9]+(\.[0-9]+)?"
FACTOR = r"[A-ZĐ][A-ZĐ0-9_.-]{0,11}"

_NUMBER = re.compile(NUMBER)
_NEARLY = 0.75


def options_in_full(value: Any) -> Any:
    """Plain texts in a list of options get the codes 1, 2, 3 … of their places."""
    if not isinstance(value, list):
        return value
    return [
        {"code": str(place), "text": item} if isinstance(item, str) else item
        for place, item in enumerate(value, start=1)
    ]


def option_in_full(value: Any, keys: tuple[str, ...]) -> Any:
    """A pair ``Hài lòng: 4`` has its score as its code; ``NA`` stands for no score."""
    pair = _pair(value, keys)
    if pair is None:
        return value
    text, given = pair
    if given == NO_SCORE:
        return {"code": NO_SCORE, "text": text}
    if isinstance(given, str) and _NUMBER.fullmatch(given):
        return {"code": given, "text": text, "score": given}
    raise PydanticCustomError("option_pair", "no score", {"key": text})


def question_in_full(value: Any, keys: tuple[str, ...]) -> Any:
    """A plain text, or a pair ``text: FACTOR``; a yes/no question gets its two options."""
    if isinstance(value, str):
        return {"text": value}
    pair = _pair(value, keys)
    if pair is not None:
        text, factor = pair
        return {"text": text, "factor": factor}
    if isinstance(value, Mapping) and value.get("kind") == "yesno":
        given = value.get("options", list(YES_NO))
        if isinstance(given, list):
            return {**value, "options": [_answer(item) for item in given]}
    return value


def one_or_more(value: Any) -> Any:
    """A single word where a list of words may stand."""
    return [value] if isinstance(value, str) else value


def _answer(item: Any) -> Any:
    known = isinstance(item, str) and item in YES_NO
    return {"code": YES_NO[item], "text": item} if known else item


def _pair(value: Any, keys: tuple[str, ...]) -> tuple[str, Any] | None:
    """Key and value of a mapping that is a pair, not a full entry with one (mistyped) key."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return None
    ((key, given),) = value.items()
    if key in keys or isinstance(given, Mapping | list):
        return None
    is_sentence = " " in key
    mistyped = difflib.get_close_matches(key, keys, n=1, cutoff=_NEARLY)
    if mistyped and not is_sentence:
        return None
    return key, given
