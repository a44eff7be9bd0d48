"""Decisions that come back in ``review.csv``: every row checked, then all taken or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.form.model import Kind
from omr.language import say
from omr.review.returned_table import read_rows
from omr.review.words import NO_ANSWER, SHEET_WORDS, folded
from omr.survey.model import Decision
from omr.tables.cells import without_leading_zeros

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omr.form.model import Question

_SHOWN_ERRORS = 20


class _RowError(Exception):
    """What is wrong with one row, in words."""


def parse_decisions(
    content: bytes, known: Mapping[str, Question | None], decided_at: str, reviewer: str = ""
) -> tuple[Decision, ...]:
    """The decisions in the bytes of a filled-in ``review.csv``; undecided rows are left out.

    ``known`` is what may be decided (:func:`omr.review.items.decidable`). ``decided_at`` is an
    ISO 8601 time with offset; ``reviewer`` is who decided the rows that name nobody.

    Raises:
        UsageError: anything in any row is wrong; the message names every such row. Nothing of
            the file may then be used.
    """
    decisions: dict[str, Decision] = {}
    errors: list[str] = []
    for number, row in read_rows(content, ("item", "decision")):
        try:
            decision = _decision(row, known, decided_at, reviewer)
            if decision and decisions.setdefault(decision.item, decision) != decision:
                raise _RowError(_contradicted(decision.item))
        except _RowError as error:
            errors.append(say(f"dòng {number}: {error}", f"row {number}: {error}"))
    if errors:
        raise UsageError(_all_wrong(errors))
    return tuple(decisions.values())


def _decision(
    row: Mapping[str, str],
    known: Mapping[str, Question | None],
    decided_at: str,
    reviewer: str,
) -> Decision | None:
    item, decision = row["item"], row["decision"]
    if item not in known:
        raise _RowError(
            say(f"không có mục “{item}” trong cuộc khảo sát này", f"this survey has no “{item}”")
        )
    if not decision:
        return None
    who = row.get("reviewer") or reviewer
    if not who:
        raise _RowError(
            say(
                "thiếu tên người xem xét (cột reviewer, hoặc --reviewer)",
                "no reviewer is named (column reviewer, or --reviewer)",
            )
        )
    return Decision(item, _value(decision, known[item]), who, decided_at)


def _value(decision: str, question: Question | None) -> str:
    if question is None:
        return _sheet_value(decision)
    if question.has_targets and (code := _code(decision, question)) is not None:
        return code
    if folded(decision) in NO_ANSWER:
        return ""
    if question.has_targets:
        return _codes(decision, question)
    return _digits(decision, question) if question.kind is Kind.NUMBER else decision


def _sheet_value(decision: str) -> str:
    word = folded(decision)
    if word in SHEET_WORDS:
        return SHEET_WORDS[word]
    raise _RowError(
        say(
            f"“{decision}” không dùng được cho cả phiếu; hãy ghi valid (hợp lệ) hoặc invalid "
            "(không hợp lệ)",
            f"“{decision}” cannot be decided about a sheet; write valid or invalid",
        )
    )


def _digits(decision: str, question: Question) -> str:
    if decision.isascii() and decision.isdecimal() and len(decision) <= question.digits:
        return without_leading_zeros(decision)
    raise _RowError(
        say(
            f"“{decision}” không phải số có nhiều nhất {question.digits} chữ số "
            f"(câu {question.id}); không trả lời thì ghi -",
            f"“{decision}” is not a number of at most {question.digits} digits "
            f"(question {question.id}); write - for no answer",
        )
    )


def _codes(decision: str, question: Question) -> str:
    """Several codes joined with ``+``, put in the form's order."""
    found = [_code(part.strip(), question) for part in decision.split("+")]
    chosen = {code for code in found if code is not None}
    if None in found or len(chosen) < len(found):
        raise _RowError(_not_an_option(decision, question))
    return "+".join(option.code for option in question.options if option.code in chosen)


def _code(text: str, question: Question) -> str | None:
    """The option code meant by ``text``; None if it is none, or could be several.

    Passed over, where one code alone remains: capitals, and the zeros that Excel drops.
    """
    codes = [option.code for option in question.options]
    if text in codes:
        return text
    alike = [code for code in codes if _plain(code) == _plain(text)]
    return alike[0] if len(alike) == 1 else None


def _plain(code: str) -> str:
    return without_leading_zeros(code.casefold())


def _not_an_option(decision: str, question: Question) -> str:
    codes = ", ".join(option.code for option in question.options)
    return say(
        f"“{decision}” không phải phương án của câu {question.id}; có thể ghi: {codes}, nhiều mã "
        "nối bằng +, hoặc - (không trả lời)",
        f"“{decision}” is not an option of question {question.id}; write one of {codes}, several "
        "joined with +, or - (no answer)",
    )


def _contradicted(item: str) -> str:
    return say(
        f"mục {item} đã có quyết định khác ở dòng trên",
        f"item {item} has another decision in a row above",
    )


def _all_wrong(errors: list[str]) -> str:
    shown = "\n".join(f"  {error}" for error in errors[:_SHOWN_ERRORS])
    more = len(errors) - _SHOWN_ERRORS
    if more > 0:
        shown += say(f"\n  … và {more} dòng nữa", f"\n  … and {more} more rows")
    return say(
        f"Chưa nhập quyết định nào, vì có {len(errors)} dòng sai:\n{shown}\n"
        "Hãy sửa các dòng đó rồi nhập lại cả tệp.",
        f"No decision was taken, because {len(errors)} rows are wrong:\n{shown}\n"
        "Correct them and import the whole file again.",
    )
