"""Which source a figure is about: what is reached, and what changes the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import omr.accuracy.digest as digest_module
from omr.accuracy.digest import code_of, reached, reader_digest, simulator_digest, source_digest

if TYPE_CHECKING:
    from pathlib import Path

REACHED_BY_READING = {
    "omr.reading",
    "omr.registration.designed",
    "omr.marks.thresholds",
    "omr.responses.decide",
    "omr.scan.loading",
    "omr.gauge.measure",
    "omr.geometry",
}


def test_reading_reaches_its_rooms_and_no_others() -> None:
    modules = reached(["omr.reading"])
    assert set(modules) >= REACHED_BY_READING
    rooms = {name.split(".")[1] for name in modules}
    assert not rooms & {"accuracy", "cli", "pipeline", "simulate", "export", "printing", "deck"}


def test_people_and_machines_do_not_change_with_the_reader() -> None:
    modules = reached(digest_module.PEOPLE_AND_MACHINES)
    rooms = {name.split(".")[1] for name in modules}
    assert "accuracy" in rooms
    assert reader_digest() != simulator_digest()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two modules, of which one has weights beside it."""
    root = tmp_path / "omr"
    (root / "inner").mkdir(parents=True)
    (root / "reading.py").write_text("from omr.inner.part import f\n", "utf-8")
    (root / "other.py").write_text("x = 1\n", "utf-8")
    (root / "inner" / "__init__.py").write_text("", "utf-8")
    (root / "inner" / "part.py").write_text("def f():\n    '''Words.'''\n    return 1\n", "utf-8")
    (root / "inner" / "weights.npz").write_bytes(b"1")
    monkeypatch.setattr(digest_module, "PACKAGE", root)
    return root


def test_words_do_not_count(package: Path) -> None:
    before = source_digest(["omr.reading"])
    part = package / "inner" / "part.py"
    part.write_text("# said\ndef f():\n    '''Other.'''\n    return (1)\n", "utf-8")
    (package / "other.py").write_text("x = 2\n", "utf-8")
    assert source_digest(["omr.reading"]) == before


@pytest.mark.parametrize("change", ["code", "weights"])
def test_code_and_weights_count(package: Path, change: str) -> None:
    before = source_digest(["omr.reading"])
    if change == "code":
        (package / "inner" / "part.py").write_text("def f():\n    return 2\n", "utf-8")
    else:
        (package / "inner" / "weights.npz").write_bytes(b"2")
    assert source_digest(["omr.reading"]) != before


def test_code_without_words_is_still_code(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("'''Only words.'''\nclass A:\n    '''More.'''\n", "utf-8")
    assert code_of(path) == "pass\n\nclass A:\n    pass" or "pass" in code_of(path)
