"""A form joined with the files that it includes: defaults, scales, variables and blocks.

An included file holds what several forms share. Its scales, variables, heading and sizes are taken
key by key where the form has none of its own, its other keys as a whole; its blocks replace
``use: name`` in the form's lists of questions. Every part keeps the place where it was written.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from omr.form.shipped import shared_files
from omr.form.source import Source, read_source
from omr.form.tree import Listed, Mapped, Problem, Worded
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from omr.form.tree import Spot

BY_KEY = frozenset({"scales", "variables", "heading", "paper"})


def joined(source: Source, validate: Callable[[Source], object]) -> Source:
    """The form with everything it includes; ``validate`` refuses an included file that is wrong."""
    tree = source.tree.copied()
    problems = list(source.problems)
    blocks = Mapped(tree.spot)
    # The last file named comes first: what it says goes before the others, the form before all.
    for path in reversed(list(_included(source, problems))):
        shared = read_source(path)
        validate(shared)
        for key in shared.tree:
            if key == "blocks":
                _fill_up(blocks, shared.tree[key])
            elif key not in tree:
                tree.take(key, shared.tree)
            elif key in BY_KEY and isinstance(tree[key], Mapped):
                tree[key] = tree[key].copied()
                _fill_up(tree[key], shared.tree[key])
    _put_blocks(tree, blocks, problems)
    return Source(source.path, tree, problems)


def included_files(source: Source) -> tuple[Path, ...]:
    """The files that a form includes, in the order it names them; wrong names are left out."""
    return tuple(_included(source, []))


def _included(source: Source, problems: list[Problem]) -> Iterator[Path]:
    given = source.tree.get("include") if isinstance(source.tree, Mapped) else None
    for name, spot in _names(given, source.tree.spots.get("include") if given else None):
        path = _found(name, source.path.parent)
        if path is None:
            problems.append(Problem(spot, _no_file(name)))
        else:
            yield path


def _names(given: Any, spot: Spot | None) -> list[tuple[str, Spot]]:
    """One word or a list of words, each with its place."""
    if isinstance(given, Worded) and spot is not None:
        return [(given, spot)]
    if isinstance(given, Listed):
        pairs = zip(given, given.spots, strict=True)
        return [(name, place) for name, place in pairs if isinstance(name, str)]
    return []


def _found(name: str, folder: Path) -> Path | None:
    shipped = shared_files()
    if name in shipped:
        return shipped[name]
    path = folder / name
    return path if path.is_file() else None


def _fill_up(own: Mapped, other: Mapped) -> None:
    for key in other:
        if key not in own:
            own.take(key, other)


def _put_blocks(tree: Mapped, blocks: Mapped, problems: list[Problem]) -> None:
    sections = tree.get("sections")
    if not isinstance(sections, Listed):
        return
    joined_sections = Listed(sections.spot)
    for section, spot in zip(sections, sections.spots, strict=True):
        whole = section
        if isinstance(section, Mapped) and isinstance(section.get("questions"), Listed):
            whole = section.copied()
            whole["questions"] = _questions(section["questions"], blocks, problems)
        joined_sections.add(whole, spot)
    tree["sections"] = joined_sections


def _questions(items: Listed, blocks: Mapped, problems: list[Problem]) -> Listed:
    questions = Listed(items.spot)
    for item, spot in zip(items, items.spots, strict=True):
        if not isinstance(item, Mapped) or "use" not in item:
            questions.add(item, spot)
            continue
        given = item["use"]
        names = _names(given, item.spots["use"])
        if not names or (isinstance(given, Listed) and len(names) < len(given)):
            problems.append(Problem(item.spots["use"], _use_names()))
        changes = [key for key in item if key != "use"]
        if changes and len(names) > 1:
            problems.append(Problem(item.key_spots[changes[0]], _one_to_change(changes[0])))
        for name, place in names:
            if name in blocks:
                questions.add(_block(name, place, blocks[name], item, changes), place)
            else:
                problems.append(Problem(place, _no_block(name, list(blocks))))
    return questions


def _block(name: str, place: Spot, block: Mapped, item: Mapped, changes: Sequence[str]) -> Mapped:
    """A block's question as it stands in a form: what is wrong with it there is said there."""
    question = Mapped(place)
    question.put("id", name, place, place)
    for key in block:
        question.put(key, block[key], place, place)
    for key in changes:
        question.take(key, item)
    return question


def _nearest(name: str, known: Sequence[str]) -> tuple[str, str]:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    names = ", ".join(known) or "-"
    if near:
        return f"có phải là “{near[0]}”?", f"did you mean '{near[0]}'?"
    return f"hiện có: {names}.", f"there are: {names}."


def _no_block(name: str, known: Sequence[str]) -> str:
    if not known:
        return say(
            f"không có khối “{name}”: mẫu phiếu này không dùng tệp chung nào có khối; "
            "hãy thêm “include: khoi-chung”.",
            f"there is no block '{name}': this form includes no file that has blocks; "
            "add 'include: khoi-chung'.",
        )
    vietnamese, english = _nearest(name, known)
    return say(
        f"không có khối “{name}” trong các tệp chung; {vietnamese}",
        f"there is no block '{name}' in the included files; {english}",
    )


def _no_file(name: str) -> str:
    vietnamese, english = _nearest(name, list(shared_files()))
    return say(
        f"không có tệp chung “{name}”, cũng không có tệp đi kèm tên đó; {vietnamese} Đường dẫn "
        "tính từ thư mục của mẫu phiếu.",
        f"there is no file '{name}' to include, and no shipped one of that name; {english} A path "
        "is relative to the form's file.",
    )


def _use_names() -> str:
    return say(
        "“use” cần tên một khối hoặc danh sách tên, ví dụ use: a1 hoặc use: [a1, a2].",
        "'use' needs the name of a block or a list of names, for example use: a1 or use: [a1, a2].",
    )


def _one_to_change(key: str) -> str:
    return say(
        f"“{key}” chỉ đổi được khi use có đúng một khối; hãy tách thành từng dòng “- use: …”.",
        f"'{key}' can be changed only where use names one block; write one '- use: …' for each.",
    )
