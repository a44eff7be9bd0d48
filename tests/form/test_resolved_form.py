"""A form written out in full is the very same form, and needs no other file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omr.form import DesignedForm, find_form, load_form, shipped_forms
from omr.form.designed import (
    Asked,
    Heading,
    Note,
    PaperSizes,
    QuestionList,
    ScaleTable,
)
from omr.form.instruction import instruction
from omr.form.model import Correction, DoubleMarks, Form, Kind, Option, Question
from omr.form.resolved import resolved_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from omr.form.designed import Section

LETTERS = "aĂđẾ ợ09.,:;-–…()[]{}#&*!|>'\"%@`\\/?“”\u00a0"
words = st.text(LETTERS, min_size=1, max_size=20).map(lambda text: text.strip(" ") or "x")
maybe_words = st.one_of(st.just(""), words)
codes = st.text("aB09:-_.{}#", min_size=1, max_size=4)
scores = st.one_of(st.none(), st.floats(-100, 100))
option_lists = st.lists(
    st.builds(Option, codes, words, scores), min_size=1, max_size=6, unique_by=lambda o: o.code
)


@st.composite
def forms(draw: DrawFn) -> DesignedForm:
    sections: list[Section] = []
    count = 0
    for _ in range(draw(st.integers(1, 3))):
        asked: list[Asked] = []
        table = draw(st.booleans())
        columns = tuple(draw(option_lists))
        for _ in range(draw(st.integers(1, 4))):
            count += 1
            question_id, label = f"q{count}", draw(maybe_words)
            factor = draw(st.sampled_from(["", "TC", "CS1"]))
            if table:
                # The first column is everybody's; a later one may be missing in any row.
                kept = [columns[0], *(c for c in columns[1:] if draw(st.booleans()))]
                question = Question(question_id, Kind.SINGLE, draw(words), tuple(kept), factor)
                asked.append(Asked(question, label))
            else:
                asked.append(draw(questions(question_id, label, factor)))
        title = draw(maybe_words)
        if table:
            rows = tuple(asked)
            shown = _in_order_of_rows(columns[0], rows)
            ordered = tuple(
                Asked(
                    Question(
                        row.question.id,
                        Kind.SINGLE,
                        row.question.text,
                        tuple(o for o in shown if o in row.question.options),
                        row.question.factor,
                    ),
                    row.label,
                )
                for row in rows
            )
            sections.append(ScaleTable(title, draw(words), shown, ordered))
        else:
            sections.append(QuestionList(title, tuple(asked)))
    return draw(whole(tuple(sections)))


def _in_order_of_rows(first: Option, rows: tuple[Asked, ...]) -> tuple[Option, ...]:
    """Columns as the language orders them: as they first appear in the rows."""
    common = [o for o in rows[0].question.options if all(o in r.question.options for r in rows)]
    seen = dict.fromkeys([first, *common])
    for row in rows:
        seen |= dict.fromkeys(row.question.options)
    return tuple(seen)


@st.composite
def questions(draw: DrawFn, question_id: str, label: str, factor: str) -> Asked:
    kind = draw(st.sampled_from(Kind))
    options = tuple(draw(option_lists)) if kind in (Kind.SINGLE, Kind.MULTI) else ()
    maximum = draw(st.none() | st.integers(1, len(options))) if kind is Kind.MULTI else None
    digits = draw(st.integers(1, 12)) if kind is Kind.NUMBER else 0
    question = Question(question_id, kind, draw(words), options, factor, maximum, digits)
    return Asked(question, label, draw(st.integers(1, 20)) if kind is Kind.TEXT else 0)


@st.composite
def whole(draw: DrawFn, sections: tuple[Section, ...]) -> DesignedForm:
    correction = draw(st.sampled_from(Correction))
    asked = tuple(one.question for section in sections for one in section.questions)
    title, subtitle = draw(words), draw(maybe_words)
    marked = any(question.has_targets for question in asked)
    sizes = st.floats(6, 10)
    return DesignedForm(
        form=Form(
            draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,9}", fullmatch=True)),
            " - ".join(filter(None, (title, subtitle))),
            asked,
            correction,
            draw(st.sampled_from(DoubleMarks)),
        ),
        heading=Heading(draw(maybe_words), draw(words), draw(words), draw(words)),
        form_number=draw(maybe_words),
        title=title,
        subtitle=subtitle,
        intro=draw(maybe_words),
        instruction=instruction(draw(st.none() | maybe_words), correction, marked=marked),
        sections=sections,
        date_line=draw(maybe_words),
        attachment=draw(maybe_words),
        bases=tuple(draw(st.lists(words, max_size=2))),
        paper=PaperSizes(
            draw(sizes), draw(sizes), draw(sizes), draw(sizes), even_pages=draw(st.booleans())
        ),
        notes=tuple(
            draw(
                st.lists(
                    st.builds(
                        Note,
                        words,
                        st.integers(1, 9),
                        st.floats(0, 210),
                        st.floats(0, 297),
                        st.floats(4, 72),
                    ),
                    max_size=2,
                )
            )
        ),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=forms())
def test_any_form_written_out_loads_as_the_same_form(
    form: DesignedForm, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("resolved") / "form.yaml"
    path.write_text(resolved_yaml(form, ["a form"]), encoding="utf-8")
    assert load_form(path) == form


@pytest.mark.parametrize("name", sorted(shipped_forms()))
def test_a_shipped_form_written_out_includes_nothing(name: str, tmp_path: Path) -> None:
    form = load_form(find_form(name), {"co_quan": "UBND XÃ {CẨM VINH} #1"})
    assert isinstance(form, DesignedForm)
    text = resolved_yaml(form)
    path = tmp_path / "form.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_form(path) == form
    assert form.heading.office == "UBND XÃ {CẨM VINH} #1"
    assert "include" not in text
    assert "variables" not in text
