"""Rules of the paper: every fault is found and named, and what is sound is left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forms import MUST_FAIL, SOUND, rule_broken_by, set_form
from hypothesis import given
from hypothesis import strategies as st

from omr import language
from omr.form import find_form, shipped_forms
from omr.geometry import Box
from omr.layout.drawing import Fill, Outline, Rule, Text
from omr.layout.model import Shape
from omr.proof.limits import LIMITS
from omr.proof.model import Rule as PaperRule
from omr.proof.model import Severity
from omr.proof.paper_rules import paper_findings
from omr.proof.print_map import designed_pages, measured_page
from omr.proof.spans import around, gap, lies_in

if TYPE_CHECKING:
    from omr.layout import Typeset
    from omr.layout.drawing import Item
    from omr.proof.model import Finding

boxes = st.builds(Box, st.floats(0, 200), st.floats(0, 290), st.floats(0.1, 50), st.floats(0.1, 50))


def findings(pages: Typeset) -> tuple[Finding, ...]:
    return paper_findings(designed_pages(pages))


def with_print(pages: Typeset, *items: Item) -> Typeset:
    """The same pages with more print on the first."""
    first = replace(pages.pages[0], items=(*pages.pages[0].items, *items))
    return replace(pages, pages=(first, *pages.pages[1:]))


@pytest.fixture(scope="module")
def sound() -> Typeset:
    return set_form(SOUND)


def test_there_are_forms_that_must_fail() -> None:
    asked = {"boxes-2mm-apart", "text-under-target", "code-8mm", "label-over-mark"}
    assert asked <= {path.stem for path in MUST_FAIL}


@pytest.mark.parametrize("path", MUST_FAIL, ids=lambda path: path.stem)
def test_a_fault_is_found_and_nothing_else(path: Path) -> None:
    """Without its fault each of these forms is the sound one: it has no finding at all."""
    found = findings(set_form(path))
    assert {finding.rule.value for finding in found} == {rule_broken_by(path)}
    assert {finding.severity for finding in found} == {Severity.ERROR}
    for finding in found:
        assert finding.page == 1
        assert finding.what
        assert finding.why
        assert finding.change


def test_the_sound_form_has_no_fault(sound: Typeset) -> None:
    assert findings(sound) == ()


@pytest.mark.parametrize("name", shipped_forms())
def test_shipped_forms_have_no_fault(name: str) -> None:
    assert findings(set_form(find_form(name))) == ()


def test_both_languages_say_everything() -> None:
    before = language.current()
    said = {}
    try:
        for choice in language.Language:
            language.use(choice)
            said[choice] = [f for path in MUST_FAIL for f in findings(set_form(path))]
    finally:
        language.use(before)
    for vietnamese, english in zip(*said.values(), strict=True):
        assert vietnamese.rule is english.rule
        for part in ("what", "why", "change"):
            assert getattr(vietnamese, part) != getattr(english, part)


def test_a_finding_names_the_targets_that_it_concerns(sound: Typeset) -> None:
    target = next(t for t in sound.layout.pages[0].targets if (t.question, t.option) == ("q2", "2"))
    words = next(item for item in sound.pages[0].items if isinstance(item, Text))
    over = replace(words, x=target.box.x, baseline=target.box.bottom, text="xem", points=12)
    [found] = findings(with_print(sound, over))
    assert found.targets == (("q2", "2"),)
    assert found.box == target.box
    assert "xem" in found.what


def test_lines_and_grounds_are_print_too(sound: Typeset) -> None:
    target = sound.layout.pages[0].targets[0].box
    y = target.centre[1]
    line = Rule(target.x - 1, y, target.right + 1, y, 0.2)
    assert [f.rule for f in findings(with_print(sound, line))] == [PaperRule.PRINT_AT_TARGET]
    ground = target.grown(2)
    light, dark = Fill(ground, LIMITS.shade), Fill(ground, LIMITS.shade + 0.1)
    assert findings(with_print(sound, light)) == ()
    assert [f.rule for f in findings(with_print(sound, dark))] == [PaperRule.PRINT_AT_TARGET]


@given(away=st.floats(0.0, 3.0))
def test_print_must_keep_its_distance_from_a_target(away: float) -> None:
    sound = set_form(SOUND)
    target = sound.layout.pages[0].targets[0].box
    x = target.right + away
    found = findings(with_print(sound, Rule(x + 0.1, target.y, x + 0.1, target.y + 1, 0.2)))
    near = [f for f in found if f.rule is PaperRule.PRINT_AT_TARGET]
    if abs(away - LIMITS.line_white) > 0.02:
        assert bool(near) == (away < LIMITS.line_white)


def test_a_target_beyond_the_marks_is_told(sound: Typeset) -> None:
    page = sound.layout.pages[0]
    stray = replace(page.targets[0], box=Box(201, 150, 4.6, 4.6))
    layout = replace(sound.layout, pages=(replace(page, targets=(stray, *page.targets[1:])),))
    rules = {finding.rule for finding in findings(replace(sound, layout=layout))}
    assert PaperRule.TARGET_OUTSIDE_MARKS in rules


def test_narrow_columns_are_advice(sound: Typeset) -> None:
    page = sound.layout.pages[0]
    right = next(t for t in page.targets if (t.question, t.option) == ("q1", "2"))
    left = next(t for t in page.targets if (t.question, t.option) == ("q1", "3"))
    nearer = replace(right, box=replace(right.box, x=left.box.x + 11))
    targets = tuple(nearer if target is right else target for target in page.targets)
    layout = replace(sound.layout, pages=(replace(page, targets=targets),))
    found = {f.rule: f.severity for f in findings(replace(sound, layout=layout))}
    assert found[PaperRule.COLUMN_TOO_NARROW] is Severity.ADVICE


def test_small_text_is_advice_until_nobody_can_read_it(sound: Typeset) -> None:
    text = next(i for i in sound.pages[0].items if isinstance(i, Text))
    small = replace(text, x=60, baseline=250, text="Phiếu không ghi tên", points=11)
    found = findings(with_print(sound, small))
    assert [(f.rule, f.severity) for f in found] == [(PaperRule.TEXT_TOO_SMALL, Severity.ADVICE)]


def test_paper_that_others_printed_is_judged_by_its_reading(sound: Typeset) -> None:
    """Near boxes are only told there, for they cannot be changed; overlapping ones are an error."""
    page = sound.layout.pages[0]
    one, other = page.targets[:2]
    for x, severity in ((one.box.right + 1, Severity.ADVICE), (one.box.x + 2, Severity.ERROR)):
        moved = replace(other, box=replace(other.box, x=x, y=one.box.y))
        layout = replace(page, targets=(one, moved))
        found = paper_findings([measured_page(sound.form, sound.layout.size, layout)])
        assert [(f.rule, f.severity) for f in found] == [(PaperRule.TARGETS_TOO_NEAR, severity)]


def test_text_struck_through_by_a_line_is_advice(sound: Typeset) -> None:
    text = next(i for i in sound.pages[0].items if isinstance(i, Text))
    note = replace(text, x=60, baseline=250, text="Xin cảm ơn Ông/Bà!", points=12)
    frame = Outline(Box(50, 248.5, 100, 20), Shape.BOX, 0.2)
    found = findings(with_print(sound, note, frame))
    assert [(f.rule, f.severity) for f in found] == [(PaperRule.TEXT_OVER_LINE, Severity.ADVICE)]
    assert "Xin cảm ơn" in found[0].what
    under = Rule(50, 250.6, 150, 250.6, 0.2)
    assert findings(with_print(sound, note, under)) == ()


@given(one=boxes, other=boxes)
def test_distances_are_true(one: Box, other: Box) -> None:
    assert gap(one, other) == gap(other, one)
    assert (gap(one, other) < 0) == one.overlaps(other)
    whole = around((one, other))
    tolerant = whole.grown(1e-9)
    assert lies_in(one, tolerant)
    assert lies_in(other, tolerant)


def test_the_guide_lists_every_rule_with_its_limit() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
    section = guide.split("## Prove it")[1].split("\n## ")[0]
    listed = set(re.findall(r"`([a-z-]+)`", section.split("| rule |")[1].split("\n\n")[0]))
    assert listed == {rule.value for rule in PaperRule}
    for limit in (LIMITS.target_white, LIMITS.target_side, LIMITS.print_white, LIMITS.line_white):
        assert f"{limit:.1f} mm" in section
    for side in (LIMITS.column, LIMITS.code_side, LIMITS.edge):
        assert f"{side:.0f} mm" in section


def test_the_whole_example_of_the_guide_has_no_finding(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
    whole = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)[1]
    (tmp_path / "form.yaml").write_text(whole, encoding="utf-8")
    assert "notes:" in whole
    assert findings(set_form(tmp_path / "form.yaml")) == ()
