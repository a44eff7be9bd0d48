"""The proof: look at the paper, try it on every scanner, and put both together."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from omr.errors import UsageError
from omr.form import MeasuredForm
from omr.freezing import reference_of
from omr.language import say
from omr.layout import Typeset, typeset
from omr.proof.count import scanner_trials
from omr.proof.model import Proof
from omr.proof.paper_rules import paper_findings
from omr.proof.plan import sheets_needed
from omr.proof.print_map import designed_pages, measured_page
from omr.proof.scanners import SCANNERS
from omr.proof.stand import Stand, Task, designed_stand
from omr.workers import default_jobs, each_done

if TYPE_CHECKING:
    from omr.form import DesignedForm
    from omr.form.model import Form
    from omr.proof.model import PageTrial, ScannerTrial

SEED = 1


class Watch(Protocol):
    """Somebody who wants to know how far the trial is."""

    def begin(self, pages: int) -> None:
        """So many pages are to be tried."""

    def advance(self) -> None:
        """One of them is done."""


def prove(
    form: DesignedForm | MeasuredForm,
    sheets: int | None = None,
    seed: int = SEED,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> Proof:
    """Whether this form can be read, and what to change.

    ``sheets`` are filled in and scanned on each scanner: as many as are needed for every option to
    be marked once, or more. The same form and seed give the same proof, whatever ``jobs`` is.

    Raises:
        FormError: the form cannot be laid out, or its picture cannot be read.
        UsageError: ``sheets`` are too few to mark every option.
    """
    if isinstance(form, MeasuredForm):
        count = _sheets(form.form, sheets)
        return _prove_measured(form, count, seed, jobs or default_jobs(), watch)
    return prove_typeset(
        typeset(form), _sheets(form.form, sheets), seed, jobs or default_jobs(), watch
    )


def prove_typeset(
    pages: Typeset, sheets: int, seed: int = SEED, jobs: int = 1, watch: Watch | None = None
) -> Proof:
    """Prove a form that is on its pages already."""
    findings = paper_findings(designed_pages(pages))
    with TemporaryDirectory(prefix="omr-check-") as folder:
        stand = designed_stand(pages, SCANNERS, sheets, seed, Path(folder) / "sheets.pdf")
        trials = _tried(stand, sheets, jobs, watch)
    layout = pages.layout
    return Proof(pages.form.id, layout.version, len(layout.pages), findings, trials)


def _prove_measured(
    form: MeasuredForm, sheets: int, seed: int, jobs: int, watch: Watch | None
) -> Proof:
    reference = reference_of(form)
    layout = reference.layout
    findings = paper_findings([measured_page(form.form, layout.size, layout.pages[0])])
    trials: tuple[ScannerTrial, ...] = ()
    # A picture into which filled sheets went shows marks that are on no blank paper: whitening the
    # targets would be our guess at the paper, and a guess proves nothing.
    if form.blank:
        stand = Stand(reference, reference.pages[0].image, SCANNERS, seed)
        trials = _tried(stand, sheets, jobs, watch)
    return Proof(form.form.id, layout.version, 1, findings, trials)


def _sheets(form: Form, asked: int | None) -> int:
    needed = sheets_needed(form)
    if asked is not None and asked < needed:
        raise UsageError(
            say(
                f"Cần thử ít nhất {needed} phiếu để mỗi ô của mẫu này được đánh dấu một lần và mỗi "
                f"câu được bỏ trống một lần; hãy dùng --sheets {needed} trở lên.",
                f"At least {needed} sheets are needed to mark every box of this form once and to "
                f"leave every question blank once; use --sheets {needed} or more.",
            )
        )
    return asked or needed


def _tried(stand: Stand, sheets: int, jobs: int, watch: Watch | None) -> tuple[ScannerTrial, ...]:
    tasks = [Task(sheet, page) for sheet in range(sheets) for page in stand.printed_pages]
    if watch is not None:
        watch.begin(len(tasks))
    tried: list[PageTrial] = []
    for on_every_scanner in each_done(tasks, partial(_given, stand), jobs):
        tried += on_every_scanner
        if watch is not None:
            watch.advance()
    return scanner_trials(stand, sheets, tried)


def _given(stand: Stand) -> Stand:
    """A worker's stand is the one that it was sent."""
    return stand
