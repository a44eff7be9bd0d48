"""Which reader, and which paper, a figure is about: digests of source that can change a result.

A module's digest is that of its syntax tree without docstrings, so that words about the code may
be mended without starting the count anew. Whatever lies in a room beside the modules (weights,
tables, fonts) counts byte for byte.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(__file__).resolve().parent.parent
READER = ("omr.reading",)
"""Where the reading of a page begins; whatever it imports, directly or not, is the reader."""
PEOPLE_AND_MACHINES = (
    "omr.accuracy.hand",
    "omr.accuracy.device",
    "omr.accuracy.paper",
    "omr.accuracy.printed",
    "omr.printing",
    "omr.layout",
    "omr.freezing",
)
"""Who fills in and captures the paper, and what prints it."""
DIGITS = 16
"""Hexadecimal digits of a digest; two versions of a source never meet by chance."""


@cache
def reader_digest() -> str:
    """Of every module and data file that the reading of a page can reach."""
    return source_digest(READER)


@cache
def simulator_digest() -> str:
    """Of people, machines, printing and the bench's forms: of all that is put before the reader."""
    from omr.accuracy.forms import form_files  # noqa: PLC0415 - digests of a reader need no form

    return source_digest(PEOPLE_AND_MACHINES, form_files())


def source_digest(starts: Iterable[str], more: Iterable[Path] = ()) -> str:
    """Of the modules reached from ``starts`` and the data beside them, and of ``more`` files."""
    modules = reached(starts)
    whole = hashlib.sha256()
    for name in sorted(modules):
        whole.update(f"{name}\n{code_of(modules[name])}\n".encode())
    for path in sorted({*_data_beside(modules.values()), *more}):
        whole.update(path.name.encode() + b"\n" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:DIGITS]


def reached(starts: Iterable[str]) -> dict[str, Path]:
    """Modules of the package by name: those named (a package with all within) and their imports.

    Imports for annotations only do not count; nothing is imported to find out.
    """
    found: dict[str, Path] = {}
    open_ends = [name for start in starts for name in _within(start)]
    while open_ends:
        name = open_ends.pop()
        path = _file_of(name)
        if name in found or path is None:
            continue
        found[name] = path
        # Importing omr.marks.classify runs omr/__init__.py and omr/marks/__init__.py, too. The
        # package's own face loads what is asked for, and is no part of reading.
        parts = name.split(".")
        open_ends += [".".join(parts[:size]) for size in range(2, len(parts))]
        open_ends += _imports(path)
    return found


def code_of(path: Path) -> str:
    """A module's code, written the same way whatever its comments, docstrings and line breaks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_only_words(one)] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def _is_only_words(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _file_of(module: str) -> Path | None:
    place = PACKAGE.joinpath(*module.split(".")[1:])
    if module != PACKAGE.name and place.with_suffix(".py").is_file():
        return place.with_suffix(".py")
    inside = place / "__init__.py"
    return inside if module != PACKAGE.name and inside.is_file() else None


def _within(module: str) -> Iterator[str]:
    """The module, and all that lie in it where it is a package."""
    yield module
    folder = PACKAGE.joinpath(*module.split(".")[1:])
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else ():
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> list[str]:
    """Modules that may be imported when this one runs, at its start or within a function."""
    found = []
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            todo += node.orelse
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        todo += ast.iter_child_nodes(node)
    return [name for name in found if name.split(".")[0] == PACKAGE.name]


def _data_beside(modules: Iterable[Path]) -> Iterator[Path]:
    """Files that are no source, in the folders of these modules."""
    for folder in {path.parent for path in modules} - {PACKAGE}:
        for path in folder.iterdir():
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                yield path
