"""Files that forms include: defaults, blocks, variables, and mistakes named where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omr import language
from omr.errors import FormError
from omr.form import DesignedForm, load_form, unset_variables
from omr.form.load import author_files
from omr.form.model import Correction, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Files = Callable[..., Path]

SHARED = """\
variables:
  co_quan: UBND XÃ
  noi: xã
heading: {authority: "TỈNH", office: "{co_quan}"}
intro: Kính gửi {co_quan}.
correction: none
scales:
  S: [Tốt: 2, Kém: 1]
blocks:
  tuoi: {label: A3, text: "Tuổi:", kind: number, digits: 3}
  gioi: {id: gioi_tinh, text: "Giới tính ở {noi}:", options: [Nam, Nữ]}
  muc: {text: "Mức độ ở {noi}", scale: S}
"""
FORM = """\
id: demo
include: chung.yaml
title: PHIẾU {noi}
sections:
  - questions:
      - use: [tuoi, gioi]
      - {use: muc, label: B, factor: CC}
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    yield
    language.use(before)


@pytest.fixture
def write(tmp_path: Path) -> Files:
    def write(form: str = FORM, shared: str = SHARED) -> Path:
        (tmp_path / "chung.yaml").write_text(shared, encoding="utf-8")
        (tmp_path / "form.yaml").write_text(form, encoding="utf-8")
        return tmp_path / "form.yaml"

    return write


def loaded(path: Path, **values: str) -> DesignedForm:
    form = load_form(path, values)
    assert isinstance(form, DesignedForm)
    return form


def refusal(path: Path, **values: str) -> str:
    with pytest.raises(FormError) as caught:
        loaded(path, **values)
    return str(caught.value).replace(f"{path.parent}/", "")


def place(text: str, word: str) -> str:
    """Line and column of the last place where a word stands."""
    before = text[: text.rindex(word)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_a_form_takes_what_it_does_not_say(write: Files) -> None:
    form = loaded(write())
    assert (form.heading.authority, form.heading.office) == ("TỈNH", "UBND XÃ")
    assert form.intro == "Kính gửi UBND XÃ."
    assert form.title == "PHIẾU xã"
    assert form.form.correction is Correction.NONE
    first, second, third = (asked for section in form.sections for asked in section.questions)
    assert (first.question.id, first.label, first.question.kind) == ("tuoi", "A3", Kind.NUMBER)
    assert (second.question.id, second.question.text) == ("gioi_tinh", "Giới tính ở xã:")
    assert (third.question.id, third.label, third.question.factor) == ("muc", "B", "CC")
    assert [option.score for option in third.question.options] == [2, 1]


def test_what_the_form_says_itself_goes_first(write: Files) -> None:
    own = FORM.replace(
        "sections:",
        "intro:\nheading: {office: PHÒNG}\nvariables: {noi: phường}\n"
        "scales: {S: [Được: 1, Không: 0]}\nsections:",
    )
    form = loaded(write(own))
    assert form.intro == ""
    assert (form.heading.authority, form.heading.office) == ("TỈNH", "PHÒNG")
    assert form.title == "PHIẾU phường"
    assert [option.text for option in form.form.question("muc").options] == ["Được", "Không"]


def test_the_last_file_included_goes_before_the_first(write: Files, tmp_path: Path) -> None:
    (tmp_path / "sau.yaml").write_text("intro: Sau\nvariables: {noi: đảo}\n", encoding="utf-8")
    form = loaded(write(FORM.replace("chung.yaml", "[chung.yaml, sau.yaml]")))
    assert (form.intro, form.title, form.heading.office) == ("Sau", "PHIẾU đảo", "UBND XÃ")


def test_a_form_anywhere_may_include_the_shipped_file(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(FORM.replace("chung.yaml", "khoi-chung").replace("{noi}", ""), encoding="utf-8")
    assert "did you mean" in refusal(path) or "there are: a1" in refusal(path)
    text = path.read_text(encoding="utf-8")
    text = text.replace("[tuoi, gioi]", "[a1, a2]").replace("use: muc", "use: a3")
    path.write_text(text, encoding="utf-8")
    assert [question.id for question in loaded(path).form.questions] == ["a1", "a2", "a3"]
    assert [one.name for one in author_files(path)] == ["form.yaml", "khoi-chung.yaml"]


def test_a_setting_goes_before_every_value_of_a_variable(write: Files) -> None:
    form = loaded(write(), co_quan="  UBND XÃ CẨM VINH ", noi="xa\u0303")
    assert form.heading.office == "UBND XÃ CẨM VINH"
    assert form.title == "PHIẾU xã"


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("PHIẾU {noi}", "PHIẾU {noii}", "{noii}", "did you mean 'noi'"),
        ("PHIẾU {noi}", "PHIẾU {co quan}", "{co quan}", "did you mean 'co_quan'"),
        ("PHIẾU {noi}", "PHIẾU } x", "} x", "'}' stands alone"),
        ("[tuoi, gioi]", "[tuoi, goi]", "goi]", "did you mean 'gioi'"),
        ("[tuoi, gioi]", "[tuoi, tuoi]", "tuoi]", "already used in line 6"),
        ("use: [tuoi, gioi]", "use: []", "[]", "needs the name of a block"),
        ("[tuoi, gioi]", "[tuoi, [x]]", "[tuoi, [x]]", "needs the name of a block"),
        ("use: muc, label", "use: [muc, tuoi], label", "label", "use names one block"),
        ("label: B", "lable: B", "lable", "did you mean 'label'"),
        ("label: B", "digits: 2", "digits", "only for number"),
        ("chung.yaml", "chung.yml", "chung.yml", "no file 'chung.yml' to include"),
        ("chung.yaml", "khoi-chug", "khoi-chug", "did you mean 'khoi-chung'"),
        ("include:", "inclde:", "inclde", "did you mean 'include'"),
    ],
)
def test_a_mistake_in_the_form_is_named_there(
    write: Files, old: str, new: str, at: str, says: str
) -> None:
    assert old in FORM
    wrong = FORM.replace(old, new)
    lines = refusal(write(wrong)).splitlines()
    start = f"form.yaml:{place(wrong, at)}: "
    assert any(line.startswith(start) and says in line for line in lines), (start, lines)


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("Tốt: 2", "Tốt: hai", "hai", "stands the score"),
        ("blocks:", "block:", "block:", "did you mean 'blocks'"),
        ("digits: 3", "digts: 3", "digts", "did you mean 'digits'"),
        (", digits: 3", "", "{label", "add for example digits: 3"),
        ("[Nam, Nữ]", "[Nam, ✓]", "✓", "U+2713"),
        ("Kính gửi {co_quan}", "Kính gửi {co_quam}", "{co_quam}", "did you mean 'co_quan'"),
        ("co_quan: UBND XÃ", "co_quan: UBND {noi}", "UBND {noi}", "no other variable"),
        ("gioi: {id", "gioi: {use: tuoi, id", "use", "cannot stand here"),
        ("intro:", "title:", "title", "not known here"),
        ("noi: xã", "NOI: xã", "NOI", "cannot name a variable"),
        ("tuoi: {label", "1tuoi: {label", "1tuoi", "cannot name a block"),
    ],
)
def test_a_mistake_in_an_included_file_is_named_in_that_file(
    write: Files, old: str, new: str, at: str, says: str
) -> None:
    assert old in SHARED
    wrong = SHARED.replace(old, new)
    lines = refusal(write(shared=wrong)).splitlines()
    start = f"chung.yaml:{place(wrong, at)}: "
    assert any(line.startswith(start) and says in line for line in lines), (start, lines)


def test_a_setting_that_is_no_variable_or_cannot_be_printed_is_refused(write: Files) -> None:
    assert "did you mean 'co_quan'?" in refusal(write(), co_qaun="UBND")
    assert "U+2713" in refusal(write(), co_quan="UBND ✓")
    bare = (
        "id: d\ntitle: T\nheading: {office: U}\nsections: [{questions: [{text: A, kind: text}]}]\n"
    )
    assert "this form has none" in refusal(write(bare), co_quan="UBND")


def test_the_variables_that_nobody_set_are_known(write: Files) -> None:
    assert unset_variables(write(), {}) == {"co_quan": "UBND XÃ", "noi": "xã"}
    assert unset_variables(write(), {"noi": "đảo"}) == {"co_quan": "UBND XÃ"}
    own = FORM.replace("sections:", "variables: {co_quan: UBND XÃ CẨM VINH}\nsections:")
    assert unset_variables(write(own), {}) == {"noi": "xã"}


def test_an_emptied_office_is_refused_where_it_is_used(write: Files) -> None:
    message = refusal(write(), co_quan="")
    where = place(SHARED, '"{co_quan}"')
    assert message.startswith(f"chung.yaml:{where}: ")
    assert "'office' is empty" in message


def test_a_variable_without_quotes_is_explained(write: Files) -> None:
    message = refusal(write(FORM.replace("PHIẾU {noi}", "{noi}")))
    assert message.startswith("form.yaml:3:8: ")
    assert "quotes" in message


def test_a_variable_within_a_line_in_braces_needs_quotes_and_is_told_so(write: Files) -> None:
    wrong = FORM.replace("label: B", "label: B {noi}")
    message = refusal(write(wrong))
    assert message.startswith(f"form.yaml:{place(wrong, '{noi}')}: ")
    assert "quotes" in message


def test_mistakes_are_said_in_vietnamese_too(write: Files) -> None:
    language.use(language.Language.VIETNAMESE)
    assert "có phải là “noi”" in refusal(write(FORM.replace("{noi}", "{nói}")))
    assert "có phải là “gioi”" in refusal(write(FORM.replace("gioi]", "gii]")))


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(value=st.text("aĐế {}#:'\"-0", max_size=12))
def test_any_value_that_is_set_is_printed_as_it_is(
    value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("set")
    (folder / "chung.yaml").write_text(SHARED, encoding="utf-8")
    (folder / "form.yaml").write_text(FORM, encoding="utf-8")
    form = loaded(folder / "form.yaml", noi=value)
    assert form.title == f"PHIẾU {value.strip(' ')}"
    assert form.form.question("gioi_tinh").text == f"Giới tính ở {value.strip(' ')}:"


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(before=st.text("xĐế ", max_size=9), blank=st.integers(0, 5))
def test_the_place_of_an_unknown_variable_is_exact(
    before: str, blank: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("place")
    path = folder / "form.yaml"
    text = "\n" * blank + f'id: d\ntitle: "{before}{{sai}}"\nheading: {{office: U}}\n'
    path.write_text(text + "sections: [{questions: [{text: A, kind: text}]}]\n", encoding="utf-8")
    column = len('title: "') + len(before) + 1
    assert refusal(path).startswith(f"form.yaml:{blank + 2}:{column}: ")
