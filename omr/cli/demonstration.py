"""The demonstration survey of ``samples/``: how it is set up, and what its sheets truly say."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from omr.survey import Survey
    from omr.survey.model import Answer, Assembly


@dataclass(frozen=True, slots=True)
class Run:
    """One print run of the demonstration."""

    unit: str
    field: str
    copies: int


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What ``samples/demo.json`` says; ``key`` is public and good for nothing else.

    ``other_pages`` names the page images that are no sheets: ``blank`` or ``foreign``.
    """

    folder: Path
    survey_id: str
    key: bytes
    form: str
    version: str
    units: tuple[str, ...]
    runs: tuple[Run, ...]
    other_pages: dict[str, str]

    @property
    def scans(self) -> list[Path]:
        """The scan files, by name."""
        return sorted(self.folder.glob("scan-*"))

    def truth(self) -> Iterator[tuple[str, str, str]]:
        """(page image, question, value) of every question that was filled in or left blank."""
        with (self.folder / "truth.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row["image"], row["question"], row["value"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Questions read as they are, waiting for a person, and read wrongly; other pages likewise."""

    right: int
    waiting: int
    wrong: tuple[str, ...]
    other_pages: int


def load_demonstration(folder: Path) -> Demonstration:
    """The demonstration in the samples folder; UsageError if it is not there."""
    try:
        facts = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(
            say(
                f"Không có phiếu mẫu trong {folder}. Hãy cài lại phần mềm, hoặc chạy "
                "scripts/make_samples.",
                f"There are no samples in {folder}. Install the product again, or run "
                "scripts/make_samples.",
            )
        ) from error
    return Demonstration(
        folder=folder,
        survey_id=facts["survey"],
        key=bytes.fromhex(facts["key"]),
        form=facts["form"],
        version=facts["version"],
        units=tuple(facts["units"]),
        runs=tuple(Run(run["unit"], run["field"], run["copies"]) for run in facts["runs"]),
        other_pages=facts["other_pages"],
    )


def open_or_make(demonstration: Demonstration, folder: Path) -> Survey:
    """The demonstration survey in ``folder``: made new, or as an earlier run left it."""
    from omr.form import find_form
    from omr.freezing import freeze
    from omr.survey import Survey

    if folder.exists():
        survey = Survey.open(folder)
        if survey.id == demonstration.survey_id:
            return survey
        survey.close()
        raise UsageError(
            say(
                f"{folder} là một cuộc khảo sát khác. Hãy chọn thư mục khác cho omr demo.",
                f"{folder} is another survey. Choose another folder for omr demo.",
            )
        )
    frozen = freeze(find_form(demonstration.form))
    if frozen.reference.layout.version != demonstration.version:
        raise UsageError(
            say(
                f"Phiếu mẫu được in từ một phiên bản khác của mẫu {demonstration.form}. Hãy chạy "
                "scripts/make_samples để làm lại.",
                f"The samples were printed from another version of the form {demonstration.form}. "
                "Run scripts/make_samples to renew them.",
            )
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Survey.create(
        folder,
        [frozen],
        demonstration.units,
        survey_id=demonstration.survey_id,
        key=demonstration.key,
    )


def compare(demonstration: Demonstration, assembly: Assembly) -> Comparison:
    """Hold what was read against the truth, question by question and page by page."""
    answers = {
        (answer.page, answer.question): answer
        for sheet in assembly.sheets
        for answer in sheet.answers
        if not sheet.reason
    }
    verdicts = [
        (image, question, _verdict(answers.get((image, question)), value))
        for image, question, value in demonstration.truth()
    ]
    read_as = {str(page.outcome.name): page.status.value for page in assembly.pages}
    expected = {"blank": "blank", "foreign": "rejected"}
    strays = [
        image
        for image, kind in demonstration.other_pages.items()
        if read_as.get(image) != expected[kind]
    ]
    wrong = [f"{image} {question}" for image, question, verdict in verdicts if verdict == "wrong"]
    return Comparison(
        right=sum(verdict == "right" for _, _, verdict in verdicts),
        waiting=sum(verdict == "waiting" for _, _, verdict in verdicts),
        wrong=(*wrong, *strays),
        other_pages=len(demonstration.other_pages) - len(strays),
    )


def _verdict(answer: Answer | None, value: str) -> str:
    if answer is None or answer.doubts:
        return "waiting"
    return "right" if answer.value == value else "wrong"
