"""A small survey whose export shows every kind of cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hand_made import DESIGNS, SHOP, assembly, sheet

from omr.export import export_survey
from omr.responses.model import Doubt
from omr.scan.model import PageName

if TYPE_CHECKING:
    from pathlib import Path

    from omr.survey.model import Assembly


def small_survey() -> Assembly:
    full = {"a1": "nd", "q1": "5", "q2": "4", "q3": "kyk", "m": "tt+phi", "n": "7"}
    return assembly(
        sheet(full, serial=1, unit="Xã Cẩm Vinh", field="Hộ tịch"),
        sheet(
            {"q1": "4+5", "q2": "3", "n": "012"},
            serial=2,
            unit="=cmd()",
            decided={"q1": ("5+4", "Lan"), "z": ("=1+1, rồi\n“tốt”", "Lan")},
        ),
        sheet({"q1": "5", "q2": "2"}, serial=3, doubts={"q2": (Doubt.MARGINAL,)}),
        sheet({"q1": "1"}, serial=4, reason="duplicate-serial", name=PageName("thư mục/a.pdf", 1)),
        sheet({"q1": "1"}, serial=5, rejected=True),
        sheet({"q1": "3", "b1": "01"}, form=SHOP, serial=None, name=PageName("x.zip/1.jpg", 1)),
    )


@pytest.fixture
def survey() -> Assembly:
    return small_survey()


@pytest.fixture
def exported(tmp_path: Path, survey: Assembly) -> Path:
    export_survey(DESIGNS, survey, tmp_path / "out")
    return tmp_path / "out"
