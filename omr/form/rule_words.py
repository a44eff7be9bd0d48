"""What the rules of :mod:`omr.form.rules` say when they are broken, in both screen languages."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from omr.language import say

if TYPE_CHECKING:
    from omr.form.model import Kind
    from omr.form.schema import DesignedEntry, QuestionEntry, WrittenKind


def needs_scale(key: str) -> str:
    """``also`` or ``order`` where there is no scale."""
    return say(
        f"“{key}” chỉ dùng cùng với một thang điểm, mà ở đây không có “scale”; "
        f"hãy thêm scale hoặc bỏ {key}.",
        f"'{key}' goes with a scale, but there is no 'scale' here; add one or drop {key}.",
    )


def no_scale(name: str, entry: DesignedEntry) -> str:
    """A name that stands not under scales."""
    known = ", ".join(entry.scales)
    near = difflib.get_close_matches(name, entry.scales, n=1, cutoff=0.4)
    if not known:
        return say(
            f"không có thang “{name}”: mẫu phiếu này chưa có thang nào; hãy thêm “include: "
            "khoi-chung” (có S5, S3) hoặc khai báo trong scales.",
            f"there is no scale '{name}': this form has none; add 'include: khoi-chung' (which has "
            "S5 and S3) or put it under scales.",
        )
    meant_vi, meant_en = (f" Có phải {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    return say(
        f"không có thang “{name}” trong scales (hiện có: {known}).{meant_vi} "
        "Hãy khai báo hoặc sửa tên.",
        f"there is no scale '{name}' under scales (there are: {known}).{meant_en} "
        "Add it or correct it.",
    )


def order_needs_scores() -> str:
    """An order asked of a scale without scores."""
    return say(
        "“order” xếp các cột theo điểm, mà thang này không có điểm; hãy ghi điểm cho thang, ví dụ "
        "“Hài lòng: 4”, hoặc bỏ order.",
        "'order' sorts the columns by score, but this scale has no scores; give it scores, for "
        "example 'Hài lòng: 4', or drop order.",
    )


def column_differs(code: str, text: str) -> str:
    """Two rows of a table whose ``also`` gives one code different words."""
    return say(
        f"mã “{code}” đã là cột “{text}” ở một dòng khác của bảng; mỗi mã là một cột, "
        "hãy ghi giống nhau hoặc đổi mã.",
        f"the code '{code}' is the column '{text}' in another row of this table; a code is one "
        "column, write them alike or change the code.",
    )


def yes_no_only() -> str:
    """A yes/no question with other answers."""
    return say(
        "câu yesno chỉ có hai phương án Không (mã 0) và Có (mã 1), theo thứ tự tùy chọn; "
        "nếu cần chữ khác, hãy dùng kind: single.",
        "a yesno question has the options Không (code 0) and Có (code 1) in either order; "
        "for other words use kind: single.",
    )


def row_has_columns(key: str) -> str:
    """A key of its own in a row of a table."""
    return say(
        f"câu hỏi trong bảng lấy các ô từ scale của cả phần, nên không có “{key}” riêng; "
        "hãy bỏ khóa này hoặc chuyển câu hỏi sang phần không có scale.",
        f"a row of a table takes its boxes from the section's scale and has no '{key}' of its "
        "own; drop it, or move the question to a section without scale.",
    )


def scale_or_options() -> str:
    """Both ways of giving options at once."""
    return say(
        "câu hỏi có cả scale và options nên không rõ lấy ô nào; hãy bỏ một trong hai.",
        "the question has both scale and options, so it is not clear which count; drop one.",
    )


def needs_options(question: QuestionEntry) -> str:
    """A question to mark without anything to mark."""
    return say(
        f"câu “{question.text}” là câu chọn phương án ({question.kind}) nhưng không có options "
        "hoặc scale; hãy thêm, hoặc ghi kind: text hay kind: number.",
        f"the question '{question.text}' is answered by marking ({question.kind}) but has neither "
        "options nor scale; add them, or write kind: text or kind: number.",
    )


def has_no_options(question: QuestionEntry) -> str:
    """Options in a question that is written by hand."""
    return say(
        f"câu loại {question.kind} được viết tay nên không có ô để chọn; hãy bỏ khóa này.",
        f"a {question.kind} question is written by hand and has no options; drop this key.",
    )


def needs_digits(question: QuestionEntry) -> str:
    """A number question of unknown length."""
    return say(
        f"câu “{question.text}” là câu ghi số nhưng không cho biết có mấy chữ số; "
        "hãy thêm, ví dụ digits: 3.",
        f"the number question '{question.text}' does not say how many digits it has; "
        "add for example digits: 3.",
    )


def only_for(key: str, kind: Kind | WrittenKind) -> str:
    """A key that belongs to another kind of question."""
    return say(
        f"“{key}” chỉ dùng cho câu loại {kind}; hãy bỏ hoặc đổi kind.",
        f"'{key}' is only for {kind} questions; drop it or change kind.",
    )


def maximum_too_large(maximum: int, count: int) -> str:
    """A maximum above the number of options."""
    return say(
        f"“maximum: {maximum}” lớn hơn số ô ({count}); hãy giảm xuống hoặc bỏ khóa này.",
        f"'maximum: {maximum}' is more than there are options ({count}); lower or drop it.",
    )


def code_twice(code: str) -> str:
    """Two options with one code."""
    return say(
        f"mã “{code}” lặp lại trong cùng câu hỏi nên không phân biệt được hai ô; hãy đổi một mã.",
        f"the code '{code}' stands twice in one question, so two boxes could not be told apart; "
        "change one.",
    )


def id_is_column(name: str) -> str:
    """A question named like a column of ratings.csv."""
    return say(
        f"“{name}” là tên một cột cố định của ratings.csv; hãy đặt mã câu hỏi khác.",
        f"'{name}' is the name of a fixed column of ratings.csv; choose another id.",
    )


def id_twice(name: str, line: int) -> str:
    """Two questions with one id."""
    return say(
        f"mã câu hỏi “{name}” đã dùng ở dòng {line}; mỗi câu cần một mã riêng (câu không ghi mã "
        "được đánh số q1, q2 …), hãy đổi lại.",
        f"the id '{name}' is already used in line {line}; every question needs its own (those "
        "without id are numbered q1, q2 …), change one.",
    )


def measured_kind() -> str:
    """A measured question that is not marked."""
    return say(
        "mẫu phiếu đo từ giấy có sẵn chỉ có câu loại single hoặc multi; hãy sửa kind hoặc bỏ "
        "câu này.",
        "a measured form has single and multi questions only; correct kind or drop the question.",
    )


def box_outside(size_px: tuple[int, int]) -> str:
    """A box that is not on the reference picture."""
    return say(
        f"ô nằm ngoài ảnh mẫu ({size_px[0]} x {size_px[1]} điểm ảnh) hoặc không có bề rộng; "
        "box_px là [x, y, rộng, cao] tính từ góc trên bên trái, hãy đo lại.",
        f"the box lies outside the reference picture ({size_px[0]} x {size_px[1]} px) or has no "
        "size; box_px is [x, y, width, height] from the top-left corner, measure it again.",
    )
