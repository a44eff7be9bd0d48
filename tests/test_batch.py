"""Reading a pile into a survey: once, in order, to the end, and never half."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from printed import GREY, ONE_BIT, T1, T3

from omr import pipeline
from omr.batch import ReadSummary, read
from omr.errors import SurveyError, UsageError
from omr.export import export_survey
from omr.simulate import scan_blank_back
from omr.simulate.files import write_image, write_pdf, write_tiff
from omr.simulate.settings import Geometry
from omr.survey import Survey

if TYPE_CHECKING:
    from pathlib import Path

    from printed import PrintedSurvey

    from omr.outcome import PageOutcome

UPSIDE_DOWN = replace(GREY, geometry=Geometry(turn=180))
IMAGES = 6


@pytest.fixture(scope="module")
def pile(printed: PrintedSurvey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three T1 sheets and one T3, a blank back among them: PDF, TIFF and JPEG."""
    folder = tmp_path_factory.mktemp("pile")
    first, second, third = (printed.filled(T1, seed) for seed in (1, 2, 3))
    back = scan_blank_back(printed.paper(T1, 2), GREY, 2)
    write_pdf(
        folder / "sáng.pdf",
        [printed.image(T1, 2, second), back, printed.image(T1, 1, first, UPSIDE_DOWN)],
    )
    sipas = printed.filled(T3, 9)
    sides = [printed.image(T3, 9, sipas, ONE_BIT, page=page) for page in (2, 1)]
    write_tiff(folder / "sipas.tif", sides)
    write_image(folder / "ảnh 3.jpg", printed.image(T1, 3, third))
    return folder


@pytest.fixture(scope="module")
def once(printed: PrintedSurvey, pile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey into which the pile was read once, with one job."""
    folder = tmp_path_factory.mktemp("once") / "survey"
    with printed.copy(folder) as survey:
        read(survey, [pile], jobs=1)
    return folder


@pytest.fixture
def survey(once: Path, tmp_path: Path) -> Survey:
    """The survey with the pile read, to do something more with."""
    shutil.copytree(once, tmp_path / "survey")
    return Survey.open(tmp_path / "survey")


@pytest.fixture
def fresh(printed: PrintedSurvey, tmp_path: Path) -> Survey:
    """The survey with nothing read."""
    return printed.copy(tmp_path / "fresh")


def exported(survey: Survey, to: Path) -> dict[str, str]:
    """Digest of every exported file by name."""
    paths = export_survey(tuple(survey.designs.values()), pipeline.assemble(survey), to)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def counts(summary: ReadSummary) -> dict[str, int]:
    names = ("pages", "blank", "already_read", "sheets", "pages_rejected", "duplicates")
    return {name: getattr(summary, name) for name in names}


def test_a_pile_is_read_whole(survey: Survey, pile: Path) -> None:
    seen = pipeline.assemble(survey)
    assert [sheet.serial for sheet in seen.sheets] == [1, 2, 3, 9]
    assert {str(page.outcome.name): page.status.value for page in seen.pages} == {
        "sipas.tif#1": "read",
        "sipas.tif#2": "read",
        "sáng.pdf#1": "read",
        "sáng.pdf#2": "blank",
        "sáng.pdf#3": "read",
        "ảnh%203.jpg#1": "read",
    }
    assert {sheet.unit for sheet in seen.sheets} == {"Xã An Bình"}


def test_what_is_decided_is_what_people_said(survey: Survey, printed: PrintedSurvey) -> None:
    truths = {
        1: printed.filled(T1, 1),
        2: printed.filled(T1, 2),
        3: printed.filled(T1, 3),
        9: printed.filled(T3, 9),
    }
    for sheet in pipeline.assemble(survey).sheets:
        truth = truths[sheet.serial or 0].answers
        wrong = [
            f"{sheet.serial} {answer.question}"
            for answer in sheet.decided
            if answer.question in truth and answer.value != truth[answer.question].value
        ]
        assert wrong == []
        assert len(sheet.waiting) <= 3


def test_reading_again_changes_nothing(survey: Survey, pile: Path, tmp_path: Path) -> None:
    before = exported(survey, tmp_path / "before")
    summary = read(survey, [pile], jobs=1)
    assert counts(summary) == {
        "pages": IMAGES, "blank": 1, "already_read": IMAGES, "sheets": 4,
        "pages_rejected": 0, "duplicates": 0,
    }  # fmt: skip
    assert exported(survey, tmp_path / "after") == before


def test_any_number_of_workers_gives_the_same_bytes(
    survey: Survey, fresh: Survey, pile: Path, tmp_path: Path
) -> None:
    summary = read(fresh, [pile], jobs=2)
    assert counts(summary)["already_read"] == 0
    assert summary.accepted + summary.review == 4
    assert exported(fresh, tmp_path / "two") == exported(survey, tmp_path / "one")


def test_another_order_of_files_gives_the_same_sheets(
    survey: Survey, fresh: Survey, pile: Path
) -> None:
    read(fresh, sorted(pile.iterdir(), reverse=True), jobs=1)
    one, other = pipeline.assemble(survey).sheets, pipeline.assemble(fresh).sheets
    assert [(s.serial, s.answers, s.status) for s in one] == [
        (s.serial, s.answers, s.status) for s in other
    ]


def test_the_same_file_under_another_name_is_nothing_new(
    survey: Survey, pile: Path, tmp_path: Path
) -> None:
    before = exported(survey, tmp_path / "before")
    again = tmp_path / "bản sao.jpg"
    shutil.copy(pile / "ảnh 3.jpg", again)
    assert counts(read(survey, [again], jobs=1))["already_read"] == 1
    assert exported(survey, tmp_path / "after") == before


def test_a_file_named_twice_is_read_once(fresh: Survey, pile: Path) -> None:
    photo = pile / "ảnh 3.jpg"
    assert counts(read(fresh, [photo, photo], jobs=1))["pages"] == 1
    assert len(pipeline.assemble(fresh).pages) == 1


def test_originals_are_kept_byte_for_byte(survey: Survey, pile: Path) -> None:
    for path in pile.iterdir():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        kept = survey.scan_path(digest)
        assert kept is not None
        assert kept.is_relative_to(survey.folder)
        assert kept.read_bytes() == path.read_bytes()


def test_without_copies_only_the_path_is_kept(fresh: Survey, pile: Path) -> None:
    photo = pile / "ảnh 3.jpg"
    before = sum(path.is_file() for path in fresh.folder.rglob("*"))
    read(fresh, [photo], jobs=1, copy=False)
    assert fresh.scan_path(hashlib.sha256(photo.read_bytes()).hexdigest()) == photo.resolve()
    assert not list((fresh.folder).rglob("*.jpg"))
    assert sum(path.is_file() for path in fresh.folder.rglob("*")) <= before + 1


class Interrupting:
    """Somebody presses Ctrl-C when so many pages are read."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.begun = 0

    def begin(self, pages: int) -> None:
        self.begun = pages

    def page(self, outcome: PageOutcome) -> None:
        assert outcome.sha256
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_reading_goes_on_where_it_stopped(
    survey: Survey, fresh: Survey, pile: Path, tmp_path: Path, jobs: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        read(fresh, [pile], jobs=jobs, progress=Interrupting(after=3))
    with Survey.open(fresh.folder) as reopened:
        assert len(reopened.known_pages()) == 3
        rest = Interrupting(after=IMAGES)
        assert counts(read(reopened, [pile], jobs=1, progress=rest))["already_read"] == 3
        assert rest.begun == IMAGES - 3
        assert exported(reopened, tmp_path / "two") == exported(survey, tmp_path / "one")


def test_a_disk_without_room_is_said_before_anything_is_read(
    fresh: Survey, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(fresh.folder)._replace(free=1_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: free)
    with pytest.raises(SurveyError, match="--no-copy"):
        read(fresh, [pile], jobs=1)
    assert fresh.known_pages() == frozenset()
    assert counts(read(fresh, [pile / "ảnh 3.jpg"], jobs=1, copy=False))["pages"] == 1


def test_scans_that_are_kept_already_need_no_room(
    survey: Survey, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from omr.batch import SPARE_BYTES

    free = shutil.disk_usage(survey.folder)._replace(free=SPARE_BYTES)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: free)
    assert counts(read(survey, [pile], jobs=1))["already_read"] == IMAGES


def test_a_scan_that_does_not_exist_is_said(fresh: Survey, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"khong-co\.pdf"):
        read(fresh, [tmp_path / "khong-co.pdf"], jobs=1)
