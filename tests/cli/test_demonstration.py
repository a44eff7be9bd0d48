"""The demonstration says honestly how right it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hand_made import assembly, sheet

from omr.cli.demonstration import Demonstration, compare, load_demonstration
from omr.errors import UsageError
from omr.responses.model import Doubt

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def samples(tmp_path: Path) -> Demonstration:
    facts = {
        "survey": "0" * 12,
        "key": "00" * 32,
        "form": "mot-cua",
        "version": "a" * 64,
        "units": ["Xã An Bình"],
        "runs": [{"unit": "Xã An Bình", "field": "Hộ tịch", "copies": 2, "first": 1, "last": 2}],
        "other_pages": {"scan.pdf#900": "blank", "lạ%20%231.jpg#1": "foreign"},
    }
    (tmp_path / "demo.json").write_text(json.dumps(facts), encoding="utf-8")
    (tmp_path / "truth.csv").write_text(
        "image,serial,question,value,plain\n"
        "scan.pdf#1,000001B,q1,5,1\nscan.pdf#1,000001B,q2,,1\nscan.pdf#2,000002C,q1,4,0\n",
        encoding="utf-8",
    )
    return load_demonstration(tmp_path)


def test_everything_right(samples: Demonstration) -> None:
    seen = compare(samples, assembly(sheet({"q1": "5"}), sheet({"q1": "4"}, serial=2)))
    assert (seen.right, seen.waiting, seen.wrong, seen.other_pages) == (3, 0, (), 2)


def test_a_doubt_waits_and_a_missing_sheet_does_too(samples: Demonstration) -> None:
    seen = compare(samples, assembly(sheet({"q1": "4"}, doubts={"q1": (Doubt.DOUBLE,)})))
    assert (seen.right, seen.waiting, seen.wrong) == (1, 2, ())


def test_a_silent_error_is_named(samples: Demonstration) -> None:
    seen = compare(samples, assembly(sheet({"q1": "5", "q2": "1"}), sheet({"q1": "4"}, serial=2)))
    assert seen.wrong == ("scan.pdf#1 q2",)


def test_a_stray_page_that_was_not_recognised_is_named(samples: Demonstration) -> None:
    read = assembly(sheet({"q1": "5"}), sheet({"q1": "4"}, serial=2))
    seen = compare(samples, replace(read, pages=read.pages[:-1]))
    assert (seen.wrong, seen.other_pages) == (("scan.pdf#900",), 1)


def test_missing_samples_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make_samples"):
        load_demonstration(tmp_path)
