"""However a form is spoiled, it is refused with a place, or it is a form: never a crash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omr.errors import FormError
from omr.form import find_form, load_form
from omr.form.shipped import shared_files

if TYPE_CHECKING:
    import pytest

FORM = find_form("t2-giai-quyet-tthc").read_text(encoding="utf-8")
FORM = FORM.replace("include: khoi-chung", "include: chung.yaml") + (
    "paper: {box: 5, even_pages: true}\nnotes: [{text: A, x: 1, y: 2}]\nvariables: {noi: xã}\n"
)
SHARED = shared_files()["khoi-chung"].read_text(encoding="utf-8")
PIECES = [
    *("{", "}", "[", "]", ":", "- ", "\n", "  ", '"', "&a", "*a", "null", "~", "use: z", "{noi}"),
    *("NA", "also: [A: NA]", "kind: yesno", "options: [Có]", "scale: S5", "0", "code: ", "{{"),
    *("order: ascending", "factor: TC", "include: khoi-chung", "id: a1", "text: x", ", "),
]
PLACE = re.compile(r"^\S+\.yaml:\d+:\d+: \S", re.MULTILINE)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_spoiled_form_is_refused_with_a_place_or_is_a_form(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("spoiled")
    in_form = data.draw(st.booleans())
    text = FORM if in_form else SHARED
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.sampled_from([0, 0, 1, 3, 12, 60]))
        text = text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[start + cut :]
    (folder / "form.yaml").write_text(text if in_form else FORM, encoding="utf-8")
    (folder / "chung.yaml").write_text(SHARED if in_form else text, encoding="utf-8")
    said = ""
    try:
        assert load_form(folder / "form.yaml").form.questions
    except FormError as error:
        said = str(error)
    assert [line for line in said.splitlines() if not PLACE.match(line)] == []
