"""Codes, kinds and titles from words that were read, with numbers where nothing was."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from omr.form.model import Kind
from omr.form.schema import FormId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LONGEST_CODE = 20
LONGEST_ID = 50
_SEVERAL = re.compile(
    r"nhiều (?:lựa chọn|phương án|ô|đáp án|mục|câu trả lời)|chọn nhiều|có thể chọn|chọn tất cả|"
    r"đánh dấu tất cả|tối đa (?!1\b|một\b)\w+|all that apply|select all|choose all|one or more|"
    r"(?:no|not) more than (?!one\b|1\b)\w+|up to (?!one\b|1\b)\w+|"
    r"vote for (?:any )?(?:two|three|four|five|[2-9])\b",
    re.IGNORECASE,
)


def option_codes(texts: Sequence[str]) -> tuple[str, ...]:
    """A code for each option: its words if they are short and its own, else c1, c2, ...

    Words with digits are never taken: a digit that was misread looks as right as any other, and
    would stand in every table.
    """
    slugs = [slug(text) for text in texts]
    counts = Counter(slugs)
    return tuple(
        word if _is_code(word) and counts[word] == 1 else f"c{number}"
        for number, word in enumerate(slugs, start=1)
    )


def _is_code(word: str) -> bool:
    return 0 < len(word) <= LONGEST_CODE and not any(c.isdigit() for c in word)


def form_id_of(path: Path) -> str:
    """An id for the form in a file of this name."""
    return slug(path.name.split(".")[0])[:LONGEST_ID] or "form"


def is_form_id(text: str) -> bool:
    """Whether the form language takes this for a form's id."""
    try:
        TypeAdapter(FormId).validate_python(text)
    except ValidationError:
        return False
    return True


def slug(text: str) -> str:
    """Words without signs, in small ASCII letters joined with hyphens; may be empty."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def kind_of(question: str) -> Kind:
    """Multi where the question's words allow several marks; single otherwise."""
    return Kind.MULTI if _SEVERAL.search(question) else Kind.SINGLE
