"""A YAML file read so that every value still knows its line and column.

The tree is read as *nodes*: a scalar is kept as the text that stands in the file, normalised to
NFC, and never guessed into a number, a date or a yes. Only an unquoted ``null`` or ``~`` and an
empty value are nothing. Duplicate keys are problems here, because a later stage could not see
them; anchors and aliases are refused, because named scales do their work.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from omr.errors import FormError
from omr.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from ruamel.yaml.nodes import Node

LARGEST_FILE = 2_000_000
DEEPEST = 20
Step = str | int
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a line and column (from 1)."""

    spot: Spot
    message: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value of the file: its path, text, and where it begins and ends in the source."""

    path: tuple[Step, ...]
    text: str
    start: int
    end: int


class Source:
    """A parsed YAML file: plain ``tree`` of dict, list, str and None, with positions."""

    def __init__(self, path: Path) -> None:
        """Read and parse; FormError with line and column if it is not YAML."""
        self.path = path
        self.problems: list[Problem] = []
        self.scalars: list[Scalar] = []
        self._spots: dict[tuple[Step, ...], Spot] = {(): (1, 1)}
        self._keys: dict[tuple[Step, ...], Spot] = {}
        self._seen: set[int] = set()
        self.text = self._read_text()
        self.tree: Any = self._convert(self._compose(), ())

    def spot(self, path: tuple[Step, ...]) -> Spot:
        """Line and column of the value at ``path``, or of the nearest value around it."""
        while path not in self._spots:
            path = path[:-1]
        return self._spots[path]

    def has(self, path: tuple[Step, ...]) -> bool:
        """Whether a value stands at exactly this path."""
        return path in self._spots

    def key_spot(self, path: tuple[Step, ...]) -> Spot:
        """Line and column of the key that leads to ``path``."""
        return self._keys.get(path) or self.spot(path)

    def spot_at(self, index: int) -> Spot:
        """Line and column of a character of the source text."""
        before = self.text[:index]
        return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1

    def fail(self, problems: list[Problem]) -> FormError:
        """One error that lists all problems, in the order of the file."""
        ordered = sorted(set(problems), key=lambda problem: problem.spot)
        lines = (f"{self.path}:{p.spot[0]}:{p.spot[1]}: {p.message}" for p in ordered)
        return FormError("\n".join(lines))

    def _read_text(self) -> str:
        try:
            data = self.path.read_bytes()
        except OSError as error:
            message = say(
                f"{self.path}: không mở được tệp mẫu phiếu ({error.strerror}); "
                "hãy kiểm tra lại đường dẫn.",
                f"{self.path}: the form cannot be opened ({error.strerror}); check the path.",
            )
            raise FormError(message) from error
        if len(data) > LARGEST_FILE:
            raise self.fail([Problem((1, 1), _too_large(len(data)))])
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            column = error.start - (data[: error.start].rfind(b"\n") + 1) + 1
            raise self.fail([Problem((line, column), _not_utf8())]) from error

    def _compose(self) -> Node | None:
        try:
            node: Node | None = YAML(typ="safe", pure=True).compose(self.text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            spot = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise self.fail([Problem(spot, _not_yaml(str(error.problem)))]) from error
        except (YAMLError, RecursionError, ValueError) as error:
            raise self.fail([Problem((1, 1), _not_yaml(str(error)))]) from error
        if node is None:
            raise self.fail([Problem((1, 1), _empty())])
        return node

    def _convert(self, node: Any, path: tuple[Step, ...]) -> Any:
        spot = (node.start_mark.line + 1, node.start_mark.column + 1)
        self._spots[path] = spot
        if id(node) in self._seen or len(path) > DEEPEST:
            raise self.fail([Problem(spot, _no_aliases())])
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._convert_mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._convert(item, (*path, i)) for i, item in enumerate(node.value)]
        return self._convert_scalar(node, path)

    def _convert_mapping(self, node: MappingNode, path: tuple[Step, ...]) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            spot = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, ScalarNode):
                self.problems.append(Problem(spot, _not_yaml("a key must be a word")))
                continue
            key = unicodedata.normalize("NFC", key_node.value)
            if key in mapping:
                first = self._keys[*path, key][0]
                self.problems.append(Problem(spot, _twice(key, first)))
                continue
            self._keys[*path, key] = spot
            mapping[key] = self._convert(value_node, (*path, key))
        return mapping

    def _convert_scalar(self, node: Any, path: tuple[Step, ...]) -> str | None:
        if node.style is None and node.value in {"", "~", "null", "Null", "NULL"}:
            return None
        text = " ".join(unicodedata.normalize("NFC", node.value).split(" "))
        text = text.replace("\n", " ").replace("\t", " ").strip(" ")
        self.scalars.append(Scalar(path, text, node.start_mark.index, node.end_mark.index))
        return text


def _too_large(size: int) -> str:
    return say(
        f"tệp có {size} byte, quá lớn đối với một mẫu phiếu (tối đa {LARGEST_FILE}); "
        "hãy kiểm tra xem có nhầm tệp không.",
        f"the file has {size} bytes, too much for a form (at most {LARGEST_FILE}); "
        "check whether it is the right file.",
    )


def _not_utf8() -> str:
    return say(
        "tệp không phải là văn bản UTF-8 nên không đọc được chữ; hãy lưu lại với bảng mã UTF-8.",
        "the file is not UTF-8 text, so its letters cannot be known; save it again as UTF-8.",
    )


def _not_yaml(problem: str) -> str:
    return say(
        f"sai cú pháp YAML ({problem}); hãy xem lại thụt đầu dòng, dấu hai chấm và dấu nháy ở đây.",
        f"not valid YAML ({problem}); check indentation, colons and quotes here.",
    )


def _empty() -> str:
    return say(
        "tệp trống nên không có mẫu phiếu nào; hãy bắt đầu từ một mẫu trong form_templates.",
        "the file is empty, so there is no form in it; start from one of form_templates.",
    )


def _no_aliases() -> str:
    return say(
        "neo và bí danh YAML (&, *) hoặc lồng quá sâu không được dùng ở đây; "
        "hãy khai báo thang điểm chung trong scales.",
        "YAML anchors and aliases (&, *) or very deep nesting are not used here; "
        "put shared scales under scales.",
    )


def _twice(key: str, first_line: int) -> str:
    return say(
        f"khóa “{key}” lặp lại (lần đầu ở dòng {first_line}) nên không rõ giá trị nào đúng; "
        "hãy bỏ một trong hai.",
        f"the key '{key}' stands here twice (first in line {first_line}), so it is not clear "
        "which one counts; remove one of them.",
    )
