"""What pydantic found, said with line and column and in words an author can act on."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from omr.form.model import Correction, DoubleMarks
from omr.form.schema import QUESTION_WORDS, QuestionEntry, ScaleOrder, WrittenKind
from omr.form.tree import Mapped, Problem, inside
from omr.language import say

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from omr.form.source import Source
    from omr.form.tree import Spot, Steps

_ONE_OF = {
    "kind": tuple(WrittenKind),
    "correction": tuple(Correction),
    "double": tuple(DoubleMarks),
    "order": tuple(ScaleOrder),
}


def problems_of(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """Every error of a validation, each at its place in the file.

    pydantic calls a list too short when its entries are wrong; only the entries are said then.
    """
    return [
        _problem(details, source, model)
        for details in error.errors()
        if not (details["type"] == "too_short" and details["input"])
    ]


def _problem(details: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    path = tuple(details["loc"])
    if path[-1:] == ("[key]",):  # the name of an entry, not its value
        return Problem(source.key_spot(path[:-1]), _entry_name(path[:-1]))
    name = _name(path)
    kind = details["type"]
    if kind == "extra_forbidden":
        return Problem(source.key_spot(path), _unknown(name, _keys_at(model, path[:-1])))
    if kind == "missing":
        return Problem(source.spot(path[:-1]), _missing(name))
    if kind == "option_pair":
        key = str(details["ctx"]["key"])
        return Problem(source.spot((*path, key)), _pair(key, details["input"][key]))
    said = _SAID.get(kind)
    message = said(name, details) if said else _other(name, details)
    return Problem(_spot(path, source), message)


def _spot(path: Steps, source: Source) -> Spot:
    """The place of a value; the factor of a pair ``text: FACTOR`` is the pair's value."""
    if path[-1:] == ("factor",) and not source.has(path):
        found = inside(source.tree, path[:-1])
        if found and isinstance(found[0], Mapped) and len(found[0]) == 1:
            return next(iter(found[0].spots.values()))
    return source.spot(path)


def _name(path: Steps) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _keys_at(model: type[BaseModel], path: Steps) -> list[str]:
    """The keys that may stand in the mapping at ``path``, found by walking the models."""
    here: Any = model
    for step in path:
        here = _bare(here.model_fields[step].annotation if _is_model(here) else _inner(here))
    if not _is_model(here):
        return []
    return list(QUESTION_WORDS if here is QuestionEntry else here.model_fields)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _inner(annotation: Any) -> Any:
    """What a list or a mapping holds: of ``dict[str, Option]`` the option."""
    inner = [one for one in get_args(annotation) if one is not Ellipsis]
    return inner[-1] if inner else None


def _bare(annotation: Any) -> Any:
    """A type without the marks of ``Annotated``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    all_keys = ", ".join(known)
    if name in known:  # "use" in a block
        return say(
            f"khóa “{name}” không dùng được ở chỗ này, chỉ dùng trong questions của một phần; "
            "hãy ghi câu hỏi đầy đủ.",
            f"the key '{name}' cannot stand here, only in the questions of a section; write the "
            "question in full.",
        )
    if near:
        return say(
            f"khóa “{name}” không có trong ngôn ngữ mẫu phiếu; có phải là “{near[0]}”?",
            f"the key '{name}' is not known here; did you mean '{near[0]}'?",
        )
    return say(
        f"khóa “{name}” không có trong ngôn ngữ mẫu phiếu; ở đây dùng được: {all_keys}.",
        f"the key '{name}' is not known here; these are: {all_keys}.",
    )


def _entry_name(path: Steps) -> str:
    name = path[-1]
    if path[0] == "variables":
        return say(
            f"“{name}” không dùng làm tên biến được: tên biến chỉ gồm chữ thường không dấu, chữ số "
            "và dấu _, bắt đầu bằng chữ; hãy đổi tên.",
            f"'{name}' cannot name a variable: small plain letters, digits and _ only, beginning "
            "with a letter; change it.",
        )
    return say(
        f"“{name}” không dùng làm tên khối được: chỉ gồm chữ cái không dấu, chữ số, - và _, bắt "
        "đầu bằng chữ cái; hãy đổi tên.",
        f"'{name}' cannot name a block: plain letters, digits, - and _ only, beginning with a "
        "letter; change it.",
    )


def _missing(name: str) -> str:
    return say(
        f"thiếu khóa “{name}”, là khóa bắt buộc; hãy thêm “{name}: …”.",
        f"the key '{name}' is missing, and it is required; add '{name}: …'.",
    )


def _text(name: str, details: ErrorDetails) -> str:
    if details["input"] is None:
        return say(
            f"“{name}” để trống hoặc là null nên không có chữ nào để in; hãy ghi chữ vào, "
            f'nếu đúng là chữ đó thì đặt trong dấu nháy: {name}: "null".',
            f"'{name}' is empty or null, so there is nothing to print; write the text, "
            f'and if it is that very word, quote it: {name}: "null".',
        )
    if isinstance(details["input"], dict):
        return say(
            f"“{name}” phải là chữ, nhưng ngoặc {{ }} hay dấu hai chấm đã làm nó thành một bảng; "
            f'hãy đặt cả câu trong dấu nháy, ví dụ {name}: "{{co_quan}}".',
            f"'{name}' must be text, but {{ }} or a colon made it a mapping; put the whole text in "
            f'quotes, for example {name}: "{{co_quan}}".',
        )
    return say(
        f"“{name}” phải là chữ, không phải danh sách hay bảng; hãy ghi trên một dòng hoặc đặt "
        "trong dấu nháy.",
        f"'{name}' must be text, not a list or a mapping; write it on one line or quote it.",
    )


def _too_short(name: str, _details: ErrorDetails) -> str:
    return say(
        f"“{name}” đang trống nhưng cần ít nhất một mục; hãy bổ sung.",
        f"'{name}' is empty, but at least one is needed; fill it in.",
    )


def _pattern(name: str, details: ErrorDetails) -> str:
    given = details["input"]
    if name == "factor":
        return say(
            f"“{given}” không phải là mã yếu tố: mã yếu tố viết hoa, không dấu, như TC, TT, CC, "
            "KQ, GY, CHUNG; hãy sửa, hoặc đặt cả dòng trong dấu nháy nếu đó là chữ của câu hỏi.",
            f"'{given}' is no factor code: those are capital letters such as TC, TT, CC, KQ, GY, "
            "CHUNG; correct it, or quote the whole line if it belongs to the question's text.",
        )
    if name == "code":
        return say(
            f"mã “{given}” không dùng được: mã không có dấu cách, không có dấu +, dài 1-40 ký tự, "
            "vì nhiều dấu được nối với nhau bằng + khi xuất dữ liệu; hãy đổi mã.",
            f"the code '{given}' cannot be used: a code has no space and no +, and 1-40 "
            "characters, because several marks are joined with + in the export; change it.",
        )
    return say(
        f"“{name}: {given}” không dùng được: chỉ gồm chữ cái không dấu, chữ số, - và _, "
        "mã câu hỏi bắt đầu bằng chữ cái; hãy đổi lại.",
        f"'{name}: {given}' cannot be used: plain letters, digits, - and _ only, and a question's "
        "id begins with a letter; change it.",
    )


def _number(name: str, details: ErrorDetails) -> str:
    return say(
        f"“{name}: {details['input']}” phải là một số (dấu thập phân là dấu chấm); hãy sửa lại.",
        f"'{name}: {details['input']}' must be a number (with a decimal point); correct it.",
    )


def _range(name: str, details: ErrorDetails) -> str:
    limit = next(iter(details.get("ctx", {}).values()))
    least = details["type"].startswith("greater")
    bound_vi, bound_en = ("ít nhất", "at least") if least else ("nhiều nhất", "at most")
    return say(
        f"“{name}: {details['input']}” không dùng được: phải là {bound_vi} {limit:g}; hãy sửa lại.",
        f"'{name}: {details['input']}' cannot be used: it must be {bound_en} {limit:g}; "
        "correct it.",
    )


def _one_of(name: str, details: ErrorDetails) -> str:
    choices = _ONE_OF.get(name, ())
    known = ", ".join(choices) or str(details.get("ctx", {}).get("expected", ""))
    near = difflib.get_close_matches(str(details["input"]), choices, n=1, cutoff=0.5)
    meant_vi, meant_en = (f" Có phải {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    return say(
        f"“{name}: {details['input']}” không dùng được; hãy chọn một trong: {known}.{meant_vi}",
        f"'{name}: {details['input']}' does not exist; choose one of: {known}.{meant_en}",
    )


def _pair(text: str, given: object) -> str:
    return say(
        f"“{text}: {given}” không dùng được: sau dấu hai chấm là điểm (một số, cũng là mã), hoặc "
        f"NA nếu không tính điểm; nếu chỉ là chữ thì đặt cả dòng trong dấu nháy; nếu cần mã khác, "
        f"hãy viết đầy đủ {{code: …, text: …}}.",
        f"'{text}: {given}' cannot be used: after the colon stands the score (a number, which is "
        "the code too), or NA for none; if it is all text, quote the line; for another code write "
        "{code: …, text: …}.",
    )


def _yes_no(name: str, details: ErrorDetails) -> str:
    return say(
        f"“{name}: {details['input']}” phải là true hoặc false; hãy sửa lại.",
        f"'{name}: {details['input']}' must be true or false; correct it.",
    )


def _list(name: str, _details: ErrorDetails) -> str:
    return say(
        f"“{name}” phải là một danh sách, mỗi mục bắt đầu bằng dấu “-”; hãy sửa lại.",
        f"'{name}' must be a list, each entry beginning with '-'; correct it.",
    )


def _mapping(name: str, _details: ErrorDetails) -> str:
    where = name or "form"
    return say(
        f"“{where}” phải gồm các dòng “khóa: giá trị”; hãy sửa lại.",
        f"'{where}' must consist of 'key: value' lines; correct it.",
    )


def _other(name: str, details: ErrorDetails) -> str:
    return say(
        f"“{name}: {details['input']}” không hợp lệ ({details['msg']}); hãy sửa lại.",
        f"'{name}: {details['input']}' is not valid ({details['msg']}); correct it.",
    )


_SAID = {
    "string_type": _text,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_pattern_mismatch": _pattern,
    "float_parsing": _number,
    "float_type": _number,
    "int_parsing": _number,
    "int_type": _number,
    "finite_number": _number,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "enum": _one_of,
    "literal_error": _one_of,
    "bool_parsing": _yes_no,
    "bool_type": _yes_no,
    "tuple_type": _list,
    "model_type": _mapping,
    "dict_type": _mapping,
}
