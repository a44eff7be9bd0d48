"""The documents say what the program does: commands, columns, reasons and links are its own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from omr import pipeline
from omr.cli.app import app
from omr.cli.reason_words import reason_sentence
from omr.language import Language, current, use
from omr.marks.thresholds import SAME_PAPER
from omr.refusal import Reason
from omr.registration.corner_marks import WORST_CORNER_MM
from omr.registration.designed import LEAST_FOUND_SHARE
from omr.registration.landmarks import SEARCH_MM as LANDMARK_SEARCH_MM
from omr.registration.refine import ODD_MOVE_MM, SEARCH_MM
from omr.responses.model import Doubt
from omr.review.words import doubt_words
from omr.scan.not_readable import Detail
from omr.tables.columns import (
    CODEBOOK_COLUMNS,
    MARK_COLUMNS,
    PAGE_COLUMNS,
    REVIEW_COLUMNS,
    SHEET_COLUMNS,
    SHEET_PAGES,
    TALLY_COLUMNS,
    Column,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
README = REPOSITORY / "README.md"
FILES = REPOSITORY / "docs" / "files.md"
GUIDE = REPOSITORY / "docs" / "huong-dan.md"
DOCUMENTS = [*sorted(REPOSITORY.glob("*.md")), *sorted((REPOSITORY / "docs").glob("*.md"))]
PICTURES = sorted((REPOSITORY / "docs" / "pictures").iterdir())
MOST_PICTURE_BYTES = 1_200_000

OMR: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = OMR.commands

TABLES = {
    "ratings.csv": (*SHEET_COLUMNS, SHEET_PAGES),
    "marks.csv": MARK_COLUMNS,
    "pages.csv": PAGE_COLUMNS,
    "review.csv": REVIEW_COLUMNS,
    "codebook.csv": CODEBOOK_COLUMNS,
    "The file of `omr tally --csv`": TALLY_COLUMNS,
}


@pytest.fixture
def language() -> Iterator[None]:
    """Give the screen its language back."""
    before = current()
    yield
    use(before)


def named(document: Path) -> str:
    return document.relative_to(REPOSITORY).as_posix()


def lines_to_type(document: Path) -> Iterator[str]:
    """The command lines of ``omr`` in a document's blocks, without comment or redirection."""
    for block in re.findall(r"```\w*\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            match = re.match(r"(?:\$ )?(?:\S*[/\\])?omr (.+)", line)
            if match:
                yield match.group(1)


def first_table(document: Path, heading: str) -> list[list[str]]:
    """The body cells of the first table under a heading."""
    after = document.read_text(encoding="utf-8").split(f"# {heading}\n", 1)[1]
    rows = re.search(r"^\|.*\n\| ?-.*\n((?:\|.*\n)+)", after, re.MULTILINE)
    assert rows, f"no table under {heading}"
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1].splitlines()]


def rows_by_name(document: Path) -> dict[str, list[str]]:
    """All table rows of a document that begin with a name in backticks."""
    text = document.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", text, re.MULTILINE)
    return {name: [cell.strip() for cell in rest.split("|")] for name, rest in rows}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_in_the_readme_and_the_guide(command: str) -> None:
    for document in (README, GUIDE):
        text = document.read_text(encoding="utf-8")
        assert re.search(rf"\bomr {command}\b", text), f"{named(document)} lacks omr {command}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_line_in_a_document_parses(document: Path) -> None:
    for line in lines_to_type(document):
        words = shlex.split(line, comments=True)
        words = words[: words.index(">")] if ">" in words else words
        if words[0].startswith("--"):
            continue
        assert words[0] in COMMANDS, f"{named(document)}: omr {line}"
        if words[1:] != ["--help"]:
            COMMANDS[words[0]].make_context(f"omr {words[0]}", words[1:])


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_document_names_a_command_or_script_that_is_not_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    spoken = set(re.findall(r"`omr ([a-z]+)", text))
    assert spoken <= set(COMMANDS)
    for script in set(re.findall(r"(?<![\w/])scripts/\w+(?:\.txt)?", text)):
        assert (REPOSITORY / script).exists(), f"{named(document)} names {script}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target.partition("#")[0]).exists(), f"{named(document)}: {target}"


@pytest.mark.parametrize("heading", TABLES)
def test_every_column_is_documented_in_its_order(heading: str) -> None:
    columns: tuple[Column, ...] = TABLES[heading]
    documented = first_table(FILES, heading)
    assert documented == [[f"`{column.name}`", column.english] for column in columns]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained_as_the_screen_says_it(reason: Reason, language: None) -> None:
    for document, words in ((FILES, Language.ENGLISH), (GUIDE, Language.VIETNAMESE)):
        use(words)
        meaning, what_to_do = rows_by_name(document)[reason.value]
        assert meaning == reason_sentence(reason.value)
        assert what_to_do


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_is_explained(doubt: Doubt, language: None) -> None:
    use(Language.VIETNAMESE)
    assert rows_by_name(FILES)[doubt.value][0]
    assert rows_by_name(GUIDE)[doubt.value][0] == doubt_words(doubt)


@pytest.mark.parametrize("detail", Detail)
def test_every_detail_of_an_unreadable_file_is_explained(detail: Detail) -> None:
    assert rows_by_name(FILES)[detail.value][0]


def test_no_reason_is_documented_that_the_program_does_not_give() -> None:
    documented = [row[0].strip("`") for row in first_table(FILES, "Why a page was not read")]
    assert documented == list(Reason)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_documents_name_no_place_of_the_machine_they_were_written_on(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert not re.findall(r"(?<![\w.)\]/*])/[A-Za-z]\w*/", text), "an absolute path"
    assert not re.findall(r"https?://\S+", text), "an address that no test can follow"


def test_the_program_in_the_readme_uses_public_verbs_only() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    compile(program, README.name, "exec")
    used = set(re.findall(r"\bpipeline\.(\w+)", program))
    assert used
    assert used <= set(pipeline.__all__)


def test_the_numbers_in_the_chapter_on_reading_are_the_programs() -> None:
    text = (REPOSITORY / "docs" / "reading.md").read_text(encoding="utf-8").replace("\n", " ")
    for words in (
        f"lies more than {WORST_CORNER_MM:g} mm from where the map has it",
        f"are looked for within {LANDMARK_SEARCH_MM:g} mm of where the corner marks put them",
        f"within {SEARCH_MM:g} mm of its expected place",
        f"lies within {ODD_MOVE_MM:g} mm of what the print around says",
        f"coincide within {SAME_PAPER.within_mm:g} mm for at least {SAME_PAPER.share * 100:g} %",
    ):
        assert words in text
    assert LEAST_FOUND_SHARE == 0.5
    assert "fewer than half of the targets are found" in text


def test_the_pictures_are_few_and_small_and_all_shown() -> None:
    shown = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert [picture.name for picture in PICTURES if picture.name not in shown] == []
    assert sum(picture.stat().st_size for picture in PICTURES) < MOST_PICTURE_BYTES
