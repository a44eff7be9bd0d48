"""The house style as properties: of the shipped forms, and of any form at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from house_style import faults, ink
from hypothesis import given, settings
from random_forms import forms

from omr.form import DesignedForm, find_form, load_form
from omr.form.shipped import shipped_forms
from omr.layout import typeset
from omr.layout.drawing import PageDrawing, Text
from omr.layout.model import PageLayout

NAMES = sorted(shipped_forms())
PAGES = {"t3-sipas": 2, "t8-trung-tam-hcc": 2}
"""All others have one page."""


def designed(name: str) -> DesignedForm:
    form = load_form(find_form(name))
    assert isinstance(form, DesignedForm)
    return form


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_forms_keep_the_house_style(name: str) -> None:
    form = designed(name)
    sheet = typeset(form)
    assert not faults(form, sheet)
    assert len(sheet.pages) == PAGES.get(name, 1)


OFFICES = (
    {},
    {
        "co_quan_chu_quan": "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
        "co_quan": "ỦY BAN NHÂN DÂN XÃ CẨM VINH",
        "ten_co_quan": "Ủy ban nhân dân xã Cẩm Vinh",
    },
    {
        "co_quan_chu_quan": "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
        "co_quan": "ỦY BAN NHÂN DÂN PHƯỜNG ĐÔNG HƯNG THUẬN",
        "ten_co_quan": "Ủy ban nhân dân phường Đông Hưng Thuận",
    },
)


@pytest.mark.parametrize("office", OFFICES, ids=("dotted", "commune", "ward"))
@pytest.mark.parametrize("name", NAMES)
def test_naming_the_office_costs_no_page(name: str, office: dict[str, str]) -> None:
    form = load_form(find_form(name), office)
    assert isinstance(form, DesignedForm)
    sheet = typeset(form)
    assert not faults(form, sheet)
    assert len(sheet.pages) == PAGES.get(name, 1)
    if name in {"t1-mot-cua", "t3-sipas"}:
        assert sheet.text_points == 13
    first = sheet.pages[0]
    assert first.serial is not None
    words = [item for item in first.items if isinstance(item, Text)]
    title = next(item for item in words if form.title.startswith(item.text))
    assert ink(title).y - first.serial.box.bottom >= 2 - 0.01


@pytest.mark.parametrize("name", NAMES)
def test_both_pages_of_a_form_are_used(name: str) -> None:
    for page in typeset(designed(name)).layout.pages:
        assert max(target.box.bottom for target in page.targets) > 140


@given(form=forms())
@settings(max_examples=30)
def test_any_form_keeps_the_house_style(form: DesignedForm) -> None:
    sheet = typeset(form)
    written = tuple(page for page in sheet.pages if page.serial is not None)
    filled = sheet.layout.pages[: len(written)]
    shown = replace(sheet, pages=written, layout=replace(sheet.layout, pages=filled))
    assert not faults(form, shown)
    found = [(t.question, t.option) for page in sheet.layout.pages for t in page.targets]
    assert found == [
        (question.id, code)
        for question in form.form.questions
        for code in [o.code for o in question.options]
        or [str(n + 1) for n in range(question.digits)]
        or [""]
    ]
    if form.paper.even_pages:
        assert len(sheet.pages) % 2 == 0
        assert sheet.pages[len(written) :] in {(), (PageDrawing((), None),)}
    else:
        assert written == sheet.pages
    assert typeset(form) == sheet


def test_an_empty_page_has_nothing_to_print_and_nothing_to_read() -> None:
    form = designed("t1-mot-cua")
    sheet = typeset(replace(form, paper=replace(form.paper, even_pages=True)))
    assert sheet.pages[1:] == (PageDrawing((), None),)
    assert sheet.layout.pages[1:] == (PageLayout(2, ()),)
    assert sheet.layout.pages[:1] == typeset(form).layout.pages
