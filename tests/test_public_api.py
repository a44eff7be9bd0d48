"""``import omr``: a few documented verbs, typed, and free until they are used."""

from __future__ import annotations

import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import omr

NAMES = [
    "ExitCode",
    "OmrError",
    "Proof",
    "ReadSummary",
    "Survey",
    "__version__",
    "assemble",
    "check",
    "describe_layout",
    "export_results",
    "find_form",
    "init",
    "preview",
    "print_again",
    "print_master",
    "print_sheets",
    "read",
    "review_in",
    "review_out",
    "shipped_forms",
    "tally_results",
]
HEAVY = ("cv2", "numpy", "pandas", "reportlab", "pydantic", "skimage", "ruamel", "typer", "PIL")


def test_the_public_names_are_these_and_no_others() -> None:
    """What stands here is promised to other programs: changing it is a change of the contract."""
    assert sorted(omr.__all__) == NAMES


def test_no_public_name_is_also_a_room_of_the_house() -> None:
    """Importing ``omr.export`` would put the package where the verb of that name stood."""
    rooms = {module.name for module in pkgutil.iter_modules(omr.__path__)}
    assert rooms & set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(omr, name)
    assert name in dir(omr)
    if name != "__version__":
        assert inspect.getdoc(value)


@pytest.mark.parametrize("name", [n for n in NAMES if inspect.isfunction(getattr(omr, n))])
def test_every_verb_is_annotated_throughout(name: str) -> None:
    signature = inspect.signature(getattr(omr, name))
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty, parameter.name


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        omr.guess  # noqa: B018 - asking for it is the test


def test_importing_omr_loads_nothing_heavy() -> None:
    ask = f"import sys, omr; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_type_checkers_see_the_same_names() -> None:
    """The imports under TYPE_CHECKING and the table of lazy names are one list."""
    source = inspect.getsource(omr)
    told = set(re.findall(r"import (\w+) as \1", source))
    assert told | {"__version__"} == set(omr.__all__)
    assert (Path(inspect.getfile(omr)).parent / "py.typed").is_file()


def test_the_version_is_one() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", omr.__version__)
    asked = [sys.executable, "-m", "omr", "--version"]
    done = subprocess.run(asked, capture_output=True, check=True, text=True)
    assert omr.__version__ in done.stdout
