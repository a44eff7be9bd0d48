"""The survey folder: made whole or not at all, never overwritten, refused when it is not one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from survey_makers import ONE_PAGE, SURVEY, a_frozen_form, a_layout

from omr.errors import ExitCode, SurveyError, UsageError
from omr.survey import Survey
from omr.survey.schema import MIGRATIONS


def test_a_new_survey_holds_all_that_it_needs(survey: Survey) -> None:
    version = a_layout().version
    names = {str(p.relative_to(survey.folder)) for p in survey.folder.rglob("*") if p.is_file()}
    assert {
        "survey.sqlite",
        "key",
        *(f"forms/{version}/{name}" for name in ("form.yaml", "layout.json")),
        *(f"forms/{version}/page-{number}.png" for number in (1, 2)),
    } <= names
    assert (survey.folder / "scans").is_dir()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no file modes")
def test_only_the_owner_may_read_the_key(survey: Survey) -> None:
    key_file = survey.folder / "key"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert bytes.fromhex(key_file.read_text()) == survey.key
    assert len(survey.key) == 32


def test_what_was_frozen_comes_back(survey: Survey) -> None:
    frozen = a_frozen_form().reference
    (form,) = survey.forms
    assert (form.form, form.layout) == (frozen.form, frozen.layout)
    for page, original in zip(form.pages, frozen.pages, strict=True):
        assert np.array_equal(page.image, original.image)
        assert (page.pixels_per_mm, page.blank) == (original.pixels_per_mm, original.blank)


def test_a_survey_is_the_same_after_opening_it_again(survey: Survey) -> None:
    with Survey.open(survey.folder) as again:
        assert (again.id, again.key, again.units) == (SURVEY, survey.key, survey.units)
        assert again.form_versions == survey.form_versions


def test_a_copy_of_the_folder_is_a_survey(survey: Survey, tmp_path: Path) -> None:
    survey.issue(5, "Xã Cẩm Vinh", "", a_layout().version)
    shutil.copytree(survey.folder, tmp_path / "copy")
    with Survey.open(tmp_path / "copy") as copy:
        assert len(list(copy.issued())) == 5
        assert copy.key == survey.key


def test_two_surveys_share_neither_id_nor_key(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        with Survey.create(tmp_path / name, [a_frozen_form()]) as survey:
            made.append((survey.id, survey.key))
    assert made[0][0] != made[1][0]
    assert made[0][1] != made[1][1]


def test_a_folder_with_content_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="never overwrites"):
        Survey.create(tmp_path, [a_frozen_form()])
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_survey_is_never_overwritten(survey: Survey) -> None:
    key = survey.key
    with pytest.raises(UsageError, match="never overwrites"):
        Survey.create(survey.folder, [a_frozen_form()])
    assert survey.key == key


def test_an_empty_folder_may_become_a_survey(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Survey.create(tmp_path / "empty", [a_frozen_form()]) as survey:
        assert survey.units == ()


def test_the_folder_one_stands_in_may_become_a_survey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Survey.create(Path(), [a_frozen_form()]).close()
    assert {path.name for path in tmp_path.iterdir()} == {"key", "forms", "scans", "survey.sqlite"}
    with Survey.open(Path()) as survey:
        assert len(survey.forms) == 1


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UsageError, match="could not be made"):
        Survey.create(tmp_path / "file" / "survey", [a_frozen_form()])


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path) -> None:
    layout = a_layout()
    broken = a_frozen_form(layout)
    object.__setattr__(broken.reference.pages[1], "image", "no picture")
    with pytest.raises(Exception, match="img"):
        Survey.create(tmp_path / "new", [broken])
    assert list(tmp_path.iterdir()) == []


def test_a_form_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="given twice"):
        Survey.create(tmp_path / "new", [a_frozen_form(), a_frozen_form()])


@pytest.mark.parametrize("units", [["A", "A"], ["A", " A "], [""]])
def test_units_must_differ_and_have_names(tmp_path: Path, units: list[str]) -> None:
    with pytest.raises(UsageError, match="unit name"):
        Survey.create(tmp_path / "new", [a_frozen_form()], units)


def test_a_new_version_stands_beside_the_old(survey: Survey) -> None:
    changed = a_layout(ONE_PAGE)
    survey.add_form(a_frozen_form(changed))
    assert survey.form_versions == (a_layout().version, changed.version)
    found = survey.form_by_prefix(changed.version[:12])
    assert found is not None
    assert found.layout == changed
    assert survey.form_by_prefix("000000000000") is None
    with pytest.raises(UsageError, match="given twice"):
        survey.add_form(a_frozen_form(changed))
    with pytest.raises(KeyError):
        survey.form_by_version("unknown")


@pytest.mark.parametrize("name", ["layout.json", "page-2.png"])
def test_a_damaged_form_is_said(survey: Survey, name: str) -> None:
    (survey.folder / "forms" / a_layout().version / name).write_bytes(b"\x00{")
    with pytest.raises(SurveyError, match="missing or damaged"):
        _ = survey.forms


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="There is no survey folder") as caught:
        Survey.open(tmp_path / "none")
    assert caught.value.exit_code is ExitCode.SURVEY


def test_a_folder_that_is_no_survey_is_said(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="not a survey folder"):
        Survey.open(tmp_path)


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "survey.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE letters (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(SurveyError, match="not the database of a survey"):
        Survey.open(tmp_path)
    assert path.read_bytes() == before


def test_a_damaged_database_is_said(survey: Survey) -> None:
    survey.close()
    path = survey.folder / "survey.sqlite"
    path.write_bytes(b"not a database at all" * 300)
    with pytest.raises(SurveyError, match="damaged"):
        Survey.open(survey.folder)


def test_a_truncated_database_is_said(survey: Survey) -> None:
    survey.close()
    path = survey.folder / "survey.sqlite"
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(SurveyError, match="damaged"), Survey.open(survey.folder) as opened:
        list(opened.outcomes())


def test_a_survey_of_a_newer_version_is_left_alone(survey: Survey) -> None:
    survey.close()
    with sqlite3.connect(survey.folder / "survey.sqlite") as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    with pytest.raises(SurveyError, match="newer version"):
        Survey.open(survey.folder)


@pytest.mark.skipif(os.name != "posix", reason="needs file modes that hold")
def test_a_read_only_survey_is_said() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "survey"
        Survey.create(folder, [a_frozen_form()]).close()
        for path in (folder / "survey.sqlite", folder):
            path.chmod(0o555)
        # Root may write everywhere: such a test would prove nothing before it has become nobody.
        script = (
            "import os, sys; from pathlib import Path; from omr.survey import Survey\n"
            "from omr.errors import SurveyError\n"
            "if os.geteuid() == 0: os.setuid(65534)\n"
            "try: Survey.open(Path(sys.argv[1]))\n"
            "except SurveyError as error: print(error)\n"
        )
        said = subprocess.run(
            [sys.executable, "-c", script, folder],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "OMR_LANG": "en", "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        folder.chmod(0o755)
    assert "read-only" in said


@pytest.mark.parametrize("content", [None, "", "zz", "00" * 32, "00" * 31])
def test_a_missing_or_foreign_key_is_said(survey: Survey, content: str | None) -> None:
    key_file = survey.folder / "key"
    key_file.unlink()
    if content is not None:
        key_file.write_text(content)
    with pytest.raises(SurveyError, match="key file"):
        _ = survey.key
