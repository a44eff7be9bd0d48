"""The command as people use it, and what it wrote used as a form."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from omr import pipeline
from omr.form import load_form
from omr.simulate import PaperRaster, fill_form, ink_page, render_pdf_page, scan
from omr.simulate.files import write_image
from omr.simulate.profiles import OFFICE

if TYPE_CHECKING:
    from pathlib import Path

    from foreign_paper import ForeignPaper

    from omr.simulate.filling import Answer
    from omr.survey.model import Assembly

SHEETS = 6


def omr(*arguments: object, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command; with ``path`` only programs of those folders are found."""
    environment = {**os.environ, "OMR_LANG": "en"}
    if path is not None:
        environment["PATH"] = path
    command = [sys.executable, "-m", "omr", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def form_file(foreign: ForeignPaper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form as measured without Tesseract."""
    out = tmp_path_factory.mktemp("measured") / "phiếu cũ.yaml"
    done = omr("measure", foreign.pdf, "-o", out, path="")
    assert done.returncode == 0, done.stderr
    assert "lacks Tesseract" in done.stdout
    assert "14 boxes in 5 questions" in done.stdout
    assert "12 × an empty cell of a table" in done.stdout
    return out


def test_it_writes_a_form_its_reference_and_an_overlay(form_file: Path) -> None:
    form = load_form(form_file)
    assert form.form.id == "phieu-cu"
    assert [len(question.options) for question in form.form.questions] == [2, 3, 3, 3, 3]
    assert sorted(path.name for path in form_file.parent.iterdir()) == [
        "phiếu cũ.overlay.png",
        "phiếu cũ.reference.png",
        "phiếu cũ.yaml",
    ]


def test_it_overwrites_nothing_unasked_and_never_the_scan(
    form_file: Path, foreign: ForeignPaper
) -> None:
    before = form_file.read_bytes()
    again = omr("measure", foreign.pdf, "-o", form_file)
    assert again.returncode == 2
    assert "--force" in again.stderr
    own = omr("measure", form_file.with_suffix(".reference.png"), "-o", form_file, "--force")
    assert own.returncode == 2
    assert "overwrite the scan" in own.stderr
    assert form_file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--page", "3"), "there is no page 3"),
        (("--id", "a b"), "plain letters"),
    ],
)
def test_wrong_wishes_are_refused_before_anything_is_written(
    foreign: ForeignPaper, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = omr("measure", foreign.pdf, "-o", tmp_path / "form.yaml", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_scan_is_told_with_its_reason(tmp_path: Path) -> None:
    scan_file = tmp_path / "note.txt"
    scan_file.write_text("no picture")
    done = omr("measure", scan_file, "-o", tmp_path / "form.yaml")
    assert done.returncode == 3
    assert "unsupported-type" in done.stdout


def test_several_pages_give_a_form_each_and_pages_without_boxes_none(
    foreign: ForeignPaper, tmp_path: Path
) -> None:
    both = pypdfium2.PdfDocument.new()
    both.new_page(595, 842)
    page = pypdfium2.PdfDocument(foreign.pdf)
    both.import_pages(page)
    both.save(tmp_path / "both.pdf")
    page.close()
    both.close()
    done = omr("measure", tmp_path / "both.pdf", "-o", tmp_path / "form.yaml", path="")
    assert done.returncode == 0, done.stderr
    assert "both.pdf#1: there is no box on it" in done.stdout
    assert load_form(tmp_path / "form-2.yaml").form.id == "form-2"
    assert not (tmp_path / "form-1.yaml").exists()


def test_filled_sheets_are_read_with_the_measured_form(
    form_file: Path, foreign: ForeignPaper, tmp_path: Path
) -> None:
    """Measured from the blank paper, then filled in, scanned and read like any other form."""
    truth: dict[str, dict[str, Answer]] = {}
    with pipeline.init(tmp_path / "survey", [form_file], []) as survey:
        (design,) = survey.designs.values()
        blank = render_pdf_page(foreign.pdf, 1, 12.0)
        paper = PaperRaster(blank.pixels, design.layout.size)
        for number in range(SHEETS):
            sheet = fill_form(design.form, design.layout, 40 + number)
            image = scan(ink_page(paper, sheet, 1), OFFICE.draw(number), number)
            write_image(tmp_path / f"sheet-{number}.png", image)
            truth[f"sheet-{number}.png"] = sheet.answers
        scans = [tmp_path / name for name in truth]
        pipeline.read(survey, scans, jobs=1)
        assembly = pipeline.assemble(survey)
    right, wrong = compared(assembly, truth)
    assert len(assembly.sheets) == SHEETS
    assert wrong == []
    assert right >= 0.7 * SHEETS * 5


def compared(
    assembly: Assembly, truth: dict[str, dict[str, Answer]]
) -> tuple[int, list[tuple[str, str]]]:
    """How many answers are right, and which plain ones are wrong; the rest waits for a person."""
    right, wrong = 0, []
    for sheet in assembly.sheets:
        name = sheet.pages[0].name.file
        for answer in sheet.answers:
            said = truth[name][answer.question]
            if answer.doubts:
                continue
            if answer.value == said.value:
                right += 1
            elif said.plain:
                wrong.append((name, answer.question))
    return right, wrong


def test_many_pages_are_measured_one_by_one_only(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(5):
            document.new_page(595, 842)
        document.save(tmp_path / "many.pdf")
    many = omr("measure", tmp_path / "many.pdf", "-o", tmp_path / "form.yaml")
    assert many.returncode == 2
    assert "has 5 pages" in many.stderr
    assert "--page N" in many.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["many.pdf"]


def test_several_pages_show_how_far_it_is(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(2):
            document.new_page(595, 842)
        document.save(tmp_path / "two.pdf")
    two = omr("measure", tmp_path / "two.pdf", "-o", tmp_path / "form.yaml")
    assert "page 1 of 2" in two.stderr
    assert "page 2 of 2" in two.stderr
