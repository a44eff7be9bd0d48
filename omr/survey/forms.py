"""The forms frozen into a survey: ``forms/<version>/`` with source, layout and page pictures.

``form.yaml`` is complete in itself; ``author/`` keeps for the record what the author wrote, with
the files that it includes, where that differs. Nothing is read from there again.

A form that was printed can never change: its version stands in every page code. A changed form is
a new version in a folder of its own, beside the old one.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from omr.errors import SurveyError, UsageError
from omr.language import say
from omr.reference import ReferenceForm, ReferencePage
from omr.survey import events
from omr.survey.disk import sync_folder, write_synced
from omr.survey.model import Design

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from omr.survey.database import Database

SOURCE = "form.yaml"
AUTHOR = "author"
LAYOUT = "layout.json"


@dataclass(frozen=True)
class FrozenForm:
    """A form ready to be frozen: as the reader needs it, and the YAML that it comes from.

    ``source`` is complete in itself; ``written`` are the author's own files by name.
    """

    reference: ReferenceForm
    source_name: str
    source: bytes
    written: Mapping[str, bytes] = field(default_factory=dict)


def write_form(folder: Path, form: FrozenForm) -> None:
    """Write one form below ``folder`` (``forms/``): complete under its version's name, or not."""
    from omr.layout.layout_json import freeze_json  # noqa: PLC0415 - only freezing needs it

    version = form.reference.layout.version
    unfinished = folder / f".{version[:12]}-{secrets.token_hex(4)}"
    unfinished.mkdir()
    write_synced(unfinished / SOURCE, form.source)
    if form.written:
        (unfinished / AUTHOR).mkdir()
        for name, content in form.written.items():
            write_synced(unfinished / AUTHOR / name, content)
        sync_folder(unfinished / AUTHOR)
    text = freeze_json(form.reference.form, form.reference.layout)
    write_synced(unfinished / LAYOUT, text.encode())
    for page in form.reference.pages:
        write_synced(unfinished / _picture_name(page.layout.number), _png(page.image))
    sync_folder(unfinished)
    unfinished.replace(folder / version)
    sync_folder(folder)


def register_form(database: Database, form: FrozenForm, added_at: str) -> None:
    """Note a written form in the database, inside a transaction."""
    reference = form.reference
    pictures = [
        {
            "page": page.layout.number,
            "pixels_per_mm": page.pixels_per_mm,
            "blank": page.blank,
        }
        for page in reference.pages
    ]
    database.insert(
        "INSERT INTO form (version, form_id, source_name, pictures, added_at) "
        "VALUES (?, ?, ?, ?, ?)",
        (
            reference.layout.version,
            reference.layout.form_id,
            form.source_name,
            json.dumps(pictures),
            added_at,
        ),
    )


def add_form(database: Database, folder: Path, form: FrozenForm) -> None:
    """Freeze a further form, or a new version of one, into an existing survey.

    Raises:
        UsageError: this very version is in the survey already, or its page codes could not be
            told from those of another form.
    """
    version = form.reference.layout.version
    refuse_unusable([*versions(database), version])
    if not (folder / version).exists():  # left behind by an interrupted command: complete
        write_form(folder, form)
    with database.transaction():
        register_form(database, form, events.now())
        events.log(database, events.What.ADD_FORM, form=form.reference.form.id, version=version)


def refuse_unusable(form_versions: Sequence[str]) -> None:
    """UsageError if a version comes twice, or two share the 12 digits that a page code holds."""
    prefixes = [version[:12] for version in form_versions]
    for version in form_versions:
        if prefixes.count(version[:12]) > 1:
            raise UsageError(
                say(
                    f"Mẫu phiếu phiên bản {version[:12]} được đưa vào hai lần. Hãy bỏ bớt một.",
                    f"The form version {version[:12]} is given twice. Leave one of them out.",
                )
            )


def versions(database: Database) -> tuple[str, ...]:
    """Versions of the survey's forms, in the order they were added."""
    rows = database.rows("SELECT version FROM form ORDER BY position")
    return tuple(version for (version,) in rows)


def read_design(folder: Path, version: str) -> Design:
    """Questions and layout of a frozen form, read back without its pictures.

    Raises:
        SurveyError: the file is missing or damaged.
    """
    from omr.layout.layout_json import thaw_json  # noqa: PLC0415 - only thawing needs it

    try:
        form, layout = thaw_json((folder / version / LAYOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SurveyError(_damaged(folder / version, error)) from error
    return Design(form, layout)


def read_form(database: Database, folder: Path, design: Design) -> ReferenceForm:
    """A frozen form with the pictures of its pages.

    Raises:
        SurveyError: a picture is missing or damaged.
    """
    version = design.layout.version
    (pictures,) = database.rows("SELECT pictures FROM form WHERE version = ?", (version,))[0]
    try:
        pages = tuple(
            ReferencePage(
                layout=design.layout.page(picture["page"]),
                image=_read_png(folder / version / _picture_name(picture["page"])),
                pixels_per_mm=picture["pixels_per_mm"],
                blank=picture["blank"],
            )
            for picture in json.loads(pictures)
        )
    except (OSError, ValueError, KeyError) as error:
        raise SurveyError(_damaged(folder / version, error)) from error
    return ReferenceForm(design.form, design.layout, pages)


def _picture_name(page: int) -> str:
    return f"page-{page}.png"


def _png(image: NDArray[np.uint8]) -> bytes:
    import cv2  # noqa: PLC0415 - only freezing needs it

    return cv2.imencode(".png", image)[1].tobytes()


def _read_png(path: Path) -> NDArray[np.uint8]:
    import cv2  # noqa: PLC0415 - only reading needs it
    import numpy as np  # noqa: PLC0415 - only reading needs it

    image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        message = f"{path.name} is not a picture"
        raise ValueError(message)
    return image.astype(np.uint8, copy=False)


def _damaged(folder: Path, error: Exception) -> str:
    return say(
        f"Mẫu phiếu đã lưu ở {folder} bị thiếu hoặc hỏng ({error}). Hãy lấy lại thư mục khảo sát "
        "từ bản sao lưu.",
        f"The form kept in {folder} is missing or damaged ({error}). Restore the survey folder "
        "from a backup.",
    )
