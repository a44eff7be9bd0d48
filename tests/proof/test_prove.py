"""The proof as a whole: sound forms pass, faulty ones fail, and a broken reader is found out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from forms import HERE, MUST_FAIL, SOUND, rule_broken_by, set_form

import omr.reading
from omr import pipeline
from omr.errors import UsageError
from omr.form import find_form, load_form, shipped_forms
from omr.form.model import Kind, Option, Question
from omr.freezing import reference_of
from omr.proof.judging import judged
from omr.proof.model import Proof, Reading, Verdict
from omr.proof.plan import said_on, sheets_needed
from omr.proof.prove import prove_typeset
from omr.proof.scanners import SCANNERS
from omr.proof.stand import Stand, Task
from omr.responses.model import Doubt, Response

if TYPE_CHECKING:
    from pathlib import Path

MEASURED = """\
id: do
title: Phiếu đo
measured: {{reference: blank.png, blank: {blank}, capture: flatbed}}
questions:
  - id: q1
    kind: single
    options:
      - {{code: "1", shape: box, box_px: [300, 400, 20, 20]}}
      - {{code: "2", shape: box, box_px: [500, 400, 20, 20]}}
"""
CHOICE = Question("q", Kind.MULTI, "?", tuple(Option(code, code) for code in "123"))
NUMBER = Question("n", Kind.NUMBER, "?", digits=3)


def omr_check(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OMR_LANG": "en", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "omr", "check", *map(str, arguments)],
        capture_output=True, check=False, encoding="utf-8", env=environment,
    )  # fmt: skip


def test_the_sound_form_is_proved() -> None:
    passed = omr_check(SOUND)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "PROVED" in passed.stdout


@pytest.mark.full
def test_the_same_form_with_text_under_a_box_is_not() -> None:
    failed = omr_check(HERE / "must_fail" / "text-under-target.yaml", "--json")
    assert failed.returncode == 5
    told = json.loads(failed.stdout)
    assert told["verdict"] == "not-readable"
    assert [finding["rule"] for finding in told["findings"]] == ["print-at-target"]
    assert {target["option"] for target in told["findings"][0]["targets"]} == {"2"}


def test_a_reader_that_swaps_two_options_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check can fail: nothing of the reader is taken on trust."""
    honest = omr.reading.respond

    def swapping(*given: object) -> tuple[Response, ...]:
        other = {"3": "1", "1": "3"}
        return tuple(
            replace(one, codes=tuple(other.get(code, code) for code in one.codes))
            for one in honest(*given)  # type: ignore[arg-type]
        )

    pages = set_form(SOUND)
    # Of two sheets, one faint pen is already more for review than any scanner may have.
    assert prove_typeset(pages, 6).verdict is Verdict.PROVED
    monkeypatch.setattr(omr.reading, "respond", swapping)
    proof = prove_typeset(pages, 6)
    assert proof.verdict is Verdict.NOT_READABLE
    assert not proof.findings
    assert all(trial.wrong for trial in proof.trials)
    assert {question.question for question in proof.trials[0].troubled} >= {"q1", "q2"}


def test_a_form_fails_by_a_rule_even_where_its_sheets_were_read() -> None:
    path = next(path for path in MUST_FAIL if path.stem == "note-over-gauge")
    proof = prove_typeset(set_form(path), 1)
    assert all(trial.passed for trial in proof.trials)
    assert proof.verdict is Verdict.NOT_READABLE


def test_a_page_code_of_8_mm_loses_pages() -> None:
    proof = prove_typeset(set_form(HERE / "must_fail" / "code-8mm.yaml"), 3)
    poor = proof.trials[-1]
    assert poor.found < poor.pages
    assert not poor.passed
    assert all(refusal.startswith("no-page-code") for refusal in poor.refusals)


@pytest.mark.full
@pytest.mark.parametrize("path", MUST_FAIL, ids=lambda path: path.stem)
def test_every_must_fail_form_fails_and_names_its_cause(path: Path) -> None:
    proof = pipeline.check(path)
    assert proof.verdict is Verdict.NOT_READABLE
    assert rule_broken_by(path) in {finding.rule.value for finding in proof.errors}


@pytest.mark.full
@pytest.mark.parametrize("form", shipped_forms())
def test_every_shipped_form_is_proved(form: str) -> None:
    proof = pipeline.check(find_form(form))
    assert proof.verdict is Verdict.PROVED, proof


def test_a_blank_measured_form_is_tried_on_its_picture(tmp_path: Path) -> None:
    form = load_form(measured(tmp_path, "true"))
    reference = reference_of(form)
    stand = Stand(reference, reference.pages[0].image, SCANNERS, seed=1)
    said = stand.filled(0).answers["q1"].value
    for trial in stand(Task(sheet=0, page=1)):
        assert not trial.refusal
        assert [answer.read for answer in trial.answers] == [said]


def test_a_picture_of_filled_sheets_proves_nothing(tmp_path: Path) -> None:
    """Exit 5, although nothing is wrong: what could not be tried is not proved."""
    path = measured(tmp_path, "false")
    assert pipeline.check(path).verdict is Verdict.NOT_PROVED
    done = omr_check(path)
    assert done.returncode == 5
    assert "NOT PROVED" in done.stdout


def small_form(folder: Path, question: str) -> Path:
    """The sound form with this question instead of its own."""
    head, _ = SOUND.read_text(encoding="utf-8").split("sections:")
    form = folder / "small.yaml"
    form.write_text(f"{head}sections:\n  - questions:\n      - {question}\n", encoding="utf-8")
    return form


def test_a_form_without_an_answer_to_compare_is_not_proved(tmp_path: Path) -> None:
    form = small_form(tmp_path, "{id: c1, kind: text, text: Ý kiến khác, lines: 3}")
    done = omr_check(form)
    assert done.returncode == 5
    assert "NOT PROVED: not one answer could be compared" in done.stdout
    assert "blank: false" not in done.stdout


def test_a_form_of_one_question_is_judged_fairly(tmp_path: Path) -> None:
    """Left blank, its page shows no mark: in 1-bit it waits, whatever the form is like."""
    options = '[{code: "1", text: Có}]'
    form = small_form(tmp_path, f"{{id: a1, kind: multi, text: Có đồng ý, options: {options}}}")
    proof = pipeline.check(form)
    bits = next(trial for trial in proof.trials if trial.scanner == "black-and-white")
    assert bits.answers < bits.sheets
    assert proof.verdict is Verdict.PROVED, proof


def test_a_blank_page_that_waits_in_grey_counts() -> None:
    waits = Response("q", (), (Doubt.MARGINAL,))
    assert judged(CHOICE, "", waits).reading is Reading.REVIEW
    assert judged(CHOICE, "", waits, by_rule=True).reading is Reading.BY_HAND
    assert judged(CHOICE, "", Response("q", ("1",)), by_rule=True).reading is Reading.WRONG


def measured(folder: Path, blank: str) -> Path:
    """A measured form: a page of print with two boxes."""
    picture = np.full((1169, 827), 255, np.uint8)
    for line in range(12):
        words = f"{line}. Noi dung danh gia cua phieu so {line * 37}"
        cv2.putText(picture, words, (60, 80 + 80 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    picture[390:430, 290:550] = 255
    for x in (300, 500):
        cv2.rectangle(picture, (x, 400), (x + 20, 420), 0, 1)
    (folder / "blank.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    (folder / "form.yaml").write_text(MEASURED.format(blank=blank), encoding="utf-8")
    return folder / "form.yaml"


@pytest.mark.parametrize("form", shipped_forms())
def test_every_option_is_marked_and_every_question_left_blank(form: str) -> None:
    """On the sheets that are said to be enough; multi questions never above their maximum."""
    asked = load_form(find_form(form)).form
    said = [said_on(asked, sheet, seed=3) for sheet in range(sheets_needed(asked))]
    for question in asked.questions:
        if not question.has_targets:
            continue
        values = [one[question.id] for one in said]
        marked = {code for value in values for code in value.split("+") if code}
        assert marked == {option.code for option in question.options}
        assert "" in values
        most = 1 if question.kind is Kind.SINGLE else question.maximum or len(question.options)
        assert max(value.count("+") + 1 for value in values if value) <= most


def test_too_few_sheets_prove_nothing() -> None:
    with pytest.raises(UsageError, match="--sheets 8"):
        pipeline.check(SOUND, sheets=3)


@pytest.mark.parametrize(
    ("question", "said", "response", "lost", "reading"),
    [
        (CHOICE, "1+3", Response("q", ("1", "3")), (), Reading.RIGHT),
        (CHOICE, "", Response("q", ()), (), Reading.RIGHT),
        (CHOICE, "1+3", Response("q", ("1",)), (), Reading.WRONG),
        (CHOICE, "1+3", Response("q", ("1",)), (("q", "3"),), Reading.LOST),
        (CHOICE, "1+3", Response("q", ("3",)), (("q", "3"),), Reading.WRONG),
        (CHOICE, "1", Response("q", ("1",), (Doubt.MARGINAL,)), (), Reading.REVIEW),
        (CHOICE, "1", None, (), Reading.REVIEW),
        (NUMBER, "45", Response("n", (), (Doubt.NUMBER,)), (), Reading.BY_HAND),
        (NUMBER, "45", Response("n", ()), (), Reading.WRONG),
        (NUMBER, "45", Response("n", ()), (("n", "2"),), Reading.WRONG),
        (NUMBER, "45", Response("n", ()), (("n", "2"), ("n", "3")), Reading.LOST),
        (NUMBER, "", Response("n", ()), (), Reading.RIGHT),
        (NUMBER, "", Response("n", (), (Doubt.NUMBER,)), (), Reading.REVIEW),
    ],
)
def test_an_answer_is_judged_by_its_truth(
    question: Question,
    said: str,
    response: Response | None,
    lost: tuple[tuple[str, str], ...],
    reading: Reading,
) -> None:
    assert judged(question, said, response, frozenset(lost)).reading is reading


def test_the_same_form_and_seed_give_the_same_proof() -> None:
    pages = set_form(SOUND)
    one, other = prove_typeset(pages, 1, seed=5), prove_typeset(pages, 1, seed=5)
    assert isinstance(one, Proof)
    assert one == other
