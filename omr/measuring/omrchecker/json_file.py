"""JSON files read with care: duplicate keys and bad syntax are said with their place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omr.errors import FormError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST_FILE = 2_000_000
"""Bytes. The largest template that people have published has 40 kB."""
Step = str | int


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong at a place of the file: keys and, for lists, positions from 0."""

    place: tuple[Step, ...]
    message: str


def json_path(place: Iterable[Step]) -> str:
    """``fieldBlocks.Roll.origin[1]``, the way people write a place in JSON."""
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def refused(path: Path, wrong: Iterable[Wrong]) -> FormError:
    """One error for all that is wrong with a file, a line each, in the order it was found."""
    lines = []
    for one in wrong:
        where = json_path(one.place)
        lines.append(f"{path}: {where}: {one.message}" if where else f"{path}: {one.message}")
    return FormError("\n".join(dict.fromkeys(lines)))


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file. FormError with line and column if it is none."""
    doubles: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for key, value in pairs:
            if key in tree:
                doubles.append(key)
            tree[key] = value
        return tree

    text = _text(path)
    try:
        tree = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        words = say(
            f"không phải JSON ({error.msg}); hãy sửa ở dòng và cột này.",
            f"not JSON ({error.msg}); correct it at this line and column.",
        )
        message = f"{path}:{error.lineno}:{error.colno}: {words}"
        raise FormError(message) from error
    except (RecursionError, ValueError) as error:
        raise refused(path, [Wrong((), _nonsense())]) from error
    if doubles:
        raise refused(path, [Wrong((key,), _twice()) for key in doubles])
    if not isinstance(tree, dict):
        raise refused(path, [Wrong((), _no_object())])
    return tree


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = say(
            f"{path}: không mở được ({error.strerror}); hãy kiểm tra lại đường dẫn.",
            f"{path}: cannot be opened ({error.strerror}); check the path.",
        )
        raise FormError(message) from error
    if len(data) > LARGEST_FILE:
        raise refused(path, [Wrong((), _too_large(len(data)))])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(path, [Wrong((), _not_utf8())]) from error


def _twice() -> str:
    return say(
        "khóa này có hai lần trong cùng một bảng; hãy bỏ một.",
        "this key stands twice in one object; remove one.",
    )


def _no_object() -> str:
    return say(
        "phải là một đối tượng JSON {…}; đây có phải là template.json của OMRChecker không?",
        "must be a JSON object {…}; is this a template.json of OMRChecker?",
    )


def _nonsense() -> str:
    return say(
        "không đọc được nội dung (lồng quá sâu hoặc số quá lớn); hãy kiểm tra lại tệp.",
        "cannot be made sense of (nested too deep, or a number too long); check the file.",
    )


def _too_large(size: int) -> str:
    return say(
        f"tệp quá lớn ({size} byte) để là một template.json; hãy kiểm tra lại.",
        f"too large ({size} bytes) for a template.json; check the file.",
    )


def _not_utf8() -> str:
    return say(
        "không phải văn bản UTF-8; hãy lưu lại tệp với mã UTF-8.",
        "not UTF-8 text; save the file as UTF-8.",
    )
