"""``--set``: an office names itself in the command and edits no file; ``omr forms`` says how."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from omr.form import load_form, shipped_forms
from omr.form.shipped import schema_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Omr = Callable[..., Result]

OFFICE = "co_quan=ỦY BAN NHÂN DÂN XÃ CẨM VINH"


def test_init_freezes_the_form_with_the_names_that_were_set(omr: Omr, tmp_path: Path) -> None:
    folder = tmp_path / "ks"
    made = omr("init", folder, "--form", "t4-tu-phap-ho-tich", "--set", OFFICE)
    assert made.exit_code == 0
    (kept,) = folder.glob("forms/*/form.yaml")
    form = load_form(kept)
    assert form.heading.office == "ỦY BAN NHÂN DÂN XÃ CẨM VINH"


def test_init_says_which_names_are_left_to_the_pen(omr: Omr, tmp_path: Path) -> None:
    some = omr("init", tmp_path / "a", "--form", "t1-mot-cua", "--set", OFFICE).stdout
    assert "ten_co_quan: Ủy ban nhân dân xã ………" in some
    assert "co_quan: ỦY BAN" not in some
    names = ("--set", OFFICE, "--set", "ten_co_quan=UBND", "--set", "co_quan_chu_quan=UBND")
    assert "by pen" not in omr("init", tmp_path / "b", "--form", "t1-mot-cua", *names).stdout


def test_people_are_told_how_many_pages_a_form_has(omr: Omr, tmp_path: Path) -> None:
    listed = omr("forms").stdout
    assert re.search(r"^t1-mot-cua +1 page  ", listed, re.MULTILINE)
    assert re.search(r"^t3-sipas +2 pages  ", listed, re.MULTILINE)
    duplex = "Each sheet has 2 pages: print on both sides, flipped on the long edge."
    for form, is_told in (("t1-mot-cua", False), ("t3-sipas", True)):
        folder = tmp_path / form
        made = omr("init", folder, "--form", form)
        printed = omr("print", folder, "--copies", 1, "-o", tmp_path / f"{form}.pdf")
        assert printed.exit_code == 0
        assert (duplex in made.stdout, duplex in printed.stdout) == (is_told, is_told)


def test_layout_is_that_of_the_form_with_the_names_set(omr: Omr) -> None:
    plain = json.loads(omr("layout", "t1-mot-cua").stdout)
    named = json.loads(omr("layout", "t1-mot-cua", "--set", OFFICE).stdout)
    assert named["questions"] == plain["questions"]
    assert named["version"] != plain["version"]


def test_a_variable_that_is_none_is_answered_with_the_nearest(omr: Omr, tmp_path: Path) -> None:
    wrong = omr("init", tmp_path / "ks", "--form", "t1-mot-cua", "--set", "co_quam=UBND")
    assert wrong.exit_code == 2
    assert "did you mean 'co_quan'?" in " ".join(wrong.stderr.split())
    assert not (tmp_path / "ks").exists()


def test_a_setting_that_is_no_pair_or_comes_twice_is_refused(omr: Omr) -> None:
    assert "no equals sign" in omr("layout", "t1-mot-cua", "--set", "co_quan").stderr
    twice = omr("layout", "t1-mot-cua", "--set", "co_quan=A", "--set", "co_quan=B")
    assert twice.exit_code == 2
    assert "twice" in twice.stderr


def test_a_survey_is_frozen_and_takes_no_settings(omr: Omr, survey: Path) -> None:
    wrong = omr("layout", survey, "--set", OFFICE)
    assert wrong.exit_code == 2
    assert "frozen" in wrong.stderr


def test_forms_lists_every_shipped_form_on_one_line_and_says_what_to_do(omr: Omr) -> None:
    listed = omr("forms").stdout
    for name, path in shipped_forms().items():
        (line,) = [one for one in listed.splitlines() if one.startswith(f"{name} ")]
        assert load_form(path).form.title in line
    assert "omr init" in listed
    assert "--set" in listed


def test_forms_prints_the_published_schema(omr: Omr) -> None:
    printed = omr("forms", "--schema").stdout
    assert json.loads(printed) == json.loads(schema_file().read_text(encoding="utf-8"))
