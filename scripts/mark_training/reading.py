"""Pages of known truth as the product measures them, kept so that nothing is measured twice."""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
import tempfile
from dataclasses import dataclass, replace
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import omr
from mark_training.pages import PROFILES, printed_survey
from mark_training.trouble import UNSEEN
from omr import pipeline
from omr.batch import open_reader
from omr.form.model import Kind
from omr.marks.beside import written_beside
from omr.marks.classify import PageMarks, classify
from omr.marks.ink_map import ink_contours
from omr.marks.learned.model import Truth
from omr.marks.measure import measure
from omr.marks.page_ink import page_ink
from omr.marks.thresholds import GLASS, INK, STREAK
from omr.refusal import Refusal
from omr.registration.designed import register_own
from omr.registration.measured import register_measured
from omr.scan import PageRef, file_digest, list_files, list_pages, load_page
from omr.scan.dithering import undithered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

    from mark_training.pages import MarkedPage
    from omr.form.model import Form
    from omr.marks.measure import Measurement
    from omr.reading import Reader
    from omr.registration.model import RegisteredPage

NOT_MEANT = 5
"""The label where only answers are known: nothing there, or taken back."""
REAL_GROUPS = {True: "office scanners", False: "photographs"}
JUDGING = ("classify.py", "mark_thresholds.py", "rows.py", "shapes.py", "usual.py", "thresholds.py")
"""What may change in the room of marks without measuring anew."""


@dataclass(frozen=True)
class ReadPage:
    """One page with everything that classifying needs, and the truth.

    ``labels``: a :class:`Truth` or ``UNSEEN`` for each measurement; where only the answers are
    known, MARK and ``NOT_MEANT`` by them. ``said``: value (None: only a
    person can say) and plainness.
    """

    name: str
    group: str
    form: Form
    bilevel: bool
    targets: tuple[Asked, ...]
    measured: tuple[Measurement, ...]
    beside: dict[str, str]
    labels: tuple[int, ...]
    said: dict[str, tuple[str | None, bool]]

    def ruled(self) -> PageMarks:
        """What the rules alone say."""
        return classify(self.measured, self.bilevel)


@dataclass(frozen=True)
class Asked:
    """As much of a placement as deciding needs."""

    target: object


@dataclass(frozen=True)
class Placed:
    """As much of a registered page as deciding needs."""

    placements: tuple[Asked, ...]


def read_pages(folder: Path, reader: Reader, names: Iterable[str]) -> Iterator[ReadPage]:
    """The pages of these names as the product measures them; kept beside the images."""
    kept = folder / f"measured-{_digest()}"
    kept.mkdir(exist_ok=True)
    for name in names:
        path = kept / f"{name}.pickle"
        if not path.exists():
            path.write_bytes(pickle.dumps(_read(folder / f"{name}.json", reader)))
        page = pickle.loads(path.read_bytes())  # noqa: S301 - written by ourselves
        if page is not None:
            yield with_truth(
                page, json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            )


def _digest() -> str:
    """Of all code that measurements hang on."""
    package = Path(omr.__file__).parent
    files = [
        f
        for room in ("marks", "registration", "scan")
        for f in sorted((package / room).glob("*.py"))
    ]
    code = b"".join(f.read_bytes() for f in files if f.name not in JUDGING)
    return hashlib.sha256(code + repr((INK, STREAK, GLASS)).encode()).hexdigest()[:12]


def _read(truth: Path, reader: Reader) -> ReadPage | None:
    """Measure one kept page; None if it is refused."""
    told = json.loads(truth.read_text(encoding="utf-8"))
    [file] = list_files(truth.parent / told["image"])
    [ref] = [r for r in list_pages(file, file_digest(file.path)) if isinstance(r, PageRef)]
    page = load_page(ref)
    registered = page if isinstance(page, Refusal) else register_own(undithered(page), reader.own)
    if isinstance(registered, Refusal):
        return None
    form = next(f.form for f in reader.own.forms if registered.reference in f.pages)
    return measured_page(truth.stem, truth.stem.split(".")[0], form, registered)


def measured_page(name: str, group: str, form: Form, registered: RegisteredPage) -> ReadPage:
    """A registered page as the product measures it, without truth."""
    ink = page_ink(registered)
    return ReadPage(
        name,
        group,
        form,
        registered.page.bilevel,
        tuple(Asked(placement.target) for placement in registered.placements),
        measure(ink),
        written_beside(ink_contours(ink), registered.reference.layout.targets),
        (),
        {},
    )


def with_truth(page: ReadPage, told: dict[str, Any]) -> ReadPage:
    """The page with the truth of its targets, or of its questions only, where no more is known."""
    said = {question: (value, plain) for question, (value, plain) in told["said"].items()}
    known = {(question, option): label for question, option, label in told["labels"]}
    labels = tuple(
        known.get((m.target.question, m.target.option), _by_answer(m, page.form, said))
        for m in page.measured
    )
    return replace(page, labels=labels, said=said)


def _by_answer(one: Measurement, form: Form, said: dict[str, tuple[str | None, bool]]) -> int:
    value, _ = said.get(one.target.question, (None, False))
    if value is None or form.question(one.target.question).kind is Kind.NUMBER:
        return UNSEEN
    return int(Truth.MARK) if one.target.option in value.split("+") else NOT_MEANT


def real_pages(folder: Path) -> Iterator[ReadPage]:
    """The real scans, as scripts/bench_realscans knows them, measured once."""
    kept = folder / f"real-{_digest()}.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(list(_real_pages())))
    yield from pickle.loads(kept.read_bytes())  # noqa: S301 - written by ourselves


def _real_pages() -> Iterator[ReadPage]:
    bench = _script("bench_realscans")
    for folder in sorted(path for path in bench.realscans_folder().iterdir() if path.is_dir()):
        real = bench.RealSet(folder)
        with tempfile.TemporaryDirectory() as survey:
            pipeline.init(Path(survey) / "s", real.form_files).close()
            reader = open_reader(Path(survey) / "s")
            for name, scanned in real.pages():
                registered = register_measured(undithered(scanned), reader.measured)
                if isinstance(registered, Refusal):
                    continue
                form = next(f.form for f in reader.measured if registered.reference in f.pages)
                said = {
                    row["question"]: (None if real.is_double(row) else row["value"], True)
                    for row in real.truth[name]
                    if row["form"] == form.id
                }
                group = REAL_GROUPS[real.is_office]
                page = measured_page(f"{folder.name}/{name}", group, form, registered)
                yield with_truth(page, {"said": said, "labels": []})


def _script(name: str) -> ModuleType:
    """A script beside this one, as a module."""
    loader = SourceFileLoader(name, str(Path(__file__).parent.parent / name))
    spec = spec_from_loader(name, loader)
    if spec is None:
        raise ImportError(name)
    sys.modules[name] = module_from_spec(spec)
    loader.exec_module(sys.modules[name])
    return sys.modules[name]


def pages_of(
    folder: Path, seeds: range, makes: Callable[..., Iterator[MarkedPage]]
) -> list[ReadPage]:
    """Pages of these seeds: made where they are missing, then measured."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = printed_survey(folder.parent / "printed")
    reader = open_reader(folder.parent / "printed" / "survey")
    known = {path.stem for path in folder.glob("*.json")}
    for page in makes(reader.own.forms, printed, seeds, known):
        page.write(folder)
    names = [path.stem for path in folder.glob("*.json") if int(path.stem.split(".")[-1]) in seeds]
    order = {group: number for number, group in enumerate(PROFILES)}
    names.sort(key=lambda name: (order[name.split(".")[0]], name))
    return list(read_pages(folder, reader, names))
