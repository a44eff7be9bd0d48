"""A survey: one campaign in one folder. The door to all that this package keeps.

with Survey.open(folder) as survey:
    run = survey.issue(100, unit="Xã Cẩm Vinh", field="Hộ tịch", form_version=version)
    with survey.reading(["scan.pdf"]):
        survey.record(outcomes)
    assembly = survey.assembly(same_paper)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from omr.errors import UsageError
from omr.identity import new_key, new_survey_id
from omr.identity.code import FORM_BYTES
from omr.language import say
from omr.survey import (
    decisions,
    decks,
    events,
    forms,
    founding,
    ledger,
    reading_lock,
    readings,
    scans,
    withdrawals,
)
from omr.survey.assembly import Recorded, assemble
from omr.survey.comparisons import Comparisons
from omr.survey.database import Database
from omr.survey.folder import (
    SurveyFolder,
    existing_folder,
    read_key,
)
from omr.survey.model import PrintRun, RunKind
from omr.survey.units import known_unit, listed_units, unit_names, written_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from omr.outcome import PageOutcome, PageRead
    from omr.reference import ReferenceForm
    from omr.scan.model import PageName
    from omr.survey.events import Event
    from omr.survey.forms import FrozenForm
    from omr.survey.model import Assembly, Decision, Design, ExpectedAnswer, Issued
    from omr.survey.withdrawals import ReadFile


class Survey:
    """An open survey. Close it, or use it in a ``with`` block."""

    def __init__(self, folder: SurveyFolder, database: Database) -> None:
        """Use :meth:`create` or :meth:`open`."""
        self._folder = folder
        self._database = database
        self._forms: dict[str, ReferenceForm] = {}
        self._designs: dict[str, Design] = {}

    @classmethod
    def create(
        cls,
        folder: Path,
        frozen_forms: Sequence[FrozenForm],
        units: Sequence[str] = (),
        *,
        survey_id: str | None = None,
        key: bytes | None = None,
    ) -> Self:
        """Make a new survey folder. ``survey_id`` and ``key`` are random if not given.

        Raises:
            UsageError: the folder holds something already, or a form or unit is given twice.
        """
        new = founding.NewSurvey(
            forms=tuple(frozen_forms),
            units=unit_names(units),
            survey_id=survey_id or new_survey_id(),
            key=key or new_key(),
        )
        founding.found(folder, new)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open an existing survey, bringing its database to this program's version.

        Raises:
            SurveyError: it is missing, not a survey, damaged, read-only or of a newer version.
        """
        parts = existing_folder(folder)
        return cls(parts, Database.open(parts.database, events.now()))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        """The survey itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database."""
        self.close()

    @property
    def folder(self) -> Path:
        """The survey folder."""
        return self._folder.root

    @property
    def id(self) -> str:
        """The survey's id, 12 hexadecimal digits, as every page code has it."""
        return str(self._database.rows("SELECT id FROM survey")[0][0])

    @property
    def key(self) -> bytes:
        """The secret key of the page codes; SurveyError if its file is missing or wrong."""
        digest = self._database.rows("SELECT key_digest FROM survey")[0][0]
        return read_key(self._folder.key, digest)

    @property
    def units(self) -> tuple[str, ...]:
        """The survey's units, in the order they were given; may be empty."""
        return listed_units(self._database)

    # --- forms ---------------------------------------------------------------------------------

    @property
    def form_versions(self) -> tuple[str, ...]:
        """Versions of the survey's forms, in the order they were added; loads no picture."""
        return forms.versions(self._database)

    @property
    def forms(self) -> tuple[ReferenceForm, ...]:
        """The survey's forms with their pictures, in the order they were added."""
        return tuple(self.form_by_version(version) for version in self.form_versions)

    def form_by_version(self, version: str) -> ReferenceForm:
        """The form with this full version; KeyError if the survey has none, SurveyError if damaged.

        It is read at the first call and kept.
        """
        if version not in self._forms:
            design = self.design(version)
            self._forms[version] = forms.read_form(self._database, self._folder.forms, design)
        return self._forms[version]

    def form_by_prefix(self, prefix: str) -> ReferenceForm | None:
        """The form whose version begins as a page code says (12 hexadecimal digits), or None."""
        for version in self.form_versions:
            if version[: 2 * FORM_BYTES] == prefix:
                return self.form_by_version(version)
        return None

    def design(self, version: str) -> Design:
        """Questions and layout of a form version, without its pictures; KeyError if unknown."""
        if version not in self._designs:
            if version not in self.form_versions:
                raise KeyError(version)
            self._designs[version] = forms.read_design(self._folder.forms, version)
        return self._designs[version]

    @property
    def designs(self) -> Mapping[str, Design]:
        """Questions and layout of every form version, in the order they were added."""
        return {version: self.design(version) for version in self.form_versions}

    def form_source(self, version: str) -> Path:
        """The YAML file that this form version was frozen from, as the survey keeps it."""
        return self._folder.forms / version / forms.SOURCE

    def add_form(self, form: FrozenForm) -> None:
        """Freeze a further form or a new version; UsageError if it is in the survey already."""
        forms.add_form(self._database, self._folder.forms, form)

    # --- serials -------------------------------------------------------------------------------

    def issue(
        self, copies: int, unit: str, field: str, form_version: str, printed_at: str | None = None
    ) -> PrintRun:
        """Issue ``copies`` new serials for a unit and field, in one transaction.

        ``printed_at`` is an ISO 8601 time with offset, now if not given.

        Raises:
            UsageError: the unit or form is not the survey's, the form is measured, or the number
                of copies cannot be issued.
        """
        name = known_unit(self._database, unit)
        about = written_name(field)
        self._refuse_unprintable(form_version)
        moment = printed_at or events.now()
        return ledger.issue(
            self._database,
            copies,
            unit=name,
            field=about,
            form_version=form_version,
            printed_at=moment,
        )

    def note_master(
        self, unit: str, field: str, form_version: str, printed_at: str | None = None
    ) -> PrintRun:
        """Put a master on record: one sheet without a serial, to be photocopied.

        Raises:
            UsageError: the unit or form is not the survey's, or the form is measured.
        """
        name = known_unit(self._database, unit)
        self._refuse_unprintable(form_version)
        return ledger.note_master(
            self._database,
            unit=name,
            field=written_name(field),
            form_version=form_version,
            printed_at=printed_at or events.now(),
        )

    def issue_deck(
        self, sheets: Sequence[Sequence[ExpectedAnswer]], unit: str, field: str, form_version: str
    ) -> PrintRun:
        """Issue a serial for each sheet of a test deck, and keep the answers marked on it.

        Raises:
            UsageError: as :meth:`issue`.
        """
        name = known_unit(self._database, unit)
        about = written_name(field)
        self._refuse_unprintable(form_version)
        moment = events.now()
        run = PrintRun(0, form_version, name, about, 1, len(sheets), moment, kind=RunKind.DECK)
        return decks.issue(self._database, run, sheets)

    def expected_answers(self, run: PrintRun) -> Mapping[int, tuple[ExpectedAnswer, ...]]:
        """The answers printed on the sheets of a test deck, by serial."""
        return decks.expected(self._database, run.first, run.last)

    def reprint(self, first: int, last: int, printed_at: str | None = None) -> list[PrintRun]:
        """Record that the serials ``first`` to ``last`` are printed again.

        Returns a run for each earlier run that they came from; UsageError if one was never issued.
        """
        return ledger.reprint(self._database, first, last, printed_at or events.now())

    def runs(self) -> tuple[PrintRun, ...]:
        """Every print run, reprints too, in printing order."""
        return ledger.runs(self._database)

    def issued(self) -> Iterator[Issued]:
        """Every issued serial once, in printing order."""
        return ledger.issued(self._database)

    def find_issued(self, serial: int) -> Issued | None:
        """What is known of one serial, None if it was never issued."""
        return ledger.find_issued(self._database, serial)

    # --- scans and readings --------------------------------------------------------------------

    def reading(self, sources: Sequence[str] = ()) -> AbstractContextManager[None]:
        """Hold the right to read into this survey; SurveyError if another reading is under way."""
        return reading_lock.reading(self._database, self._folder.reading_lock, tuple(sources))

    def store_scan(self, path: Path, sha256: str) -> Path:
        """Copy a scan into the survey, synced to the disk, once per content; returns the copy.

        SurveyError if the file changed since its digest was taken, or cannot be copied.
        """
        return scans.store_scan(self._database, self._folder.scans, path, sha256)

    def note_scan(self, path: Path, sha256: str) -> None:
        """Record path and digest of a scan that is not copied (``--no-copy``)."""
        scans.note_scan(self._database, path, sha256)

    def scan_path(self, sha256: str) -> Path | None:
        """Where the scan with this digest lies, None if the survey does not know it."""
        return scans.scan_path(self._database, self._folder.scans, sha256)

    def record(self, outcomes: Iterable[PageOutcome]) -> int:
        """Record outcomes as they arrive, in batches; returns how many were new."""
        return readings.record(self._database, outcomes)

    def is_read(self, name: PageName, sha256: str) -> bool:
        """Whether this page image's content is on record, under whatever file name."""
        return readings.is_read(self._database, name, sha256)

    def known_pages(self) -> frozenset[tuple[str, int]]:
        """(digest of the file, page from 1) of every page image on record."""
        return readings.known_pages(self._database)

    def outcomes(self) -> Iterator[PageOutcome]:
        """Every outcome on record, without its pictures (``ink`` and ``crops`` are empty)."""
        return readings.outcomes(self._database)

    def with_pictures(self, page: PageRead) -> PageRead:
        """The same page with its ink map and the crops of its waiting questions."""
        return readings.with_pictures(self._database, page)

    def crops(self, page: PageRead) -> tuple[tuple[str, bytes], ...]:
        """(question, JPEG) of every question of the page that waited when it was read."""
        return readings.crops(self._database, page)

    def read_files(self) -> tuple[ReadFile, ...]:
        """Every file on record, withdrawn ones too, by name."""
        return withdrawals.read_files(self._database)

    def withdraw(self, scan: str, who: str = "") -> tuple[ReadFile, ...]:
        """Take a file (by name or SHA-256) or a ZIP's members out; UsageError if there is none."""
        return withdrawals.withdraw(self._database, scan, who)

    def undo_withdraw(self, scan: str, who: str = "") -> tuple[ReadFile, ...]:
        """Let a withdrawn file count again."""
        return withdrawals.undo(self._database, scan, who)

    def withdrawn(self) -> frozenset[ReadFile]:
        """The files that are withdrawn at present."""
        return withdrawals.withdrawn(self._database)

    # --- decisions and events ------------------------------------------------------------------

    def decide(self, decided: Sequence[Decision]) -> int:
        """Record decisions, all or none; returns how many say something new."""
        return decisions.decide(self._database, decided)

    def undo_decision(self, item: str, reviewer: str) -> Decision:
        """Take back the standing decision of an item; UsageError if there is none."""
        return decisions.undo_decision(self._database, item, reviewer)

    def decisions(self) -> tuple[Decision, ...]:
        """Every standing decision, oldest first: the last of an item holds."""
        return decisions.standing_decisions(self._database)

    def events(self) -> tuple[Event, ...]:
        """Everything that was done to this survey, in order."""
        return events.events(self._database)

    def assembly(self, same_paper: Callable[[bytes, bytes], bool]) -> Assembly:
        """All sheets and page images as they stand now.

        ``same_paper`` tells whether two ink maps (1-bit PNGs, :class:`omr.outcome.PageRead`) show
        the same pen on the same paper. It is asked only of pages that could be the same, and once
        for each pair: its answer goes on record. Two empty readings of one numbered page count once
        whatever it says: where nobody wrote anything, nothing can coincide, and nothing is lost.
        """
        masters = [run for run in self.runs() if run.kind is RunKind.MASTER]
        recorded = Recorded(
            outcomes=tuple(self.outcomes()),
            withdrawn=frozenset((file.file, file.sha256) for file in self.withdrawn()),
            decisions=self.decisions(),
            issued={sheet.serial: sheet for sheet in self.issued()},
            masters={run.number: run for run in masters},
            designs=self.designs,
        )
        same = Comparisons(self._database, same_paper)
        try:
            return assemble(recorded, same.tests)
        finally:  # an interrupted command need not compare the same pages again
            same.save()

    def _refuse_unprintable(self, version: str) -> None:
        if version not in self.form_versions:
            raise UsageError(
                say(
                    f"Cuộc khảo sát không có mẫu phiếu phiên bản {version[:12]!r}. Hãy dùng một "
                    "mẫu đã đưa vào khi omr init.",
                    f"The survey has no form version {version[:12]!r}. Use one that omr init was "
                    "given.",
                )
            )
        if self.design(version).layout.is_measured:
            raise UsageError(
                say(
                    "Mẫu phiếu đo từ giấy có sẵn thì không in được; hãy dùng giấy đã có và đọc "
                    "bằng omr read.",
                    "A measured form cannot be printed: use the paper that exists, and read it "
                    "with omr read.",
                )
            )
