"""Forms of every kind, for what must hold of the deck of any form."""

from __future__ import annotations

from hypothesis import strategies as st

from omr.form.model import Correction, Form, Kind, Option, Question


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(str(code), f"Phương án {code}") for code in range(1, count + 1))


@st.composite
def questions(draw: st.DrawFn, number: int) -> Question:
    name, kind = f"q{number}", draw(st.sampled_from(Kind))
    if kind is Kind.NUMBER:
        return Question(name, kind, "Tuổi", digits=draw(st.integers(1, 4)))
    if kind is Kind.TEXT:
        return Question(name, kind, "Ý kiến")
    count = draw(st.integers(1, 9))
    limits = st.none() | st.integers(1, count)
    maximum = draw(limits) if kind is Kind.MULTI else None
    return Question(name, kind, "Câu hỏi", options(count), maximum=maximum)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    asked = tuple(draw(questions(number)) for number in range(draw(st.integers(1, 12))))
    return Form("mau", "Phiếu", asked, draw(st.sampled_from(Correction)))
