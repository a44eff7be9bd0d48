"""A YAML file read so that every value still knows its line and column.

The tree is read as *nodes*: a scalar is kept as the text that stands in the file, normalised to
NFC, and never guessed into a number, a date or a yes. Only an unquoted ``null`` or ``~`` and an
empty value are nothing. Duplicate keys are problems here, because a later stage could not see
them; anchors and aliases are refused, because named scales and blocks do their work.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from omr.errors import FormError
from omr.form.tree import Listed, Mapped, Problem, Spot, Text, Worded, inside
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ruamel.yaml.nodes import Node

    from omr.form.tree import Steps

LARGEST_FILE = 2_000_000
DEEPEST = 20


class Source:
    """What an author wrote: a tree of mappings, lists, texts and None, with its problems so far."""

    def __init__(self, path: Path, tree: Any, problems: Iterable[Problem] = ()) -> None:
        """The tree of the file ``path``, perhaps joined with parts of other files."""
        self.path = path
        self.tree = tree
        self.problems: list[Problem] = list(problems)

    def spot(self, path: Steps) -> Spot:
        """The place of the value at ``path``, or of the nearest value around it."""
        found = inside(self.tree, path)
        while found is None and path:
            path = path[:-1]
            found = inside(self.tree, path)
        return found[1] if found else Spot(self.path, 1, 1)

    def has(self, path: Steps) -> bool:
        """Whether a value stands at exactly this path."""
        return inside(self.tree, path) is not None

    def key_spot(self, path: Steps) -> Spot:
        """The place of the key that leads to ``path``."""
        found = inside(self.tree, path)
        return found[2] if found else self.spot(path)

    def fail(self, problems: Iterable[Problem]) -> FormError:
        """One error that lists all problems, in the order of this file and then of others."""
        return form_error(problems, self.path)


def form_error(problems: Iterable[Problem], first: Path) -> FormError:
    """One error that lists all problems: those of the file ``first`` before those of others."""
    ordered = sorted(set(problems), key=lambda p: (p.spot.file != first, p.spot))
    lines = (f"{p.spot.file}:{p.spot.line}:{p.spot.column}: {p.message}" for p in ordered)
    return FormError("\n".join(lines))


def read_source(path: Path) -> Source:
    """Read and parse a file; FormError with line and column if it is not YAML."""
    text = Text(path, _read_text(path))
    reader = _Reader(text)
    tree = reader.convert(_compose(text), ())
    return Source(path, tree, reader.problems)


def normalised(text: str) -> str:
    """Composed letters (NFC), on one line, without spaces at the ends."""
    text = unicodedata.normalize("NFC", text)
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ").strip(" ")


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = say(
            f"{path}: không mở được tệp mẫu phiếu ({error.strerror}); hãy kiểm tra lại đường dẫn.",
            f"{path}: the form cannot be opened ({error.strerror}); check the path.",
        )
        raise FormError(message) from error
    if len(data) > LARGEST_FILE:
        raise _refused(Spot(path, 1, 1), _too_large(len(data)))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data[: error.start].rfind(b"\n") + 1) + 1
        raise _refused(Spot(path, line, column), _not_utf8()) from error


def _compose(text: Text) -> Node:
    first = Spot(text.file, 1, 1)
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text.text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = Spot(text.file, mark.line + 1, mark.column + 1) if mark else first
        at_brace = mark is not None and text.text[mark.index : mark.index + 1] in {"{", "}"}
        message = _braces() if at_brace else _not_yaml(str(error.problem), str(error.context))
        raise _refused(spot, message) from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise _refused(first, _not_yaml(str(error), "")) from error
    if node is None:
        raise _refused(first, _empty())
    return node


class _Reader:
    """Turns nodes into values that know their places."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def convert(self, node: Any, path: Steps) -> Any:
        spot = self._spot(node)
        if id(node) in self._seen or len(path) > DEEPEST:
            raise _refused(spot, _no_aliases())
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            items = Listed(spot)
            for number, item in enumerate(node.value):
                items.add(self.convert(item, (*path, number)), self._spot(item))
            return items
        if node.style is None and node.value in {"", "~", "null", "Null", "NULL"}:
            return None
        return self._worded(node)

    def _mapping(self, node: MappingNode, path: Steps) -> Mapped:
        mapping = Mapped(self._spot(node))
        for key_node, value_node in node.value:
            spot = self._spot(key_node)
            if not isinstance(key_node, ScalarNode):
                self.problems.append(Problem(spot, _braces()))
                continue
            key = self._worded(key_node)
            if key in mapping:
                self.problems.append(Problem(spot, _twice(key, mapping.key_spots[key].line)))
                continue
            value = self.convert(value_node, (*path, key))
            mapping.put(key, value, spot, self._spot(value_node))
        return mapping

    def _worded(self, node: ScalarNode) -> Worded:
        start, end = node.start_mark.index, node.end_mark.index
        return Worded.of(normalised(node.value), self.text, start, end)

    def _spot(self, node: Any) -> Spot:
        return Spot(self.text.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _refused(spot: Spot, message: str) -> FormError:
    return form_error([Problem(spot, message)], spot.file)


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


def _not_yaml(problem: str, context: str) -> str:
    """What the parser objects to, in plain words where it is one of the common slips."""
    for words, part, vietnamese, english in _SLIPS:
        if words in problem and part in context:
            return say(f"sai cú pháp YAML: {vietnamese}", f"not valid YAML: {english}")
    return say(
        f"sai cú pháp YAML ({problem}); hãy xem lại thụt đầu dòng, dấu hai chấm và dấu nháy ở đây.",
        f"not valid YAML ({problem}); check indentation, colons and quotes here.",
    )


_SLIPS = (
    (
        r"character '\t'", "",
        "thụt đầu dòng bằng phím Tab; hãy thay bằng dấu cách.",
        "indented with a tab; use spaces instead.",
    ),
    (
        "mapping values are not allowed", "",
        "ở đây có thêm một dấu hai chấm, hoặc dòng này thụt vào sai; nếu dấu hai chấm thuộc câu "
        "chữ, hãy đặt cả câu trong dấu nháy.",
        "a second colon, or a line indented too far; if the colon belongs to the text, put the "
        "whole text in quotes.",
    ),
    (
        "expected ',' or ']'", "",
        "thiếu dấu phẩy hoặc dấu ] ; dấu [ có thể được mở ở dòng trên mà chưa đóng.",
        "a comma or ] is missing; the [ may stand open since a line before.",
    ),
    (
        "expected ',' or '}'", "",
        "thiếu dấu phẩy hoặc dấu } ; dấu { có thể được mở ở dòng trên mà chưa đóng. Nếu câu chữ có "
        "dấu hai chấm, hãy đặt cả câu trong dấu nháy.",
        "a comma or } is missing; the { may stand open since a line before. If a text has a "
        "colon, put the whole text in quotes.",
    ),
    (
        "unexpected end of stream", "quoted scalar",
        "một dấu nháy được mở ở phía trên mà chưa đóng.",
        "a quote was opened above and never closed.",
    ),
    (
        "expected <block end>", "",
        "dòng này thụt vào không khớp với các dòng trên; các mục cùng cấp phải thẳng hàng.",
        "this line is not indented like those above; entries of one level must line up.",
    ),
    (
        "could not find expected ':'", "",
        "thiếu dấu hai chấm sau tên khóa ở dòng trên.",
        "the colon after a key is missing in the line above.",
    ),
)  # fmt: skip
"""What the parser says (problem, context), and what that means, in both languages."""


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


def _braces() -> str:
    return say(
        "chỗ này có ngoặc { } nên YAML hiểu là một bảng, không phải chữ; nếu là biến, hãy đặt cả "
        'câu trong dấu nháy: "{co_quan}".',
        "brackets { } make this a mapping for YAML, not text; if it is a variable, put the whole "
        'text in quotes: "{co_quan}".',
    )
