"""The forms of these tests: one that is sound, and one for each fault that must be found."""

from __future__ import annotations

import re
from pathlib import Path

from omr.form import DesignedForm, load_form
from omr.layout import Typeset, typeset

HERE = Path(__file__).parent
SOUND = HERE / "sound.yaml"
MUST_FAIL = sorted((HERE / "must_fail").glob("*.yaml"))


def set_form(path: Path) -> Typeset:
    """The form on its pages."""
    form = load_form(path)
    assert isinstance(form, DesignedForm)
    return typeset(form)


def rule_broken_by(path: Path) -> str:
    """The slug of the rule that a must-fail form breaks, as its second line has it."""
    found = re.search(r"^# rule: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, path
    return found[1]
