"""The folder that people give: where the template lies, its config, and the sample sheets.

OMRChecker walks a tree of folders; each folder without a template.json uses the one of the folder
above. So the template of a folder of scans may lie some levels up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPLATE = "template.json"
CONFIG = "config.json"
LEVELS = 4
"""How many folders above the given one may hold its template."""
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf", ".heic"})


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of OMRChecker: ``template`` and perhaps ``config`` apply to the sheets in it."""

    folder: Path
    template: Path
    config: Path | None


def find_project(given: Path) -> Project:
    """The project that ``given`` means: a folder, or the template file itself.

    Raises:
        UsageError: there is no template in the folder or above; those in folders below are named.
    """
    if given.is_file():
        return Project(given.parent, given, _upwards(given.parent, CONFIG))
    if not given.is_dir():
        raise UsageError(
            say(
                f"Không có thư mục {given}. Hãy kiểm tra lại đường dẫn.",
                f"There is no folder {given}. Check the path.",
            )
        )
    template = _upwards(given, TEMPLATE)
    if template is None:
        raise _no_template(given)
    return Project(given, template, _upwards(given, CONFIG))


def sample_pictures(project: Project, used: frozenset[Path]) -> Iterator[Path]:
    """Pictures that may show a filled or empty sheet, the nearest to the folder first.

    ``used`` are the pictures of the template itself (markers, references). Folders that have a
    template of their own are left out.
    """
    taken = {path.resolve() for path in used}
    folders = [project.folder]
    while folders:
        inside = sorted(folders.pop(0).iterdir())
        for path in inside:
            if path.suffix.lower() in PICTURES and path.is_file() and path.resolve() not in taken:
                yield path
        folders += [
            path
            for path in inside
            if path.is_dir() and not path.name.startswith(".") and not (path / TEMPLATE).is_file()
        ]


def _upwards(folder: Path, name: str) -> Path | None:
    here = folder.resolve()
    for above in (here, *list(here.parents)[:LEVELS]):
        if (above / name).is_file():
            # Messages name the path as it was given, where it lies there.
            return folder / name if above == here else above / name
    return None


def _no_template(given: Path) -> UsageError:
    below = sorted(path.parent for path in given.rglob(TEMPLATE))[:10]
    if below:
        listed = ", ".join(str(path) for path in below)
        return UsageError(
            say(
                f"Trong {given} không có {TEMPLATE}, nhưng các thư mục con này có: {listed}. Hãy "
                "chọn một thư mục.",
                f"There is no {TEMPLATE} in {given}, but these folders below have one: {listed}. "
                "Choose one of them.",
            )
        )
    return UsageError(
        say(
            f"Không thấy {TEMPLATE} trong {given} cũng như các thư mục phía trên. Hãy chọn thư mục "
            "mà OMRChecker đọc.",
            f"There is no {TEMPLATE} in {given} nor in the folders above. Choose the folder that "
            "OMRChecker reads.",
        )
    )
