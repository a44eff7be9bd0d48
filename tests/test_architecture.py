"""The shape of the house: which room may use which, and what every file promises.

Everything is read from the source with ``ast``; nothing is imported except in a process of its own.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "omr"

# A room is a module or folder of omr/. It may use the rooms of the lines above its own, never one
# of its own line or of a line below. Imports for annotations only count as well. The values of a
# layout stand before the form, since a measured form says where its boxes lie.
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "language settings",
        "errors",
        "geometry refusal accuracy.model",
        "shipped fonts layout.model",
        "form",
        "layout",
        "identity",
        "reference",
        "printing scan simulate accuracy.hand accuracy.device",
        "registration",
        "marks",
        "digits",
        "responses gauge",
        "outcome",
        "survey reading",
        "tables quality",
        "export tally review",
        "freezing workers measuring deck",
        "batch proof previewing print_runs",
        "pipeline",
        "cli accuracy",
        "__main__",
    )
)

PLACED = frozenset().union(*LAYERS)

# Rooms on the left and rooms on the right never use each other, in either direction.
APART: tuple[tuple[str, str], ...] = (
    ("printing", "scan registration marks digits responses outcome reading survey"),
    ("simulate", "fonts printing scan registration marks digits responses outcome reading survey"),
    # The people and machines of the accuracy bench were written without knowledge of the reader.
    ("accuracy.hand", "simulate scan registration marks digits responses outcome reading survey"),
    ("accuracy.device", "simulate scan registration marks digits responses outcome reading survey"),
)

# These rooms may use nothing but this.
ONLY: dict[str, tuple[str, ...]] = {
    "simulate": ("omr.geometry", "omr.form", "omr.layout.model", "omr.identity"),
    "accuracy.hand": ("omr.geometry", "omr.form", "omr.layout.model", "omr.accuracy.model"),
    "accuracy.device": ("omr.geometry", "omr.accuracy.model"),
}

HEAVY = {
    *("cv2", "numpy", "pandas", "scipy", "skimage", "pydantic", "ruamel", "reportlab", "PIL"),
    *("pikepdf", "pypdfium2", "pdf2image", "zxingcpp", "xlsxwriter", "pytesseract"),
    "pi_heif",
}

FILE_LINES = 400
FUNCTION_LINES = 80

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One module of ours naming another, and where."""

    importer: str
    imported: str
    line: int
    at_start: bool  # carried out when the importer is imported

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}, imports {self.imported}"


@cache
def sources() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(REPOSITORY).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(sources()[module].read_text(encoding="utf-8"))


def room(module: str) -> str:
    """``omr.marks.model`` stands in the room ``marks``; the package itself in none."""
    parts = module.split(".")[1:]
    inner = ".".join(parts[:2])
    return inner if inner in PLACED else ".".join(parts[:1])


def layer(name: str) -> int:
    """The room's line in LAYERS; one that has no place yet may be used by nobody."""
    return next((number for number, rooms in enumerate(LAYERS) if name in rooms), len(LAYERS))


def is_for_annotations(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def import_nodes(
    node: ast.AST, *, at_start: bool = True
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, at_start
        later = isinstance(child, FunctionNode | ast.Lambda) or is_for_annotations(child)
        yield from import_nodes(child, at_start=at_start and not later)


def named_modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The modules that a statement names: ``from omr import form`` names ``omr.form``."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    for alias in node.names:
        inner = f"{node.module}.{alias.name}"
        yield inner if inner in sources() else str(node.module)


@cache
def own_imports() -> tuple[Import, ...]:
    return tuple(
        Import(module, imported, node.lineno, at_start)
        for module in sources()
        for node, at_start in import_nodes(tree(module))
        for imported in named_modules(node)
        if imported.split(".")[0] == "omr"
    )


def imports_between_rooms() -> Iterator[Import]:
    """Imports across rooms; the package's own face (``omr/__init__.py``) may name every room."""
    for found in own_imports():
        here, there = room(found.importer), room(found.imported)
        if here and there and here != there:
            yield found


def functions(node: ast.AST) -> Iterator[FunctionNode]:
    return (child for child in ast.walk(node) if isinstance(child, FunctionNode))


def is_public(name: str) -> bool:
    return not name.startswith("_")


def test_the_package_was_found() -> None:
    assert {"omr", "omr.geometry", "omr.layout.model"} <= set(sources())
    assert len(list(imports_between_rooms())) > 20


def test_every_room_has_a_place() -> None:
    homeless = {room(module) for module in sources() if room(module)} - PLACED
    assert not homeless, f"say in LAYERS whom these may use: {sorted(homeless)}"


def test_imports_point_one_way() -> None:
    wrong = [
        str(found)
        for found in imports_between_rooms()
        if layer(room(found.imported)) >= layer(room(found.importer))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("left", "right"), APART)
def test_some_rooms_never_meet(left: str, right: str) -> None:
    pairs = {frozenset((one, other)) for one in left.split() for other in right.split()}
    wrong = [
        str(found)
        for found in imports_between_rooms()
        if frozenset((room(found.importer), room(found.imported))) in pairs
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("narrow", ONLY)
def test_some_rooms_use_little(narrow: str) -> None:
    wrong = [
        str(found)
        for found in imports_between_rooms()
        if room(found.importer) == narrow
        and not any(f"{found.imported}.".startswith(f"{allowed}.") for allowed in ONLY[narrow])
    ]
    assert not wrong, "\n".join(wrong)


def test_no_room_asks_the_face_for_more_than_the_version() -> None:
    wrong = [
        f"{module}: {ast.unparse(node)}"
        for module in sources()
        if module != "omr"
        for node, _ in import_nodes(tree(module))
        if isinstance(node, ast.ImportFrom) and node.module == "omr"
        for alias in node.names
        if f"omr.{alias.name}" not in sources() and alias.name != "__version__"
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_are_written_in_full() -> None:
    wrong = [
        f"{module}, line {node.lineno}"
        for module in sources()
        for node, _ in import_nodes(tree(module))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not wrong, f"relative imports: {wrong}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    uses: dict[str, set[str]] = {module: set() for module in sources()}
    for found in own_imports():
        if found.at_start and found.imported != found.importer:
            uses[found.importer].add(found.imported)
    while free := [module for module, used in uses.items() if not used & uses.keys()]:
        for module in free:
            del uses[module]
    assert not uses, f"in a circle, or upon one: {sorted(uses)}"


def test_everything_public_is_documented() -> None:
    bare = []
    for module in sources():
        if ast.get_docstring(tree(module)) is None:
            bare.append(module)
        classes = [node for node in tree(module).body if isinstance(node, ast.ClassDef)]
        for owner in (tree(module), *(found for found in classes if is_public(found.name))):
            bare += [
                f"{module}: {node.name}"
                for node in owner.body
                if isinstance(node, FunctionNode | ast.ClassDef)
                and is_public(node.name)
                and ast.get_docstring(node) is None
            ]
    assert not bare, f"without a docstring: {bare}"


def test_files_and_functions_stay_small() -> None:
    long_files = [
        f"{module}: {count} lines"
        for module, path in sources().items()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    ]
    long_functions = [
        f"{module}.{node.name}: {count} lines"
        for module in sources()
        for node in functions(tree(module))
        # From its first statement: the options of a command are declared above that.
        if (count := (node.end_lineno or 0) - node.body[0].lineno + 1) > FUNCTION_LINES
    ]
    assert not long_files + long_functions


def test_only_the_commands_write_to_the_screen() -> None:
    wrong = [
        f"{module}, line {node.lineno}"
        for module in sources()
        if room(module) != "cli"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.stdout.write"}
    ]
    assert not wrong, f"print outside omr/cli: {wrong}"


def own_numbers(module: str) -> set[str]:
    """Names that a module binds to a number at its top level."""
    names = set()
    for node in tree(module).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if isinstance(node.value.value, int | float):
                names |= {ast.unparse(target) for target in targets}
    return names


def is_threshold(operand: ast.expr, numbers: set[str]) -> bool:
    """Is it a fraction written on the spot, or a number that the module keeps to itself?"""
    if isinstance(operand, ast.Constant):
        return isinstance(operand.value, float) and operand.value not in {0.0, 1.0}
    return isinstance(operand, ast.Name) and operand.id in numbers


def test_the_thresholds_of_marks_stand_in_one_module() -> None:
    wrong = [
        f"{module}, line {node.lineno}: {ast.unparse(node)}"
        for module in sources()
        if room(module) in {"marks", "responses"} and module != "omr.marks.thresholds"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Compare)
        and any(
            is_threshold(operand, own_numbers(module)) for operand in (node.left, *node.comparators)
        )
    ]
    assert not wrong, "these belong in omr/marks/thresholds.py:\n" + "\n".join(wrong)


@pytest.mark.parametrize("start", [("-c", "import omr, omr.cli"), ("-m", "omr", "--help")])
def test_starting_the_command_loads_nothing_heavy(start: tuple[str, ...]) -> None:
    loaded = {
        line.rpartition("|")[2].strip().split(".")[0]
        for line in subprocess.run(
            [sys.executable, "-X", "importtime", *start],
            cwd=REPOSITORY,
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stderr.splitlines()
    }
    assert "omr" in loaded
    assert not sorted(HEAVY & loaded)


def committed_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, check=False, capture_output=True, text=True
    )
    if listing.returncode:
        pytest.skip("not a git checkout: nothing tells which files are committed")
    return [
        path
        for name in listing.stdout.split("\0")
        if name and (path := REPOSITORY / name).is_file()
    ]


def test_no_committed_file_names_a_folder_of_one_machine() -> None:
    folders = [f"/{name}/".encode() for name in ("work", "root", "home", "Users")]
    wrong = [
        str(path.relative_to(REPOSITORY))
        for path in committed_files()
        if any(folder in path.read_bytes() for folder in folders)
    ]
    assert not wrong, f"paths of one machine in: {wrong}"
