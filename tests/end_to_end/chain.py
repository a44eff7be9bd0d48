"""The chain as an office runs it: real processes, one command after the other."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from omr.form import DesignedForm, find_form, load_form
from omr.identity import format_serial
from omr.layout import typeset
from omr.simulate import (
    CAREFUL,
    CARELESS,
    ORDINARY,
    CaptureSettings,
    Mode,
    ScannedImage,
    fill_form,
    ink_page,
    render_pdf_page,
    scan,
    scan_blank_back,
)
from omr.simulate.files import write_image, write_pdf, write_tiff
from omr.simulate.settings import Geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.layout import Typeset
    from omr.simulate import Behaviour, FilledSheet

REPOSITORY = Path(__file__).resolve().parents[2]
T1, T3 = "t1-mot-cua", "t3-sipas"
UNIT = "Xã Cẩm Vinh"
COPIES = {T1: 6, T3: 3}
FIRST = {T1: 1, T3: 7}
GREY = CaptureSettings(geometry=Geometry(skew_deg=0.8, print_scale=0.97))
TURNED = CaptureSettings(geometry=Geometry(turn=180, skew_deg=-1.1))
BITS = CaptureSettings(mode=Mode.ONE_BIT)


def omr(*arguments: object, code: int = 0) -> str:
    """Run the command in a process of its own; its stdout. Fails unless it ends with ``code``."""
    environment = {**os.environ, "OMR_LANG": "en", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "omr", *map(str, arguments)],
        capture_output=True, check=False, cwd=REPOSITORY, encoding="utf-8", env=environment,
    )  # fmt: skip
    words = " ".join(map(str, arguments))
    assert done.returncode == code, f"omr {words}: {done.returncode}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV that the command wrote."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True)
class Chain:
    """A survey of two forms, its printed PDFs, the scans of what came back, and the truth.

    ``truth`` is the value of each question by printed serial.
    """

    root: Path
    truth: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def survey(self) -> Path:
        return self.root / "survey"

    @property
    def scans(self) -> Path:
        return self.root / "scans"

    def found_and_print(self) -> None:
        """``omr init`` and a print run of each form."""
        omr("init", self.survey, "--form", T1, "--form", T3, "--unit", UNIT)
        for form, copies in COPIES.items():
            out = self.root / f"{form}.pdf"
            omr(
                "print", self.survey, "--form", form, "--copies", copies, "--unit", UNIT,
                "--field", "Hộ tịch", "-o", out,
            )  # fmt: skip

    def fill_and_scan(self) -> None:
        """People come to the desk, and somebody scans what was in the box."""
        self.scans.mkdir()
        first = self._captured(T1, 1, CAREFUL, GREY)
        back = scan_blank_back(render_pdf_page(self.root / f"{T1}.pdf", 1, 10.0), GREY, 1)
        second = self._captured(T1, 2, ORDINARY, TURNED)
        third = self._captured(T1, 3, CARELESS, GREY)
        write_pdf(self.scans / "một cửa.pdf", [*first, back, *second, *third])
        bits = [*self._captured(T1, 4, CAREFUL, BITS), *self._captured(T1, 5, ORDINARY, BITS)]
        write_tiff(self.scans / "den-trang.tif", bits)
        write_pdf(self.scans / "sipas-7.pdf", self._captured(T3, 7, CAREFUL, GREY))
        front, reverse = self._captured(T3, 8, CARELESS, GREY)
        write_image(self.scans / "sipas-8b.jpg", reverse)
        write_image(self.scans / "sipas-8a.jpg", front)

    def _captured(
        self, form: str, serial: int, behaviour: Behaviour, settings: CaptureSettings
    ) -> list[ScannedImage]:
        pages = set_form(form)
        filled: FilledSheet = fill_form(pages.form, pages.layout, serial, behaviour=behaviour)
        answers = filled.answers.items()
        self.truth[format_serial(serial)] = {question: answer.value for question, answer in answers}
        numbers: Sequence[int] = [page.number for page in pages.layout.pages]
        start = (serial - FIRST[form]) * len(numbers)
        return [
            scan(
                ink_page(
                    render_pdf_page(self.root / f"{form}.pdf", start + number, 10.0), filled, number
                ),
                settings,
                serial,
            )
            for number in numbers
        ]


def set_form(name: str) -> Typeset:
    """A shipped form on its pages."""
    design = load_form(find_form(name))
    assert isinstance(design, DesignedForm)
    return typeset(design)
