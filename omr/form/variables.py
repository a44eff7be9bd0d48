"""Variables: texts that an office sets for itself, ``{co_quan}`` in the words of a form.

A form and the files that it includes give every variable a value; ``--set name=value`` gives
another for one office. ``{{`` and ``}}`` stand for braces that are meant.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from omr.errors import FormError
from omr.fonts import is_drawable
from omr.form.source import Source, normalised
from omr.form.tree import Listed, Mapped, Problem, Worded
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = r"[a-z_][a-z0-9_]{0,39}"
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_KEPT = frozenset({"variables", "include"})
"""Keys of a form in which nothing is put in the place of braces."""


def with_variables(source: Source, settings: Mapping[str, str]) -> Source:
    """The same form with every variable replaced; its problems name variables that are none.

    Raises:
        FormError: a setting names no variable of the form, or cannot be printed.
    """
    values = _values(source, settings)
    filler = _Filler(values)
    tree = Mapped(source.tree.spot)
    for key in source.tree:
        tree.take(key, source.tree)
        if key not in _KEPT:
            tree[key] = filler.filled(source.tree[key])
    return Source(source.path, tree, (*source.problems, *filler.problems))


def escaped(text: str) -> str:
    """A text in which braces mean themselves."""
    return text.replace("{", "{{").replace("}", "}}")


def undrawable(text: str) -> tuple[str, ...]:
    """The characters of a text that the font of the form does not have, each once."""
    return tuple(one for one in dict.fromkeys(text) if not is_drawable(one))


def no_glyph(character: str) -> str:
    """What is said of a character that would leave a hole on paper."""
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    shown = f"“{character}” ({name})" if character.isprintable() else name
    return say(
        f"ký tự {shown} không có trong phông chữ in phiếu nên sẽ thành chỗ trống trên giấy; "
        "hãy xóa hoặc thay bằng chữ khác.",
        f"the character {shown} is not in the font of the form and would leave a hole on paper; "
        "delete or replace it.",
    )


def refuse_settings(settings: Mapping[str, str], known: Iterable[str], form: object) -> None:
    """FormError if a setting names no variable, or holds what cannot be printed."""
    names = list(known)
    for name, value in settings.items():
        if name not in names:
            message = f"--set {name}=…: {form}: {_unknown(name, names)}"
            raise FormError(message)
        for character in undrawable(normalised(value)):
            message = f"--set {name}=…: {no_glyph(character)}"
            raise FormError(message)


class _Filler:
    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[Problem] = []

    def filled(self, value: Any) -> Any:
        if isinstance(value, Worded):
            return self._words(value)
        if isinstance(value, Mapped):
            mapping = Mapped(value.spot)
            for key, inner in value.items():
                words = self._words(key) if isinstance(key, Worded) else key
                mapping.put(words, self.filled(inner), value.key_spots[key], value.spots[key])
            return mapping
        if isinstance(value, Listed):
            items = Listed(value.spot)
            for item, spot in zip(value, value.spots, strict=True):
                items.add(self.filled(item), spot)
            return items
        return value

    def _words(self, words: Worded) -> Worded:
        return words.again(_BRACES.sub(lambda found: self._one(found, words), words))

    def _one(self, found: re.Match[str], words: Worded) -> str:
        whole, name = found.group(0), found.group(1)
        if whole in {"{{", "}}"}:
            return whole[0]
        if name in self.values:
            return self.values[name]
        message = _lone_brace(whole) if name is None else _unknown(name, list(self.values))
        self.problems.append(Problem(words.spot_of(whole), message))
        return whole


def _values(source: Source, settings: Mapping[str, str]) -> dict[str, str]:
    """The value of every variable, set for this office or as the form has it."""
    written = source.tree.get("variables")
    values: dict[str, str] = {}
    if isinstance(written, Mapped):
        # What is neither text nor nothing is refused with the other keys of the form.
        values = {k: str(v or "") for k, v in written.items() if v is None or isinstance(v, str)}
    for name, value in values.items():
        if isinstance(written, Mapped) and (found := _BRACES.search(value)):
            source.problems.append(Problem(written.spots[name], _in_value(found.group(0))))
    refuse_settings(settings, values, source.path)
    return values | {name: normalised(value) for name, value in settings.items()}


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return say(
            f"không có biến “{name}”; có phải là “{near[0]}”?",
            f"there is no variable '{name}'; did you mean '{near[0]}'?",
        )
    if known:
        names = ", ".join(known)
        return say(
            f"không có biến “{name}”; các biến của mẫu phiếu này: {names}.",
            f"there is no variable '{name}'; the variables of this form are: {names}.",
        )
    return say(
        f"không có biến “{name}”: mẫu phiếu này không có biến nào; khai báo biến trong variables.",
        f"there is no variable '{name}': this form has none; variables stand under variables.",
    )


def _lone_brace(brace: str) -> str:
    return say(
        f"dấu “{brace}” đứng một mình: ngoặc nhọn dùng cho biến như {{co_quan}}; nếu muốn in chính "
        f"dấu đó, hãy viết hai lần: “{brace * 2}”.",
        f"'{brace}' stands alone: braces are for variables such as {{co_quan}}; to print the brace "
        f"itself write it twice: '{brace * 2}'.",
    )


def _in_value(found: str) -> str:
    return say(
        f"giá trị của biến không được chứa biến khác hay dấu ngoặc nhọn ({found}); "
        "hãy ghi chữ đầy đủ.",
        f"the value of a variable holds no other variable and no braces ({found}); "
        "write the words in full.",
    )
