"""What is said of a template: every message names the wrong word and what to do."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` is most likely a slip of, whatever the case of its letters."""
    by_small = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), by_small, n=1, cutoff=0.75)
    return by_small[near[0]] if near else None


def shape_problem(details: ErrorDetails) -> str:
    """What pydantic found wrong with a value, said to people."""
    name = next((step for step in reversed(details["loc"]) if isinstance(step, str)), "template")
    kind, given = details["type"], details["input"]
    if kind == "missing":
        return say(
            f"thiếu khóa “{name}”, là khóa bắt buộc; hãy thêm vào.",
            f"the key '{name}' is missing, and it is required; add it.",
        )
    if kind in ("too_short", "string_too_short"):
        return say(
            "đang trống nhưng cần ít nhất một mục; hãy bổ sung.",
            "is empty, but at least one is needed; fill it in.",
        )
    if kind == "literal_error":
        expected = str(details.get("ctx", {}).get("expected", ""))
        return say(
            f"“{given}” không dùng được; hãy chọn một trong: {expected}.",
            f"'{given}' cannot be used; choose one of: {expected}.",
        )
    wanted = _WANTED.get(kind)
    if wanted is None:
        return say(
            f"giá trị {given!r} không hợp lệ ({details['msg']}); hãy sửa lại.",
            f"the value {given!r} is not valid ({details['msg']}); correct it.",
        )
    return say(
        f"phải là {wanted[0]}, nhưng đây là {given!r}; hãy sửa lại.",
        f"must be {wanted[1]}, but this is {given!r}; correct it.",
    )


_TEXT = ("chữ trong dấu nháy", "text in quotes")
_NUMBER = ("một số (không đặt trong dấu nháy)", "a number (not in quotes)")
_RANGE = ("một số từ 0 đến 100000, kích thước lớn hơn 0", "0 to 100000, and a size more than 0")
_LIST = ("một danh sách […]", "a list […]")
_OBJECT = ("một đối tượng {…}", "an object {…}")
_PAIR = ("đúng hai số, ví dụ [300, 400]", "exactly two numbers, such as [300, 400]")
_WANTED = {
    "string_type": _TEXT,
    "float_type": _NUMBER,
    "int_type": _NUMBER,
    "greater_than": _RANGE,
    "greater_than_equal": _RANGE,
    "less_than_equal": _RANGE,
    "finite_number": _NUMBER,
    "bool_type": ("true hoặc false", "true or false"),
    "tuple_type": _LIST,
    "too_long": _PAIR,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
}


def unknown(name: str, near: str) -> str:
    """A key that is nearly a known one."""
    return say(
        f"khóa “{name}” không có trong template.json; có phải là “{near}”?",
        f"the key '{name}' is not known in a template.json; did you mean '{near}'?",
    )


def unknown_type(name: str, known: Iterable[str]) -> str:
    """A field type that nobody defined."""
    known = sorted(known)
    near = nearest(name, known)
    if near:
        return say(
            f"không có loại ô “{name}”; có phải là “{near}”?",
            f"there is no field type '{name}'; did you mean '{near}'?",
        )
    listed = ", ".join(known)
    return say(
        f"không có loại ô “{name}”; hãy dùng một trong: {listed}, hoặc ghi bubbleValues và "
        "direction.",
        f"there is no field type '{name}'; use one of: {listed}, or write bubbleValues and "
        "direction.",
    )


def type_or_values() -> str:
    """A block without a type and without values."""
    return say(
        "khối này thiếu fieldType, hoặc bubbleValues cùng direction; hãy thêm vào.",
        "this block needs a fieldType, or bubbleValues and direction; add them.",
    )


def type_and_values(name: str) -> str:
    """A block whose own values contradict its type."""
    return say(
        f"fieldType “{name}” có các giá trị khác với bubbleValues của khối; OMRChecker dùng "
        "fieldType và bỏ qua bubbleValues. Hãy xóa một trong hai.",
        f"the fieldType '{name}' has other values than this block's bubbleValues; OMRChecker takes "
        "the fieldType and passes over bubbleValues. Delete one of them.",
    )


def bad_label(label: str, reason: str) -> str:
    """A label with dots that is no range."""
    if reason == "order":
        return say(
            f"“{label}”: số đầu phải nhỏ hơn số cuối; hãy sửa lại, ví dụ “q1..10”.",
            f"'{label}': the first number must be less than the last; correct it, as in 'q1..10'.",
        )
    if reason == "length":
        return say(
            f"“{label}” có quá nhiều ô; hãy kiểm tra lại hai số.",
            f"'{label}' has too many fields; check the two numbers.",
        )
    return say(
        f"“{label}” có dấu chấm nhưng không phải một dãy như “q1..10”; hãy sửa lại.",
        f"'{label}' has a dot but is not a range such as 'q1..10'; correct it.",
    )


def label_twice(label: str, first: str) -> str:
    """A field that two blocks have."""
    return say(
        f"trường “{label}” đã có ở {first}; mỗi trường chỉ được có một lần, hãy đổi tên một trong "
        "hai.",
        f"the field '{label}' stands already at {first}; each may stand once, rename one of them.",
    )


def value_twice(value: str) -> str:
    """A bubble value that stands twice in one field."""
    return say(
        f"giá trị “{value}” có hai lần trong cùng một trường; hãy đổi một.",
        f"the value '{value}' stands twice in one field; change one.",
    )


def no_field(label: str, known: Iterable[str]) -> str:
    """A joined column that names a field which is not there."""
    near = nearest(label, known)
    if near:
        return say(
            f"không có trường “{label}” trong các khối; có phải là “{near}”?",
            f"no block has the field '{label}'; did you mean '{near}'?",
        )
    return say(
        f"không có trường “{label}” trong các khối; hãy kiểm tra lại tên.",
        f"no block has the field '{label}'; check the name.",
    )


def gaps_count(given: int, needed: int) -> str:
    """A list of gaps of the wrong length."""
    return say(
        f"có {given} khoảng cách nhưng cần {needed} (ít hơn số trường một); hãy sửa lại.",
        f"has {given} gaps but needs {needed} (one fewer than fields); correct it.",
    )


def no_room(gap: float) -> str:
    """Bubbles of a field that would lie upon each other."""
    return say(
        f"khoảng cách {gap:g} đặt các ô chồng lên nhau; hãy sửa lại.",
        f"a gap of {gap:g} puts the bubbles upon each other; correct it.",
    )


def outside(box: tuple[float, float, float, float], size: tuple[float, float]) -> str:
    """A block that leaves the page."""
    place = ", ".join(f"{number:g}" for number in box)
    return say(
        f"khối chiếm [{place}] (x, y, rộng, cao) nên ra ngoài trang {size[0]:g} x {size[1]:g}; "
        "hãy sửa origin, khoảng cách hoặc pageDimensions.",
        f"the block covers [{place}] (x, y, width, height) and leaves the page of "
        f"{size[0]:g} x {size[1]:g}; correct origin, gaps or pageDimensions.",
    )
