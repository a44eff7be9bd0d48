"""Pages on which every target's truth is known: what the mark classifier is trained on.

Sheets are filled in and captured by :mod:`omr.simulate`, on all shipped forms and with all of its
devices. Besides what its people do anyway, some pages get *trouble*: the rare things that a reader
has to doubt (a stroke through the neighbours, a loop around several boxes, a stamp, specks inside
a box, a mark rubbed out). Trouble is far commoner here than in any office.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from mark_training.trouble import UNSEEN, Trouble, length_within
from omr import pipeline
from omr.accuracy import device, hand
from omr.accuracy.model import PaperSide, Profile
from omr.form import find_form
from omr.freezing import freeze
from omr.marks.learned.model import Truth
from omr.simulate import (
    CARELESS,
    EXTREME,
    OFFICE,
    ONE_BIT,
    ORDINARY,
    PHONE,
    POOR,
    Act,
    MarkKind,
    PaperRaster,
    PenKind,
    any_writer,
    fill_form,
    ink_page,
    photocopy,
    render_pdf_page,
    scan,
    writer_with,
)
from omr.simulate.files import encoded
from omr.simulate.lost import lost_marks
from omr.simulate.pens import draw_strokes, make_pen
from omr.simulate.settings import Mode
from omr.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from omr.layout.model import PageLayout, Target
    from omr.reference import ReferenceForm
    from omr.simulate import FilledSheet, ScannedImage

FORMS = (
    "t1-mot-cua", "t2-giai-quyet-tthc", "t3-sipas", "t4-tu-phap-ho-tich", "t5-dat-dai",
    "t6-van-hoa-chinh-sach", "t7-doanh-nghiep", "t8-trung-tam-hcc",
)  # fmt: skip
PROFILES = {"office": OFFICE, "1-bit": ONE_BIT, "poor": POOR, "phone": PHONE, "abused": EXTREME}
SURVEY_ID, KEY = "5eed00000c1a", bytes(range(32))
FINE_DPI = 250.0
PAGES_APART = 1_000_000_000_000
"""Between the seeds of a sheet's pages."""


STRAY = 4
"""The label of an empty target into which a stroke strayed: to call it unmarked is right, but it is
for a person to say so."""
STRAY_MM = 1.5
"""So much of somebody else's stroke inside an empty box, away from its outline, makes a stray."""
OUTLINE_MM = 0.6


@dataclass(frozen=True)
class MarkedPage:
    """One page as a device delivers it, and what is known of it.

    ``labels``: (question, option, :class:`Truth`, ``STRAY`` or ``UNSEEN``) of each target that
    takes a mark, in the layout's order. ``said``: of each question with truth its value (None if
    only a person can say) and whether it is plain.
    """

    name: str
    data: bytes
    labels: list[tuple[str, str, int]]
    said: dict[str, tuple[str | None, bool]]

    def write(self, folder: Path) -> None:
        """Keep the image and, beside it, the truth."""
        kind = {b"II": "tif", b"MM": "tif", b"%P": "pdf"}.get(self.data[:2], "jpg")
        (folder / f"{self.name}.{kind}").write_bytes(self.data)
        told = {"image": f"{self.name}.{kind}", "labels": self.labels, "said": self.said}
        (folder / f"{self.name}.json").write_text(json.dumps(told), encoding="utf-8")


def printed_survey(folder: Path) -> dict[str, Path]:
    """A survey of all shipped forms in ``folder``, and a printed sheet of each form."""
    paths = {form: folder / f"{form}.pdf" for form in FORMS}
    if not (folder / "survey").exists():
        folder.mkdir(parents=True, exist_ok=True)
        frozen = [freeze(find_form(form)) for form in FORMS]
        made = Survey.create(folder / "survey", frozen, [], survey_id=SURVEY_ID, key=KEY)
        with made as survey:
            for form, path in paths.items():
                pipeline.print_sheets(survey, 1, "", "", path, form)
    return paths


def marked_pages(
    own: Iterable[ReferenceForm], printed: dict[str, Path], seeds: Iterable[int], known: set[str]
) -> Iterator[MarkedPage]:
    """A sheet of every form from every device for every seed, but those whose names are known."""
    forms = {form.form.id: form for form in own}
    for seed, form in product(seeds, FORMS):
        for number, page in enumerate(forms[form].layout.pages, start=1):
            for profile in PROFILES:
                name = f"{profile}.{form}.{number}.{seed}"
                if name not in known:
                    yield _captured(name, forms[form], page, printed[form], seed)


def strangers_pages(
    own: Iterable[ReferenceForm], printed: dict[str, Path], seeds: Iterable[int], known: set[str]
) -> Iterator[MarkedPage]:
    """The same by the people and machines of the accuracy bench: to check, never to train."""
    forms = {form.form.id: form for form in own}
    for seed, form, profile in product(seeds, FORMS, Profile):
        layout = forms[form].layout
        names = [f"{profile.value}.{form}.{page.number}.{seed}" for page in layout.pages]
        if known >= set(names):
            continue
        sheet = hand.fill(forms[form].form, layout, seed, profile)
        raster = [_paper(printed[form], page.number, 12.0).pixels for page in layout.pages]
        sides = [device.print_on_paper(PaperSide(r.copy(), 12.0), seed, profile) for r in raster]
        inked = [
            hand.draw(side, sheet, p.number) for side, p in zip(sides, layout.pages, strict=True)
        ]
        for number, (name, side) in enumerate(zip(names, inked, strict=True)):
            back = inked[number ^ 1] if number ^ 1 < len(inked) else None
            taken = device.capture(side, back, profile, seed + number * PAGES_APART)
            said = hand.befallen(sheet.said, layout, {layout.pages[number].number: taken.damage})
            here = {target.question for target in layout.pages[number].targets}
            told = {
                one.question: (None if one.value is None else "+".join(one.value), one.plain)
                for one in said
                if one.question in here
            }
            yield MarkedPage(name, taken.data, [], told)


def _captured(name: str, form: ReferenceForm, page: PageLayout, pdf: Path, seed: int) -> MarkedPage:
    profile = name.split(".", maxsplit=1)[0]
    sheet = _sheet(form, seed, profile)
    rng = np.random.default_rng([seed, 5, page.number, list(PROFILES).index(profile)])
    settings = PROFILES[profile].draw(int(rng.integers(1 << 30)))
    px_per_mm = 16.0 if settings.dpi > FINE_DPI else 12.0
    trouble = Trouble(page, sheet, rng)
    if seed % 4 == 3:  # noqa: PLR2004 - one sheet in four
        trouble.make()
    sheet = replace(sheet, ink={**sheet.ink, page.number: (*sheet.ink[page.number], *trouble.ink)})
    paper = ink_page(_paper(pdf, page.number, px_per_mm), sheet, page.number)
    for strokes, pen in trouble.of_others:
        draw_strokes(paper, strokes, make_pen(pen, rng), rng)
    if profile == "poor" and rng.random() < 0.2:  # noqa: PLR2004 - photocopied after filling
        paper = photocopy(paper, rng)
    back = _paper(pdf, len(form.layout.pages) + 1 - page.number, px_per_mm)
    image = scan(paper, settings, int(rng.integers(1 << 30)), back=back)
    labels = [
        (t.question, t.option, label)
        for t, label in _labels(page, sheet, trouble, image)
        if t.option
    ]
    said = {
        t.question: (sheet.answers[t.question].value, sheet.answers[t.question].plain)
        for t in page.targets
        if t.question in sheet.answers
    }
    said |= {q: (value, False) for q, (value, _) in said.items() if q in trouble.touched}
    return MarkedPage(name, encoded(image), labels, said)


@lru_cache(maxsize=4)
def _paper(pdf: Path, page: int, px_per_mm: float) -> PaperRaster:
    return render_pdf_page(pdf, page, px_per_mm)


def _sheet(form: ReferenceForm, seed: int, profile: str) -> FilledSheet:
    """Half of the sheets by ordinary people; half by careless ones with any pen and any mark."""
    rng = np.random.default_rng([seed, 6, FORMS.index(form.form.id), list(PROFILES).index(profile)])
    number = int(rng.integers(1 << 30))
    if seed % 4 < 2:  # noqa: PLR2004 - half
        return fill_form(form.form, form.layout, number, writer=any_writer(rng), behaviour=ORDINARY)
    pens, kinds = list(PenKind), list(MarkKind)
    pen = pens[int(rng.integers(len(pens)))]
    writer = writer_with(pen, kinds[int(rng.integers(len(kinds)))], rng)
    return fill_form(form.form, form.layout, number, writer=writer, behaviour=CARELESS)


def _labels(
    page: PageLayout, sheet: FilledSheet, trouble: Trouble, image: ScannedImage
) -> Iterator[tuple[Target, int]]:
    """Each target and its truth: by its own ink, by what was said, and by the trouble made."""
    inked = {(i.question, i.option) for i in sheet.ink[page.number] if i.question}
    unseen = lost_marks(sheet, page, image)
    for target in page.targets:
        name = target.question, target.option
        if name in trouble.ghosts and image.settings.mode is Mode.ONE_BIT:
            yield target, UNSEEN
        elif name in trouble.labels:
            yield target, trouble.labels[name]
        elif name in inked:
            yield target, UNSEEN if name in unseen else int(_own_truth(target, sheet))
        else:
            is_strayed = length_within(trouble.all_ink(), target.box.grown(-OUTLINE_MM)) >= STRAY_MM
            yield target, STRAY if is_strayed else int(Truth.NOTHING)


def _own_truth(target: Target, sheet: FilledSheet) -> Truth:
    """What a target's own ink amounts to: what was drawn there, not what the question is worth."""
    answer = sheet.answers[target.question]
    if answer.act is Act.RING_ONLY:
        return Truth.PERSON
    stands = answer.act in (Act.NUMBER, Act.SCRIBBLED_OUT)
    if stands or target.option in answer.value.split("+"):
        return Truth.MARK
    return Truth.TAKEN_BACK
